"""AAA method lists, in the form that Cisco and Arista share: ``aaa authentication login default group X local``."""

from typing import Literal

from baseline.collectors.network.platforms.indented.words import number
from baseline.models.facts.network import AaaServer, MethodList, PasswordStorage, ServerGroup

Protocol = Literal["tacacs+", "radius", "ldap"]
PROTOCOLS: dict[str, Protocol] = {"tacacs": "tacacs+", "tacacs+": "tacacs+", "radius": "radius", "ldap": "ldap"}
LOCAL_METHODS = frozenset({"local", "local-case", "enable", "line"})
"""Methods that work when no server answers."""

WITH_LEVEL = frozenset({"commands"})
HIGHEST_LEVEL = 15
Record = Literal["start-stop", "stop-only", "wait-start", "none"]
RECORDS: tuple[Record, ...] = ("start-stop", "stop-only", "wait-start", "none")


def method_list(words: list[str], more: list[str] | None = None) -> MethodList:
    """A list from the words after ``aaa <what>``: service, level where there is one, name, record and methods.

    ``more`` holds words of lines below it. ``commands all`` covers every level, and so carries the highest.
    """
    service, rest = words[0], words[1:]
    level, written = _level(service, rest)
    rest = rest[1:] if written else rest
    name = rest[0] if rest else "default"
    rest = rest + (more or [])
    record = next((word for word in RECORDS if word in rest[1:2]), None)
    methods = read_methods(rest[2:] if record else rest[1:])
    return build_list(service, name, methods, level=level, written=written, record=record)


def _level(service: str, rest: list[str]) -> tuple[int | None, str]:
    """The command level and how it is written."""
    if service not in WITH_LEVEL or not rest:
        return None, ""
    if rest[0] == "all":
        return HIGHEST_LEVEL, "all"
    level = number(rest[0])
    return level, "" if level is None else str(level)


def build_list(
    service: str,
    list_name: str,
    methods: list[str],
    *,
    level: int | None = None,
    written: str = "",
    record: Record | None = None,
    falls_back: bool = False,
) -> MethodList:
    """A list from its parts. ``falls_back``: the platform uses local accounts when no server answers, unwritten."""
    return MethodList(
        name=" ".join(part for part in (service, written, list_name) if part),
        list_name=list_name,
        service=service,
        level=level,
        methods=methods,
        record=record,
        central=bool(methods) and methods[0].startswith("group "),
        local_fallback=falls_back or any(method in LOCAL_METHODS for method in methods[1:]),
    )


def read_methods(words: list[str]) -> list[str]:
    """``group tacacs+ local`` as ``["group tacacs+", "local"]``; ``broadcast`` is no method."""
    methods: list[str] = []
    position = 0
    while position < len(words):
        if words[position] == "group" and position + 1 < len(words):
            methods.append(f"group {words[position + 1]}")
            position += 1
        elif words[position] != "broadcast":
            methods.append(words[position])
        position += 1
    return methods


def server(name: str, address: str, protocol: Protocol, storage: PasswordStorage) -> AaaServer:
    """One server; ``storage`` is that of its key, ``none`` where it has none."""
    return AaaServer(name=name, protocol=protocol, address=address, has_key=storage != "none", key_storage=storage)


def built_in_groups(servers: list[AaaServer]) -> list[ServerGroup]:
    """The groups that hold every server of a protocol."""
    protocols: tuple[Protocol, ...] = ("radius", "tacacs+")
    return [
        ServerGroup(
            name=protocol,
            protocol=protocol,
            servers=[one.name for one in servers if one.protocol == protocol and isinstance(one.name, str)],
            vrf=None,
        )
        for protocol in protocols
    ]
