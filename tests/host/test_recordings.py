"""What recorded answers of three distributions mean."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from baseline.collectors.host.sections import SECTIONS
from baseline.models.facts.fact import Unknown
from tests.host import recordings


@pytest.fixture(scope="module")
def rhel():
    return recordings.facts("rhel-9")


@pytest.fixture(scope="module")
def ubuntu():
    return recordings.facts("ubuntu-24.04")


@pytest.fixture(scope="module")
def sles():
    return recordings.facts("sles-15-ordinary-user")


def by_name(items):
    return {item.name: item for item in items}


def test_systems_are_recognised(rhel, ubuntu, sles):
    assert (rhel.system.distribution, rhel.system.distribution_version, rhel.system.virtualisation) == (
        "rhel",
        "9.6",
        "vmware",
    )
    assert (ubuntu.system.distribution_like, ubuntu.system.architecture) == (["debian"], "aarch64")
    assert (sles.system.distribution, sles.system.virtualisation, sles.system.container) == ("sles", None, False)
    assert [facts.system.privileged for facts in (rhel, ubuntu, sles)] == [True, True, False]
    assert isinstance(ubuntu.system.container, Unknown)


def test_the_end_of_support_is_counted_from_today(sles):
    assert sles.system.end_of_support == "2025-12-31"
    assert sles.system.support_days_left == (date(2025, 12, 31) - datetime.now(UTC).date()).days


def test_sysctl_files_count_in_their_order_of_precedence(rhel):
    parameters = rhel.kernel_parameters
    assert (parameters["net.ipv4.ip_forward"].running, parameters["net.ipv4.ip_forward"].configured) == ("0", "0")
    assert parameters["net.ipv4.conf.all.accept_redirects"].configured == "0"
    assert parameters["kernel.dmesg_restrict"].configured == "1"
    # 50-redhat.conf names it; the pattern of 50-default.conf is for what no file names.
    assert parameters["net.ipv4.conf.all.rp_filter"].configured == "1"
    assert parameters["net.ipv4.conf.default.rp_filter"].configured == "2"
    assert parameters["kernel.unprivileged_userns_clone"].running is None
    assert isinstance(parameters["kernel.sysrq"].running, Unknown)
    assert parameters["kernel.sysrq"].configured is None


def test_modules_that_run_another_program_are_not_disabled(rhel):
    modules = rhel.kernel_modules
    assert modules["usb-storage"].disabled
    assert modules["usb-storage"].blacklisted
    assert modules["cramfs"].disabled
    assert not modules["udf"].disabled
    assert modules["sctp"].loaded


def test_mounts_of_containers_are_left_out(rhel):
    mounts = by_name(rhel.mounts)
    assert set(mounts) == {"/", "/dev/shm", "/tmp", "/srv/shared files"}
    assert mounts["/tmp"].configured_options == ["defaults", "nosuid", "nodev", "noexec"]
    assert not mounts["/dev/shm"].configured


def test_files_that_are_not_there_are_known_to_be_absent(rhel, sles):
    assert rhel.files["/etc/shadow"].mode == "0000"
    assert rhel.files["/boot/grub/grub.cfg"].exists is False
    assert rhel.files["/etc/crontab"].other_readable
    assert isinstance(rhel.files["/etc/gshadow"].exists, Unknown)
    assert sles.files["/etc/sudoers.d"].exists == Unknown("needs root: /etc/sudoers.d; log in as root")


def test_password_states(rhel, ubuntu):
    users = by_name(rhel.users)
    states = {
        name: (user.password_status, user.password_hash_algorithm) for name, user in users.items() if name != "toor"
    }
    assert states == {
        "root": ("locked", "sha512"),
        "bin": ("disabled", None),
        "jdevries": ("set", "sha512"),
        "old": ("set", "md5"),
        "guest": ("empty", None),
        "legacy": ("set", "des"),
        "nobody": ("disabled", None),
    }
    assert isinstance(users["toor"].password_status, Unknown)
    assert (users["jdevries"].password_maximum_days, users["jdevries"].expires_on) == (180, "2027-07-01")
    assert users["old"].password_maximum_days is None
    assert by_name(ubuntu.users)["ubuntu"].password_hash_algorithm == "yescrypt"


def test_accounts_are_told_apart(rhel, sles):
    users = by_name(rhel.users)
    assert [name for name, user in users.items() if user.uid == 0] == ["root", "toor"]
    assert users["nobody"].system
    assert not users["nobody"].interactive
    assert (users["old"].home_mode, users["old"].home_other_writable) == ("0777", True)
    assert users["guest"].home_mode is None
    assert by_name(sles.users)["app"].system is False  # UID_MIN is 500 there
    assert "needs root" in by_name(sles.users)["app"].password_status.reason
    assert (users["jdevries"].authorized_keys, users["old"].authorized_keys) == (2, 0)
    assert by_name(sles.users)["root"].authorized_keys == Unknown(
        "needs root: /root/.ssh/authorized_keys; log in as root"
    )
    assert by_name(rhel.groups)["wheel"].members == ["jdevries", "old"]


def test_password_rules_of_authselect(rhel):
    rules = rhel.password_rules
    assert (rules.maximum_days, rules.umask, rules.hash_method) == (365, "027", "YESCRYPT")
    assert (rules.quality_module, rules.minimum_length, rules.minimum_classes) == ("pwquality", 14, 4)
    assert (rules.lockout_attempts, rules.lockout_seconds, rules.lockout_includes_root) == (5, 900, True)
    assert (rules.remembered, rules.su_group_only, rules.empty_passwords_accepted) == (5, True, True)


def test_password_rules_of_debian_stacks(ubuntu):
    rules = ubuntu.password_rules
    assert (rules.minimum_length, rules.minimum_classes, rules.remembered) == (12, None, 0)
    assert (rules.lockout_attempts, rules.su_group_only, rules.hash_method) == (None, False, "YESCRYPT")


def test_sudo_rules(rhel, ubuntu, sles):
    rules = by_name(rhel.sudo.rules)
    free = rules["/etc/sudoers.d/backup:1 NOPASSWD"]
    assert (free.who, free.commands, free.all_commands) == ("backup", ["/usr/bin/rsync", "/usr/bin/tar"], False)
    assert rules["/etc/sudoers.d/backup:1"].commands == ["/usr/bin/systemctl"]
    assert rules["/etc/sudoers.d/backup:3 NOPASSWD"].all_commands
    assert (rhel.sudo.use_pty, rhel.sudo.log_file, rhel.sudo.timestamp_timeout_minutes) == (
        True,
        "/var/log/sudo.log",
        10.0,
    )
    assert (ubuntu.sudo.use_pty, ubuntu.sudo.timestamp_timeout_minutes) == (False, 15.0)
    assert sles.sudo.rules == Unknown("needs root: /etc/sudoers may not be read; log in as root")
    assert sles.sudo.version == "1.9.15p5"


def test_the_ssh_server_in_effect(rhel, ubuntu):
    server = rhel.ssh_server
    assert (server.version, server.running, server.permit_root_login) == ("8.7p1", True, "no")
    assert (server.max_startups_start, server.max_startups_rate_percent, server.max_startups_full) == (10, 30, 60)
    assert server.allow_groups == ["ssh-users", "admins"]
    assert server.public_key_algorithms == ["ssh-ed25519", "rsa-sha2-512"]
    assert [(block.name, block.settings) for block in server.match_blocks] == [
        ("User backup Address 10.0.0.0/8", {"passwordauthentication": "yes", "allowtcpforwarding": "no"})
    ]
    key = server.host_keys[0]
    assert (key.type, key.bits, key.group, key.group_readable, key.other_readable) == (
        "ED25519",
        256,
        "ssh_keys",
        True,
        False,
    )
    assert server.macs == Unknown("this sshd prints no macs")
    server = ubuntu.ssh_server
    assert (server.running, server.permit_root_login, server.login_grace_time_seconds) == (
        True,
        "prohibit-password",
        120,
    )
    assert (server.banner, server.permit_user_environment, server.max_startups_full) == (None, True, 10)
    assert server.authentication_methods == ["publickey,password", "publickey,keyboard-interactive"]
    assert "needs root" in server.host_keys[0].mode.reason or server.host_keys[0].bits == 256


def test_without_root_the_ssh_server_is_unknown_not_good(sles):
    assert sles.ssh_server.version == "9.6p1"
    for name in ("running", "password_authentication", "ciphers", "match_blocks", "host_keys"):
        assert isinstance(getattr(sles.ssh_server, name), Unknown), name


def test_services_and_what_they_stand_for(rhel, ubuntu):
    assert (rhel.services["telnet"].installed, rhel.services["telnet"].enabled) == (True, False)
    assert (rhel.services["kdump"].installed, rhel.services["kdump"].enabled) == (True, False)
    assert rhel.services["cups"].unit is None
    assert "user@1000" not in rhel.running_services
    assert (rhel.antimalware.product, rhel.antimalware.active) == ("defender", True)
    assert (ubuntu.services["ssh"].enabled, ubuntu.services["ssh"].active) == (True, True)
    assert (ubuntu.containers.runtime, ubuntu.containers.network_socket) == ("docker", False)


def test_sockets(rhel, ubuntu, sles):
    sockets = by_name(rhel.listening_sockets)
    assert {name for name, socket in sockets.items() if socket.exposed} == {
        "tcp/0.0.0.0/22",
        "tcp/*/2375",
        "udp/fe80::1/546",
    }
    assert sockets["udp/127.0.0.1/323"].process == "chronyd"
    assert rhel.containers.network_socket
    sockets = by_name(ubuntu.listening_sockets)
    assert {name: socket.exposed for name, socket in sockets.items()} == {
        "tcp/127.0.0.1/53": False,
        "tcp/0.0.0.0/22": True,
        "tcp/::1/631": False,
        "udp/::/5353": True,
    }
    assert "needs root" in sles.listening_sockets[0].process.reason


def test_packages(rhel, ubuntu):
    assert rhel.packages.known["telnet-server"].version == "0.17-85.el9"
    assert rhel.packages.known["auditd"].installed
    assert (rhel.packages.automatic_updates, rhel.packages.reboot_required) == (True, True)
    assert rhel.packages.unsigned_repositories == ["vendor-agent"]
    # openssl-libs and nodejs of stream 18; the newest kernel is installed, and stream 20 of nodejs is another's.
    assert (rhel.packages.pending_updates, rhel.packages.pending_security_updates) == (
        Unknown("dnf and zypper hosts tell of security updates only"),
        2,
    )
    assert ubuntu.packages.known["telnet-client"].installed
    assert (ubuntu.packages.pending_updates, ubuntu.packages.pending_security_updates) == (2, 1)
    assert (ubuntu.packages.automatic_updates, ubuntu.packages.reboot_required) == (True, False)
    assert ubuntu.packages.unsigned_repositories == ["https://tool.example/apt stable"]


def test_time_and_logs(rhel, ubuntu):
    assert (rhel.time_synchronisation.service, rhel.time_synchronisation.synchronised) == ("chrony", True)
    assert ubuntu.time_synchronisation.servers == ["ntp1.example", "ntp2.example"]
    targets = {target.name for target in rhel.logging.remote_targets}
    assert targets == {"tls/siem.gemeente.example/6514", "udp/10.1.1.1/514"}
    assert (rhel.logging.journal_persistent, ubuntu.logging.journal_persistent) == (True, False)
    targets = {target.name for target in ubuntu.logging.remote_targets}
    assert targets == {"tcp/loghost.example/1514", "relp/relp.example/20514", "https/journal.example/19532"}


def test_audit(rhel, ubuntu, sles):
    assert rhel.audit.rules == ["-D", "-w /etc/shadow -p wa -k identity", "-e 2"]
    assert (rhel.audit.immutable, rhel.audit.max_log_file_action) == (True, "keep_logs")
    assert (ubuntu.audit.installed, ubuntu.audit.rules) == (False, [])
    assert isinstance(sles.audit.rules, Unknown)


def test_firewalls(rhel, ubuntu, sles):
    assert (rhel.firewall.manager, rhel.firewall.input_policy, rhel.firewall.rule_count) == ("firewalld", "reject", 9)
    assert (ubuntu.firewall.manager, ubuntu.firewall.input_policy, ubuntu.firewall.input_policy_ipv6) == (
        "ufw",
        "drop",
        "accept",
    )
    assert isinstance(sles.firewall.input_policy, Unknown)


def test_the_rest_of_the_system(rhel, ubuntu, sles):
    assert (rhel.cryptography.policy, rhel.cryptography.openssl_minimum_protocol) == ("FIPS", "TLSv1.2")
    assert (rhel.mandatory_access_control.enforcing, rhel.mandatory_access_control.configured_mode) == (
        True,
        "permissive",
    )
    assert (ubuntu.mandatory_access_control.system, ubuntu.mandatory_access_control.profiles_complaining) == (
        "apparmor",
        3,
    )
    assert (rhel.core_dumps.storage, rhel.core_dumps.limited_to_zero) == ("none", True)
    assert (rhel.banners.discloses_system, rhel.banners.motd) == (True, None)
    assert (rhel.boot.secure_boot, rhel.boot.password, sles.boot.loader) == (True, True, "grub2")
    assert isinstance(sles.boot.password, Unknown)
    assert (rhel.disk_encryption.root_encrypted, rhel.disk_encryption.swap_encrypted) == (True, False)
    assert (rhel.file_integrity.product, rhel.file_integrity.scheduled) == ("aide", True)


def test_sources_are_lines_of_the_artefact():
    facts, sources = recordings.read(recordings.output("rhel-9"))
    texts = {
        answer.artefact: answer.text.split("\n")
        for answer in recordings.transcript(recordings.output("rhel-9")).sections.values()
    }

    def line(path: str) -> list[str]:
        return [texts[sources[path].artefact][number - 1] for number in sources[path].lines]

    assert line("ssh_server.permit_root_login") == ["permitrootlogin no"]
    assert line("users.old") == ["old:x:1001:1001::/home/old:/bin/bash", "old:set md5:15000:0:99999:7::"]
    assert line("files./etc/crontab") == ["/etc/crontab|root|root|644|451|regular file"]
    assert line("sudo.rules./etc/sudoers:107") == ["/etc/sudoers:107:%wheel\tALL=(ALL)\tALL"]
    assert line("kernel_parameters.net.ipv4.ip_forward") == [
        "net/ipv4/ip_forward:0",
        "/etc/sysctl.d/99-sysctl.conf:4:net.ipv4.ip_forward = 0",
    ]
    assert facts.users


def test_every_artefact_has_a_name_of_its_own():
    names = [section.artefact for section in SECTIONS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", recordings.NAMES)
def test_facts_are_of_the_types_that_the_model_says(name):
    """What a parser returns must survive a strict reading of the model."""
    facts = recordings.facts(name)
    mistakes: list[str] = []
    _compare(facts, type(facts), "", mistakes)
    assert mistakes == []


def _compare(value, declared, path, mistakes):
    import types
    import typing

    from baseline.models.facts.fact import Section

    if typing.get_origin(declared) is typing.Annotated:
        declared = typing.get_args(declared)[0]
    members = (
        typing.get_args(declared) if typing.get_origin(declared) in {typing.Union, types.UnionType} else (declared,)
    )
    if isinstance(value, Unknown):
        if Unknown not in members:
            mistakes.append(f"{path}: may not be unknown")
        return
    for member in members:
        origin = typing.get_origin(member)
        if isinstance(value, Section) and member is type(value):
            hints = typing.get_type_hints(member, include_extras=True)
            for field in value.__struct_fields__:
                _compare(getattr(value, field), hints[field], f"{path}.{field}", mistakes)
            return
        if origin is list and isinstance(value, list):
            for item in value:
                _compare(item, typing.get_args(member)[0], f"{path}[]", mistakes)
            return
        if origin is dict and isinstance(value, dict):
            for key, item in value.items():
                _compare(item, typing.get_args(member)[1], f"{path}.{key}", mistakes)
            return
        if origin is typing.Literal and value in typing.get_args(member):
            return
        if isinstance(member, type) and type(value) is member:
            return
    mistakes.append(f"{path}: {value!r} is not {declared}")


@pytest.mark.parametrize("name", recordings.NAMES)
def test_facts_can_be_written_down(name):
    assert msgspec.json.decode(msgspec.json.encode(recordings.facts(name)))["system"]["kernel"]
