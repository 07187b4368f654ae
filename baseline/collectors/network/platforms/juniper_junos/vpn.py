"""Algorithms for IKE and IPsec in a Junos configuration."""

import re
from typing import Literal

from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.network import VpnProposal

Kind = Literal["ikev1", "ikev2", "ipsec"]


def read_vpn_proposals(context: Context) -> list[VpnProposal]:
    """IKE and IPsec proposals with the groups of perfect forward secrecy."""
    context.note("vpn_proposals", context.at("security ike"), context.at("security ipsec"))
    second = _version_two_only(context)
    proposals = []
    for node in context.root.below("security ike proposal"):
        kind: Kind = "ikev2" if node.word in second else "ikev1"
        proposals.append(_proposal(context, kind, node, node.values("dh-group")))
    groups = _secrecy_groups(context)
    used = context.root.below("security ipsec proposal")
    return proposals + [_proposal(context, "ipsec", node, sorted(groups.get(node.word, ()))) for node in used]


def _version_two_only(context: Context) -> set[str]:
    """IKE proposals that are used with version 2 alone; a gateway speaks version 1 unless told otherwise."""
    versions: dict[str, set[bool]] = {}
    policies = context.at("security ike policy")
    for gateway in context.root.below("security ike gateway"):
        policy = policies.children.get(gateway.value("ike-policy") or "") if policies else None
        for name in policy.values("proposals") if policy else ():
            versions.setdefault(name, set()).add(gateway.value("version") == "v2-only")
    return {name for name, only in versions.items() if only == {True}}


def _secrecy_groups(context: Context) -> dict[str, set[str]]:
    """IPsec proposal -> groups of the policies that use it."""
    groups: dict[str, set[str]] = {}
    for policy in context.root.below("security ipsec policy"):
        key = policy.value("perfect-forward-secrecy keys")
        for name in policy.values("proposals"):
            groups.setdefault(name, set()).update([key] if key else [])
    return groups


def _proposal(context: Context, kind: Kind, node: Node, groups: list[str]) -> VpnProposal:
    name = f"{kind} {node.word}"
    context.note(f"vpn_proposals.{name}", node)
    cipher, hashed = node.value("encryption-algorithm"), node.value("authentication-algorithm")
    return VpnProposal(
        name=name,
        kind=kind,
        ciphers=[cipher.lower()] if cipher else [],
        hashes=[hashed.lower()] if hashed else [],
        dh_groups=[int(found[1]) for group in groups if (found := re.fullmatch(r"group(\d{1,3})", group))],
    )
