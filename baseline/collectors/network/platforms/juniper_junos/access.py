"""Administrative access in a Junos configuration: SSH, web management, lines, login protection, banners."""

from typing import Any

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.juniper_junos.aaa import login_methods
from baseline.collectors.network.platforms.juniper_junos.accounts import NO_LEVELS, RETRY, lockout_attempts, retries
from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Banners, Http, Line, LoginProtection, Management, Ssh, Telnet

SERVICES = "system services"
SSH = f"{SERVICES} ssh"
ALGORITHMS = {"ciphers": "ciphers", "macs": "macs", "key-exchange": "key_exchanges"}
"""Statement below ``system services ssh`` -> fact."""

DEFAULT_BACKOFF_SECONDS = 5
"""Pause that grows after the second failure (Junos User Access and Authentication Guide, ``retry-options``)."""

NO_LIST = "Junos has no one list of sources: filters on interfaces and `host-inbound-traffic` of zones decide"


def read_management(context: Context) -> Management:
    """Everything under ``management``."""
    telnet = context.has("management.telnet", f"{SERVICES} telnet")
    ssh = _ssh(context)
    lines = [_terminal(context, ssh=ssh.enabled is True, telnet=telnet), _console(context)]
    netconf = [context.has("management.netconf_enabled", f"{SERVICES} netconf {kind}") for kind in ("ssh", "tls")]
    rest = [context.has("management.restconf_enabled", f"{SERVICES} rest {kind}") for kind in ("http", "https")]
    return Management(
        ssh=ssh,
        telnet=Telnet(enabled=telnet),
        http=_http(context),
        lines=lines,
        login_protection=_login_protection(context),
        permitted_sources=Unknown(NO_LIST),
        vrf="mgmt_junos" if context.has("management.vrf", "system management-instance") else None,
        netconf_enabled=any(netconf),
        restconf_enabled=any(rest),
    )


def _ssh(context: Context) -> Ssh:
    context.note("management.ssh", context.at(SSH))
    values: dict[str, Any] = retries(context)
    for statement, name in ALGORITHMS.items():
        if context.at(f"{SSH} {statement}"):
            context.note(f"management.ssh.{name}", context.at(f"{SSH} {statement}"))
            values[name] = context.root.values(f"{SSH} {statement}")
    ssh = Ssh(
        enabled=context.has("management.ssh.enabled", SSH),
        version=_version(context),
        authentication_methods=_methods(context),
        source_interface=None,
        access_list=management_filter(context, "inet"),
        vrf=None,
        **values,
    )
    unsaid = "the configuration does not mention it, and the default differs per release; an SSH session shows it"
    return explain(ssh, unsaid)


def _version(context: Context) -> Fact[int]:
    """Version 2 is the default since Junos 11.4 (CLI reference, ``protocol-version``)."""
    versions = context.root.values(f"{SSH} protocol-version")
    context.note("management.ssh.version", context.at(f"{SSH} protocol-version"))
    if versions:
        return 1 if "v1" in versions else 2
    if context.release >= (11, 4):
        return 2
    return Unknown("the configuration does not mention `system services ssh protocol-version`; write it out")


def _methods(context: Context) -> list[str]:
    off = {
        "publickey": ("no-public-keys",),
        "password": ("no-passwords", "no-password-authentication"),
        "keyboard-interactive": ("no-challenge-response",),
    }
    return [name for name, words in off.items() if not any(context.at(f"{SSH} {word}") for word in words)]


def management_filter(context: Context, family: str) -> str | None:
    """The filters on what comes in for the device itself: those of the loopback interface."""
    fact = "control_plane.policy"
    node = context.at(f"interfaces lo0 unit 0 family {family} filter")
    context.note(fact, node)
    if node is None or _has_open_loopback(context, family):
        return None
    return " ".join([*node.values("input-list"), *node.values("input")][:16]) or None


def _has_open_loopback(context: Context, family: str) -> bool:
    """Whether a routing instance has a loopback without a filter: that of the device then does not hold in it.

    Source: Junos Routing Policies, Firewall Filters, and Traffic Policers User Guide, filters on the loopback interface.
    """
    given = {unit for node in context.root.below("routing-instances") for unit in node.values("interface")}
    units = [unit for unit in context.root.below("interfaces lo0 unit") if f"lo0.{unit.word}" in given]
    used = [node for unit in units if (node := unit.at(f"family {family}"))]
    return any(not node.values("filter input") and not node.values("filter input-list") for node in used)


def _http(context: Context) -> Http:
    web = f"{SERVICES} web-management"
    context.note("management.http", context.at(web))
    central = login_methods(context)[0].startswith("group ")
    https = context.has("management.http.https_enabled", f"{web} https")
    http = Http(
        enabled=context.has("management.http.enabled", f"{web} http"),
        https_enabled=https,
        access_list=management_filter(context, "inet"),
        authentication="aaa" if central else "local",
    )
    return explain(http, "Junos has no setting for it that is read here")


def _terminal(context: Context, *, ssh: bool, telnet: bool) -> Line:
    clear = context.has("management.lines.vty", f"{SERVICES} xnm-clear-text")
    transports = [name for name, on in (("ssh", ssh), ("telnet", telnet), ("xnm-clear-text", clear)) if on]
    context.note("management.lines.vty", context.at(SERVICES), context.at("system login"))
    return _line(
        context,
        name="vty",
        type="vty",
        transports=transports,
        exec_enabled=True,
        access_list_ipv4=management_filter(context, "inet"),
        access_list_ipv6=management_filter(context, "inet6"),
    )


def _console(context: Context) -> Line:
    console = context.at("system ports console")
    context.note("management.lines.console", console)
    return _line(
        context,
        name="console",
        type="console",
        transports=[],
        exec_enabled=console is None or "disable" not in console.children,
        access_list_ipv4=None,
        access_list_ipv6=None,
    )


def _line(context: Context, **values: Any) -> Line:
    central = login_methods(context)[0].startswith("group ")
    return Line(
        outgoing_transports=Unknown("Junos limits the clients that a user may start by its class, not by line"),
        idle_timeout_seconds=_idle_seconds(context),
        absolute_timeout_seconds=None,
        authentication="aaa" if central else "local_users",
        authentication_list="default" if central else None,
        privilege=Unknown(NO_LEVELS),
        vrf_also=True,
        **values,
    )


def _idle_seconds(context: Context) -> int | None:
    """The longest that any account may be idle. A class without ``idle-timeout`` never ends a session (CLI reference);
    the built-in classes have none, and ``system login idle-timeout`` holds for those.
    """
    login = context.at("system login")
    context.note("management.lines.vty.idle_timeout_seconds", login)
    for_all = number(login.value("idle-timeout")) if login else None
    own = {node.word: number(node.value("idle-timeout")) for node in context.root.below("system login class")}
    classes = {user.value("class") for user in context.root.below("system login user")} or {None}
    minutes = [own.get(name or "") or for_all for name in classes]
    ending = [one for one in minutes if one]
    return max(ending) * 60 if ending and len(ending) == len(minutes) else None


def _login_protection(context: Context) -> LoginProtection:
    path = "management.login_protection"
    options = context.at(RETRY)
    context.note(path, options)
    minutes = number(options.value("lockout-period")) if options else None
    backoff = number(options.value("backoff-factor")) if options else None
    return LoginProtection(
        enabled=minutes is not None,
        block_seconds=None if minutes is None else minutes * 60,
        attempts=lockout_attempts(context),
        within_seconds=None,
        quiet_access_list=None,
        delay_seconds=DEFAULT_BACKOFF_SECONDS if backoff is None else backoff,
    )


def read_banners(context: Context) -> Banners:
    """``message`` is shown before logging in, ``announcement`` after it."""
    return Banners(
        login=_text(context, "banners.login", "system login message"),
        motd=None,
        exec=_text(context, "banners.exec", "system login announcement"),
    )


def _text(context: Context, fact: str, path: str) -> str | None:
    text = context.value(fact, path)
    return text.replace("\\n", "\n").strip() or None if text else None
