"""Authentication, authorisation and accounting in a running configuration."""

from baseline.collectors.network.platforms.cisco_ios.accounts import storage_of
from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.method_lists import (
    PROTOCOLS,
    Protocol,
    built_in_groups,
    method_list,
    server,
)
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import Aaa, AaaServer, MethodList, ServerGroup

_NOT_LISTS = """
    attempts banner fail-message password-prompt username-prompt suppress console config-commands update delay-start
    send gigawords nested redundancy session-duration jitter include identity-policy
"""
NOT_LISTS = frozenset(_NOT_LISTS.split())
"""Words after ``aaa authentication`` and its like that start no method list."""


def read_aaa(context: Context) -> Aaa:
    """Everything under ``aaa``."""
    tree = context.tree
    context.provenance.section("aaa", *tree.all("aaa"))
    servers = _servers(context)
    source = tree.last("ip tacacs source-interface") or tree.last("ip radius source-interface")
    return Aaa(
        enabled=context.has("aaa.enabled", "aaa new-model"),
        authentication=_lists(context, "authentication"),
        authorization=_lists(context, "authorization"),
        accounting=_lists(context, "accounting"),
        servers=servers,
        server_groups=_groups(context, servers),
        console_authorization=context.has("aaa.console_authorization", "aaa authorization console"),
        source_interface=source.text.split(" source-interface ")[-1].split(" vrf ")[0] if source else None,
    )


def _lists(context: Context, what: str) -> list[MethodList]:
    found = []
    for line in context.tree.all(f"aaa {what}"):
        words = line.text.split()[2:]
        if len(words) < 2 or words[0] in NOT_LISTS:
            continue
        below = [word for child in line.children for word in child.text.removeprefix("action-type ").split()]
        found.append(method_list(words, below))
        context.provenance.section(f"aaa.{what}.{found[-1].name}", line)
    return found


def _servers(context: Context) -> list[AaaServer]:
    servers = []
    for kind in ("tacacs", "radius"):
        shared = context.tree.last(f"{kind}-server key")
        for line in context.tree.all(f"{kind} server"):
            servers.append(_named_server(line, PROTOCOLS[kind], shared))
            context.provenance.section(f"aaa.servers.{servers[-1].name}", line)
        for line in context.tree.all(f"{kind}-server host"):
            servers.append(_old_server(line, PROTOCOLS[kind], shared))
            context.provenance.section(f"aaa.servers.{servers[-1].name}", line)
    for group in context.tree.all("aaa group"):
        servers += [_private_server(line, group) for line in group.all("server-private")]
    return servers


def _named_server(section: Line, protocol: Protocol, shared: Line | None) -> AaaServer:
    name = section.text.split()[2] if len(section.text.split()) > 2 else ""
    address = section.first("address")
    words = address.text.split() if address else []
    key = section.first("key") or section.first("pac key") or shared
    return _server(name, words[2] if len(words) > 2 else name, protocol, key)


def _old_server(line: Line, protocol: Protocol, shared: Line | None) -> AaaServer:
    words = line.text.split()
    address = words[2] if len(words) > 2 else ""
    return _server(address, address, protocol, line if "key" in words else shared)


def _private_server(line: Line, group: Line) -> AaaServer:
    words = line.text.split()
    address = words[1] if len(words) > 1 else ""
    return _server(address, address, _protocol(group), line if "key" in words else None)


def _server(name: str, address: str, protocol: Protocol, key: Line | None) -> AaaServer:
    return server(name, address, protocol, storage_of(key.text.split(), "key") if key else "none")


def _protocol(group: Line) -> Protocol:
    words = group.text.split()
    return PROTOCOLS.get(words[3] if len(words) > 3 else "", "radius")


def _groups(context: Context, servers: list[AaaServer]) -> list[ServerGroup]:
    """The named groups, and the two built-in ones that hold every server of a protocol."""
    groups = []
    for section in context.tree.all("aaa group"):
        words = section.text.split()
        if len(words) > 4:
            groups.append(_group(section, words[4]))
            context.provenance.section(f"aaa.server_groups.{words[4]}", section)
    return groups + built_in_groups(servers)


def _group(section: Line, name: str) -> ServerGroup:
    members = []
    vrf = None
    for line in section.children:
        words = line.text.split()
        if words[0] in {"server", "server-private"} and len(words) > 1:
            members.append(word_after(words, "name") or words[1])
        elif words[0] in {"ip", "vrf"} and "forwarding" in words:
            vrf = words[-1]
    return ServerGroup(name=name, protocol=_protocol(section), servers=members, vrf=vrf)
