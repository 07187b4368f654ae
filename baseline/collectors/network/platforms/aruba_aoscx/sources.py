"""Interfaces that the switch's own traffic leaves from: ``ip source-interface syslog interface vlan10 vrf default``."""

from collections.abc import Iterable

from baseline.collectors.network.platforms.indented.reading import Reading

EVERYTHING = "all"
"""The word that covers every protocol without a line of its own."""

MANAGEMENT = "mgmt"
"""The routing instance that the management port is always in, and no other interface ever."""


def source_of(reading: Reading, path: str, *protocols: str, instances: Iterable[str | None] = ()) -> str | None:
    """The interface or address for the first of these protocols that has one, else the one for everything.

    ``instances``: where the servers are. In the management instance there is one interface that traffic can leave from
    (AOS-CX Hardening Guide, "Factory Defaults").
    """
    for protocol in (*protocols, EVERYTHING):
        for family in ("ip", "ipv6"):
            line = reading.last(path, f"{family} source-interface {protocol}")
            words = line.text.split()[3:] if line else []
            rest = words[1:] if words[:1] == ["interface"] else words
            if rest:
                return " ".join(rest[: rest.index("vrf")] if "vrf" in rest else rest)
    return MANAGEMENT if set(instances) == {MANAGEMENT} else None
