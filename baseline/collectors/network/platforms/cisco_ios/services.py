"""Services in a running configuration, with what silence means.

Defaults follow the Cisco IOS command references: small servers are off since 12.0 and finger since 12.1(5); PAD, BOOTP and
source routing are on. Smart Install is on by default on the switches that have it, and a configuration does not tell
which do (Cisco advisory cisco-sa-20170214-smi), so silence there is unknown.
"""

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import SERVICE_NAMES, Service

OFF_UNLESS_CONFIGURED = {
    "domain-server": "ip dns server",
    "finger": "ip finger",
    "ftp": "ftp-server enable",
    "ident": "ip identd",
    "tcp-keepalives-in": "service tcp-keepalives-in",
    "tcp-keepalives-out": "service tcp-keepalives-out",
    "tcp-small-servers": "service tcp-small-servers",
    "udp-small-servers": "service udp-small-servers",
    "lldp": "lldp run",
}
"""Service -> the command that starts it; off in every release known here."""


def read_services(context: Context) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``, unknown where silence cannot be read."""
    states: dict[str, Fact[bool]] = {
        name: context.toggle(f"services.{name}", command, ios=False, ios_xe=False)
        for name, command in OFF_UNLESS_CONFIGURED.items()
    }
    if states["finger"] is False and context.tree.first("service finger"):
        states["finger"] = True
    states |= {
        "bootp": _bootp(context),
        "cdp": _cdp(context),
        "dhcp-server": _dhcp_server(context),
        "dns-lookup": _dns_lookup(context),
        "gratuitous-arp": context.toggle("services.gratuitous-arp", "ip gratuitous-arps"),
        "mop": _mop(context),
        "pad": _pad(context),
        "remote-shell": context.has_any("services.remote-shell", "ip rcmd rsh-enable", "ip rcmd rcp-enable"),
        "smart-install": _smart_install(context),
        "source-routing": context.toggle("services.source-routing", "ip source-route", ios=True, ios_xe=True),
        "tftp": context.has("services.tftp", "tftp-server"),
    }
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}


def _bootp(context: Context) -> Fact[bool]:
    if context.tree.first("ip dhcp bootp ignore") or context.tree.first("no service dhcp"):
        context.provenance.note(
            "services.bootp", *context.tree.all("ip dhcp bootp"), *context.tree.all("no service dhcp")
        )
        return False
    return context.toggle("services.bootp", "ip bootp server", ios=True, ios_xe=True)


def _cdp(context: Context) -> Fact[bool]:
    """On by default on IOS and on every switch; off by default on some IOS XE routers (ASR 1000)."""
    if context.is_switch:
        return context.toggle("services.cdp", "cdp run", ios=True, ios_xe=True)
    return context.toggle("services.cdp", "cdp run", ios=True)


def _dhcp_server(context: Context) -> bool:
    off = context.tree.first("no service dhcp")
    pools = context.tree.all("ip dhcp pool")
    context.provenance.note("services.dhcp-server", *pools, *([off] if off else []))
    return bool(pools) and off is None


def _dns_lookup(context: Context) -> Fact[bool]:
    if line := context.tree.first("no ip domain-lookup"):
        context.provenance.note("services.dns-lookup", line)
        return False
    return context.toggle("services.dns-lookup", "ip domain lookup", ios=True, ios_xe=True)


def _pad(context: Context) -> Fact[bool]:
    """On by default on IOS and on every switch, which therefore says ``no service pad``; IOS XE routers may lack it."""
    if context.is_switch:
        return context.toggle("services.pad", "service pad", ios=True, ios_xe=True)
    return context.toggle("services.pad", "service pad", ios=True)


def _smart_install(context: Context) -> Fact[bool]:
    if not context.is_switch:
        return context.has("services.smart-install", "vstack")
    return context.toggle("services.smart-install", "vstack")


def _mop(context: Context) -> Fact[bool]:
    """MOP is set per Ethernet interface, and its default differs between models."""
    path = "services.mop"
    context.provenance.note(path)
    silent = []
    for interface in context.tree.all("interface"):
        said = "\n".join(["", *[line.text for line in interface.children], ""])
        if "\nmop enabled\n" in said:
            context.provenance.note(path, interface)
            return True
        if "\nno mop enabled\n" in said or "\nshutdown\n" in said:
            continue
        if _may_speak_mop(context, interface, said):
            silent.append(interface.text[10:])
    if not silent:
        return False
    return Unknown(
        f"{silent[0]} mentions neither `mop enabled` nor `no mop enabled`, and the default differs per model"
    )


def _may_speak_mop(context: Context, interface: Line, said: str) -> bool:
    """Ethernet ports speak it, unless they are switch ports: on a switch, those without an address line."""
    if "Ethernet" not in interface.text or "." in interface.text or "GigE" in interface.text:
        return False
    return not context.is_switch or any(
        f"\n{line}" in said for line in ("no ip address\n", "ip address\n", "ip address ")
    )
