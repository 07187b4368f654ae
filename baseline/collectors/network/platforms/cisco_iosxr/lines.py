"""Terminal lines of IOS XR: the console, and pools of virtual terminals that take their settings from a template.

A template takes what it does not say from ``line default``; the pool ``default`` is there without a word. The pools
``eem`` and ``fault-manager`` serve scripts on the router itself and take no sessions (Cisco IOS XR System Management
Configuration Guide, "Implementing Physical and Virtual Terminals").
"""

from collections.abc import Mapping
from typing import Literal

from baseline.collectors.network.platforms.cisco_iosxr.access_control import Filters, Names, common_filter
from baseline.collectors.network.platforms.cisco_iosxr.names import distinct
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.terminals import idle_timeout
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line as Section
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Line

MAXIMUM_POOLS = 300
"""More pools than there are numbers of virtual terminals (0 to 299)."""

DEFAULT_TEMPLATE = "default"
POOLS_FOR_SCRIPTS = frozenset({"eem", "fault-manager"})
_ROLES = Unknown("IOS XR gives task groups instead of privilege levels")
Authentication = Literal["none", "line_password", "local_users", "aaa", "blocked"]
METHODS: dict[str, Authentication] = {"group": "aaa", "line": "line_password"}


class _Servers:
    """The servers that are on, and the lists that guard them wherever they listen."""

    def __init__(self, servers: Mapping[str, Mapping[str, Filters]], plane: Mapping[str, str]) -> None:
        self.protocols = list(servers)
        self._servers = servers
        self._plane = plane
        self._known: dict[tuple[str, ...], Fact[str | None]] = {}

    def guard(self, transports: list[str], family: str) -> Fact[str | None]:
        """The list that guards all of these protocols, else what the protection of the management plane amounts to."""
        key = (family, *transports)
        if key not in self._known:
            filters = [one for transport in transports for one in self._servers[transport].values()]
            common = common_filter(filters, family)
            self._known[key] = self._plane.get(family) if common is None and transports else common
        return self._known[key]


class Template:
    """A section ``line``, with what ``line default`` says for it."""

    def __init__(self, *sections: Section | None) -> None:
        self.sections = [section for section in sections if section is not None]

    def first(self, command: str) -> Section | None:
        """The nearest line that begins with this command."""
        return next((found for section in self.sections if (found := section.first(command))), None)

    def word(self, command: str) -> str | None:
        """The word that follows a command."""
        line = self.first(command)
        return next(iter(line.text[len(command) + 1 :].split()), None) if line else None

    @property
    def idle_seconds(self) -> int | None:
        """Seconds until an idle session ends; None: never. Ten minutes when nothing is said."""
        section = next((one for one in self.sections if one.first("exec-timeout")), Section("line", 0))
        return idle_timeout(section)


def read_lines(
    reading: Reading, names: Names, servers: dict[str, dict[str, Filters]], plane: dict[str, str]
) -> list[Line]:
    """Every way in. ``servers``: protocol that is on -> routing instance -> who may reach it; ``plane``: address family
    -> the list that management plane protection amounts to, where it limits sources.
    """
    tree = reading.tree
    templates = {words[1]: line for line in tree.all("line") if len(words := line.text.split()) == 2}
    templates |= {line.text.split()[2]: line for line in tree.all("line template") if len(line.text.split()) > 2}
    default = templates.get(DEFAULT_TEMPLATE)
    reading.provenance.note("management.lines", *tree.all("line"), *tree.all("vty-pool"))
    guards = _Servers(servers, plane)
    found = [_line(reading, names, guards, "console", Template(templates.get("console"), default))]
    reading.provenance.section("management.lines.console", *_known(templates.get("console"), default))
    for name, template, pool in _pools(reading):
        section = templates.get(template)
        reading.provenance.note(f"management.lines.{name}", *([pool] if pool else []))
        reading.provenance.section(f"management.lines.{name}", *_known(section, default))
        found.append(_line(reading, names, guards, name, Template(section, default)))
    return distinct(found)


def _known(*sections: Section | None) -> list[Section]:
    found: list[Section] = []
    for section in sections:
        if section is not None and section not in found:
            found.append(section)
    return found


def _pools(reading: Reading) -> list[tuple[str, str, Section | None]]:
    """Name, template and line of every pool that takes sessions."""
    found: list[tuple[str, str, Section | None]] = []
    for line in reading.tree.all("vty-pool")[:MAXIMUM_POOLS]:
        words = line.text.split()
        if len(words) > 1 and words[1] not in POOLS_FOR_SCRIPTS:
            name = " ".join([*words[:2], *(word for word in words[2:4] if word.isdigit())])
            found.append((name, word_after(words, "line-template") or DEFAULT_TEMPLATE, line))
    if not any(name.startswith("vty-pool default") for name, _, _ in found):
        found.insert(0, ("vty-pool default", DEFAULT_TEMPLATE, None))
    return found


def _line(reading: Reading, names: Names, guards: _Servers, name: str, template: Template) -> Line:
    is_console = name == "console"
    transports = [] if is_console else _accepted(template.first("transport input"), guards.protocols)
    authentication, method_list = _authentication(reading, template)
    return Line(
        name=name,
        type="console" if is_console else "vty",
        transports=transports,
        outgoing_transports=_accepted(template.first("transport output"), ["ssh", "telnet"]),
        access_list_ipv4=_own_list(names, template, "ipv4") or guards.guard(transports, "ipv4"),
        access_list_ipv6=_own_list(names, template, "ipv6") or guards.guard(transports, "ipv6"),
        idle_timeout_seconds=template.idle_seconds,
        absolute_timeout_seconds=(number(template.word("absolute-timeout")) or 0) * 60 or None,
        authentication=authentication,
        authentication_list=method_list,
        exec_enabled=True,
        privilege=_ROLES,
        vrf_also=True,
    )


def _accepted(line: Section | None, known: list[str]) -> list[str]:
    """Of the protocols that are there, those that a line lets in or out: all of them unless it says otherwise."""
    words = line.text.split()[2:] if line else ["all"]
    return known if "all" in words else [name for name in known if name in words]


def _own_list(names: Names, template: Template, family: str) -> str | None:
    """The list that the line itself names, which filters each family that it is there for; IPv4 also when it is not."""
    own = template.word("access-class ingress")
    return names.key(own, family) if own is not None and (family == "ipv4" or own in names.ipv6) else None


def _authentication(reading: Reading, template: Template) -> tuple[Fact[Authentication], str | None]:
    """Without a list of its own a line follows ``default``, and without that the local accounts are asked (System
    Security Configuration Guide, "Configuring AAA Services").
    """
    named = template.word("login authentication") or "default"
    lines = reading.tree.all(f"aaa authentication login {named}")
    methods = lines[-1].text.split()[4:] if lines else []
    if named != "default" and not methods:
        return Unknown(f"the line follows the list {named!r}, which is not there"), named
    if methods[:1] in ([], ["local"]) and "none" not in methods:
        return "local_users", named if methods else None
    return "none" if "none" in methods else METHODS.get(methods[0], "aaa"), named
