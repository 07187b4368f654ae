"""Algorithms for IKE and IPsec in a running configuration of EOS."""

import re

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import VpnProposal


def read_vpn_proposals(reading: Reading) -> list[VpnProposal]:
    """Policies under ``ip security``; what the device adds of itself does not show."""
    sections = reading.tree.all("ip security")
    reading.provenance.section("vpn_proposals", *sections)
    found = []
    for section in sections:
        found += [_ike(line) for line in section.all("ike policy")]
        found += [_sa(line) for line in section.all("sa policy")]
    return found


def _ike(section: Line) -> VpnProposal:
    version = section.first("version")
    kind = "ikev1" if version and version.text.endswith(" 1") else "ikev2"
    return VpnProposal(
        name=f"{kind} {section.text.split()[-1]}",
        kind="ikev1" if kind == "ikev1" else "ikev2",
        ciphers=_words(section, "encryption"),
        hashes=_words(section, "integrity"),
        dh_groups=_groups(section, "dh-group"),
    )


def _sa(section: Line) -> VpnProposal:
    """Encryption that authenticates by itself goes with ``esp integrity null``."""
    ciphers, hashes = _words(section, "esp encryption"), _words(section, "esp integrity")
    whole = isinstance(ciphers, list) and bool(ciphers) and all("gcm" in cipher for cipher in ciphers)
    return VpnProposal(
        name=f"ipsec {section.text.split()[-1]}",
        kind="ipsec",
        ciphers=ciphers,
        hashes=[] if whole and (hashes == ["null"] or isinstance(hashes, Unknown)) else hashes,
        dh_groups=_groups(section, "pfs dh-group") if section.first("pfs dh-group") else [],
    )


def _words(section: Line, command: str) -> Fact[list[str]]:
    line = section.first(command)
    return line.text[len(command) :].lower().split() if line else _silent(section, command)


def _groups(section: Line, command: str) -> Fact[list[int]]:
    line = section.first(command)
    if line is None:
        return _silent(section, command)
    return [int(group) for group in re.findall(r"\b\d{1,3}\b", line.text[len(command) :])]


def _silent(section: Line, command: str) -> Unknown:
    return Unknown(
        f"`{section.text[:60]}` does not mention `{command}`, and its default differs per release; write it out"
    )
