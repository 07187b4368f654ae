"""Services in a running configuration of NX-OS, with what silence means.

NX-OS switches its services with ``feature``; those of ``ABSENT`` it does not have at all (Cisco Nexus 9000 NX-OS
Fundamentals and Security configuration guides; Smart Install: Cisco advisory cisco-sa-20170214-smi).
"""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import SERVICE_NAMES, Service

ABSENT = frozenset(
    {
        "bootp",
        "dhcp-server",
        "domain-server",
        "finger",
        "ftp",
        "ident",
        "mop",
        "pad",
        "remote-shell",
        "smart-install",
        "tcp-small-servers",
        "tftp",
        "udp-small-servers",
    }
)
NO_SETTING = Unknown("NX-OS has no setting for it")


def read_services(reading: Reading) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``, unknown where silence cannot be read."""
    lldp = reading.switched("services.lldp", "feature lldp")
    states: dict[str, Fact[bool]] = dict.fromkeys(ABSENT, False)
    states |= {
        "cdp": reading.switched("services.cdp", "cdp enable") is not False,
        "dns-lookup": reading.switched("services.dns-lookup", "ip domain-lookup") is not False,
        "gratuitous-arp": NO_SETTING,
        "lldp": lldp is True,
        "source-routing": _source_routing(reading),
        "tcp-keepalives-in": NO_SETTING,
        "tcp-keepalives-out": NO_SETTING,
    }
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}


def _source_routing(reading: Reading) -> Fact[bool]:
    state = reading.switched("services.source-routing", "ip source-route")
    if state is None:
        return Unknown("the configuration does not mention `ip source-route`, and its default differs per release")
    return state
