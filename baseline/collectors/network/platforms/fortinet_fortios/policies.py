"""Firewall policies in a FortiOS configuration, in the order in which they are asked."""

from typing import Any

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.numbers import UNSPECIFIED, with_groups
from baseline.collectors.network.platforms.fortinet_fortios.context import Context, entry_name
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import ControlPlane, FirewallRule

POLICIES = ("firewall policy", "firewall policy6", "firewall security-policy")
"""IPv4 (with IPv6 from 6.4 on), IPv6 before that, and policies of the policy-based mode."""

PROFILES = {
    "av-profile": "antivirus",
    "ips-sensor": "ips",
    "webfilter-profile": "url",
    "application-list": "application",
    "dnsfilter-profile": "dns",
    "file-filter-profile": "file",
    "dlp-sensor": "dlp",
    "dlp-profile": "dlp",
    "emailfilter-profile": "email",
    "waf-profile": "waf",
}
"""Setting -> what it inspects."""

_DENIED = "a denial logs what `set logtraffic` says, and the default differs per release; write `set logtraffic all`"


def read_firewall_rules(context: Context) -> Fact[list[FirewallRule]]:
    """Every policy, and the implicit one with number 0, which denies what no other matches."""
    if not any(True for name in POLICIES for _ in context.tables(name)):
        return Unknown("the configuration holds no `config firewall policy`: the profile of the account may hide it")
    everything, services = _everything(context), _every_service(context)
    rules = []
    for table in POLICIES:
        for domain, entry in context.entries(table):
            label = entry.value("name")
            name = entry_name(domain, f"{entry.name} {label}" if label else entry.name)
            name = name if table == POLICIES[0] else f"{table.split()[1]} {name}"
            context.note(f"firewall_rules.{name}", entry)
            rules.append(_rule(context, name, entry, everything, services))
    context.note("firewall_rules", *(table for name in POLICIES for _, table in context.tables(name)))
    return [*rules, *_implicit(context)]


def _everything(context: Context) -> set[str]:
    """Names of address objects that hold every address: a subnet that is not narrowed (CLI Reference, ``subnet``); and of
    groups with one of them.
    """
    names = {"all"}
    for table, setting in (("firewall address", "subnet"), ("firewall address6", "ip6")):
        for _, entry in context.entries(table):
            words = entry.values(setting)
            plain = (entry.value("type") or "ipmask") in {"ipmask", "ipprefix"}
            if _is_open(entry) or (plain and words in ([UNSPECIFIED, UNSPECIFIED], ["0.0.0.0/0"], ["::/0"])):
                names.add(entry.name)
    groups = {
        entry.name: entry.values("member")
        for table in ("firewall addrgrp", "firewall addrgrp6")
        for _, entry in context.entries(table)
        if entry.value("exclude") != "enable"
    }
    return with_groups(names, groups)


def _is_open(entry: Block) -> bool:
    """Whether a range or a wildcard holds every address."""
    if entry.value("type") == "wildcard":
        return entry.values("wildcard")[1:] == [UNSPECIFIED]
    ends = entry.value("start-ip"), entry.value("end-ip")
    return entry.value("type") == "iprange" and ends[0] in {UNSPECIFIED, "0.0.0.1", "1.0.0.0"} and ends[1] in _LAST


_LAST = frozenset({"255.255.255.255", "255.255.255.254", "223.255.255.255"})


def _every_service(context: Context) -> set[str]:
    """Names of services that are every protocol: ``ALL``, one with protocol IP and no number, groups with one of them."""
    names = {"ALL"}
    for _, entry in context.entries("firewall service custom"):
        if entry.value("protocol") == "IP" and entry.value("protocol-number") in {None, "0"}:
            names.add(entry.name)
    return with_groups(
        names, {entry.name: entry.values("member") for _, entry in context.entries("firewall service group")}
    )


def _rule(context: Context, name: str, entry: Block, everything: set[str], services: set[str]) -> FirewallRule:
    action = entry.value("action") or "deny"
    return FirewallRule(
        name=name,
        enabled=entry.value("status") != "disable",
        action="deny" if action == "deny" else "allow",
        source_zones=entry.values("srcintf"),
        destination_zones=entry.values("dstintf"),
        any_source=_any(entry, "src", everything),
        any_destination=_any(entry, "dst", everything),
        any_service=bool(services & set(entry.values("service"))) and entry.value("service-negate") != "enable",
        logged=_logged(context, name, entry, allows=action != "deny"),
        threat_profiles=_profiles(entry),
    )


def _any(entry: Block, way: str, everything: set[str]) -> bool:
    if entry.value(f"{way}addr-negate") == "enable":
        return False
    if entry.value("internet-service-src" if way == "src" else "internet-service") == "enable":
        return False
    named = {*entry.values(f"{way}addr"), *entry.values(f"{way}addr6")}
    return bool(named & everything)


def _logged(context: Context, name: str, entry: Block, *, allows: bool) -> Fact[bool]:
    """``all`` logs every session; ``utm``, the default, only those in which inspection finds something."""
    value = context.setting(f"firewall_rules.{name}.logged", entry, "logtraffic", "utm")
    if isinstance(value, Unknown):
        return value
    if value == "utm" and not allows:
        return Unknown(_DENIED)
    return value == "all"


def _profiles(entry: Block) -> list[str]:
    if entry.value("profile-type") == "group" and entry.value("profile-group"):
        return [f"group {entry.value('profile-group')}"]
    if entry.value("utm-status") != "enable" and entry.value("inspection-mode") != "ngfw":
        return []
    return [kind for name, kind in PROFILES.items() if entry.value(name)]


def _implicit(context: Context) -> list[FirewallRule]:
    values: dict[str, Any] = {
        "enabled": True,
        "action": "deny",
        "source_zones": ["any"],
        "destination_zones": ["any"],
        "any_source": True,
        "any_destination": True,
        "any_service": True,
        "threat_profiles": [],
    }
    rules = []
    for domain, block in context.domains:
        name = entry_name(domain, "0 implicit deny")
        fact = f"firewall_rules.{name}"
        setting = context.setting(fact, block.table("log setting"), "fwpolicy-implicit-log", "disable")
        rules.append(
            FirewallRule(name=name, logged=setting if isinstance(setting, Unknown) else setting == "enable", **values)
        )
    return rules


def read_control_plane(context: Context) -> ControlPlane:
    """Local-in policies filter what comes in for the device itself, if one denies: what none matches is accepted."""
    entries = [
        entry
        for table in ("firewall local-in-policy", "firewall local-in-policy6")
        for _, entry in context.entries(table)
        if entry.value("status") != "disable"
    ]
    context.note("control_plane", *entries)
    denies = any((entry.value("action") or "deny") != "accept" for entry in entries)
    return ControlPlane(policy="local-in-policy" if denies else None)
