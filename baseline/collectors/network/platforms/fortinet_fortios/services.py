"""Services in a FortiOS configuration."""

from baseline.collectors.network.platforms.fortinet_fortios.context import Context
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import SERVICE_NAMES, Service

ABSENT = (
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
    "udp-small-servers",
)
"""Services that FortiOS does not have."""

SILENT = {
    "gratuitous-arp": "FortiOS has no setting for it outside high availability",
    "source-routing": "the configuration does not tell whether packets with a source route are forwarded",
    "tcp-keepalives-in": "FortiOS has no setting for it that is read here",
    "tcp-keepalives-out": "FortiOS has no setting for it that is read here",
}


def read_services(context: Context) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``, unknown where silence cannot be read."""
    states: dict[str, Fact[bool]] = dict.fromkeys(ABSENT, False)
    states |= {name: Unknown(reason) for name, reason in SILENT.items()}
    states |= {
        "dhcp-server": _dhcp_server(context),
        "dns-lookup": True,
        "domain-server": _domain_server(context),
        "lldp": _lldp(context),
        "tftp": False,
    }
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}


def _dhcp_server(context: Context) -> bool:
    running = [entry for _, entry in context.entries("system dhcp server") if entry.value("status") != "disable"]
    context.note("services.dhcp-server", *running)
    return bool(running)


def _domain_server(context: Context) -> bool:
    """Interfaces on which the device answers questions about names."""
    entries = [entry for _, entry in context.entries("system dns-server")]
    context.note("services.domain-server", *entries)
    return bool(entries)


def _lldp(context: Context) -> Fact[bool]:
    """Sent by every interface that follows the device as a whole, or where an interface says so itself."""
    for _, entry in context.entries("system interface"):
        if entry.value("lldp-transmission") == "enable":
            context.note("services.lldp", entry)
            return True
    return context.switch("services.lldp", "system global", "lldp-transmission", "disable")
