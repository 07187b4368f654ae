"""Authentication, authorisation and accounting in a running configuration of NX-OS."""

from baseline.collectors.network.platforms.cisco_nxos.accounts import storage_of
from baseline.collectors.network.platforms.indented.method_lists import (
    HIGHEST_LEVEL,
    PROTOCOLS,
    Protocol,
    build_list,
    built_in_groups,
    read_methods,
    server,
)
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Aaa, AaaServer, MethodList, ServerGroup

LOGIN_LISTS = ("default", "console")
AUTHORIZATION_SERVICES = ("commands", "config-commands", "ssh-publickey", "ssh-certificate")


def read_aaa(reading: Reading) -> Aaa:
    """Everything under ``aaa``. NX-OS always uses AAA; without servers it asks its own accounts."""
    reading.provenance.section("aaa", *reading.tree.all("aaa"))
    servers = _servers(reading)
    source = reading.tree.last("ip tacacs source-interface") or reading.tree.last("ip radius source-interface")
    return Aaa(
        enabled=True,
        authentication=_authentication(reading),
        authorization=_authorization(reading),
        accounting=_accounting(reading),
        servers=servers,
        server_groups=_groups(reading, servers),
        console_authorization=Unknown("NX-OS has no setting for the console alone"),
        source_interface=source.text.split()[-1] if source else None,
    )


def _authentication(reading: Reading) -> list[MethodList]:
    """Login lists. Local accounts are asked when no server answers, unless that is negated (Cisco Nexus 9000 NX-OS
    Security Configuration Guide, "Configuring AAA": ``aaa authentication login default fallback error local``).
    """
    found = []
    for name in LOGIN_LISTS:
        prefix = f"aaa authentication login {name}"
        lines = [line for line in reading.tree.all(prefix) if line.text.split()[4:5] not in ([], ["fallback"])]
        if not lines:
            continue
        falls_back = reading.tree.first(f"no {prefix} fallback error local") is None
        methods = read_methods(lines[-1].text.split()[4:])
        central = bool(methods) and methods[0].startswith("group ")
        found.append(build_list("login", name, methods, falls_back=central and falls_back))
        negated = reading.tree.all(f"no {prefix} fallback error local")
        reading.provenance.note(f"aaa.authentication.{found[-1].name}", lines[-1], *negated)
    return found


def _authorization(reading: Reading) -> list[MethodList]:
    """Lists without levels: what they say holds for every command, up to the highest level elsewhere."""
    found = []
    for line in reading.tree.all("aaa authorization"):
        words = line.text.split()[2:]
        if len(words) < 3 or words[0] not in AUTHORIZATION_SERVICES:
            continue
        level = HIGHEST_LEVEL if words[0] in {"commands", "config-commands"} else None
        found.append(build_list(words[0], words[1], read_methods(words[2:]), level=level))
        reading.provenance.note(f"aaa.authorization.{found[-1].name}", line)
    return found


def _accounting(reading: Reading) -> list[MethodList]:
    """``aaa accounting default`` covers sessions and every configuration command, so it counts as two lists."""
    line = reading.tree.last("aaa accounting default")
    words = line.text.split()[3:] if line else []
    methods = read_methods(words) if words else ["local"]
    lists = [
        build_list("exec", "default", methods, record="start-stop"),
        build_list("commands", "default", methods, level=HIGHEST_LEVEL, record="start-stop"),
    ]
    for one in lists:
        reading.provenance.note(f"aaa.accounting.{one.name}", *([line] if line else []))
    return lists


def _servers(reading: Reading) -> list[AaaServer]:
    servers: list[AaaServer] = []
    for kind in ("tacacs", "radius", "ldap"):
        protocol = PROTOCOLS[kind]
        shared = reading.tree.last(f"{kind}-server key")
        for line in reading.tree.all(f"{kind}-server host"):
            address = "".join(line.text.split()[2:3])
            if all(known.name != address or known.protocol != protocol for known in servers):
                servers.append(_server(address, protocol, line, shared))
            reading.provenance.note(f"aaa.servers.{address}", line)
    return servers


def _server(address: str, protocol: Protocol, line: Line, shared: Line | None) -> AaaServer:
    words = line.text.split()
    keyword = "password" if protocol == "ldap" else "key"
    own = storage_of(words, keyword)
    inherited = storage_of(shared.text.split(), "key") if shared else "none"
    return server(address, address, protocol, inherited if own == "none" else own)


def _groups(reading: Reading, servers: list[AaaServer]) -> list[ServerGroup]:
    """The named groups, and the built-in ones."""
    groups = []
    for section in reading.tree.all("aaa group server"):
        words = section.text.split()
        if len(words) < 5 or words[3] not in PROTOCOLS:
            continue
        vrf = section.first("use-vrf")
        groups.append(
            ServerGroup(
                name=words[4],
                protocol=PROTOCOLS[words[3]],
                servers=[line.text.split()[1] for line in section.all("server") if len(line.text.split()) > 1],
                vrf=vrf.text.split()[-1] if vrf else None,
            )
        )
        reading.provenance.section(f"aaa.server_groups.{words[4]}", section)
    return groups + built_in_groups(servers)
