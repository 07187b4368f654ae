"""Services in a running configuration of AOS-CX, with what silence means.

Those of ``ABSENT`` AOS-CX does not have at all (AOS-CX Hardening Guide, "Factory Defaults": SSH and the web server are what
it answers with).
"""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import SERVICE_NAMES, Service

ABSENT = frozenset(
    {
        "bootp",
        "domain-server",
        "finger",
        "ftp",
        "ident",
        "mop",
        "pad",
        "remote-shell",
        "smart-install",
        "tcp-small-servers",
        "udp-small-servers",
    }
)
NO_SETTING = Unknown("AOS-CX has no setting for it")


def read_services(reading: Reading) -> dict[str, Service]:
    """Every service of ``SERVICE_NAMES``. LLDP and CDP run unless negated."""
    states: dict[str, Fact[bool]] = dict.fromkeys(ABSENT, False)
    states |= {
        "cdp": _runs(reading, "cdp"),
        "dhcp-server": _has_server(reading, "dhcp-server"),
        "dns-lookup": _looks_up(reading),
        "gratuitous-arp": NO_SETTING,
        "lldp": _runs(reading, "lldp"),
        "source-routing": NO_SETTING,
        "tcp-keepalives-in": NO_SETTING,
        "tcp-keepalives-out": NO_SETTING,
        "tftp": _has_server(reading, "tftp-server"),
    }
    return {name: Service(enabled=states[name]) for name in SERVICE_NAMES}


def _runs(reading: Reading, name: str) -> bool:
    """Whether a protocol runs that is on unless negated; other lines that begin with its name are settings of it."""
    lines = [line for command in (name, f"no {name}") for line in reading.tree.all(command) if line.text == command]
    reading.provenance.note(f"services.{name}", *lines)
    return not any(line.text.startswith("no ") for line in lines)


def _has_server(reading: Reading, command: str) -> bool:
    """A server with a section for each routing instance, which ``enable`` in it switches on."""
    name = "tftp" if command == "tftp-server" else command
    sections = [*reading.tree.all(f"{command} vrf"), *reading.tree.all(f"{command} enable")]
    reading.provenance.section(f"services.{name}", *sections)
    return any(section.first("enable") or section.text.endswith(" enable") for section in sections)


def _looks_up(reading: Reading) -> bool:
    """Names are looked up where a server for it is named: for all, or on the management port."""
    port = reading.tree.first("interface mgmt")
    lines = [*reading.tree.all("ip dns server-address"), *(port.all("nameserver") if port else [])]
    reading.provenance.note("services.dns-lookup", *lines)
    return bool(lines)
