"""Interfaces that the switch's own traffic leaves from: ``ip source-interface syslog interface vlan10 vrf default``."""

from baseline.collectors.network.platforms.indented.reading import Reading

EVERYTHING = "all"
"""The word that covers every protocol without a line of its own."""


def source_of(reading: Reading, path: str, *protocols: str) -> str | None:
    """The interface or address for the first of these protocols that has one, else the one for everything."""
    for protocol in (*protocols, EVERYTHING):
        for family in ("ip", "ipv6"):
            line = reading.last(path, f"{family} source-interface {protocol}")
            words = line.text.split()[3:] if line else []
            rest = words[1:] if words[:1] == ["interface"] else words
            if rest:
                return " ".join(_without_instance(rest))
    return None


def _without_instance(words: list[str]) -> list[str]:
    return words[: words.index("vrf")] if "vrf" in words else words
