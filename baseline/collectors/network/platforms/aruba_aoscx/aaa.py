"""Authentication, authorisation and accounting in a running configuration of AOS-CX.

A list belongs to a channel (``ssh``, ``console``, ``https-server``, ``telnet``); ``default`` counts where a channel has none.
"""

from baseline.collectors.network.platforms.aruba_aoscx.accounts import key_storage
from baseline.collectors.network.platforms.aruba_aoscx.sources import source_of
from baseline.collectors.network.platforms.indented.method_lists import (
    HIGHEST_LEVEL,
    PROTOCOLS,
    Protocol,
    Record,
    build_list,
    built_in_groups,
)
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Aaa, AaaServer, MethodList, ServerGroup

NO_GROUPS = frozenset({"local", "none"})
OVER_TLS = Unknown("the server is asked over TLS, where certificates stand in for the key (RFC 6614): look at those")


def read_aaa(reading: Reading) -> Aaa:
    """Everything under ``aaa``. AOS-CX always uses AAA; without servers it asks its own accounts."""
    reading.provenance.section("aaa", *reading.tree.all("aaa"))
    servers = _servers(reading)
    authorization = _authorization(reading)
    return Aaa(
        enabled=True,
        authentication=_authentication(reading),
        authorization=authorization,
        accounting=_accounting(reading),
        servers=servers,
        server_groups=_groups(reading, servers),
        console_authorization=any(one.list_name in {"console", "default"} for one in authorization),
        source_interface=source_of(reading, "aaa.source_interface", "tacacs", "radius", instances=_instances(reading)),
    )


def methods_of(words: list[str]) -> list[str]:
    """``group TAC RAD local`` as ``["group TAC", "group RAD", "local"]``; the built-in group ``tacacs`` is ``tacacs+``.

    >>> methods_of("group TAC tacacs local".split())
    ['group TAC', 'group tacacs+', 'local']
    """
    named = [word for word in words if word != "group"]
    return [word if word in NO_GROUPS else f"group {'tacacs+' if word == 'tacacs' else word}" for word in named]


def _authentication(reading: Reading) -> list[MethodList]:
    """Login lists; local accounts are asked when no server answers, also unwritten (Hardening Guide, "Authentication
    Fallback and Fail through").
    """
    found = []
    for line in reading.tree.all("aaa authentication login"):
        words = line.text.split()[3:]
        if len(words) < 2:
            continue
        methods = methods_of(words[1:])
        found.append(build_list("login", words[0], methods, falls_back=methods[:1] != ["local"]))
        reading.provenance.note(f"aaa.authentication.{found[-1].name}", line)
    return found


def _authorization(reading: Reading) -> list[MethodList]:
    """Lists without levels: what they say holds for every command, up to the highest level elsewhere."""
    found = []
    for line in reading.tree.all("aaa authorization commands"):
        words = line.text.split()[3:]
        if len(words) > 1:
            found.append(build_list("commands", words[0], methods_of(words[1:]), level=HIGHEST_LEVEL))
            reading.provenance.note(f"aaa.authorization.{found[-1].name}", line)
    return found


def _accounting(reading: Reading) -> list[MethodList]:
    """``all-mgmt`` covers sessions and every command, so it counts as two lists; without it only the local log is kept."""
    found = []
    for line in reading.tree.all("aaa accounting all-mgmt"):
        words = line.text.split()[3:]
        if len(words) > 2:
            found += _account(reading, words[0], methods_of(words[2:]), words[1], line)
    if all(one.list_name != "default" for one in found):
        found += _account(reading, "default", ["local"], "start-stop", None)
    return found


def _account(reading: Reading, channel: str, methods: list[str], written: str, line: Line | None) -> list[MethodList]:
    record: Record = "stop-only" if written == "stop-only" else "start-stop"
    lists = [
        build_list("exec", channel, methods, record=record),
        build_list("commands", channel, methods, level=HIGHEST_LEVEL, record=record),
    ]
    for one in lists:
        reading.provenance.note(f"aaa.accounting.{one.name}", *([line] if line else []))
    return lists


def _servers(reading: Reading) -> list[AaaServer]:
    servers: list[AaaServer] = []
    for kind in ("tacacs", "radius"):
        protocol = PROTOCOLS[kind]
        shared = reading.tree.last(f"{kind}-server key")
        for line in reading.tree.all(f"{kind}-server host"):
            words = line.text.split()[2:]
            if words and all(known.name != words[0] or known.protocol != protocol for known in servers):
                servers.append(_server(reading, protocol, words, shared))
                reading.provenance.note(f"aaa.servers.{words[0]}", line)
    return servers


def _server(reading: Reading, protocol: Protocol, words: list[str], shared: Line | None) -> AaaServer:
    name = words[0]
    if "tls" in words and word_after(words, "tls") != "disable":
        return AaaServer(name=name, protocol=protocol, address=name, has_key=OVER_TLS, key_storage=OVER_TLS)
    inherited = shared.text.split() if shared else []
    said = words if "key" in words else inherited
    storage = key_storage(reading, word_after(said, "key")) if said else "none"
    return AaaServer(name=name, protocol=protocol, address=name, has_key=bool(said), key_storage=storage)


def _instances(reading: Reading) -> list[str | None]:
    """Where the servers are."""
    lines = [*reading.tree.all("tacacs-server host"), *reading.tree.all("radius-server host")]
    return [word_after(line.text.split(), "vrf") for line in lines]


def _groups(reading: Reading, servers: list[AaaServer]) -> list[ServerGroup]:
    """The named groups, and the built-in ones."""
    groups = []
    for section in reading.tree.all("aaa group server"):
        words = section.text.split()
        if len(words) < 5 or words[3] not in PROTOCOLS:
            continue
        members = [line.text.split() for line in section.all("server") if len(line.text.split()) > 1]
        instances = {word_after(member, "vrf") for member in members}
        groups.append(
            ServerGroup(
                name=words[4],
                protocol=PROTOCOLS[words[3]],
                servers=[member[1] for member in members],
                vrf=instances.pop() if len(instances) == 1 else None,
            )
        )
        reading.provenance.section(f"aaa.server_groups.{words[4]}", section)
    return groups + built_in_groups(servers)
