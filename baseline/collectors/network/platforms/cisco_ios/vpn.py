"""Algorithms for IKE and IPsec in a running configuration."""

from typing import Literal

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.words import number
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import VpnProposal

Kind = Literal["ikev1", "ikev2", "ipsec"]


def read_vpn_proposals(context: Context) -> list[VpnProposal]:
    """IKEv1 policies, IKEv2 proposals and IPsec transform sets; what the device adds of itself does not show."""
    proposals = [_policy(line) for line in context.tree.all("crypto isakmp policy")]
    proposals += [_proposal(line) for line in context.tree.all("crypto ikev2 proposal")]
    transforms = [line for line in context.tree.all("crypto ipsec transform-set") if len(line.text.split()) > 4]
    users = [*context.tree.all("crypto ipsec profile"), *_with_children(context.tree.all("crypto map"))]
    users += _with_children(context.tree.all("crypto dynamic-map"))
    proposals += [_transform(line, users) for line in transforms]
    context.provenance.section("vpn_proposals", *context.tree.all("crypto isakmp"), *context.tree.all("crypto ikev2"))
    context.provenance.section("vpn_proposals", *transforms, *users)
    return proposals


def _with_children(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.children]


def _policy(section: Line) -> VpnProposal:
    """Silence means DES, SHA-1 and group 1 (Cisco IOS Security Command Reference, ``crypto isakmp policy``)."""
    encryption = section.first("encr") or section.first("encryption")
    hashing = section.first("hash")
    group = section.first("group")
    return VpnProposal(
        name=f"ikev1 {section.text.split()[-1]}",
        kind="ikev1",
        ciphers=["-".join(encryption.text.lower().split()[1:])] if encryption else ["des"],
        hashes=[hashing.text.split()[-1].lower()] if hashing else ["sha"],
        dh_groups=_groups(group.text.split()[1:]) if group else [1],
    )


def _proposal(section: Line) -> VpnProposal:
    words = {name: _words(section, name) for name in ("encryption", "integrity", "prf", "group")}
    return VpnProposal(
        name=f"ikev2 {section.text.split()[-1]}",
        kind="ikev2",
        ciphers=words["encryption"],
        hashes=words["integrity"] or words["prf"],
        dh_groups=_groups(words["group"]),
    )


def _words(section: Line, name: str) -> list[str]:
    line = section.first(name)
    return line.text.lower().split()[1:] if line else []


def _transform(section: Line, users: list[Line]) -> VpnProposal:
    """``esp-aes 256 esp-sha256-hmac``: a number belongs to the cipher before it. ``users`` are the profiles and maps that
    name transform sets, each with the group for keys of its own (``set pfs group14``; group 1 when it names none).
    """
    words = section.text.lower().split()
    ciphers: list[str] = []
    hashes: list[str] = []
    for word in words[4:]:
        if word.isdigit() and ciphers:
            ciphers[-1] += f"-{word}"
        elif word.endswith("-hmac"):
            hashes.append(word)
        elif word.startswith("esp-"):
            ciphers.append(word)
    return VpnProposal(
        name=f"ipsec {section.text.split()[3]}",
        kind="ipsec",
        ciphers=ciphers,
        hashes=hashes,
        dh_groups=_own_groups(words[3], users),
    )


def _own_groups(transform: str, users: list[Line]) -> list[int]:
    """Diffie-Hellman groups of perfect forward secrecy wherever a transform set, in lower case, is used."""
    groups: set[int] = set()
    for user in users:
        named = [word.lower() for line in user.all("set transform-set") for word in line.text.split()[2:]]
        for line in user.all("set pfs") if transform in named else []:
            groups.add(number(line.text.removeprefix("set pfs").strip().removeprefix("group")) or 1)
    return sorted(groups)


def _groups(words: list[str]) -> list[int]:
    return [int(word) for word in words if word.isdigit() and len(word) < 4]
