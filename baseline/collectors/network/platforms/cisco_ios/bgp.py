"""BGP neighbours in a running configuration, in the form that Cisco IOS and FRRouting share.

A neighbour has settings for its session and for each address family; both come from itself, from its peer group or from
templates. What is nearer wins.
"""

from dataclasses import dataclass, field

from baseline.collectors.network.platforms.cisco_ios.context import number, word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import BgpNeighbour, RoutingAuthentication

SESSION = frozenset({"remote-as", "password", "ttl-security", "ao", "shutdown", "local-as"})
INHERITING = frozenset({"peer-group", "inherit"})
FILTERS = frozenset({"prefix-list", "route-map", "distribute-list", "filter-list"})
MAXIMUM_INHERITANCE = 8
"""Groups and templates that are followed from one neighbour."""


@dataclass(slots=True)
class _Settings:
    """Settings of a neighbour, group or template: first word -> words after it."""

    session: dict[str, list[str]] = field(default_factory=dict)
    families: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    vrf: str | None = None


@dataclass(slots=True)
class _Process:
    local_as: str
    vrf: str | None
    ipv4_by_default: bool = True
    peers: dict[str, _Settings] = field(default_factory=dict)


def read_bgp(tree: SectionTree, provenance: Provenance) -> list[BgpNeighbour]:
    """Every neighbour and every listen range of every BGP process."""
    neighbours = []
    for section in tree.all("router bgp"):
        words = section.text.split()
        if len(words) > 2:
            process = _read(section, _Process(words[2], word_after(words, "vrf")))
            neighbours += [
                _neighbour(process, key, settings, provenance)
                for key, settings in process.peers.items()
                if _is_peer(key, settings)
            ]
    provenance.note("routing.bgp_neighbours", *tree.all("router bgp"))
    return neighbours


def _is_peer(key: str, settings: _Settings) -> bool:
    """A group or template carries a mark, so what is left are addresses, interfaces and ranges."""
    return not key.startswith("template ") and "peer-group" not in settings.session


def _read(section: Line, process: _Process) -> _Process:
    for line in section.children:
        text = line.text
        if text.startswith("neighbor "):
            _apply(process, line, "ipv4 unicast", process.vrf, declared=False)
        elif text.startswith("address-family "):
            _read_family(process, line)
        elif text.startswith("template peer-"):
            _read_template(process, line)
        elif text.startswith("bgp listen range "):
            _read_range(process, line)
        elif text.startswith("no bgp default ipv4-unicast"):
            process.ipv4_by_default = False
    return process


def _read_family(process: _Process, section: Line) -> None:
    words = section.text.split()
    vrf = word_after(words, "vrf") or process.vrf
    family = " ".join(words[1:3]) if len(words) > 2 and words[2] != "vrf" else f"{words[1]} unicast"
    for line in section.children:
        if line.text.startswith(("neighbor ", "no neighbor ")):
            _apply(process, line, family, vrf, declared=True)


def _key(name: str, vrf: str | None) -> str:
    return f"{vrf} {name}" if vrf else name


def _apply(process: _Process, line: Line, family: str, vrf: str | None, *, declared: bool) -> None:
    words = line.text.split()
    negated = words[0] == "no"
    words = words[1:] if negated else words
    if len(words) < 3:
        return
    peer = process.peers.setdefault(_key(words[1], vrf), _Settings(vrf=vrf))
    peer.lines.append(line)
    name, rest = words[2], words[3:]
    if name == "interface" and rest:  # FRRouting: neighbor eth0 interface remote-as external
        name, rest = (rest[0], rest[1:]) if rest[0] != "v6only" else (rest[1] if len(rest) > 1 else "", rest[2:])
    if negated:
        if name == "activate":
            peer.families.setdefault(family, {})["inactive"] = []
    elif name == "peer-group" and not rest:
        peer.session["peer-group"] = []
    elif name in INHERITING:
        peer.parents.append(_key(rest[0], vrf) if name == "peer-group" else f"template {rest[-1]}" if rest else "")
    elif name in SESSION:
        peer.session[name] = rest
    else:
        _apply_family(peer, family, name, rest, declared=declared)


def _apply_family(peer: _Settings, family: str, name: str, rest: list[str], *, declared: bool) -> None:
    settings = peer.families.setdefault(family, {})
    if declared:
        settings.setdefault("declared", [])
    if name in FILTERS and rest and rest[-1] in {"in", "out"}:
        settings[f"filter {rest[-1]}"] = rest
    elif name in {"activate", "maximum-prefix"}:
        settings[name] = rest


def _read_template(process: _Process, section: Line) -> None:
    words = section.text.split()
    if len(words) < 3:
        return
    template = process.peers.setdefault(f"template {words[2]}", _Settings())
    for line in section.children:
        inner = line.text.split()
        if inner[0] == "inherit":
            template.parents.append(f"template {inner[-1]}")
        elif inner[0] in SESSION:
            template.session[inner[0]] = inner[1:]
        else:
            _apply_family(template, "*", inner[0], inner[1:], declared=False)


def _read_range(process: _Process, line: Line) -> None:
    words = line.text.split()
    group = word_after(words, "peer-group")
    if len(words) > 3:
        peer = process.peers.setdefault(_key(words[3], process.vrf), _Settings(vrf=process.vrf))
        peer.lines.append(line)
        peer.parents += [_key(group, process.vrf)] if group else []


def _lineage(process: _Process, settings: _Settings) -> list[_Settings]:
    """The settings and everything they inherit from, nearest first."""
    found = [settings]
    waiting = list(settings.parents)
    while waiting and len(found) < MAXIMUM_INHERITANCE:
        parent = process.peers.get(waiting.pop(0))
        if parent is not None and all(parent is not known for known in found):
            found.append(parent)
            waiting += parent.parents
    return found


def _neighbour(process: _Process, key: str, settings: _Settings, provenance: Provenance) -> BgpNeighbour:
    lineage = _lineage(process, settings)
    session: dict[str, list[str]] = {}
    for level in reversed(lineage):
        session |= level.session
    families = _families(process, lineage)
    given = session.get("remote-as")
    remote = given[0] if given else None
    ttl = session.get("ttl-security")
    limits = [number((family.get("maximum-prefix") or [""])[0]) for family in families]
    known_limits = [limit for limit in limits if limit is not None]
    provenance.note(f"routing.bgp_neighbours.{key}", *(line for level in lineage for line in level.lines))
    return BgpNeighbour(
        name=key,
        local_as=process.local_as,
        remote_as=remote,
        external=remote not in {process.local_as, "internal", None},
        enabled="shutdown" not in session,
        group=next((parent.split()[-1] for parent in settings.parents if not parent.startswith("template ")), None),
        vrf=settings.vrf,
        authentication=_authentication(session),
        maximum_prefixes=min(known_limits) if known_limits and len(known_limits) == len(limits) else None,
        filtered_in=bool(families) and all("filter in" in family for family in families),
        filtered_out=bool(families) and all("filter out" in family for family in families),
        ttl_security_hops=number(word_after(ttl, "hops")) or 1 if ttl is not None else None,
    )


def _authentication(session: dict[str, list[str]]) -> RoutingAuthentication:
    return "tcp_ao" if "ao" in session else "md5" if session.get("password") else "none"


def _families(process: _Process, lineage: list[_Settings]) -> list[dict[str, list[str]]]:
    """Settings of each address family that is active for a neighbour."""
    names = {name for level in lineage for name in level.families if name != "*"} | {"ipv4 unicast"}
    active = []
    for name in sorted(names):
        merged: dict[str, list[str]] = {}
        for level in reversed(lineage):
            merged |= level.families.get("*", {})
            merged |= level.families.get(name, {})
        is_default = name == "ipv4 unicast" and process.ipv4_by_default
        if "inactive" not in merged and ("activate" in merged or is_default):
            active.append(merged)
    return active
