"""Administrative access in a PAN-OS configuration: the management interface, profiles of other interfaces, banners."""

from typing import Any

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.paloalto_panos.accounts import NO_LEVELS, lockout_attempts
from baseline.collectors.network.platforms.paloalto_panos.context import Context, unwritten
from baseline.collectors.network.unknowns import explain
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Banners, Http, Line, LoginProtection, Management, Ssh, Telnet

ALGORITHMS = {"ciphers": "ciphers", "mac": "macs", "kex": "key_exchanges"}
"""Word of an SSH server profile -> fact."""

DEFAULT_IDLE_MINUTES = 60
"""``idle-timeout`` (PAN-OS web interface help, Device > Setup > Management); 0 is never."""

ON = frozenset({"ssh", "https", "ping"})
OFF_IN_PROFILES = "no"
VERSIONS = ("tls1-0", "tls1-1", "tls1-2", "tls1-3")
NOT_TOLD = "the configuration does not mention it, and the default differs per release; an SSH session shows it"


def read_management(context: Context) -> Management:
    """Everything under ``management``: a protocol is on when the management port or any other interface accepts it."""
    ssh = _answers(context, "management.ssh.enabled", "ssh")
    telnet = _answers(context, "management.telnet", "telnet")
    transports: Fact[list[str]] = (
        telnet
        if isinstance(telnet, Unknown)
        else [name for name, on in (("ssh", ssh), ("telnet", telnet)) if on is True]
    )
    sources = _sources(context)
    return Management(
        ssh=_ssh(context, ssh),
        telnet=Telnet(enabled=telnet),
        http=_http(context, sources),
        lines=[_line(context, "cli", transports, sources), _line(context, "console", None, [])],
        login_protection=_login_protection(context),
        permitted_sources=sources,
        vrf=None,
        netconf_enabled=False,
        restconf_enabled=False,
    )


MANAGING = ("ssh", "https", "http", "telnet")
EVERYONE = "0.0.0.0/0"


def _sources(context: Context) -> list[str]:
    """Who may manage the firewall: through the management port, and through every interface whose profile lets managers
    in. A profile without a list lets everyone in (PAN-OS web interface help, "Interface Management Profiles").
    """
    node = context.parts.system.at("permitted-ip")
    context.note("management.permitted_sources", node)
    if node is None:
        return []
    sources = list(node.children)
    for profile in used_profiles(context):
        if any(profile.value(protocol) == "yes" for protocol in MANAGING):
            context.note("management.permitted_sources", profile)
            sources += profile.values("permitted-ip") or [EVERYONE]
    return list(dict.fromkeys(sources))


def management_port(context: Context, fact: str, protocol: str) -> Fact[bool]:
    """Whether the management port accepts a protocol. SSH, HTTPS and ping are on unless disabled (PAN-OS web interface
    help, "Management Interface Settings"); a factory configuration writes out that HTTP and Telnet are off.
    """
    path = f"service disable-{protocol}"
    value = context.value(fact, context.parts.system, path)
    if value is not None:
        return value == "no"
    return True if protocol in ON else unwritten(f"deviceconfig system {path}")


def profile_protocols(context: Context, profile: str | None) -> list[str]:
    """What an interface management profile accepts."""
    known = context.parts.network.at("profiles interface-management-profile")
    node = known.children.get(profile or "") if known else None
    words = node.children.values() if node is not None else ()
    return [word.word for word in words if word.word != "permitted-ip" and next(iter(word.children), "") == "yes"]


def used_profiles(context: Context) -> list[Node]:
    """The interface management profiles that an interface has."""
    interfaces = context.parts.network.at("interface")
    names = {
        next(iter(node.children), "")
        for node in (interfaces.every() if interfaces else ())
        if node.word == "interface-management-profile"
    }
    return [node for node in context.parts.network.below("profiles interface-management-profile") if node.word in names]


def _answers(context: Context, fact: str, protocol: str) -> Fact[bool]:
    for profile in used_profiles(context):
        if profile.value(protocol) == "yes":
            context.note(fact, profile.at(protocol))
            return True
    return management_port(context, fact, protocol)


def _ssh(context: Context, enabled: Fact[bool]) -> Ssh:
    """PAN-OS speaks version 2 only."""
    values: dict[str, Any] = {}
    ssh = context.parts.system.at("ssh")
    named = ssh.value("mgmt server-profile") if ssh else None
    profiles = ssh.at("profiles mgmt-profiles server-profiles") if ssh else None
    profile = profiles.children.get(named or "") if profiles else None
    for word, name in ALGORITHMS.items():
        node = profile.at(word) if profile else ssh.at(f"{word} mgmt") if ssh else None
        if node is not None and node.children:
            context.note(f"management.ssh.{name}", node)
            values[name] = list(node.children)
    server = Ssh(
        enabled=enabled, version=2, source_interface=None, access_list=_filter(_sources(context)), vrf=None, **values
    )
    return explain(server, NOT_TOLD)


def _filter(sources: list[str]) -> str | None:
    return "permitted-ip" if sources else None


def _http(context: Context, sources: list[str]) -> Http:
    profile = context.value("management.http.tls_versions", context.parts.system, "ssl-tls-service-profile")
    server = Http(
        enabled=_answers(context, "management.http.enabled", "http"),
        https_enabled=_answers(context, "management.http.https_enabled", "https"),
        access_list=_filter(sources),
        authentication="aaa" if context.parts.system.value("authentication-profile") else "local",
        tls_versions=_versions(context, profile),
    )
    return explain(server, "the configuration does not tell it")


def _versions(context: Context, name: str | None) -> Fact[list[str]]:
    """From the lowest to the highest version of the profile that the web interface uses."""
    profile = next((node for node in context.scopes("ssl-tls-service-profile") if node.word == name), None)
    settings = profile.at("protocol-settings") if profile else None
    if settings is None:
        return unwritten("deviceconfig system ssl-tls-service-profile")
    context.note("management.http.tls_versions", settings)
    lowest, highest = settings.value("min-version"), settings.value("max-version") or "max"
    if lowest not in VERSIONS:
        return unwritten(f"shared ssl-tls-service-profile {name} protocol-settings min-version")
    stop = VERSIONS.index(highest) if highest in VERSIONS else len(VERSIONS) - 1
    return [version.removeprefix("tls").replace("-", ".") for version in VERSIONS[VERSIONS.index(lowest) : stop + 1]]


def _line(context: Context, name: str, transports: Fact[list[str]] | None, sources: list[str]) -> Line:
    path = f"management.lines.{name}"
    minutes = number(context.value(f"{path}.idle_timeout_seconds", context.parts.setting, "management idle-timeout"))
    profile = context.value(f"{path}.authentication", context.parts.system, "authentication-profile")
    seconds = DEFAULT_IDLE_MINUTES * 60 if minutes is None else minutes * 60 or None
    return Line(
        name=name,
        type="console" if transports is None else "vty",
        transports=[] if transports is None else transports,
        outgoing_transports=Unknown("PAN-OS has no setting for the clients that a session may start"),
        access_list_ipv4=_filter(sources),
        access_list_ipv6=_filter(sources),
        idle_timeout_seconds=seconds,
        absolute_timeout_seconds=None,
        authentication="aaa" if profile else "local_users",
        authentication_list=profile,
        exec_enabled=True,
        privilege=Unknown(NO_LEVELS),
        vrf_also=False,
    )


def _login_protection(context: Context) -> LoginProtection:
    """Without failed attempts set, nobody is locked out; without a time, for good."""
    path = "management.login_protection"
    attempts = lockout_attempts(context)
    minutes = number(context.value(path, context.parts.setting, "management admin-lockout lockout-time"))
    return LoginProtection(
        enabled=attempts is not None,
        block_seconds=minutes * 60 if attempts is not None and minutes else None,
        attempts=attempts,
        within_seconds=None,
        quiet_access_list=None,
        delay_seconds=None,
    )


def read_banners(context: Context) -> Banners:
    """The login banner, and the message of the day where it is switched on."""
    setting = "management motd-and-banner"
    shown = context.parts.setting.value(f"{setting} motd-enable") == "yes"
    message = context.value("banners.motd", context.parts.setting, f"{setting} message")
    login = context.value("banners.login", context.parts.system, "login-banner")
    return Banners(login=(login or "").strip() or None, motd=(message or None) if shown else None, exec=None)
