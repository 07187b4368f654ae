"""Authentication, authorisation and accounting in a running configuration of EOS."""

from baseline.collectors.network.platforms.arista_eos.accounts import shares_key, storage_of
from baseline.collectors.network.platforms.indented.method_lists import (
    HIGHEST_LEVEL,
    PROTOCOLS,
    Protocol,
    built_in_groups,
    method_list,
    server,
)
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import expand_numbers, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Aaa, AaaServer, MethodList, ServerGroup

BY_TLS = Unknown("the server is asked over TLS, which takes certificates instead of a key")
NOT_LISTS = frozenset({"policy", "console", "serial-console", "config-commands", "session"})
"""Words after ``aaa authentication`` and its like that start no method list."""


def read_aaa(reading: Reading) -> Aaa:
    """Everything under ``aaa``. EOS always uses AAA; without servers it asks its own accounts."""
    reading.provenance.section("aaa", *reading.tree.all("aaa"))
    servers = _servers(reading)
    return Aaa(
        enabled=True,
        authentication=_lists(reading, "authentication"),
        authorization=_lists(reading, "authorization"),
        accounting=_lists(reading, "accounting"),
        servers=servers,
        server_groups=_groups(reading, servers),
        console_authorization=reading.has_any(
            "aaa.console_authorization", "aaa authorization serial-console", "aaa authorization console"
        ),
        source_interface=_source(reading),
    )


def _lists(reading: Reading, what: str) -> list[MethodList]:
    found = []
    for line in reading.tree.all(f"aaa {what}"):
        words = line.text.split()[2:]
        if len(words) > 2 and words[0] not in NOT_LISTS:
            for written in _per_level(words):
                found.append(method_list(written))
                reading.provenance.note(f"aaa.{what}.{found[-1].name}", line)
    return found


def _per_level(words: list[str]) -> list[list[str]]:
    """``commands 1,15 default ...`` as one list for each level."""
    if words[0] != "commands" or not words[1][0].isdigit():
        return [words]
    return [[words[0], str(level), *words[2:]] for level in expand_numbers(words[1], maximum=HIGHEST_LEVEL)]


def _source(reading: Reading) -> str | None:
    """``ip tacacs [vrf V] source-interface I``, and the same for RADIUS."""
    for kind in ("tacacs", "radius"):
        for line in reading.tree.all(f"ip {kind}"):
            if interface := word_after(line.text.split(), "source-interface"):
                reading.provenance.note("aaa.source_interface", line)
                return interface
    return None


def _servers(reading: Reading) -> list[AaaServer]:
    servers: list[AaaServer] = []
    common = shares_key(reading)
    for kind in ("tacacs", "radius"):
        shared = reading.tree.last(f"{kind}-server key")
        for line in reading.tree.all(f"{kind}-server host"):
            words = line.text.split()
            if len(words) > 2:
                servers.append(_server(words, PROTOCOLS[kind], shared, common=common))
                reading.provenance.note(f"aaa.servers.{words[2]}", line)
    return servers


def _server(words: list[str], protocol: Protocol, shared: Line | None, *, common: bool) -> AaaServer:
    if "tls" in words:
        return AaaServer(name=words[2], protocol=protocol, address=words[2], has_key=BY_TLS, key_storage=BY_TLS)
    own = storage_of(words, "key")
    inherited = storage_of(shared.text.split(), "key") if shared else "none"
    storage = inherited if own == "none" else own
    if storage == "type6_aes" and common:
        storage = "type7_reversible"
    return server(words[2], words[2], protocol, storage)


def _groups(reading: Reading, servers: list[AaaServer]) -> list[ServerGroup]:
    """The named groups, and the built-in ones. A group is in a routing instance when all its servers are."""
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
