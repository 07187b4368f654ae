"""Services in a Junos configuration. Junos starts a service only where the configuration says so."""

from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import SERVICE_NAMES, Service

STARTED_BY = {
    "dhcp-server": ("system services dhcp-local-server", "system services dhcp pool"),
    "dns-lookup": ("system name-server",),
    "domain-server": ("system services dns dns-proxy",),
    "finger": ("system services finger",),
    "ftp": ("system services ftp",),
    "remote-shell": ("system services rlogin", "system services rsh"),
    "tftp": ("system services tftp-server",),
}
"""Service -> the statements that start it."""

ABSENT = ("bootp", "cdp", "ident", "mop", "pad", "smart-install", "tcp-small-servers", "udp-small-servers")
"""Services that Junos does not have."""

SILENT = {
    "gratuitous-arp": "Junos has no one setting for gratuitous ARP; it is set per interface",
    "source-routing": "the configuration does not tell whether packets with a source route are forwarded",
    "tcp-keepalives-in": "Junos has no setting for it that is read here",
    "tcp-keepalives-out": "Junos has no setting for it that is read here",
}


def read_services(context: Context) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``, unknown where silence cannot be read."""
    states: dict[str, Fact[bool]] = dict.fromkeys(ABSENT, False)
    states |= {name: Unknown(reason) for name, reason in SILENT.items()}
    for name, paths in STARTED_BY.items():
        found = [context.has(f"services.{name}", path) for path in paths]
        states[name] = any(found)
    states["lldp"] = _lldp(context)
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}


def _lldp(context: Context) -> bool:
    section = context.at("protocols lldp")
    context.note("services.lldp", section)
    return section is not None and "disable" not in section.children and bool(section.below("interface"))
