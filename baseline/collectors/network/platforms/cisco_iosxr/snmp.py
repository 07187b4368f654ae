"""SNMP in a running configuration of IOS XR. Community strings are read only to tell well-known ones, and never kept."""

from msgspec.structs import replace

from baseline.collectors.network.platforms.cisco_iosxr.names import distinct
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.snmp import (
    DEFAULT_COMMUNITIES,
    build_user,
    old_versions,
    read_group,
    read_host,
)
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Community, Snmp, SnmpGroup, SnmpHost, SnmpUser

FORMS = frozenset({"clear", "encrypted"})
OWNERS = frozenset({"SDROwner", "SystemOwner"})
CODED = Unknown(
    "the configuration keeps the community encrypted, so that nobody can tell whether it is a well-known word"
)


def read_snmp(reading: Reading) -> Snmp:
    """Everything under ``snmp-server``. The agent answers nobody until it has a community or a user."""
    tree = reading.tree
    reading.provenance.section("snmp", *tree.all("snmp-server"))
    communities, users = _communities(reading), _users(reading)
    groups = distinct(_groups(reading))
    versions: set[str] = ({"1", "2c"} if communities else set()) | ({"3"} if users else set())
    versions |= old_versions(groups)
    source = tree.last("snmp-server trap-source") or tree.last("snmp-server source-interface")
    return Snmp(
        enabled=bool(versions),
        versions=sorted(versions),
        communities=communities,
        groups=groups,
        users=distinct(users),
        hosts=distinct(_hosts(reading)),
        source_interface=source.text.split()[-1] if source else None,
    )


def _communities(reading: Reading) -> list[Community]:
    """``community [encrypted] X [view V] [RO|RW] [SystemOwner] [IPv4 A] [IPv6 B]``; only reading unless it says RW."""
    found = []
    for position, line in enumerate(reading.tree.all("snmp-server community"), 1):
        words = line.text.split()[2:]
        form = words[0] if len(words) > 1 and words[0] in FORMS and words[1] not in {"RO", "RW"} else ""
        words = words[1:] if form else words
        if words:
            name = f"community {position}"
            reading.provenance.note(f"snmp.communities.{name}", line)
            found.append(_community(name, words, coded=form == "encrypted"))
    return found


def _community(name: str, words: list[str], *, coded: bool) -> Community:
    options = words[1:]
    known: Fact[bool] = CODED if coded else words[0].lower() in DEFAULT_COMMUNITIES
    return Community(
        name=name,
        access="write" if "RW" in options else "read",
        access_list=_access_list(options),
        view=word_after(options, "view"),
        is_default_name=known,
    )


def _access_list(options: list[str]) -> str | None:
    """``IPv4 A IPv6 B`` as ``ipv6 B A``, the way that other platforms write both; else the name that closes the line.

    A filter for IPv6 alone lets every IPv4 address in, so that it counts as none.
    """
    fourth, sixth = word_after(options, "IPv4"), word_after(options, "IPv6")
    if fourth or sixth:
        return " ".join((f"ipv6 {sixth}", fourth) if sixth else (fourth,)) if fourth else None
    plain = list(options)
    for word in ("view", "read", "write", "notify", "context"):
        if word in plain[:-1]:
            position = plain.index(word)
            del plain[position : position + 2]
    rest = [word for word in plain if word not in OWNERS | {"RO", "RW"}]
    return rest[-1] if rest else None


def _groups(reading: Reading) -> list[SnmpGroup]:
    groups = []
    for line in reading.tree.all("snmp-server group"):
        words = line.text.split()[1:]
        options = words[4:] if words[2:3] == ["v3"] else words[3:]
        group = read_group(words, _access_list(options))
        if group is not None:
            groups.append(group)
            reading.provenance.note(f"snmp.groups.{group.name}", line)
    return groups


def _users(reading: Reading) -> list[SnmpUser]:
    """``user NAME GROUP v3 auth sha encrypted X priv aes 128 encrypted Y [IPv4 A]``; users of versions 1 and 2c only
    stand for a community.
    """
    silent = "the configuration does not name it for this user"
    users = []
    for line in reading.tree.all("snmp-server user"):
        words = line.text.split()[2:]
        if len(words) > 2 and "v3" in words:
            reading.provenance.note(f"snmp.users.{words[0]}", line)
            users.append(explain(_user(words), silent))
    return users


def _user(words: list[str]) -> SnmpUser:
    hashed = _algorithm(words, "auth", longer=frozenset({"sha-2", "sha"}))
    cipher = _algorithm(words, "priv", longer=frozenset({"aes"}))
    return build_user(
        words[0],
        hashed=hashed,
        cipher=cipher,
        group=words[1],
        access_list=_access_list(words) if {"IPv4", "IPv6"} & set(words) else None,
    )


def _algorithm(words: list[str], keyword: str, *, longer: frozenset[str]) -> str:
    """The word after a keyword, with the number behind it where it has one: ``aes 256``."""
    if keyword not in words[:-1]:
        return "none"
    position = words.index(keyword) + 1
    size = "".join(words[position + 1 : position + 2])
    return words[position] + (size if words[position] in longer and size.isdigit() and len(size) == 3 else "")


def _hosts(reading: Reading) -> list[SnmpHost]:
    """``host A traps version 3 priv U``, at the top and in the section of a routing instance."""
    hosts = []
    for line in reading.tree.all("snmp-server host"):
        hosts += _host(reading, line, line.text.split()[2:], None)
    for section in reading.tree.all("snmp-server vrf"):
        for line in section.all("host"):
            hosts += _host(reading, line, line.text.split()[1:], section.text.split()[-1])
    return hosts


def _host(reading: Reading, line: Line, words: list[str], vrf: str | None) -> list[SnmpHost]:
    if len(words) < 2:
        return []
    reading.provenance.note(f"snmp.hosts.{words[0]}", line)
    return [replace(read_host(words[0], words[1:]), vrf=vrf)]
