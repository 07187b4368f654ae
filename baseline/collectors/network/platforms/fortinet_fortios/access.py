"""Administrative access in a FortiOS configuration: SSH, web management, lockout, banners."""

from typing import Any

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.platforms.fortinet_fortios.accounts import NO_LEVELS
from baseline.collectors.network.platforms.fortinet_fortios.context import Context
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Banners, Http, Line, LoginProtection, Management, Ssh, Telnet

GLOBAL = "system global"
ALGORITHMS = {
    "key_exchanges": ("ssh-kex-algo",),
    "ciphers": ("ssh-enc-algo",),
    "macs": ("ssh-mac-algo",),
    "host_key_algorithms": ("ssh-hsk-algo",),
}
"""Fact -> setting of ``config system ssh-config`` (7.4.4 on) or of ``config system global`` (7.0 on)."""

BY_ADMINISTRATOR = "FortiOS limits sources per administrator: see the trusted sources of users"
NOT_TOLD = "the configuration does not tell it; an SSH session shows what is offered"


def read_management(context: Context) -> Management:
    """Everything under ``management``. A protocol is on when an interface that is up accepts it."""
    accepted = _accepted(context)
    telnet = _telnet(context, accepted)
    transports = [name for name, on in (("ssh", "ssh" in accepted), ("telnet", telnet is True)) if on]
    return Management(
        ssh=_ssh(context, accepted),
        telnet=Telnet(enabled=telnet),
        http=_http(context, accepted),
        lines=[_line(context, "cli", transports), _line(context, "console", None)],
        login_protection=_login_protection(context),
        permitted_sources=Unknown(BY_ADMINISTRATOR),
        vrf=None,
        netconf_enabled=False,
        restconf_enabled=False,
    )


def management_access(interface: Block) -> list[str]:
    """The management protocols that an interface accepts, on each of its addresses, over IPv4 and IPv6."""
    words = [*interface.values("allowaccess"), *interface.table("ipv6").values("ip6-allowaccess")]
    for further in interface.table("secondaryip").entries.values():
        words += further.values("allowaccess")
    return list(dict.fromkeys(words))


def _accepted(context: Context) -> dict[str, list[Block]]:
    """Protocol -> interfaces that are up and accept it."""
    found: dict[str, list[Block]] = {}
    for _, interface in context.entries("system interface"):
        if interface.value("status") != "down":
            for protocol in management_access(interface):
                found.setdefault(protocol, []).append(interface)
    return found


def _noted(context: Context, fact: str, accepted: dict[str, list[Block]], protocol: str) -> bool:
    for interface in accepted.get(protocol, ()):
        setting = interface.settings.get("allowaccess")
        context.provenance.section(fact, *([setting] if setting else []))
    context.note(fact)
    return protocol in accepted


def _telnet(context: Context, accepted: dict[str, list[Block]]) -> Fact[bool]:
    if not _noted(context, "management.telnet", accepted, "telnet"):
        return False
    if "admin-telnet" not in context.shared.table(GLOBAL).settings:
        return True
    return context.switch("management.telnet", GLOBAL, "admin-telnet")


def _ssh(context: Context, accepted: dict[str, list[Block]]) -> Ssh:
    values: dict[str, Any] = {}
    for fact, names in ALGORITHMS.items():
        for table in ("system ssh-config", GLOBAL):
            block = context.shared.table(table)
            for name in names:
                if fact not in values and block.values(name):
                    context.provenance.section(f"management.ssh.{fact}", block.settings[name])
                    values[fact] = block.values(name)
    password = context.switch("management.ssh.authentication_methods", GLOBAL, "admin-ssh-password", "enable")
    ssh = Ssh(
        enabled=_noted(context, "management.ssh.enabled", accepted, "ssh"),
        version=_version(context),
        timeout_seconds=context.amount("management.ssh.timeout_seconds", GLOBAL, "admin-ssh-grace-time", 120),
        authentication_methods=password
        if isinstance(password, Unknown)
        else ["publickey", *(["password"] if password else [])],
        access_list=Unknown(BY_ADMINISTRATOR),
        source_interface=None,
        vrf=None,
        **values,
    )
    return explain(ssh, NOT_TOLD)


def _version(context: Context) -> Fact[int]:
    """Version 1 is off unless ``admin-ssh-v1`` is enabled; releases without that setting have version 2 alone."""
    old = context.shared.table(GLOBAL).value("admin-ssh-v1")
    if old is None:
        context.note("management.ssh.version")
        return 2
    return 1 if context.switch("management.ssh.version", GLOBAL, "admin-ssh-v1") is True else 2


def _http(context: Context, accepted: dict[str, list[Block]]) -> Http:
    block = context.shared.table(GLOBAL)
    versions = [word.removeprefix("tlsv").replace("-", ".") for word in block.values("admin-https-ssl-versions")]
    suites = block.values("admin-https-ssl-ciphersuites")
    context.note("management.http", block)
    silent = Unknown(f"the configuration does not mention `set admin-https-ssl-...` in `config {GLOBAL}`; write it out")
    return Http(
        enabled=_noted(context, "management.http.enabled", accepted, "http"),
        https_enabled=_noted(context, "management.http.https_enabled", accepted, "https"),
        access_list=Unknown(BY_ADMINISTRATOR),
        authentication="aaa" if _remote_administrators(context) else "local",
        tls_versions=versions or silent,
        ciphers=[suite.lower() for suite in suites] or silent,
    )


def _remote_administrators(context: Context) -> list[Block]:
    return [entry for _, entry in context.entries("system admin") if entry.value("remote-auth") == "enable"]


def _line(context: Context, name: str, transports: list[str] | None) -> Line:
    path = f"management.lines.{name}"
    remote = _remote_administrators(context)
    context.note(path, context.shared.table("system admin"))
    minutes = context.amount(f"{path}.idle_timeout_seconds", GLOBAL, "admintimeout", 5)
    if transports is None:
        own = context.amount(f"{path}.idle_timeout_seconds", GLOBAL, "admin-console-timeout", 0)
        seconds: Fact[int | None] = own or (minutes if isinstance(minutes, Unknown) else minutes * 60)
    else:
        seconds = minutes if isinstance(minutes, Unknown) else minutes * 60 or None
    return Line(
        name=name,
        type="console" if transports is None else "vty",
        transports=transports or [],
        outgoing_transports=Unknown("FortiOS has no setting for the clients that a session may start"),
        access_list_ipv4=None if transports is None else Unknown(BY_ADMINISTRATOR),
        access_list_ipv6=None if transports is None else Unknown(BY_ADMINISTRATOR),
        idle_timeout_seconds=seconds,
        absolute_timeout_seconds=None,
        authentication="aaa" if remote else "local_users",
        authentication_list=remote[0].name if remote else None,
        exec_enabled=True,
        privilege=Unknown(NO_LEVELS),
        vrf_also=False,
    )


def _login_protection(context: Context) -> LoginProtection:
    """Too many failures lock the source out for a while; this cannot be switched off."""
    path = "management.login_protection"
    context.note(path)
    return LoginProtection(
        enabled=True,
        block_seconds=context.amount(f"{path}.block_seconds", GLOBAL, "admin-lockout-duration", 60),
        attempts=context.amount(f"{path}.attempts", GLOBAL, "admin-lockout-threshold", 3),
        within_seconds=None,
        quiet_access_list=None,
        delay_seconds=None,
    )


def read_banners(context: Context) -> Banners:
    """The disclaimers before and after logging in, with the texts of ``config system replacemsg admin``."""
    return Banners(
        login=_banner(context, "banners.login", "pre-login-banner", "pre_admin-disclaimer-text"),
        motd=None,
        exec=_banner(context, "banners.exec", "post-login-banner", "post_admin-disclaimer-text"),
    )


def _banner(context: Context, fact: str, setting: str, message: str) -> Fact[str | None]:
    shown = context.switch(fact, GLOBAL, setting, "disable")
    if shown is not True:
        return shown if isinstance(shown, Unknown) else None
    for name in (f"system replacemsg admin {message}", f"system replacemsg admin {message.replace('-', '_')}"):
        text = context.shared.table(name).value("buffer")
        if text:
            context.note(fact, context.shared.table(name))
            return text.strip()
    return Unknown(
        f"a banner is shown with the vendor's own text; write one in `config system replacemsg admin {message}`"
    )
