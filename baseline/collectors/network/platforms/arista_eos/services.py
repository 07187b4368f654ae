"""Services in a running configuration of EOS, with what silence means.

Those of ``ABSENT`` EOS does not have at all; LLDP runs unless it is switched off (Arista EOS User Manual, "LLDP").
"""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import SERVICE_NAMES, Service

ABSENT = frozenset(
    {
        "bootp",
        "cdp",
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
NO_SETTING = Unknown("EOS has no setting for it")


def read_services(reading: Reading) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``, unknown where EOS says nothing of it."""
    dhcp = reading.last("services.dhcp-server", "dhcp server")
    states: dict[str, Fact[bool]] = dict.fromkeys(ABSENT, False)
    states |= {
        "dhcp-server": dhcp is not None and dhcp.first("disabled") is None,
        "dns-lookup": reading.has_any("services.dns-lookup", "ip name-server", "dns server"),
        "domain-server": reading.has("services.domain-server", "ip domain proxy"),
        "gratuitous-arp": NO_SETTING,
        "lldp": reading.switched("services.lldp", "lldp run") is not False,
        "source-routing": Unknown("EOS has no setting for it: filter packets that carry IP options"),
        "tcp-keepalives-in": NO_SETTING,
        "tcp-keepalives-out": NO_SETTING,
    }
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}
