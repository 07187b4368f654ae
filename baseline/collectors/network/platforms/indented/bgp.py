"""BGP neighbours: settings of a session and of each address family, and what a neighbour inherits.

A neighbour has settings of its own, of its peer group and of templates. What is nearer wins.
"""

from dataclasses import dataclass, field

from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact
from baseline.models.facts.network import BgpNeighbour, RoutingAuthentication

MAXIMUM_INHERITANCE = 8
"""Groups and templates that are followed from one neighbour."""

IPV4 = "ipv4 unicast"
EVERY_FAMILY = "*"
"""Settings that hold for every address family."""


@dataclass(slots=True)
class Settings:
    """Settings of a neighbour, group or template: first word -> words after it."""

    session: dict[str, list[str]] = field(default_factory=dict)
    families: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    vrf: str | None = None
    group: str | None = None


@dataclass(slots=True)
class Process:
    """One BGP process. ``denies_unfiltered``: an external neighbour without a filter exchanges nothing (RFC 8212).

    ``unspoken_limit``: how many prefixes a neighbour may send that the configuration sets no limit for.
    """

    local_as: str
    vrf: str | None
    ipv4_by_default: bool = True
    denies_unfiltered: bool = False
    unspoken_limit: Fact[int | None] = None
    peers: dict[str, Settings] = field(default_factory=dict)

    def peer(self, name: str, vrf: str | None) -> Settings:
        """The settings of a neighbour, group or template by this name, made when they are not there yet."""
        return self.peers.setdefault(peer_key(name, vrf), Settings(vrf=vrf))


def peer_key(name: str, vrf: str | None) -> str:
    """``192.0.2.1``, and ``BLUE 192.0.2.1`` in another routing instance."""
    return f"{vrf} {name}" if vrf else name


def template_key(name: str) -> str:
    """What a group or template is known by where that is not a neighbour's own name."""
    return f"template {name}"


def read_neighbours(process: Process, provenance: Provenance) -> list[BgpNeighbour]:
    """Every neighbour and every listen range of a process; groups and templates are none."""
    return [
        _neighbour(process, key, settings, provenance)
        for key, settings in process.peers.items()
        if not key.startswith("template ") and "peer-group" not in settings.session
    ]


def _lineage(process: Process, settings: Settings) -> list[Settings]:
    """The settings and everything they inherit from, nearest first."""
    found = [settings]
    waiting = list(settings.parents)
    while waiting and len(found) < MAXIMUM_INHERITANCE:
        parent = process.peers.get(waiting.pop(0))
        if parent is not None and all(parent is not known for known in found):
            found.append(parent)
            waiting += parent.parents
    return found


def _neighbour(process: Process, key: str, settings: Settings, provenance: Provenance) -> BgpNeighbour:
    lineage = _lineage(process, settings)
    session: dict[str, list[str]] = {}
    for level in reversed(lineage):
        session |= level.session
    families = _families(process, lineage)
    given = session.get("remote-as")
    remote = given[0] if given else None
    ttl = _given(session, "ttl-security")
    provenance.note(f"routing.bgp_neighbours.{key}", *(line for level in lineage for line in level.lines))
    external = remote not in {process.local_as, "internal", None}
    closed = external and process.denies_unfiltered
    return BgpNeighbour(
        name=key,
        local_as=process.local_as,
        remote_as=remote,
        external=external,
        enabled=_given(session, "shutdown") is None,
        group=settings.group or _group(settings),
        vrf=settings.vrf,
        authentication=_authentication(session),
        maximum_prefixes=_maximum_prefixes(process, families),
        filtered_in=bool(families) and all(_filters(family, "in", closed=closed) for family in families),
        filtered_out=bool(families) and all(_filters(family, "out", closed=closed) for family in families),
        ttl_security_hops=number(word_after(ttl, "hops")) or 1 if ttl is not None else None,
    )


def _maximum_prefixes(process: Process, families: list[dict[str, list[str]]]) -> Fact[int | None]:
    """The lowest limit, if every address family has one; with ``warning-only`` more prefixes are taken than that."""
    written = [family.get("maximum-prefix") for family in families]
    limits = [number(words[0]) if words and "warning-only" not in words else None for words in written]
    known = [limit for limit in limits if limit is not None]
    if known and len(known) == len(limits):
        return min(known)
    lifted = any(words == [] or "warning-only" in (words or ()) for words in written)
    return None if lifted else process.unspoken_limit


def _group(settings: Settings) -> str | None:
    return next((parent.split()[-1] for parent in settings.parents if not parent.startswith("template ")), None)


def _given(session: dict[str, list[str]], name: str) -> list[str] | None:
    """A setting of a session; None when nothing gives it, or when what would be inherited is switched off."""
    words = session.get(name)
    return None if words is not None and "inheritance-disable" in words else words


def _filters(family: dict[str, list[str]], direction: str, *, closed: bool) -> bool:
    """Whether an address family filters. A filter without a name is one that lets everything through."""
    words = family.get(f"filter {direction}")
    return closed if words is None else bool(words)


def _authentication(session: dict[str, list[str]]) -> RoutingAuthentication:
    if _given(session, "ao") is not None:
        return "tcp_ao"
    chain = _given(session, "keychain") is not None
    return "key_chain" if chain else "md5" if _given(session, "password") else "none"


def _families(process: Process, lineage: list[Settings]) -> list[dict[str, list[str]]]:
    """Settings of each address family that is active for a neighbour."""
    names = {name for level in lineage for name in level.families if name != EVERY_FAMILY} | {IPV4}
    active = []
    for name in sorted(names):
        merged: dict[str, list[str]] = {}
        for level in reversed(lineage):
            own = level.families.get(EVERY_FAMILY, {}) | level.families.get(name, {})
            if "activate" in own:
                merged.pop("inactive", None)
            merged |= own
        is_default = name == IPV4 and process.ipv4_by_default
        if "inactive" not in merged and ("activate" in merged or is_default):
            active.append(merged)
    return active
