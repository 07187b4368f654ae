"""Authentication, authorisation and accounting in a Junos configuration."""

from typing import Literal

from baseline.collectors.network.platforms.juniper_junos.context import Context, storage_of
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Aaa, AaaServer, MethodList, ServerGroup

Protocol = Literal["tacacs+", "radius", "ldap"]
METHODS = {"radius": "group radius", "tacplus": "group tacacs+", "ldaps": "group ldap", "password": "local"}
"""Word of ``authentication-order`` -> method, in the words that every platform shares."""

SERVERS: tuple[tuple[str, Protocol], ...] = (
    ("system tacplus-server", "tacacs+"),
    ("system radius-server", "radius"),
    ("access radius-server", "radius"),
)
EVENTS = {"login": "exec", "interactive-commands": "commands", "change-log": "config-commands"}
"""Event below ``system accounting events`` -> service."""


def login_methods(context: Context) -> list[str]:
    """What is asked at logging in, in order; local passwords only when nothing is said."""
    order = context.root.values("system authentication-order")
    return [METHODS.get(word, word) for word in order] or ["local"]


def read_aaa(context: Context) -> Aaa:
    """Everything under ``aaa``."""
    methods = login_methods(context)
    order = context.at("system authentication-order")
    context.note("aaa", order, *(context.at(path) for path, _ in SERVERS), context.at("system accounting"))
    context.note("aaa.authentication", order)
    servers = _servers(context)
    sources = [node.value("source-address") for path, _ in SERVERS for node in context.root.below(path)]
    return Aaa(
        enabled=methods[0].startswith("group "),
        authentication=[_login_list(methods)],
        authorization=[],
        accounting=_accounting(context),
        servers=servers,
        server_groups=_groups(context, servers),
        console_authorization=True,
        source_interface=next((source for source in sources if source), None),
    )


def _login_list(methods: list[str]) -> MethodList:
    """When no server answers, Junos asks for the local password, whether the order names it or not.

    Source: Junos User Access and Authentication Guide, "Authentication Order for RADIUS, TACACS+, and Local Password".
    """
    central = methods[0].startswith("group ")
    return MethodList(
        name="login default",
        list_name="default",
        service="login",
        level=None,
        methods=methods,
        record=None,
        central=central,
        local_fallback=central,
    )


def _accounting(context: Context) -> list[MethodList]:
    section = context.at("system accounting")
    if section is None:
        return []
    kinds = [METHODS[word] for word in section.values("destination") if word in METHODS]
    lists = []
    for event in section.values("events"):
        service = EVENTS.get(event, event)
        context.note(f"aaa.accounting.{service} default", section)
        lists.append(
            MethodList(
                name=f"{service} default",
                list_name="default",
                service=service,
                level=None,
                methods=kinds,
                record=Unknown("Junos has no setting for the records that it sends"),
                central=bool(kinds),
                local_fallback=False,
            )
        )
    return lists


def _servers(context: Context) -> list[AaaServer]:
    servers = []
    for path, protocol in SERVERS:
        for node in context.root.below(path):
            context.note(f"aaa.servers.{node.word}", node)
            servers.append(_server(node, protocol))
    return servers


def _server(node: Node, protocol: Protocol) -> AaaServer:
    storage = storage_of(node.option("secret"))
    return AaaServer(
        name=node.word, protocol=protocol, address=node.word, has_key=storage != "none", key_storage=storage
    )


def _groups(context: Context, servers: list[AaaServer]) -> list[ServerGroup]:
    """Junos has one group per protocol: all servers, in order."""
    groups = []
    protocols: tuple[Protocol, ...] = ("radius", "tacacs+")
    for protocol in protocols:
        names = [server.name for server in servers if server.protocol == protocol and isinstance(server.name, str)]
        paths = [path for path, kind in SERVERS if kind == protocol]
        instances = {node.option("routing-instance") for path in paths for node in context.root.below(path)}
        vrf = next(iter(instances)) if len(instances) == 1 else None
        groups.append(ServerGroup(name=protocol, protocol=protocol, servers=names, vrf=vrf))
    return groups
