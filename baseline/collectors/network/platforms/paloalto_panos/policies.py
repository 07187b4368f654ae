"""Security rules in a PAN-OS configuration, in the order in which they are asked."""

from collections.abc import Iterator

from msgspec.structs import replace

from baseline.collectors.network.numbers import EVERYWHERE, with_groups
from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.platforms.paloalto_panos.layout import ADDED_LINES
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import FirewallRule

PROFILES = {
    "virus": "antivirus",
    "spyware": "spyware",
    "vulnerability": "ips",
    "url-filtering": "url",
    "file-blocking": "file",
    "wildfire-analysis": "wildfire",
    "data-filtering": "dlp",
}
"""Kind of profile -> what it inspects."""

DEFAULT_RULES = (("intrazone-default", "allow"), ("interzone-default", "deny"))
"""What matches no rule: allowed inside a zone, denied between zones, neither logged (Administrator's Guide, "Security
Policy Rules")."""

ALLOWING = "allow"
NOT_PUSHED = (
    "Panorama manages this firewall and pushes rules that `show config running` does not hold; "
    "`show config pushed-shared-policy` does"
)
PER_SYSTEM = (
    "Panorama pushes rules to each of several virtual systems, which one command does not print "
    "(`show config pushed-shared-policy vsys <name>`)"
)


def read_firewall_rules(context: Context, pushed: Node | None, *, managed: bool) -> Fact[list[FirewallRule]]:
    """Rules that Panorama puts first, the firewall's own, those that Panorama puts last, and the two at the end."""
    if managed and pushed is None:
        return Unknown(NOT_PUSHED)
    if managed and len(context.parts.systems) > 1:
        return Unknown(PER_SYSTEM)
    rules = [*_pushed(pushed, "pre-rulebase"), *_own(context), *_pushed(pushed, "post-rulebase")]
    context.note("firewall_rules", *(node for _, node in rules if node.number != ADDED_LINES))
    found, everything = [], _everything(context)
    for name, node in rules:
        context.note(f"firewall_rules.{name}", node if node.number != ADDED_LINES else None)
        found.append(_rule(name, node, node.value("action") or ALLOWING, everything, logged_unless_told=True))
    return [*found, *_defaults(context, pushed)]


def _everything(context: Context) -> set[str]:
    """What holds every address: ``any``, the network of all, and the names of objects and groups with it."""
    objects = {
        node.word
        for node in context.scopes("address")
        if {*EVERYWHERE, "0.0.0.0-255.255.255.255"} & {*node.values("ip-netmask"), *node.values("ip-range")}
    }
    groups = {node.word: node.values("static") for node in context.scopes("address-group")}
    return with_groups({"any", *EVERYWHERE} | objects, groups)


def _own(context: Context) -> Iterator[tuple[str, Node]]:
    for system, node in context.parts.systems:
        for rule in node.below("rulebase security rules"):
            yield rule.word if system is None else f"{system} {rule.word}", rule


def _pushed(pushed: Node | None, where: str) -> Iterator[tuple[str, Node]]:
    """Rules stand below ``pre-rulebase`` or ``post-rulebase``, at a depth that differs between devices."""
    for node in pushed.every() if pushed is not None else ():
        if node.word == where:
            for rule in node.below("security rules"):
                rule.number = ADDED_LINES
                yield f"{where.removesuffix('-rulebase')}: {rule.word}", rule


def _defaults(context: Context, pushed: Node | None) -> Iterator[FirewallRule]:
    """The two rules at the end, with what the firewall or Panorama changed of them."""
    path = "rulebase default-security-rules rules"
    own = {node.word: node for _, system in context.parts.systems for node in system.below(path)}
    for node in pushed.every() if pushed is not None else ():
        if node.word == "default-security-rules":
            own = {rule.word: rule for rule in node.below("rules")} | own
    for name, action in DEFAULT_RULES:
        node = own.get(name) or Node(name, ADDED_LINES)
        context.note(f"firewall_rules.{name}", node if node.number else None)
        rule = _rule(name, node, node.value("action") or action, {"any"}, logged_unless_told=False)
        inside = name == DEFAULT_RULES[0][0]  # it reaches what is in the zone of the source, not everything
        yield replace(rule, any_destination=False) if inside else rule


def _rule(name: str, node: Node, action: str, everything: set[str], *, logged_unless_told: bool) -> FirewallRule:
    """A field that is not there holds for ``any``. A session is logged when it ends, unless told otherwise."""
    started, ended = node.value("log-start"), node.value("log-end")
    return FirewallRule(
        name=name,
        enabled=node.value("disabled") != "yes",
        action="allow" if action == ALLOWING else "deny",
        source_zones=node.values("from") or ["any"],
        destination_zones=node.values("to") or ["any"],
        any_source=_any(node, "source", *everything) and node.value("negate-source") != "yes",
        any_destination=_any(node, "destination", *everything) and node.value("negate-destination") != "yes",
        any_service=_any(node, "application") and _any(node, "service", "application-default"),
        logged=started == "yes" or (logged_unless_told if ended is None else ended == "yes"),
        threat_profiles=_profiles(node),
    )


def _any(node: Node, field: str, *also: str) -> bool:
    """Any application on its usual ports is any application."""
    return bool({"any", *also} & set(node.values(field) or ["any"]))


def _profiles(node: Node) -> list[str]:
    groups = [f"group {name}" for name in node.values("profile-setting group")]
    kinds = node.values("profile-setting profiles")
    return groups + [PROFILES.get(kind, kind) for kind in kinds]
