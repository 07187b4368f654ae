"""Authentication, authorisation and accounting in a running configuration of IOS XR."""

from baseline.collectors.network.platforms.cisco_iosxr.accounts import storage_of
from baseline.collectors.network.platforms.indented.method_lists import (
    HIGHEST_LEVEL,
    PROTOCOLS,
    RECORDS,
    Protocol,
    build_list,
    built_in_groups,
    read_methods,
    server,
)
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import Aaa, AaaServer, MethodList, PasswordStorage, ServerGroup

KINDS = ("tacacs", "radius")
FOR_PEOPLE = frozenset({"exec", "commands"})


def read_aaa(reading: Reading) -> Aaa:
    """Everything under ``aaa``. IOS XR always uses AAA; without servers it asks its own accounts."""
    reading.provenance.section("aaa", *reading.tree.all("aaa"))
    servers = _servers(reading)
    authorization = _lists(reading, "authorization")
    return Aaa(
        enabled=True,
        authentication=_lists(reading, "authentication"),
        authorization=authorization,
        accounting=_lists(reading, "accounting"),
        servers=servers,
        server_groups=_groups(reading, servers),
        console_authorization=_on_console(reading, authorization),
        source_interface=_source(reading),
    )


def _lists(reading: Reading, what: str) -> list[MethodList]:
    """Command lists have no level here: each task of a command is asked, so they hold up to the highest level."""
    found = []
    for line in reading.tree.all(f"aaa {what}"):
        words = line.text.split()[2:]
        if len(words) < 3:
            continue
        record = next((word for word in RECORDS if words[2] == word), None) if what == "accounting" else None
        methods = read_methods(words[3:] if record else words[2:])
        level = HIGHEST_LEVEL if words[0] == "commands" else None
        found.append(build_list(words[0], words[1], methods, level=level, record=record))
        reading.provenance.note(f"aaa.{what}.{found[-1].name}", line)
    return found


def _on_console(reading: Reading, lists: list[MethodList]) -> bool:
    """A list called ``default`` holds on every line, the console too, unless that line names another one."""
    console = reading.tree.first("line console")
    named = [line.text.split() for line in console.all("authorization")] if console else []
    other = {words[1] for words in named if len(words) > 2 and words[2] != "default"}
    return any(one.list_name == "default" and one.service in FOR_PEOPLE - other for one in lists)


def _source(reading: Reading) -> str | None:
    for kind in KINDS:
        if value := reading.value("aaa.source_interface", f"{kind} source-interface"):
            return value.split()[0]
    return None


def _servers(reading: Reading) -> list[AaaServer]:
    """Servers for everybody, and those that belong to one group only (``server-private``)."""
    found: dict[str, AaaServer] = {}
    for kind in KINDS:
        shared = reading.tree.last(f"{kind}-server key")
        inherited = storage_of(shared.text.split()[1:]) if shared else "none"
        private = [
            line
            for group in reading.tree.all(f"aaa group server {'tacacs+' if kind == 'tacacs' else kind}")
            for line in group.all("server-private")
        ]
        for line in (*reading.tree.all(f"{kind}-server host"), *private):
            words = line.text.split()
            address = words[1] if words[0] == "server-private" and len(words) > 1 else "".join(words[2:3])
            if address:
                found.setdefault(address, _server(line, address, PROTOCOLS[kind], inherited))
                reading.provenance.section(f"aaa.servers.{address}", line)
    return list(found.values())


def _server(line: Line, address: str, protocol: Protocol, inherited: PasswordStorage) -> AaaServer:
    own = line.first("key")
    return server(address, address, protocol, storage_of(own.text.split()) if own else inherited)


def _groups(reading: Reading, servers: list[AaaServer]) -> list[ServerGroup]:
    """The named groups, and the built-in ones."""
    groups = []
    for section in reading.tree.all("aaa group server"):
        words = section.text.split()
        if len(words) < 5 or words[3] not in PROTOCOLS:
            continue
        vrf = section.first("vrf")
        members = [*section.all("server"), *section.all("server-private")]
        groups.append(
            ServerGroup(
                name=words[4],
                protocol=PROTOCOLS[words[3]],
                servers=[line.text.split()[1] for line in members if len(line.text.split()) > 1],
                vrf=vrf.text.split()[-1] if vrf else None,
            )
        )
        reading.provenance.section(f"aaa.server_groups.{words[4]}", section)
    return groups + built_in_groups(servers)
