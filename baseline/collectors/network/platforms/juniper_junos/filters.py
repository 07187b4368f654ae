"""Firewall filters and security policies in a Junos configuration."""

from typing import Literal

from baseline.collectors.network.numbers import with_groups
from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.network import AccessList, FirewallRule

Family = Literal["ipv4", "ipv6", "mac"]
FAMILIES: tuple[tuple[str, Family], ...] = (
    ("firewall family inet filter", "ipv4"),
    ("firewall filter", "ipv4"),
    ("firewall family inet6 filter", "ipv6"),
    ("firewall family ethernet-switching filter", "mac"),
)
LOGS = frozenset({"log", "syslog"})
SERVICES = {
    "system services ssh": 22,
    "system services telnet": 23,
    "system services web-management http": 80,
    "system services web-management https": 443,
    "system services netconf ssh": 830,
}
"""Statement that opens a service of management -> its port."""

PORT_NAMES = {"ssh": 22, "telnet": 23, "http": 80, "https": 443}
PROTOCOLS = ("protocol", "next-header", "payload-protocol")
PORTS = ("destination-port", "port")
SOURCES = ("source-address", "address", "source-prefix-list", "prefix-list")
EVERYWHERE = frozenset({"0.0.0.0/0", "::/0", "0/0"})
DESTINATIONS = frozenset({"destination-address", "destination-prefix-list", "source-port"})
ANY = frozenset({"any", "any-ipv4", "any-ipv6"})


def read_access_lists(context: Context) -> list[AccessList]:
    """Every filter, in order."""
    lists = []
    ports = [port for path, port in SERVICES.items() if context.at(path) is not None] or [
        SERVICES["system services ssh"]
    ]
    prefixes = context.root.below("policy-options prefix-list")
    everywhere = EVERYWHERE | {one.word for one in prefixes if EVERYWHERE & one.children.keys()}
    for path, family in FAMILIES:
        for node in context.root.below(path):
            context.note(f"access_lists.{node.word}", node)
            lists.append(_access_list(node, family, ports, everywhere))
    kinds: tuple[tuple[str, Family], ...] = (("inet", "ipv4"), ("inet6", "ipv6"))
    for inet, kind in kinds:
        if (joined := _joined(context, inet)) is not None:
            context.note(f"access_lists.{joined.word}", context.at(f"interfaces lo0 unit 0 family {inet} filter"))
            lists.append(_access_list(joined, kind, ports, everywhere))
    context.note("access_lists", context.at("firewall"))
    return lists


def _joined(context: Context, family: str) -> Node | None:
    """The filters for the device itself that stand in a list, which are asked one after the other, as one; else None."""
    used = context.at(f"interfaces lo0 unit 0 family {family} filter")
    names = [*used.values("input-list"), *used.values("input")][:16] if used else []
    filters = [context.at(f"firewall family {family} filter")]
    filters += [context.at("firewall filter")] if family == "inet" else []
    known = {name: node for group in filters if group for name, node in group.children.items()}
    if len(names) < 2 or any(name not in known for name in names):
        return None
    terms = {f"{name} {term.word}": term for name in names for term in known[name].below("term")}
    return Node(" ".join(names), 0, {"term": Node("term", 0, terms)})


def _access_list(node: Node, family: Family, ports: list[int], everywhere: frozenset[str]) -> AccessList:
    """A term without ``from`` holds for everything, and one without an action accepts (Routing Policies Guide).

    ``ports`` are those by which the device is managed; ``everywhere`` holds the prefixes that are every address, and the
    lists with one of them.
    """
    terms = node.below("term")
    last = terms[-1] if terms else None
    return AccessList(
        name=node.word,
        family=family,
        type="extended",
        entries=len(terms),
        permits_any=any(_admits_everyone(terms, port, everywhere) for port in ports),
        denials_logged=last is not None and _holds_for_all(last) and _denies(last) and bool(LOGS & set(_then(last))),
        permitted_sources=[],
    )


def _then(term: Node) -> list[str]:
    return term.values("then")


def _holds_for_all(term: Node) -> bool:
    return not term.values("from")


def _denies(term: Node) -> bool:
    return bool({"discard", "reject"} & set(_then(term)))


def _accepts(term: Node) -> bool:
    return not _denies(term) and "next" not in _then(term) and "routing-instance" not in _then(term)


def _admits_everyone(terms: list[Node], port: int, everywhere: frozenset[str]) -> bool:
    """Whether the first term that decides about a port for strangers accepts; what no term takes is discarded."""
    first = next((term for term in terms if _decides(term, port, everywhere)), None)
    return first is not None and _accepts(first)


def _decides(term: Node, port: int, everywhere: frozenset[str]) -> bool:
    """Whether some stranger can use what a term accepts, or none gets past what it denies."""
    if not _accepts(term) and not _denies(term):
        return False
    conditions = set(term.values("from"))
    if conditions - {*PROTOCOLS, *PORTS, *SOURCES, *DESTINATIONS}:
        return False
    return (
        all(_is_everywhere(term, source, everywhere) for source in SOURCES if source in conditions)
        and all({"tcp", "6"} & set(term.values(f"from {name}")) for name in PROTOCOLS if name in conditions)
        and all(_holds_port(term.values(f"from {name}"), port) for name in PORTS if name in conditions)
        and (_accepts(term) or not conditions & DESTINATIONS)
    )


def _is_everywhere(term: Node, source: str, everywhere: frozenset[str]) -> bool:
    """Whether addresses, or a list of prefixes, hold everywhere."""
    return any(node.word in everywhere and "except" not in node.children for node in term.below(f"from {source}"))


def _holds_port(words: list[str], port: int) -> bool:
    """Whether ports such as ``ssh``, ``22`` and ``20-23`` hold one."""
    bounds = [[str(PORT_NAMES.get(end, end)) for end in word.split("-")] for word in words]
    ranges = [(ends[0], ends[-1]) for ends in bounds if all(end.isdigit() and len(end) < 6 for end in ends)]
    return any(int(first) <= port <= int(last) for first, last in ranges)


def read_firewall_rules(context: Context) -> list[FirewallRule]:
    """Security policies in the order in which they are asked: between zones, then for all zones, then the rest.

    What no policy matches is denied, unless ``default-policy`` says otherwise (Junos Security Policies Guide).
    """
    context.note("firewall_rules", *(root.at("security policies") for _, root in context.systems()))
    return [
        rule
        for system, root in context.systems()
        for rule in _rules(context, root, "" if system is None else f"{system} ")
    ]


def _rules(context: Context, root: Node, prefix: str) -> list[FirewallRule]:
    """The policies of the device or of one logical system, whose name begins theirs."""
    rules = []
    named = _everything_named(root)
    for origin in root.below("security policies from-zone"):
        for destination in origin.below("to-zone"):
            pair = f"{prefix}{origin.word} to {destination.word}"
            rules += [
                _rule(context, f"{pair}: {policy.word}", policy, [origin.word], [destination.word], named)
                for policy in destination.below("policy")
            ]
    rules += [
        _rule(context, f"{prefix}global: {policy.word}", policy, _zones(policy, "from"), _zones(policy, "to"), named)
        for policy in root.below("security policies global policy")
    ]
    everything = root.at("security policies default-policy permit-all")
    if everything is not None:
        context.note(f"firewall_rules.{prefix}default-policy", everything)
        rules.append(_everything(f"{prefix}default-policy"))
    return rules


def _everything_named(root: Node) -> set[str]:
    """Names in the address books that hold every address, those of sets too."""
    books = [*root.below("security address-book")]
    books += [book for zone in root.below("security zones security-zone") if (book := zone.at("address-book"))]
    names, sets = set(ANY), dict[str, list[str]]()
    for book in books:
        names |= {one.word for one in book.below("address") if EVERYWHERE & set(one.words())}
        sets |= {one.word: [*one.values("address"), *one.values("address-set")] for one in book.below("address-set")}
    return with_groups(names, sets)


def _zones(policy: Node, way: str) -> list[str]:
    return policy.values(f"match {way}-zone") or ["any"]


def _rule(
    context: Context, name: str, policy: Node, sources: list[str], destinations: list[str], everything: set[str]
) -> FirewallRule:
    context.note(f"firewall_rules.{name}", policy)
    logs = policy.values("then log")
    services = policy.at("then permit application-services")
    return FirewallRule(
        name=name,
        enabled=True,
        action="allow" if policy.at("then permit") is not None else "deny",
        source_zones=sources,
        destination_zones=destinations,
        any_source=_any(policy, "source-address", everything),
        any_destination=_any(policy, "destination-address", everything),
        any_service=bool({"any"} & set(policy.values("match application"))),
        logged=bool(logs),
        threat_profiles=list(services.children) if services else [],
    )


def _any(policy: Node, way: str, everything: set[str]) -> bool:
    return bool(everything & set(policy.values(f"match {way}"))) and policy.at(f"match {way}-excluded") is None


def _everything(name: str) -> FirewallRule:
    return FirewallRule(
        name=name,
        enabled=True,
        action="allow",
        source_zones=["any"],
        destination_zones=["any"],
        any_source=True,
        any_destination=True,
        any_service=True,
        logged=False,
        threat_profiles=[],
    )
