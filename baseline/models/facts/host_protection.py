"""Facts of what runs on a host and what protects it: services, packages, logging, audit, firewall."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class Service(Section, frozen=True, kw_only=True):
    """One well-known service, whatever the distribution calls its unit."""

    installed: Annotated[Fact[bool], About("a unit (or init script) is there")] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("it runs now, or its socket or timer waits; false when not installed")] = (
        NOT_COLLECTED
    )
    enabled: Annotated[Fact[bool], About("it starts at boot; false when not installed or masked")] = NOT_COLLECTED
    unit: Annotated[Fact[str | None], About("name of the unit found; None when not installed")] = NOT_COLLECTED


class ListeningSocket(Section, frozen=True, kw_only=True):
    """One TCP or UDP socket that waits for others."""

    name: Annotated[str, About("protocol/address/port")]
    protocol: Annotated[Fact[Literal["tcp", "udp"]], About("transport protocol")] = NOT_COLLECTED
    address: Annotated[Fact[str], About("local address without zone; 0.0.0.0, :: or * is every address")] = (
        NOT_COLLECTED
    )
    port: Annotated[Fact[int], About("local port")] = NOT_COLLECTED
    process: Annotated[Fact[str | None], About("program name; None when the kernel itself listens")] = NOT_COLLECTED
    exposed: Annotated[Fact[bool], About("reachable from outside: not bound to a loopback address")] = NOT_COLLECTED


class Package(Section, frozen=True, kw_only=True):
    """One well-known package, whatever the distribution calls it."""

    installed: Annotated[Fact[bool], About("installed")] = NOT_COLLECTED
    version: Annotated[Fact[str | None], About("version as the package manager writes it; None when absent")] = (
        NOT_COLLECTED
    )


class Packages(Section, frozen=True, kw_only=True):
    """Installed software and its updates."""

    manager: Annotated[
        Fact[Literal["apt", "dnf", "yum", "zypper", "apk", "pacman"] | None], About("package manager; None without")
    ] = NOT_COLLECTED
    installed_count: Annotated[Fact[int], About("installed packages", unit="packages")] = NOT_COLLECTED
    pending_updates: Annotated[
        Fact[int],
        About("updates that the package lists on the host know of; pins and holds are not weighed", unit="packages"),
    ] = NOT_COLLECTED
    pending_security_updates: Annotated[
        Fact[int], About("those of them that come from a security source", unit="packages")
    ] = NOT_COLLECTED
    lists_refreshed_epoch_seconds: Annotated[
        Fact[int | None],
        About("when the package lists were last fetched; None is never", unit="seconds since 1970"),
    ] = NOT_COLLECTED
    lists_age_days: Annotated[
        Fact[int | None], About("whole days since the lists were fetched; None is never", unit="days")
    ] = NOT_COLLECTED
    last_change_epoch_seconds: Annotated[
        Fact[int | None],
        About("when a package was last installed, updated or removed; None is never", unit="seconds since 1970"),
    ] = NOT_COLLECTED
    automatic_updates: Annotated[
        Fact[bool], About("security updates install themselves (unattended-upgrades, dnf-automatic, zypper timer)")
    ] = NOT_COLLECTED
    reboot_required: Annotated[
        Fact[bool], About("a flag of the package manager, or a kernel in /boot newer than the one that runs")
    ] = NOT_COLLECTED
    unsigned_repositories: Annotated[Fact[list[str]], About("sources whose packages are not checked by signature")] = (
        NOT_COLLECTED
    )
    known: Annotated[Fact[dict[str, Package]], About("the names in host_names.PACKAGES, always all of them")] = (
        NOT_COLLECTED
    )


class TimeSynchronisation(Section, frozen=True, kw_only=True):
    """Who keeps the clock right."""

    service: Annotated[
        Fact[Literal["chrony", "systemd-timesyncd", "ntpd", "openntpd"] | None], About("time service; None without")
    ] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("it runs now")] = NOT_COLLECTED
    synchronised: Annotated[Fact[bool], About("the kernel clock follows a source", source="adjtimex(2)")] = (
        NOT_COLLECTED
    )
    servers: Annotated[Fact[list[str]], About("servers and pools configured")] = NOT_COLLECTED


class LogTarget(Section, frozen=True, kw_only=True):
    """One place to which log lines are sent."""

    name: Annotated[str, About("transport/host/port")]
    host: Annotated[Fact[str], About("name or address")] = NOT_COLLECTED
    port: Annotated[Fact[int], About("port")] = NOT_COLLECTED
    transport: Annotated[Fact[Literal["udp", "tcp", "tls", "relp", "https"]], About("how they travel")] = NOT_COLLECTED


class Logging(Section, frozen=True, kw_only=True):
    """System logging."""

    journal_storage: Annotated[
        Fact[Literal["persistent", "volatile", "auto", "none"] | None],
        About("Storage= of journald; None without journald", source="journald.conf(5)"),
    ] = NOT_COLLECTED
    journal_persistent: Annotated[
        Fact[bool], About("the journal survives a reboot: persistent, or auto with /var/log/journal")
    ] = NOT_COLLECTED
    journal_forwarded: Annotated[
        Fact[bool], About("journald hands lines to the syslog service", source="journald.conf(5)")
    ] = NOT_COLLECTED
    syslog_service: Annotated[
        Fact[Literal["rsyslog", "syslog-ng", "sysklogd", "busybox"] | None], About("syslog service; None without")
    ] = NOT_COLLECTED
    syslog_active: Annotated[Fact[bool], About("the syslog service runs now")] = NOT_COLLECTED
    remote_targets: Annotated[Fact[list[LogTarget]], About("where log lines are sent")] = NOT_COLLECTED


class Audit(Section, frozen=True, kw_only=True):
    """The kernel audit trail."""

    installed: Annotated[Fact[bool], About("the audit daemon is installed")] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("the audit daemon runs now")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("the audit daemon starts at boot")] = NOT_COLLECTED
    rules: Annotated[Fact[list[str]], About("rules that the files load at boot", source="auditctl(8)")] = NOT_COLLECTED
    immutable: Annotated[Fact[bool], About("the rules end with -e 2: no change until reboot")] = NOT_COLLECTED
    max_log_file_megabytes: Annotated[
        Fact[int | None], About("max_log_file; None when not set", unit="megabytes", source="auditd.conf(5)")
    ] = NOT_COLLECTED
    max_log_file_action: Annotated[
        Fact[str | None], About("in lower case; None when not set", source="auditd.conf(5)")
    ] = NOT_COLLECTED
    space_left_action: Annotated[
        Fact[str | None], About("in lower case; None when not set", source="auditd.conf(5)")
    ] = NOT_COLLECTED


class Firewall(Section, frozen=True, kw_only=True):
    """The packet filter of the host itself."""

    manager: Annotated[
        Fact[Literal["firewalld", "ufw", "nftables", "iptables"] | None], About("what sets the rules; None without any")
    ] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("the kernel holds at least one rule or a closed policy for input")] = (
        NOT_COLLECTED
    )
    input_policy: Annotated[
        Fact[Literal["accept", "drop", "reject"]],
        About("what happens to incoming IPv4 packets that no rule names; accept when nothing filters"),
    ] = NOT_COLLECTED
    input_policy_ipv6: Annotated[Fact[Literal["accept", "drop", "reject"]], About("the same for IPv6")] = NOT_COLLECTED
    forward_policy: Annotated[
        Fact[Literal["accept", "drop", "reject"]], About("what happens to forwarded packets that no rule names")
    ] = NOT_COLLECTED
    forward_policy_ipv6: Annotated[Fact[Literal["accept", "drop", "reject"]], About("the same for IPv6")] = (
        NOT_COLLECTED
    )
    rule_count: Annotated[Fact[int], About("rules in the kernel", unit="rules")] = NOT_COLLECTED


class MandatoryAccessControl(Section, frozen=True, kw_only=True):
    """AppArmor or SELinux."""

    system: Annotated[Fact[Literal["apparmor", "selinux"] | None], About("which one the kernel runs; None without")] = (
        NOT_COLLECTED
    )
    enforcing: Annotated[Fact[bool], About("it refuses rather than only reports")] = NOT_COLLECTED
    configured_mode: Annotated[
        Fact[Literal["enforcing", "permissive", "disabled"] | None],
        About("SELINUX= of /etc/selinux/config; None without that file"),
    ] = NOT_COLLECTED
    profiles_enforcing: Annotated[Fact[int], About("AppArmor profiles in enforce mode", unit="profiles")] = (
        NOT_COLLECTED
    )
    profiles_complaining: Annotated[Fact[int], About("AppArmor profiles in complain mode", unit="profiles")] = (
        NOT_COLLECTED
    )


class FileIntegrity(Section, frozen=True, kw_only=True):
    """Watching for changed files."""

    product: Annotated[Fact[str | None], About("aide, tripwire, samhain ...; None without")] = NOT_COLLECTED
    scheduled: Annotated[Fact[bool], About("a timer or cron job runs it")] = NOT_COLLECTED


class Antimalware(Section, frozen=True, kw_only=True):
    """Protection against malware."""

    product: Annotated[Fact[str | None], About("clamav, defender, falcon, wazuh ...; None without")] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("its service runs now")] = NOT_COLLECTED
    definitions_age_days: Annotated[Fact[int | None], About("age of its definitions; None without", unit="days")] = (
        NOT_COLLECTED
    )


class ScheduledJob(Section, frozen=True, kw_only=True):
    """One cron line or timer."""

    name: Annotated[str, About("file and line, or timer unit")]
    user: Annotated[Fact[str], About("account it runs as")] = NOT_COLLECTED
    program: Annotated[Fact[str], About("program, arguments left out")] = NOT_COLLECTED
    schedule: Annotated[
        Fact[str], About("when: five fields, @daily, days of anacron, or timer", source="crontab(5)")
    ] = NOT_COLLECTED
    replaceable: Annotated[
        Fact[bool | None],
        About("others than root and the account may write the program; None when it is named without its path"),
    ] = NOT_COLLECTED


class Containers(Section, frozen=True, kw_only=True):
    """Containers on the host."""

    runtime: Annotated[Fact[str | None], About("docker, podman, containerd, cri-o; None without")] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("its service or socket runs now")] = NOT_COLLECTED
    network_socket: Annotated[Fact[bool], About("the engine listens on TCP (2375 or 2376)")] = NOT_COLLECTED


class Backup(Section, frozen=True, kw_only=True):
    """Backup software on the host."""

    product: Annotated[Fact[str | None], About("borg, restic, bacula, veeam ...; None when none is known")] = (
        NOT_COLLECTED
    )
    active: Annotated[Fact[bool], About("its service or timer is active, or a schedule names it")] = NOT_COLLECTED
    last_run_succeeded: Annotated[Fact[bool], About("the last run of every timer for back-ups ended well")] = (
        NOT_COLLECTED
    )
    last_success_age_days: Annotated[
        Fact[int], About("whole days since a timer's run ended well, or a stamp was set", unit="days")
    ] = NOT_COLLECTED
