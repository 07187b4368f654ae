"""The packet filter of the host."""

from collections.abc import Mapping
from typing import Any, Literal

from baseline.collectors.host.answer import Answer, Part
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.sections.firewall_rules import RuleSet, read_iptables, read_nft
from baseline.collectors.host.sections.units import Units, read_units
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import Firewall

Manager = Literal["firewalld", "ufw", "nftables", "iptables"]
UNITS: dict[Manager, tuple[str, ...]] = {
    "firewalld": ("firewalld.service",),
    "nftables": ("nftables.service",),
    "iptables": ("iptables.service", "netfilter-persistent.service"),
}
FACTS = ("active", "input_policy", "input_policy_ipv6", "forward_policy", "forward_policy_ipv6", "rule_count")


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``firewall``."""
    answer = answers["firewall"]
    rules = _rules(answer)
    values: dict[str, Any]
    if isinstance(rules, Unknown):
        values = dict.fromkeys(FACTS, rules)
    else:
        values = {
            "active": rules.rules > 0 or rules.policy(4, "input") != "accept",
            "input_policy": rules.policy(4, "input"),
            "input_policy_ipv6": rules.policy(6, "input"),
            "forward_policy": rules.policy(4, "forward"),
            "forward_policy_ipv6": rules.policy(6, "forward"),
            "rule_count": rules.rules,
        }
    firewall = Firewall(manager=_manager(answer, read_units(answers), rules), **values)
    return Reading(HostFacts(firewall=firewall), {"firewall": answer.source()})


def _rules(answer: Answer) -> Fact[RuleSet]:
    """Only root sees rules. No program to list them is no proof that there are none, unless the kernel has no filter."""
    if not answer.privileged:
        return answer.needs_root("rules of the packet filter")
    nft, iptables, ip6tables = (answer.command(name) for name in ("nft", "iptables", "ip6tables"))
    failed = next((part for part in (nft, iptables, ip6tables) if part and part.status != 0), None)
    if failed:
        return Unknown(f"{failed.name} says: {failed.lines[0].text[:120] if failed.lines else 'nothing'}")
    if nft is None and (iptables is None or ip6tables is None):
        return _without_program(answer)
    found = RuleSet({}, 0) if nft is None else read_nft(line.text for line in nft.lines)
    _add(found, iptables, 4)
    _add(found, ip6tables, 6)
    return found


def _add(found: RuleSet, part: Part | None, version: int) -> None:
    if part:
        read_iptables((line.text for line in part.lines), version, found)


def _without_program(answer: Answer) -> Fact[RuleSet]:
    if not answer.missing("nft"):
        return Unknown("the packet filter gave no answer")
    if answer.notes("nf_tables") or answer.notes("legacy"):
        return Unknown("the kernel can filter, but neither nft nor iptables is installed to list its rules")
    return RuleSet({}, 0)


def _manager(answer: Answer, units: Fact[Units], rules: Fact[RuleSet]) -> Fact[Manager | None]:
    """Who is active; else, where there are rules, whatever speaks to the kernel."""
    if any(setting.text.replace(" ", "").lower() == "enabled=yes" for setting in answer.settings("/etc/ufw/")):
        return "ufw"
    if isinstance(units, Unknown):
        return units
    if refused := answer.unreadable("/etc/ufw/"):
        return refused
    active = next((name for name, names in UNITS.items() if units.is_active(names)), None)
    if active is not None:
        return active
    if isinstance(rules, Unknown):
        return rules
    by_hand: Manager = "iptables" if answer.missing("nft") else "nftables"
    return by_hand if rules.rules else None


SECTION = ScriptSection(
    name="firewall",
    artefact="firewall",
    supplies=("firewall",),
    parse=parse,
    reads=("services",),
    maximum_bytes=1024 * KILOBYTE,
)
