"""Algorithms for IKE and IPsec in a PAN-OS configuration: those of profiles that a tunnel uses.

Every firewall has a profile ``default`` with weak algorithms, which harms nobody as long as no tunnel uses it.
"""

import re
from typing import Literal

from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.network import VpnProposal

Kind = Literal["ikev1", "ikev2", "ipsec"]
CRYPTO = "ike crypto-profiles"


def read_vpn_proposals(context: Context) -> list[VpnProposal]:
    """Profiles that a gateway or tunnel names; where it names none, ``default``."""
    network = context.parts.network
    context.note("vpn_proposals", network.at("ike gateway"), network.at("tunnel ipsec"))
    used = {(kind, name) for gateway in network.below("ike gateway") for kind, name in _phase_one(gateway)}
    kinds: tuple[Kind, ...] = ("ikev1", "ikev2")
    proposals = [
        _proposal(context, kind, node, node)
        for node in network.below(f"{CRYPTO} ike-crypto-profiles")
        for kind in kinds
        if (kind, node.word) in used
    ]
    tunnels = [node for node in network.below("tunnel ipsec") if node.at("auto-key") is not None]
    names = {node.value("auto-key ipsec-crypto-profile") or "default" for node in tunnels}
    return proposals + [
        _proposal(context, "ipsec", node, node.at("esp") or node.at("ah") or node)
        for node in network.below(f"{CRYPTO} ipsec-crypto-profiles")
        if node.word in names
    ]


def _phase_one(gateway: Node) -> list[tuple[Kind, str]]:
    """Version and profile of a gateway; ``ikev2-preferred`` speaks both, and version 1 is the default."""
    version = gateway.value("protocol version") or "ikev1"
    kinds: tuple[Kind, ...] = (
        ("ikev1", "ikev2") if version == "ikev2-preferred" else ("ikev2",) if version == "ikev2" else ("ikev1",)
    )
    return [(kind, gateway.value(f"protocol {kind} ike-crypto-profile") or "default") for kind in kinds]


def _proposal(context: Context, kind: Kind, node: Node, algorithms: Node) -> VpnProposal:
    name = f"{kind} {node.word}"
    context.note(f"vpn_proposals.{name}", node)
    hashes = algorithms.values("authentication") if kind == "ipsec" else algorithms.values("hash")
    groups = [re.fullmatch(r"group(\d{1,2})", word) for word in node.values("dh-group")]
    return VpnProposal(
        name=name,
        kind=kind,
        ciphers=[word.lower() for word in algorithms.values("encryption")],
        hashes=[word.lower() for word in hashes if word != "none"],
        dh_groups=[int(found[1]) for found in groups if found],
    )
