"""Algorithms for IKE and IPsec in a FortiOS configuration."""

from typing import Literal

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.platforms.fortinet_fortios.context import Context, entry_name
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import VpnProposal

Kind = Literal["ikev1", "ikev2", "ipsec"]
TABLES = (("vpn ipsec phase1-interface", 1), ("vpn ipsec phase1", 1), ("vpn ipsec phase2-interface", 2))
WITH_OWN_INTEGRITY = ("gcm", "chacha20poly1305")


def read_vpn_proposals(context: Context) -> list[VpnProposal]:
    """Both phases of every tunnel."""
    proposals = []
    for table, phase in (*TABLES, ("vpn ipsec phase2", 2)):
        for domain, entry in context.entries(table):
            kind: Kind = "ipsec" if phase == 2 else "ikev2" if entry.value("ike-version") == "2" else "ikev1"
            name = f"{kind} {entry_name(domain, entry.name)}"
            context.note(f"vpn_proposals.{name}", entry)
            proposals.append(_proposal(context, name, kind, entry))
    return proposals


def _proposal(context: Context, name: str, kind: Kind, entry: Block) -> VpnProposal:
    proposals = entry.values("proposal")
    if not proposals:
        silent = context.setting(f"vpn_proposals.{name}", entry, "proposal")
        unknown = silent if isinstance(silent, Unknown) else Unknown("the configuration names no proposal")
        return VpnProposal(name=name, kind=kind, ciphers=unknown, hashes=unknown, dh_groups=_groups(entry, kind))
    ciphers, hashes = zip(*(_split(proposal) for proposal in proposals), strict=True)
    return VpnProposal(
        name=name,
        kind=kind,
        ciphers=list(dict.fromkeys(cipher for cipher in ciphers if cipher)),
        hashes=list(dict.fromkeys(hashed for hashed in hashes if hashed)),
        dh_groups=_groups(entry, kind),
    )


def _split(proposal: str) -> tuple[str, str]:
    """``aes256-sha256`` as cipher and hash; ``aes256gcm`` needs no hash, ``aes256gcm-prfsha384`` names one for keys."""
    cipher, _, hashed = proposal.lower().partition("-")
    if any(word in cipher for word in WITH_OWN_INTEGRITY):
        return cipher, ""
    return cipher, hashed


def _groups(entry: Block, kind: Kind) -> Fact[list[int]]:
    if kind == "ipsec" and entry.value("pfs") == "disable":
        return []
    words = entry.values("dhgrp")
    if not words:
        return Unknown("the configuration leaves out `set dhgrp`, and its default differs per release; write it out")
    return [int(word) for word in words if word.isdigit() and len(word) < 4]
