"""Services in a PAN-OS configuration."""

from baseline.collectors.network.platforms.paloalto_panos.context import Context
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
    "tftp",
    "udp-small-servers",
)
"""Services that PAN-OS does not have."""

SILENT = {
    "gratuitous-arp": "PAN-OS has no setting for it outside high availability",
    "source-routing": "zone protection profiles decide it per zone (`discard-strict-source-routing`)",
    "tcp-keepalives-in": "PAN-OS has no setting for it that is read here",
    "tcp-keepalives-out": "PAN-OS has no setting for it that is read here",
}


def read_services(context: Context) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``, unknown where silence cannot be read."""
    states: dict[str, Fact[bool]] = dict.fromkeys(ABSENT, False)
    states |= {name: Unknown(reason) for name, reason in SILENT.items()}
    network, system = context.parts.network, context.parts.system
    servers = [node for node in network.below("dhcp interface") if node.at("server") is not None]
    running = [node for node in servers if node.value("server mode") != "disabled"]
    proxies = [node for node in network.below("dns-proxy") if node.value("enabled") != "no"]
    resolvers = system.at("dns-setting")
    lldp = network.at("lldp")
    context.note("services.dhcp-server", *running)
    context.note("services.domain-server", *proxies)
    context.note("services.dns-lookup", resolvers)
    context.note("services.lldp", lldp)
    states |= {
        "dhcp-server": bool(running),
        "domain-server": bool(proxies),
        "dns-lookup": resolvers is not None,
        "lldp": network.value("lldp enable") == "yes",
    }
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}
