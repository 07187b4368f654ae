"""SNMP in a running configuration of EOS. Community strings are read only to tell well-known ones, and never kept."""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.snmp import (
    DEFAULT_COMMUNITIES,
    VERSIONS,
    build_user,
    fourth_filter,
    old_versions,
    read_group,
    read_host,
)
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.models.facts.network import Community, Snmp, SnmpGroup, SnmpHost, SnmpUser


def read_snmp(reading: Reading) -> Snmp:
    """Everything under ``snmp``. The agent only answers once a community, group or user is there."""
    tree = reading.tree
    reading.provenance.note("snmp", *tree.all("snmp-server"))
    agent = _agent_filter(reading)
    groups, users = _groups(reading, agent), _users(reading)
    communities = _communities(reading, agent)
    versions: set[str] = ({"1", "2c"} if communities else set()) | ({"3"} if users else set())
    versions |= old_versions(groups)
    return Snmp(
        enabled=bool(versions),
        versions=sorted(versions),
        communities=communities,
        groups=groups,
        users=users,
        hosts=_hosts(reading),
        source_interface=_source(reading),
    )


def _agent_filter(reading: Reading) -> str | None:
    """The filters on the agent as a whole: ``snmp-server ipv4 access-list A [vrf V]``.

    None when a routing instance that the agent answers in has none. It answers in the default one unless told otherwise.
    """
    filters: dict[str, list[str]] = {}
    for family in ("ipv4", "ipv6"):
        for line in reading.tree.all(f"snmp-server {family}"):
            words = line.text.split()
            if words[2:3] == ["access-list"] and len(words) > 3:
                filters.setdefault(word_after(words[4:], "vrf") or "default", []).append(words[3])
    instances = {line.text.split()[2] for line in reading.tree.all("snmp-server vrf") if line.text.count(" ") == 2}
    if not reading.tree.all("no snmp-server vrf default"):
        instances.add("default")
    if any(name not in filters for name in instances):
        return None
    return " ".join(dict.fromkeys(name for instance in sorted(instances) for name in filters[instance])) or None


def _source(reading: Reading) -> str | None:
    """``snmp-server [vrf V] local-interface I``; ``source-interface`` in older releases."""
    for line in reading.tree.all("snmp-server"):
        if interface := word_after(line.text.split(), "local-interface", "source-interface"):
            return interface
    return None


def _communities(reading: Reading, inherited: str | None) -> list[Community]:
    """``snmp-server community X [view V] ro [ipv6 A6] [A]``. ``inherited``: the filter on the agent."""
    found = []
    for position, line in enumerate(reading.tree.all("snmp-server community"), 1):
        words = line.text.split()[2:]
        name = f"community {position}"
        place = next((place for place, word in enumerate(words) if place and word.lower() in {"ro", "rw"}), len(words))
        rest = words[place + 1 :]
        own = fourth_filter(rest)
        reading.provenance.note(f"snmp.communities.{name}", line)
        found.append(
            Community(
                name=name,
                access="write" if words[place : place + 1] in (["rw"], ["RW"]) else "read",
                access_list=own or inherited,
                view=word_after(words[1:], "view"),
                is_default_name=bool(words) and words[0].lower() in DEFAULT_COMMUNITIES,
            )
        )
    return found


def _groups(reading: Reading, agent: str | None) -> list[SnmpGroup]:
    groups = []
    for line in reading.tree.all("snmp-server group"):
        if group := read_group(line.text.split()[1:], agent):
            reading.provenance.note(f"snmp.groups.{group.name}", line)
            groups.append(group)
    return groups


def _users(reading: Reading) -> list[SnmpUser]:
    """``snmp-server user U G [remote A [udp-port P]] v3 [localized E] auth sha <key> priv aes <key>``."""
    users = []
    for line in reading.tree.all("snmp-server user"):
        words = line.text.split()
        if words[4:5] == ["remote"]:
            words[4 : 8 if words[6:7] == ["udp-port"] else 6] = []
        if len(words) < 5 or VERSIONS.get(words[4]) != "3":
            continue
        reading.provenance.note(f"snmp.users.{words[2]}", line)
        users.append(
            build_user(
                words[2],
                hashed=word_after(words[5:], "auth") or "none",
                cipher=word_after(words[5:], "priv") or "none",
                group=words[3],
            )
        )
    return users


def _hosts(reading: Reading) -> list[SnmpHost]:
    hosts = []
    for line in reading.tree.all("snmp-server host"):
        words = line.text.split()
        if len(words) > 3:
            reading.provenance.note(f"snmp.hosts.{words[2]}", line)
            hosts.append(read_host(words[2], words[3:]))
    return hosts
