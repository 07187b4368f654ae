"""Facts about accounts: local users, stored secrets, password rules, AAA."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section

PasswordStorage = Literal[
    "none",
    "plain",
    "type4_sha256",
    "type5_md5",
    "type6_aes",
    "type7_reversible",
    "type8_pbkdf2",
    "type9_scrypt",
    "bcrypt",
    "des_crypt",
    "sha256_crypt",
    "sha512_crypt",
    "unknown_type",
]
"""How a device keeps a password.

The numbered types are Cisco's (NSA, Cisco Password Types: Best Practices, 2022); the others crypt(3)."""


class LocalUser(Section, frozen=True, kw_only=True):
    """One account on the device itself. Its secret is never kept, only how it is stored."""

    name: Annotated[Fact[str], About("account name")] = NOT_COLLECTED
    privilege: Annotated[
        Fact[int | None], About("privilege level; null: the platform has roles instead", unit="level 0 to 15")
    ] = NOT_COLLECTED
    roles: Annotated[Fact[list[str]], About("roles, classes or profiles given")] = NOT_COLLECTED
    has_password: Annotated[Fact[bool], About("a password is set")] = NOT_COLLECTED
    password_storage: Annotated[Fact[PasswordStorage], About("how the password is stored; none: no password")] = (
        NOT_COLLECTED
    )
    ssh_keys: Annotated[Fact[int], About("public keys that may log in", unit="keys")] = NOT_COLLECTED
    password_policy: Annotated[Fact[str | None], About("named password policy; null: none")] = NOT_COLLECTED
    second_factor: Annotated[Fact[bool], About("the account needs a second factor")] = NOT_COLLECTED
    trusted_sources: Annotated[Fact[list[str]], About("networks it may come from; empty: any")] = NOT_COLLECTED


class EnableSecret(Section, frozen=True, kw_only=True):
    """The secret for privileged mode."""

    configured: Annotated[Fact[bool], About("there is one")] = NOT_COLLECTED
    storage: Annotated[Fact[PasswordStorage], About("weakest storage in use")] = NOT_COLLECTED


class PasswordRules(Section, frozen=True, kw_only=True):
    """Rules for local passwords and how stored secrets are protected."""

    minimum_length: Annotated[Fact[int | None], About("null: not demanded", unit="characters")] = NOT_COLLECTED
    complexity: Annotated[Fact[bool], About("several kinds of characters are demanded")] = NOT_COLLECTED
    maximum_age_days: Annotated[Fact[int | None], About("null: never expires", unit="days")] = NOT_COLLECTED
    encryption_service: Annotated[
        Fact[bool], About("passwords kept in plain text are at least obscured in the configuration")
    ] = NOT_COLLECTED
    master_key: Annotated[Fact[bool], About("reversible secrets are encrypted with AES under a master key")] = (
        NOT_COLLECTED
    )
    lockout_attempts: Annotated[
        Fact[int | None], About("failures that lock an account; null: never", unit="attempts")
    ] = NOT_COLLECTED
    recovery_enabled: Annotated[Fact[bool], About("password recovery from the console is possible")] = NOT_COLLECTED
    weak_secrets: Annotated[
        Fact[list[str]],
        About("places in the configuration where a secret is kept plain or reversibly, without the secret"),
    ] = NOT_COLLECTED


class MethodList(Section, frozen=True, kw_only=True):
    """One AAA list: what is asked of whom, in which order."""

    name: Annotated[Fact[str], About("service, command level where there is one, and list: 'commands 15 default'")] = (
        NOT_COLLECTED
    )
    list_name: Annotated[Fact[str], About("name of the list, often default")] = NOT_COLLECTED
    service: Annotated[
        Fact[str], About("login, enable, dot1x, exec, commands, config-commands, network, system, console ...")
    ] = NOT_COLLECTED
    level: Annotated[Fact[int | None], About("command level; null: not for commands", unit="level 0 to 15")] = (
        NOT_COLLECTED
    )
    methods: Annotated[
        Fact[list[str]], About("in order: 'group <name>', local, local-case, enable, line, none, if-authenticated ...")
    ] = NOT_COLLECTED
    record: Annotated[
        Fact[Literal["start-stop", "stop-only", "wait-start", "none"] | None],
        About("accounting only: which records are sent"),
    ] = NOT_COLLECTED
    central: Annotated[Fact[bool], About("the first method is a server group")] = NOT_COLLECTED
    local_fallback: Annotated[Fact[bool], About("a later method is local to the device")] = NOT_COLLECTED


class AaaServer(Section, frozen=True, kw_only=True):
    """One RADIUS or TACACS+ server."""

    name: Annotated[Fact[str], About("name, or address where it has none")] = NOT_COLLECTED
    protocol: Annotated[Fact[Literal["tacacs+", "radius", "ldap"]], About("protocol")] = NOT_COLLECTED
    address: Annotated[Fact[str], About("address or host name")] = NOT_COLLECTED
    has_key: Annotated[Fact[bool], About("a shared key is set, its own or for all servers")] = NOT_COLLECTED
    key_storage: Annotated[Fact[PasswordStorage], About("how the key is stored")] = NOT_COLLECTED


class ServerGroup(Section, frozen=True, kw_only=True):
    """A group of AAA servers. The groups radius and tacacs+ hold every server of their protocol."""

    name: Annotated[Fact[str], About("group name")] = NOT_COLLECTED
    protocol: Annotated[Fact[Literal["tacacs+", "radius", "ldap"]], About("protocol")] = NOT_COLLECTED
    servers: Annotated[Fact[list[str]], About("names of its servers, in order")] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("routing instance; null: the default one")] = NOT_COLLECTED


class Aaa(Section, frozen=True, kw_only=True):
    """Central authentication, authorisation and accounting."""

    enabled: Annotated[Fact[bool], About("AAA is in use rather than line passwords")] = NOT_COLLECTED
    authentication: Annotated[Fact[list[MethodList]], About("authentication lists")] = NOT_COLLECTED
    authorization: Annotated[Fact[list[MethodList]], About("authorisation lists")] = NOT_COLLECTED
    accounting: Annotated[Fact[list[MethodList]], About("accounting lists")] = NOT_COLLECTED
    servers: Annotated[Fact[list[AaaServer]], About("servers")] = NOT_COLLECTED
    server_groups: Annotated[Fact[list[ServerGroup]], About("server groups")] = NOT_COLLECTED
    console_authorization: Annotated[Fact[bool], About("authorisation holds on the console too")] = NOT_COLLECTED
    source_interface: Annotated[Fact[str | None], About("interface that requests leave from; null: by route")] = (
        NOT_COLLECTED
    )
