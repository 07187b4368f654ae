"""What a network security group admits from the Internet: rules in order of priority, the first that matches decides.

Source: Microsoft, *Network security groups: how network security groups filter network traffic*.
"""

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import msgspec

from baseline.collectors.cloud.azure.row import WIDEST, Properties, Row
from baseline.models.facts.fact import Fact, Unknown

Protocol = Literal["tcp", "udp"]
Families: TypeAlias = frozenset[int]
"""Versions of IP."""
_BOTH: Families = frozenset({4, 6})
_INTERNET: dict[str, Families] = {
    **dict.fromkeys(("*", "internet", "any"), _BOTH),
    "0.0.0.0/0": frozenset({4}),
    "::/0": frozenset({6}),
}
_EVERY_PORT = frozenset({"*", "0-65535"})


class Rule(msgspec.Struct, frozen=True):
    """One inbound rule. ``internet``: of which its sources hold (nearly) the whole Internet; ``everything``: of which it is
    about all sources, from whichever port they send, and all destinations.
    """

    priority: int
    allows: bool
    protocols: frozenset[str]
    ports: tuple[tuple[int, int], ...]
    internet: Families
    everything: Families

    def covers(self, protocol: Protocol, port: int) -> bool:
        """Whether it speaks about this port."""
        return protocol in self.protocols and any(first <= port <= last for first, last in self.ports)


def inbound_rules(group: Row) -> list[Rule] | Unknown:
    """The inbound rules of a group, by priority."""
    listed = group.items("properties.securityRules")
    if isinstance(listed, Unknown):
        return listed
    rules: list[Rule] = []
    for item in listed:
        direction = item.word("properties.direction", {"inbound": "in", "outbound": "out"})
        rule = _rule(item) if direction == "in" else direction
        if isinstance(rule, Unknown):
            return rule
        if isinstance(rule, Rule):
            rules.append(rule)
    return sorted(rules, key=lambda rule: rule.priority)


def admits(rules: Iterable[Rule], protocol: Protocol, port: int) -> bool:
    """Whether the Internet can send to a port. Azure's own rules behind these deny it."""
    return _first_opens(rule for rule in rules if rule.covers(protocol, port))


def admitted(rules: Sequence[Rule], protocols: Iterable[Protocol], ports: Iterable[int]) -> list[int]:
    """Those of the ports that the Internet can send to."""
    chosen = tuple(protocols)
    return sorted({port for port in ports for protocol in chosen if admits(rules, protocol, port)})


def admits_every_port(rules: Iterable[Rule]) -> bool:
    """Whether a rule admits all ports of a protocol from the Internet, before a rule that denies everything."""
    whole = (rule for rule in rules if any(first <= 1 and last >= 65535 for first, last in rule.ports))
    return _first_opens(rule for rule in whole if rule.allows or rule.protocols >= {"tcp", "udp"})


def _first_opens(rules: Iterable[Rule]) -> bool:
    """Whether a rule lets in a version of IP that none before it closes."""
    closed: Families = frozenset()
    for rule in rules:
        if rule.allows and rule.internet - closed:
            return True
        if not rule.allows:
            closed |= rule.everything
    return False


def _rule(item: Properties) -> Rule | Unknown:
    allows = item.word("properties.access", {"allow": "yes", "deny": "no"})
    protocol = item.word("properties.protocol", {word: word for word in ("*", "tcp", "udp", "icmp", "esp", "ah")})
    priority = item.number("properties.priority")
    ports = _ports(item)
    for part in (allows, protocol, priority, ports):
        if isinstance(part, Unknown):
            return part
    sources = _texts(item, "sourceAddressPrefix") | _texts(item, "sourceAddressPrefixes")
    destinations = _texts(item, "destinationAddressPrefix") | _texts(item, "destinationAddressPrefixes")
    senders = _texts(item, "sourcePortRange") | _texts(item, "sourcePortRanges")
    whole = "*" in destinations and bool(senders & _EVERY_PORT)
    return Rule(
        priority=priority if isinstance(priority, int) else 0,
        allows=allows == "yes",
        protocols=frozenset({"tcp", "udp"} if protocol == "*" else {str(protocol)}),
        ports=ports if isinstance(ports, tuple) else (),
        internet=frozenset[int]().union(*map(_whole_of, sources)),
        everything=frozenset[int]().union(*(_INTERNET.get(one, ()) for one in sources if whole)),
    )


def _ports(item: Properties) -> tuple[tuple[int, int], ...] | Unknown:
    texts = _texts(item, "destinationPortRange") | _texts(item, "destinationPortRanges")
    ranges: list[tuple[int, int]] = []
    for text in texts:
        first, _, last = text.partition("-")
        if text == "*":
            ranges.append((0, 65535))
        elif first.isdecimal() and (last or first).isdecimal():
            ranges.append((int(first), int(last or first)))
        else:
            return Unknown(f"a rule of a network security group has ports that are not understood: {text[:40]!r}")
    return tuple(ranges) if ranges else Unknown("a rule of a network security group names no ports")


def _texts(item: Properties, name: str) -> set[str]:
    value = item.raw(f"properties.{name}")
    values = value if isinstance(value, list) else [value]
    return {text.strip().lower() for text in values if isinstance(text, str) and text.strip()}


def is_internet(source: str) -> bool:
    """Whether a source in lower case is the whole Internet, or so much of it that it is no network of anybody."""
    return bool(_whole_of(source))


def _whole_of(source: str) -> Families:
    if source in _INTERNET:
        return _INTERNET[source]
    try:
        network = ipaddress.ip_network(source, strict=False)
    except ValueError:
        return frozenset()
    return frozenset({network.version} if network.prefixlen <= WIDEST else ())


def fact_of(rules: list[Rule] | Unknown, protocols: Iterable[Protocol], ports: Iterable[int]) -> Fact[list[int]]:
    """The ports that are admitted, unknown when the rules are."""
    return rules if isinstance(rules, Unknown) else admitted(rules, protocols, ports)
