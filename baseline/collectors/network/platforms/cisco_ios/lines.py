"""Console, auxiliary and virtual terminal lines in a running configuration."""

from typing import Any, Literal

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.terminals import idle_timeout
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line as ConfigurationLine
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Line

ALL_TRANSPORTS = ("lat", "mop", "nasi", "pad", "rlogin", "ssh", "telnet", "udptn", "v120")
"""What ``transport input all`` stands for (Cisco IOS Terminal Services Command Reference)."""

LineType = Literal["console", "aux", "vty", "tty"]
TYPES: dict[str, LineType] = {"con": "console", "console": "console", "aux": "aux", "vty": "vty"}


def read_lines(context: Context) -> list[Line]:
    """Every ``line`` section, in order."""
    aaa = _login_lists(context) if context.tree.first("aaa new-model") else None
    lines = []
    for section in context.tree.all("line"):
        name = section.text[5:].strip()
        if name:
            context.provenance.section(f"management.lines.{name}", section)
            lines.append(_line(context, section, name, aaa))
    context.provenance.note("management.lines", *context.tree.all("line"))
    return lines


def _login_lists(context: Context) -> dict[str, list[str]]:
    """Name of each AAA login list -> its methods."""
    prefix = "aaa authentication login"
    return {words[3]: words[4:] for words in (line.text.split() for line in context.tree.all(prefix)) if len(words) > 4}


def _line(context: Context, section: ConfigurationLine, name: str, aaa: dict[str, list[str]] | None) -> Line:
    kind = TYPES.get(name.split(maxsplit=1)[0], "tty")
    filters = _filters(section)
    authentication, list_name = _authentication(section, kind, aaa)
    return Line(
        name=name,
        type=kind,
        transports=_transports(context, section, kind),
        outgoing_transports=_outgoing(section),
        access_list_ipv4=filters.get("access_list_ipv4"),
        access_list_ipv6=filters.get("access_list_ipv6"),
        vrf_also=filters.get("vrf_also", False),
        idle_timeout_seconds=idle_timeout(section),
        absolute_timeout_seconds=_minutes(section, "absolute-timeout"),
        authentication=authentication,
        authentication_list=list_name,
        exec_enabled=section.first("no exec") is None,
        privilege=_privilege(section),
    )


def _transports(context: Context, section: ConfigurationLine, kind: LineType) -> Fact[list[str]]:
    if kind == "console":
        return []
    if line := section.first("transport input"):
        return _protocols(line.text.split()[2:])
    if section.first("no transport input") or kind != "vty":
        return []
    return context.release.silent("transport input", ios=sorted(ALL_TRANSPORTS))


def _outgoing(section: ConfigurationLine) -> Fact[list[str]]:
    if line := section.first("transport output"):
        return _protocols(line.text.split()[2:])
    return Unknown("the line does not mention `transport output`, and its default differs per release")


def _protocols(words: list[str]) -> list[str]:
    if "all" in words:
        return sorted(ALL_TRANSPORTS)
    return [word for word in words if word != "none"]


def _filters(section: ConfigurationLine) -> dict[str, Any]:
    """``access-class`` for sources of incoming sessions, IPv4 and IPv6. With ``vrfname`` it filters one VRF alone."""
    filters: dict[str, Any] = {}
    for line in section.children:
        text = line.text
        if text.startswith("access-class "):
            family, words = "access_list_ipv4", text.split()[1:]
        elif text.startswith("ipv6 access-class "):
            family, words = "access_list_ipv6", text.split()[2:]
        else:
            continue
        if "in" in words and "vrfname" not in words:
            filters.setdefault(family, words[0])
            filters["vrf_also"] = filters.get("vrf_also", False) or "vrf-also" in words
    return filters


def _minutes(section: ConfigurationLine, command: str) -> int | None:
    line = section.first(command)
    minutes = number(line.text[len(command) + 1 :]) if line else None
    return minutes * 60 if minutes else None


def _privilege(section: ConfigurationLine) -> int:
    line = section.first("privilege level")
    level = number(word_after(line.text.split(), "level")) if line else None
    return 1 if level is None else level


Authentication = Literal["none", "line_password", "local_users", "aaa", "blocked"]


def _authentication(
    section: ConfigurationLine, kind: LineType, aaa: dict[str, list[str]] | None
) -> tuple[Authentication, str | None]:
    if aaa is not None:
        return _aaa_authentication(section, kind, aaa)
    if section.first("no login"):
        return "none", None
    if section.first("login local"):
        return "local_users", None
    if section.first("login tacacs"):
        return "aaa", None
    if section.first("login") is None and kind != "vty":
        return "none", None
    return ("line_password" if section.first("password") else "blocked"), None


def _aaa_authentication(
    section: ConfigurationLine, kind: LineType, aaa: dict[str, list[str]]
) -> tuple[Authentication, str | None]:
    """With AAA, a line uses its list, else ``default``, else local users; the console then lets anyone in.

    ``line`` and ``enable`` ask for a password that everybody shares. ``none`` lets in whoever comes when no server answers.

    Source: Cisco IOS Security Configuration Guide, "Configuring Authentication", login authentication using AAA.
    """
    line = section.first("login authentication")
    words = line.text.split() if line else []
    name = words[2] if len(words) > 2 else "default"
    methods = aaa.get(name)
    if methods is None:
        return ("none", None) if kind == "console" else ("local_users", None)
    if "none" in methods:
        return "none", name
    return ("line_password" if methods[0] in {"line", "enable"} else "aaa"), name


def telnet_enabled(lines: list[Line]) -> Fact[bool]:
    """Whether any virtual terminal accepts Telnet; unknown as long as one that might is unknown."""
    terminals = [line for line in lines if line.type == "vty"]
    unsure = None if terminals else Unknown("the configuration holds no `line vty`")
    for line in terminals:
        if isinstance(line.transports, Unknown):
            unsure = line.transports
        elif "telnet" in line.transports:
            return True
    return unsure or False
