"""Interfaces in a running configuration of IOS XR.

Defaults: a port is on unless it says ``shutdown``; proxy ARP, redirects, directed broadcasts, CDP and LLDP are off until
they are configured, unreachables are sent (Cisco IOS XR IP Addresses and Services and Interface and Hardware Component
configuration guides; Cisco IOS XR Router RTR STIG, CISC-RT-000190).
"""

from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.platforms.cisco_iosxr.interface_lines import TABLE
from baseline.collectors.network.platforms.cisco_iosxr.management_plane import ManagementPlane
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Interface

KINDS = (
    ("Loopback", "loopback"),
    ("BVI", "vlan"),
    ("Bundle-", "aggregate"),
    ("tunnel-", "tunnel"),
    ("nve", "tunnel"),
    ("MgmtEth", "physical"),
    ("Null", "other"),
    ("PTP", "other"),
    ("GCC", "other"),
    ("PW-", "other"),
)
"""Start of a name -> kind; any other name with slashes is a port."""

NO_SWITCH: dict[str, Any] = {
    "access_vlan": None,
    "voice_vlan": None,
    "native_vlan": None,
    "allowed_vlans": None,
    "trunk_negotiation": False,
    "port_control": "force_authorized",
    "mab": False,
    "port_security": False,
    "port_security_maximum": None,
    "storm_control": [],
    "portfast": False,
    "bpdu_guard": False,
    "bpdu_filter": False,
    "root_guard": False,
    "loop_guard": False,
    "dhcp_snooping_trust": False,
    "arp_inspection_trust": False,
    "source_guard": False,
}
"""What only a switch port has: a router with IOS XR has none of it on an interface."""

SILENT: dict[str, Any] = NO_SWITCH | {
    "description": None,
    "enabled": True,
    "aggregate": None,
    "vrf": None,
    "zone": None,
    "dot1x": False,
    "macsec": False,
    "access_list_in": None,
    "access_list_out": None,
    "access_list_ipv6_in": None,
    "access_list_ipv6_out": None,
    "directed_broadcast": False,
}
"""What an interface has when it says nothing."""

CHECKS = ("none", "loose", "strict")
MARKS = ("ipv4", "ipv6", "ipv4_rpf", "ipv6_rpf")
"""What lines say that is no fact by itself."""

_UNLIMITED = Unknown(
    "there is no `control-plane management-plane`, so every interface takes what the management servers answer"
)
_DOT1X = Unknown("what the 802.1X profile of this port demands is not read")


def read_interfaces(
    reading: Reading, services: dict[str, Fact[bool]], plane: ManagementPlane | None
) -> list[Interface]:
    """Every interface. ``services`` says whether ``cdp`` and ``lldp`` run at all."""
    interfaces: list[Interface] = []
    lldp = reading.tree.first("lldp") or Line("lldp", 0)
    lenient = _lenient_policies(reading)
    for section in reading.tree.all("interface"):
        name = interface_name(section)
        if name and all(known.name != name for known in interfaces[-1:]):
            reading.provenance.section(f"interfaces.{name}", section)
            found = _interface(name, section, services, plane, lldp)
            used = {word_after(line.text.split(), "policy") for line in section.all("macsec")}
            interfaces.append(replace(found, macsec=False) if used & lenient else found)
    reading.provenance.note("interfaces", *reading.tree.all("interface"))
    return interfaces


def _lenient_policies(reading: Reading) -> set[str | None]:
    """Policies of MACsec with which a link carries what is not encrypted as long as no keys are agreed; ``must-secure`` is
    the default (Cisco IOS XR System Security Configuration Guide, "Configuring MACSec").
    """
    return {
        section.text.split()[-1]
        for section in reading.tree.all("macsec-policy")
        if section.first("security-policy should-secure")
    }


def interface_name(section: Line) -> str:
    """``interface [preconfigure] NAME [l2transport]``."""
    words = [word for word in section.text.split()[1:] if word not in {"preconfigure", "l2transport"}]
    return words[0] if words else ""


def _interface(
    name: str, section: Line, services: dict[str, Fact[bool]], plane: ManagementPlane | None, lldp: Line
) -> Interface:
    settings: dict[str, Any] = {"addresses": []}
    for line in section.children:
        TABLE.apply(line.text, settings)
    kind = _kind(name)
    facts = SILENT | settings | _discovery(name, kind, section, services, lldp)
    facts["mode"] = _mode(section, settings, kind)
    has_ipv4 = settings.get("ipv4", False)
    for fact, silent in (("proxy_arp", False), ("redirects", False), ("unreachables", True)):
        facts[fact] = has_ipv4 and settings.get(fact, silent)
    if section.first("dot1x profile"):
        facts["dot1x"] = _DOT1X
    facts["management_access"] = plane.accepts(name) if plane else _UNLIMITED
    facts["cdp"] = services["cdp"] if settings.get("cdp") else False
    facts["unicast_rpf"] = _checked_sources(settings)
    for mark in MARKS:
        facts.pop(mark, None)
    return Interface(name=name, kind=kind, **facts)


def _checked_sources(settings: dict[str, Any]) -> str:
    """The weakest check of the address families that the interface has; of IPv4 when it has none."""
    families = [family for family in ("ipv4", "ipv6") if settings.get(family)] or ["ipv4"]
    checks: list[str] = [settings.get(f"{family}_rpf", "none") for family in families]
    return min(checks, key=CHECKS.index)


def _kind(name: str) -> Any:
    if "." in name:
        return "subinterface"
    known = next((kind for start, kind in KINDS if name.startswith(start)), None)
    return known or ("physical" if "/" in name else "other")


def _mode(section: Line, settings: dict[str, Any], kind: str) -> str:
    if "aggregate" in settings:
        return "member"
    if settings.get("mode") == "other" or "l2transport" in section.text.split():
        return "other"
    return "other" if kind == "other" else "routed"


def _discovery(
    name: str, kind: str, section: Line, services: dict[str, Fact[bool]], lldp: Line
) -> dict[str, Fact[bool]]:
    """LLDP runs on every port once it runs at all, but on the management ports only when it is asked for."""
    own = section.first("lldp") or Line("lldp", 0)
    speaks = kind == "physical" and (not name.startswith("MgmtEth") or lldp.first("management enable") is not None)
    speaks = speaks or own.first("enable") is not None
    found: dict[str, Fact[bool]] = {}
    for fact, word in (("lldp_transmit", "transmit"), ("lldp_receive", "receive")):
        found[fact] = services["lldp"] if speaks and own.first(f"{word} disable") is None else False
    return found
