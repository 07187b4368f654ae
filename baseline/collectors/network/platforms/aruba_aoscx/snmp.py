"""SNMP in a running configuration of AOS-CX. Community strings are read only to tell well-known ones, and never kept."""

from typing import Any, Literal

from msgspec.structs import replace

from baseline.collectors.network.platforms.aruba_aoscx.filters import control_plane_list
from baseline.collectors.network.platforms.aruba_aoscx.sources import source_of
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.snmp import DEFAULT_COMMUNITIES, VERSIONS, build_user
from baseline.collectors.network.platforms.indented.words import after, word_after
from baseline.collectors.network.section_tree import Line
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.network import Community, Snmp, SnmpHost, SnmpUser

AGENT = "snmp-server vrf"
ONLY_VERSION_3 = "snmp-server snmpv3-only"


def read_snmp(reading: Reading) -> Snmp:
    """Everything under ``snmp``. The agent answers in the routing instances that ``snmp-server vrf`` names; AOS-CX has
    access levels in place of groups.
    """
    tree = reading.tree
    reading.provenance.section("snmp", *tree.all("snmp-server"))
    reading.provenance.note("snmp", *tree.all("snmpv3"))
    instances = [line.text.split()[2] for line in tree.all(AGENT) if len(line.text.split()) > 2]
    only_3 = reading.has("snmp.versions", ONLY_VERSION_3)
    guard = _guard(reading, instances)
    communities, users = _communities(reading, instances, guard, only_3=only_3), _users(reading, guard)
    hosts = _hosts(reading, users)
    versions = (set() if only_3 or not communities else {"1", "2c"}) | ({"3"} if users else set())
    return Snmp(
        enabled=bool(instances and versions),
        versions=sorted(versions) if instances else [],
        communities=communities,
        groups=[],
        users=users,
        hosts=hosts,
        source_interface=_source(reading, hosts),
    )


def _source(reading: Reading, hosts: list[SnmpHost]) -> str | None:
    line = reading.last("snmp.source_interface", "snmp-server trap-source")
    words = line.text.split()[2:] if line else []
    told = words[1:2] if words[:1] == ["interface"] else words[:1]
    return (
        told[0]
        if told
        else source_of(reading, "snmp.source_interface", "snmp", instances=[str(host.vrf) for host in hosts])
    )


def _communities(reading: Reading, instances: list[str], guard: str | None, *, only_3: bool) -> list[Community]:
    """Each with its level (read-only unless told otherwise) and its filter. An agent that answers version 2c and has none
    of its own answers to ``public`` (AOS-CX Hardening Guide, "Securing SNMP Access").
    """
    found: list[Community] = []
    for line in reading.tree.all("snmp-server community"):
        words = line.text.split()
        if len(words) > 2:
            name = f"community {len(found) + 1}"
            reading.provenance.section(f"snmp.communities.{name}", line)
            found.append(_community(name, words[2], line, guard))
    if not found and instances and not only_3:
        reading.provenance.note("snmp.communities.community 1", *reading.tree.all(AGENT))
        found.append(Community(name="community 1", access="read", access_list=guard, view=None, is_default_name=True))
    return found


def _community(name: str, string: str, line: Line, guard: str | None) -> Community:
    level = after(line.first("access-level"), "access-level") or word_after(line.text.split()[3:], "access-level")
    filtered = after(line.first("access-list"), "access-list")
    return Community(
        name=name,
        access="write" if level == "rw" else "read",
        access_list=filtered.split()[-1] if filtered else guard,
        view=after(line.first("view"), "view"),
        is_default_name=string.lower() in DEFAULT_COMMUNITIES,
    )


def _guard(reading: Reading, instances: list[str]) -> str | None:
    """The list on the control plane that keeps strangers from the agent, in every instance in which it answers."""
    filters = [control_plane_list(reading, "ip", instance, "snmp") for instance in instances]
    return None if None in filters or not filters else filters[0]


def _users(reading: Reading, guard: str | None) -> list[SnmpUser]:
    """``snmpv3 user NAME auth sha256 auth-pass ... priv aes priv-pass ... access-level rw``, and lines with a context."""
    lines: dict[str, list[list[str]]] = {}
    for line in reading.tree.all("snmpv3 user"):
        words = line.text.split()
        if len(words) > 2:
            lines.setdefault(words[2], []).append(words[3:])
            reading.provenance.note(f"snmp.users.{words[2]}", line)
    silent = "the configuration does not name it for this user"
    return [explain(_user(name, written, guard), silent) for name, written in lines.items()]


def _user(name: str, lines: list[list[str]], guard: str | None) -> SnmpUser:
    options = max(lines, key=lambda words: "auth" in words)
    levels = [level for words in lines if (level := word_after(words, "access-level"))]
    return build_user(
        name,
        hashed=word_after(options, "auth") or "none",
        cipher=word_after(options, "priv") or "none",
        group=levels[-1] if levels else "ro",
        access_list=guard,
    )


def _hosts(reading: Reading, users: list[SnmpUser]) -> list[SnmpHost]:
    """``snmp-server host A trap version v3 user U vrf mgmt``: the level is that of the user."""
    levels = {user.name: user.security_level for user in users}
    hosts = []
    for line in reading.tree.all("snmp-server host"):
        words = line.text.split()[2:]
        if words:
            hosts.append(_host(words, levels))
            reading.provenance.note(f"snmp.hosts.{words[0]}", line)
    return hosts


def _host(words: list[str], levels: dict[Any, Any]) -> SnmpHost:
    version: Literal["1", "2c", "3"] = VERSIONS.get(word_after(words, "version") or "", "2c")
    host = SnmpHost(name=words[0], version=version, security_level=None, vrf=word_after(words, "vrf"))
    if version != "3":
        return host
    level = levels.get(word_after(words, "user"))
    return replace(host, security_level="noauth" if level is None else level)
