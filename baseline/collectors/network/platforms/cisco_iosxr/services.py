"""Services in a running configuration of IOS XR, with what silence means.

Servers and discovery protocols are off until they are configured; those of ``ABSENT`` IOS XR does not have at all. Source
routing is off by default (Cisco IOS XR IP Addresses and Services Configuration Guide, "Configuring Host Services"; Cisco
IOS XR Router RTR STIG, CISC-RT-000350).
"""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import SERVICE_NAMES, Service

ABSENT = frozenset({"bootp", "domain-server", "finger", "ftp", "ident", "mop", "pad", "remote-shell", "smart-install"})
NO_SETTING = Unknown("IOS XR has no setting for it")


def read_services(reading: Reading) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``."""
    states: dict[str, Fact[bool]] = dict.fromkeys(ABSENT, False)
    states |= dict.fromkeys(("gratuitous-arp", "tcp-keepalives-in", "tcp-keepalives-out"), NO_SETTING)
    states |= {
        "cdp": reading.switched("services.cdp", "cdp") is True,
        "dhcp-server": _dhcp_server(reading),
        "dns-lookup": not reading.has("services.dns-lookup", "domain lookup disable"),
        "lldp": reading.switched("services.lldp", "lldp") is True,
        "source-routing": reading.switched("services.source-routing", "ipv4 source-route") is True,
        "tcp-small-servers": _small_servers(reading, "tcp"),
        "tftp": _tftp(reading),
        "udp-small-servers": _small_servers(reading, "udp"),
    }
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}


def _dhcp_server(reading: Reading) -> bool:
    """A profile of kind ``server`` under ``dhcp ipv4`` or ``dhcp ipv6``."""
    sections = [*reading.tree.all("dhcp ipv4"), *reading.tree.all("dhcp ipv6")]
    profiles = [line for section in sections for line in section.all("profile") if line.text.split()[-1] == "server"]
    reading.provenance.section("services.dhcp-server", *profiles)
    return bool(profiles)


def _small_servers(reading: Reading, protocol: str) -> bool:
    path = f"services.{protocol}-small-servers"
    return reading.has_any(path, *(f"service {family} {protocol}-small-servers" for family in ("ipv4", "ipv6")))


def _tftp(reading: Reading) -> bool:
    lines = [line for line in reading.tree.all("tftp") if "server" in line.text.split()]
    reading.provenance.note("services.tftp", *lines)
    return bool(lines)
