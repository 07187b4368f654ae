"""Facts about administrative access: protocols, lines, banners, login protection."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class HostKey(Section, frozen=True, kw_only=True):
    """One SSH host key."""

    name: Annotated[Fact[str], About("label of the key pair, or its type where it has none")] = NOT_COLLECTED
    type: Annotated[Fact[Literal["rsa", "dsa", "ecdsa", "ed25519"]], About("key algorithm")] = NOT_COLLECTED
    bits: Annotated[Fact[int], About("key size", unit="bits")] = NOT_COLLECTED


class Ssh(Section, frozen=True, kw_only=True):
    """The SSH server."""

    enabled: Annotated[Fact[bool], About("the SSH server answers")] = NOT_COLLECTED
    version: Annotated[
        Fact[int],
        About("lowest protocol version accepted; a device that says 1.99 accepts 1", source="RFC 4253, section 5.1"),
    ] = NOT_COLLECTED
    key_exchanges: Annotated[Fact[list[str]], About("key exchange algorithms offered, in order")] = NOT_COLLECTED
    ciphers: Annotated[Fact[list[str]], About("encryption algorithms offered, in order")] = NOT_COLLECTED
    macs: Annotated[Fact[list[str]], About("message authentication algorithms offered, in order")] = NOT_COLLECTED
    host_key_algorithms: Annotated[Fact[list[str]], About("host key algorithms offered, in order")] = NOT_COLLECTED
    host_keys: Annotated[Fact[list[HostKey]], About("the server's key pairs")] = NOT_COLLECTED
    minimum_dh_bits: Annotated[
        Fact[int | None], About("smallest Diffie-Hellman group accepted; null: not limited", unit="bits")
    ] = NOT_COLLECTED
    authentication_methods: Annotated[Fact[list[str]], About("methods offered, for example publickey, password")] = (
        NOT_COLLECTED
    )
    timeout_seconds: Annotated[Fact[int], About("time allowed to authenticate", unit="seconds")] = NOT_COLLECTED
    authentication_retries: Annotated[Fact[int], About("attempts allowed per connection", unit="attempts")] = (
        NOT_COLLECTED
    )
    source_interface: Annotated[
        Fact[str | None], About("interface that outgoing sessions use; null: chosen by route")
    ] = NOT_COLLECTED
    access_list: Annotated[
        Fact[str | None], About("filter on the server as a whole, apart from the lines; null: none")
    ] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("routing instance of the server; null: the default one")] = NOT_COLLECTED


class Telnet(Section, frozen=True, kw_only=True):
    """The Telnet server."""

    enabled: Annotated[Fact[bool], About("at least one way in accepts Telnet")] = NOT_COLLECTED


class Http(Section, frozen=True, kw_only=True):
    """Web management, without and with TLS."""

    enabled: Annotated[Fact[bool], About("the server without TLS answers")] = NOT_COLLECTED
    https_enabled: Annotated[Fact[bool], About("the server with TLS answers")] = NOT_COLLECTED
    access_list: Annotated[Fact[str | None], About("filter on who may connect; null: none")] = NOT_COLLECTED
    authentication: Annotated[Fact[str | None], About("method: local, enable, aaa ...; null: none is configured")] = (
        NOT_COLLECTED
    )
    tls_versions: Annotated[Fact[list[str]], About("TLS versions offered, for example 1.2")] = NOT_COLLECTED
    ciphers: Annotated[Fact[list[str]], About("cipher suites offered")] = NOT_COLLECTED


class Line(Section, frozen=True, kw_only=True):
    """One way to an interactive session: console, auxiliary port or virtual terminals."""

    name: Annotated[Fact[str], About("for example con 0, vty 0 4")] = NOT_COLLECTED
    type: Annotated[Fact[Literal["console", "aux", "vty", "tty"]], About("kind of line")] = NOT_COLLECTED
    transports: Annotated[
        Fact[list[str]],
        About("protocols that may start a session; 'all' is written out; empty: none. Console: always empty"),
    ] = NOT_COLLECTED
    outgoing_transports: Annotated[
        Fact[list[str]], About("protocols that a session may start to elsewhere; 'all' is written out")
    ] = NOT_COLLECTED
    access_list_ipv4: Annotated[Fact[str | None], About("IPv4 filter on sources; null: none")] = NOT_COLLECTED
    access_list_ipv6: Annotated[Fact[str | None], About("IPv6 filter on sources; null: none")] = NOT_COLLECTED
    idle_timeout_seconds: Annotated[
        Fact[int | None], About("an idle session ends after this; null: it never ends", unit="seconds")
    ] = NOT_COLLECTED
    absolute_timeout_seconds: Annotated[
        Fact[int | None], About("any session ends after this; null: no limit", unit="seconds")
    ] = NOT_COLLECTED
    authentication: Annotated[
        Fact[Literal["none", "line_password", "local_users", "aaa", "blocked"]],
        About("how one logs in; blocked: a password is demanded but none is set"),
    ] = NOT_COLLECTED
    authentication_list: Annotated[Fact[str | None], About("name of the AAA login list; null: not by AAA")] = (
        NOT_COLLECTED
    )
    exec_enabled: Annotated[Fact[bool], About("a command session can be opened")] = NOT_COLLECTED
    privilege: Annotated[Fact[int], About("privilege level one starts with", unit="level 0 to 15")] = NOT_COLLECTED
    vrf_also: Annotated[Fact[bool], About("sources in other routing instances are accepted too")] = NOT_COLLECTED


class LoginProtection(Section, frozen=True, kw_only=True):
    """What slows down guessing passwords."""

    enabled: Annotated[Fact[bool], About("logins are blocked after too many failures")] = NOT_COLLECTED
    block_seconds: Annotated[Fact[int | None], About("how long; null: not blocked", unit="seconds")] = NOT_COLLECTED
    attempts: Annotated[Fact[int | None], About("after how many failures", unit="attempts")] = NOT_COLLECTED
    within_seconds: Annotated[Fact[int | None], About("counted over this time", unit="seconds")] = NOT_COLLECTED
    quiet_access_list: Annotated[Fact[str | None], About("who may still log in while blocked; null: nobody")] = (
        NOT_COLLECTED
    )
    delay_seconds: Annotated[Fact[int | None], About("pause between attempts; null: none set", unit="seconds")] = (
        NOT_COLLECTED
    )


class Management(Section, frozen=True, kw_only=True):
    """Administrative access as a whole."""

    ssh: Annotated[Fact[Ssh], About("SSH server")] = NOT_COLLECTED
    telnet: Annotated[Fact[Telnet], About("Telnet server")] = NOT_COLLECTED
    http: Annotated[Fact[Http], About("web management")] = NOT_COLLECTED
    lines: Annotated[Fact[list[Line]], About("console, auxiliary and virtual terminal lines")] = NOT_COLLECTED
    login_protection: Annotated[Fact[LoginProtection], About("blocking of password guessing")] = NOT_COLLECTED
    permitted_sources: Annotated[
        Fact[list[str]], About("networks that may manage the device, where it is one list for all protocols")
    ] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("routing instance for management; null: none of its own")] = NOT_COLLECTED
    netconf_enabled: Annotated[Fact[bool], About("NETCONF answers")] = NOT_COLLECTED
    restconf_enabled: Annotated[Fact[bool], About("RESTCONF answers")] = NOT_COLLECTED


class Banners(Section, frozen=True, kw_only=True):
    """Texts shown at logging in. null: there is none."""

    login: Annotated[Fact[str | None], About("shown before logging in")] = NOT_COLLECTED
    motd: Annotated[Fact[str | None], About("message of the day, shown before logging in")] = NOT_COLLECTED
    exec: Annotated[Fact[str | None], About("shown after logging in")] = NOT_COLLECTED
