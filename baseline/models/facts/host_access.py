"""Facts of who can get into a host and with what rights: SSH server, users, passwords, sudo."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section

SSHD = "sshd_config(5)"
SHADOW = "shadow(5)"

PermitRootLogin = Literal["yes", "no", "prohibit-password", "forced-commands-only"]
Forwarding = Literal["yes", "no", "local", "remote"]
IgnoreRhosts = Literal["yes", "no", "shosts-only"]
GatewayPorts = Literal["yes", "no", "clientspecified"]
Tunnel = Literal["yes", "no", "point-to-point", "ethernet"]
PasswordStatus = Literal["set", "locked", "disabled", "empty"]
HashAlgorithm = Literal["des", "md5", "blowfish", "sha256", "sha512", "scrypt", "yescrypt", "gost-yescrypt", "other"]


class SshMatchBlock(Section, frozen=True, kw_only=True):
    """One ``Match`` block: settings that hold for some connections only."""

    name: Annotated[str, About("its criteria as written, for example: User backup Address 10.0.0.0/8")]
    settings: Annotated[Fact[dict[str, str]], About("keyword in lower case to value", source=SSHD)] = NOT_COLLECTED


class SshHostKey(Section, frozen=True, kw_only=True):
    """One host key of the SSH server. Only its public half is read."""

    name: Annotated[str, About("path of the private key file")]
    type: Annotated[Fact[str], About("RSA, ECDSA, ED25519, DSA", source="ssh-keygen(1)")] = NOT_COLLECTED
    bits: Annotated[Fact[int], About("key length", unit="bits", source="ssh-keygen(1)")] = NOT_COLLECTED
    owner: Annotated[Fact[str], About("owner of the private key file")] = NOT_COLLECTED
    group: Annotated[Fact[str], About("group of the private key file")] = NOT_COLLECTED
    mode: Annotated[Fact[str], About("permissions of the private key file, four octal digits")] = NOT_COLLECTED
    group_readable: Annotated[Fact[bool], About("the group may read the private key file")] = NOT_COLLECTED
    other_readable: Annotated[Fact[bool], About("everyone may read the private key file")] = NOT_COLLECTED


class SshServer(Section, frozen=True, kw_only=True):
    """The OpenSSH server: what holds for every connection, defaults filled in by the server itself (``sshd -T``)."""

    installed: Annotated[Fact[bool], About("the sshd program is there")] = NOT_COLLECTED
    running: Annotated[Fact[bool], About("a process listens for connections")] = NOT_COLLECTED
    version: Annotated[Fact[str | None], About("OpenSSH version, 9.6p1; None when not installed")] = NOT_COLLECTED
    permit_root_login: Annotated[Fact[PermitRootLogin], About("how root may log in", source=SSHD)] = NOT_COLLECTED
    password_authentication: Annotated[Fact[bool], About("PasswordAuthentication", source=SSHD)] = NOT_COLLECTED
    permit_empty_passwords: Annotated[Fact[bool], About("PermitEmptyPasswords", source=SSHD)] = NOT_COLLECTED
    keyboard_interactive_authentication: Annotated[
        Fact[bool], About("KbdInteractiveAuthentication: with PAM this asks passwords too", source=SSHD)
    ] = NOT_COLLECTED
    public_key_authentication: Annotated[Fact[bool], About("PubkeyAuthentication", source=SSHD)] = NOT_COLLECTED
    host_based_authentication: Annotated[Fact[bool], About("HostbasedAuthentication", source=SSHD)] = NOT_COLLECTED
    gssapi_authentication: Annotated[Fact[bool], About("GSSAPIAuthentication", source=SSHD)] = NOT_COLLECTED
    authentication_methods: Annotated[
        Fact[list[str]], About("AuthenticationMethods, each a comma-joined list; ['any'] when not limited", source=SSHD)
    ] = NOT_COLLECTED
    ignore_rhosts: Annotated[Fact[IgnoreRhosts], About("IgnoreRhosts", source=SSHD)] = NOT_COLLECTED
    strict_modes: Annotated[Fact[bool], About("StrictModes", source=SSHD)] = NOT_COLLECTED
    use_pam: Annotated[Fact[bool], About("UsePAM", source=SSHD)] = NOT_COLLECTED
    permit_user_environment: Annotated[Fact[bool], About("PermitUserEnvironment is yes or a pattern", source=SSHD)] = (
        NOT_COLLECTED
    )
    max_auth_tries: Annotated[Fact[int], About("MaxAuthTries", unit="attempts", source=SSHD)] = NOT_COLLECTED
    max_sessions: Annotated[Fact[int], About("MaxSessions", unit="sessions", source=SSHD)] = NOT_COLLECTED
    max_startups_start: Annotated[
        Fact[int], About("unauthenticated connections from which refusing starts", source=SSHD)
    ] = NOT_COLLECTED
    max_startups_rate_percent: Annotated[
        Fact[int], About("part that is refused from there on", unit="percent", source=SSHD)
    ] = NOT_COLLECTED
    max_startups_full: Annotated[
        Fact[int], About("unauthenticated connections from which all are refused", source=SSHD)
    ] = NOT_COLLECTED
    login_grace_time_seconds: Annotated[
        Fact[int], About("LoginGraceTime; 0 is no limit", unit="seconds", source=SSHD)
    ] = NOT_COLLECTED
    client_alive_interval_seconds: Annotated[
        Fact[int], About("ClientAliveInterval; 0 is never", unit="seconds", source=SSHD)
    ] = NOT_COLLECTED
    client_alive_count_max: Annotated[
        Fact[int], About("ClientAliveCountMax; 0 never disconnects", unit="messages", source=SSHD)
    ] = NOT_COLLECTED
    rekey_limit_bytes: Annotated[
        Fact[int], About("RekeyLimit in data; 0 is the cipher's default", unit="bytes", source=SSHD)
    ] = NOT_COLLECTED
    rekey_limit_seconds: Annotated[Fact[int], About("RekeyLimit in time; 0 is none", unit="seconds", source=SSHD)] = (
        NOT_COLLECTED
    )
    x11_forwarding: Annotated[Fact[bool], About("X11Forwarding", source=SSHD)] = NOT_COLLECTED
    tcp_forwarding: Annotated[Fact[Forwarding], About("AllowTcpForwarding", source=SSHD)] = NOT_COLLECTED
    agent_forwarding: Annotated[Fact[bool], About("AllowAgentForwarding", source=SSHD)] = NOT_COLLECTED
    gateway_ports: Annotated[Fact[GatewayPorts], About("GatewayPorts", source=SSHD)] = NOT_COLLECTED
    permit_tunnel: Annotated[Fact[Tunnel], About("PermitTunnel", source=SSHD)] = NOT_COLLECTED
    banner: Annotated[Fact[str | None], About("path of the text shown before login; None without", source=SSHD)] = (
        NOT_COLLECTED
    )
    log_level: Annotated[Fact[str], About("LogLevel in capitals", source=SSHD)] = NOT_COLLECTED
    ciphers: Annotated[Fact[list[str]], About("Ciphers offered, in order", source=SSHD)] = NOT_COLLECTED
    macs: Annotated[Fact[list[str]], About("MACs offered, in order", source=SSHD)] = NOT_COLLECTED
    key_exchange: Annotated[Fact[list[str]], About("KexAlgorithms offered, in order", source=SSHD)] = NOT_COLLECTED
    host_key_algorithms: Annotated[Fact[list[str]], About("HostKeyAlgorithms offered", source=SSHD)] = NOT_COLLECTED
    public_key_algorithms: Annotated[Fact[list[str]], About("PubkeyAcceptedAlgorithms", source=SSHD)] = NOT_COLLECTED
    required_rsa_bits: Annotated[Fact[int], About("RequiredRSASize", unit="bits", source=SSHD)] = NOT_COLLECTED
    ports: Annotated[Fact[list[int]], About("Port", source=SSHD)] = NOT_COLLECTED
    listen_addresses: Annotated[Fact[list[str]], About("ListenAddress, with port", source=SSHD)] = NOT_COLLECTED
    allow_users: Annotated[Fact[list[str]], About("AllowUsers; empty is everyone", source=SSHD)] = NOT_COLLECTED
    allow_groups: Annotated[Fact[list[str]], About("AllowGroups; empty is everyone", source=SSHD)] = NOT_COLLECTED
    deny_users: Annotated[Fact[list[str]], About("DenyUsers", source=SSHD)] = NOT_COLLECTED
    deny_groups: Annotated[Fact[list[str]], About("DenyGroups", source=SSHD)] = NOT_COLLECTED
    match_blocks: Annotated[Fact[list[SshMatchBlock]], About("Match blocks of the configuration", source=SSHD)] = (
        NOT_COLLECTED
    )
    host_keys: Annotated[Fact[list[SshHostKey]], About("host keys that the server uses", source=SSHD)] = NOT_COLLECTED


class User(Section, frozen=True, kw_only=True):
    """One account of the local user database. Hash material is never collected."""

    name: Annotated[str, About("login name")]
    uid: Annotated[Fact[int], About("user id")] = NOT_COLLECTED
    gid: Annotated[Fact[int], About("primary group id")] = NOT_COLLECTED
    same_uid: Annotated[Fact[list[str]], About("other accounts with this user id: to the kernel they are one")] = (
        NOT_COLLECTED
    )
    home: Annotated[Fact[str], About("home directory")] = NOT_COLLECTED
    shell: Annotated[Fact[str], About("login shell; empty means /bin/sh", source="passwd(5)")] = NOT_COLLECTED
    interactive: Annotated[Fact[bool], About("the shell lets one in: not nologin, false, sync, halt, shutdown")] = (
        NOT_COLLECTED
    )
    system: Annotated[
        Fact[bool], About("uid below UID_MIN of login.defs (root included), or nobody", source="login.defs(5)")
    ] = NOT_COLLECTED
    password_status: Annotated[
        Fact[PasswordStatus],
        About("set; locked (! before a hash); disabled (no hash at all); empty (no password asked)", source=SHADOW),
    ] = NOT_COLLECTED
    password_hash_algorithm: Annotated[
        Fact[HashAlgorithm | None], About("how the password is hashed; None without a hash", source="crypt(5)")
    ] = NOT_COLLECTED
    password_changed_on: Annotated[
        Fact[str | None], About("ISO date of the last change; None when not recorded", source=SHADOW)
    ] = NOT_COLLECTED
    password_maximum_days: Annotated[
        Fact[int | None], About("days after which it must be changed; None is never", unit="days", source=SHADOW)
    ] = NOT_COLLECTED
    password_minimum_days: Annotated[
        Fact[int | None], About("days before it may be changed again", unit="days", source=SHADOW)
    ] = NOT_COLLECTED
    password_warning_days: Annotated[
        Fact[int | None], About("days of warning before it expires", unit="days", source=SHADOW)
    ] = NOT_COLLECTED
    password_inactive_days: Annotated[
        Fact[int | None],
        About("days after expiry in which it still works; None is for ever", unit="days", source=SHADOW),
    ] = NOT_COLLECTED
    expires_on: Annotated[
        Fact[str | None], About("ISO date on which the account ends; None is never", source=SHADOW)
    ] = NOT_COLLECTED
    home_mode: Annotated[
        Fact[str | None],
        About("permissions of an interactive user's home, four octal digits; None when it does not exist"),
    ] = NOT_COLLECTED
    home_other_readable: Annotated[Fact[bool], About("everyone may list the home directory")] = NOT_COLLECTED
    home_other_writable: Annotated[Fact[bool], About("everyone may write in the home directory")] = NOT_COLLECTED
    authorized_keys: Annotated[Fact[int], About("public keys in ~/.ssh/authorized_keys", unit="keys")] = NOT_COLLECTED


class Group(Section, frozen=True, kw_only=True):
    """One group of the local group database."""

    name: Annotated[str, About("group name")]
    gid: Annotated[Fact[int], About("group id")] = NOT_COLLECTED
    members: Annotated[Fact[list[str]], About("members listed in /etc/group; primary groups are not")] = NOT_COLLECTED


class PasswordRules(Section, frozen=True, kw_only=True):
    """Rules that new passwords and failed logins meet."""

    maximum_days: Annotated[
        Fact[int | None], About("PASS_MAX_DAYS; None when not set", unit="days", source="login.defs(5)")
    ] = NOT_COLLECTED
    minimum_days: Annotated[
        Fact[int | None], About("PASS_MIN_DAYS; None when not set", unit="days", source="login.defs(5)")
    ] = NOT_COLLECTED
    warning_days: Annotated[
        Fact[int | None], About("PASS_WARN_AGE; None when not set", unit="days", source="login.defs(5)")
    ] = NOT_COLLECTED
    hash_method: Annotated[
        Fact[str | None],
        About("in capitals: what pam_unix uses, else ENCRYPT_METHOD; None when neither says", source="login.defs(5)"),
    ] = NOT_COLLECTED
    umask: Annotated[
        Fact[str | None], About("UMASK, three octal digits; None when not set", source="login.defs(5)")
    ] = NOT_COLLECTED
    quality_module: Annotated[
        Fact[Literal["pwquality", "passwdqc", "cracklib"] | None],
        About("PAM module that judges new passwords; None without", source="pam.d(5)"),
    ] = NOT_COLLECTED
    minimum_length: Annotated[
        Fact[int | None],
        About("shortest password; None when nothing enforces one", unit="characters", source="pam_pwquality(8)"),
    ] = NOT_COLLECTED
    minimum_classes: Annotated[
        Fact[int | None], About("minclass; None when nothing enforces it", unit="classes", source="pam_pwquality(8)")
    ] = NOT_COLLECTED
    maximum_repeat: Annotated[
        Fact[int | None], About("maxrepeat; None when not enforced", unit="characters", source="pam_pwquality(8)")
    ] = NOT_COLLECTED
    dictionary_check: Annotated[
        Fact[bool], About("new passwords are looked up in a dictionary", source="pam_pwquality(8)")
    ] = NOT_COLLECTED
    remembered: Annotated[
        Fact[int], About("old passwords that are refused; 0 is none", unit="passwords", source="pam_pwhistory(8)")
    ] = NOT_COLLECTED
    lockout_attempts: Annotated[
        Fact[int | None], About("failures that lock an account; None is never", source="pam_faillock(8)")
    ] = NOT_COLLECTED
    lockout_seconds: Annotated[
        Fact[int | None],
        About(
            "how long it stays locked; 0 is until an administrator; None is never",
            unit="seconds",
            source="faillock.conf(5)",
        ),
    ] = NOT_COLLECTED
    lockout_includes_root: Annotated[Fact[bool], About("root is locked out too", source="faillock.conf(5)")] = (
        NOT_COLLECTED
    )
    empty_passwords_accepted: Annotated[
        Fact[bool], About("a login stack passes nullok to pam_unix", source="pam_unix(8)")
    ] = NOT_COLLECTED
    su_group_only: Annotated[
        Fact[bool], About("su is for members of an administrators' group (pam_wheel)", source="pam_wheel(8)")
    ] = NOT_COLLECTED


class SudoRule(Section, frozen=True, kw_only=True):
    """One line of sudoers that grants rights."""

    name: Annotated[str, About("file and line: /etc/sudoers:27")]
    who: Annotated[Fact[str], About("user, %group, #uid, +netgroup or alias", source="sudoers(5)")] = NOT_COLLECTED
    run_as: Annotated[Fact[str], About("run-as part; root when not written", source="sudoers(5)")] = NOT_COLLECTED
    commands: Annotated[Fact[list[str]], About("commands, arguments left out", source="sudoers(5)")] = NOT_COLLECTED
    all_commands: Annotated[Fact[bool], About("ALL is among the commands")] = NOT_COLLECTED
    no_password: Annotated[Fact[bool], About("NOPASSWD, or !authenticate for everyone")] = NOT_COLLECTED


class Sudo(Section, frozen=True, kw_only=True):
    """The sudo configuration."""

    installed: Annotated[Fact[bool], About("the sudo program is there")] = NOT_COLLECTED
    version: Annotated[Fact[str | None], About("version; None when not installed")] = NOT_COLLECTED
    rules: Annotated[Fact[list[SudoRule]], About("lines that grant rights, root's own included")] = NOT_COLLECTED
    use_pty: Annotated[Fact[bool], About("Defaults use_pty for everyone (the default since 1.9.14)")] = NOT_COLLECTED
    log_file: Annotated[Fact[str | None], About("Defaults logfile; None when not set")] = NOT_COLLECTED
    timestamp_timeout_minutes: Annotated[
        Fact[float], About("minutes without asking again; below 0 is for ever", unit="minutes")
    ] = NOT_COLLECTED
