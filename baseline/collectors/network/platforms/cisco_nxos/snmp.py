"""SNMP in a running configuration of NX-OS. Community strings are read only to tell well-known ones, and never kept."""

from msgspec.structs import replace

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.snmp import DEFAULT_COMMUNITIES, build_user, read_host
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.network import Community, Snmp, SnmpHost, SnmpUser

READING = frozenset({"network-operator", "vdc-operator", "ro"})
"""Roles whose communities only read (Cisco Nexus 9000 NX-OS System Management Configuration Guide, "Configuring
SNMP"); any other role, one's own too, may write as far as anybody can tell."""

FIRST_WITHOUT_DES = 10
OPTIONS = frozenset({"use-vrf", "filter-vrf", "source-interface", "udp-port"})
USER_OPTIONS = frozenset({"auth", "use-ipv4acl", "use-ipv6acl", "enforcePriv"})


def read_snmp(reading: Reading) -> Snmp:
    """Everything under ``snmp``. NX-OS has roles in place of groups; ``no snmp-server protocol enable`` stops it."""
    tree = reading.tree
    reading.provenance.note("snmp", *tree.all("snmp-server"), *tree.all("no snmp-server"))
    communities, users = _communities(reading), _users(reading)
    running = tree.first("no snmp-server protocol enable") is None
    versions = ({"1", "2c"} if communities else set()) | ({"3"} if users else set())
    source = tree.last("snmp-server source-interface traps") or tree.last("snmp-server source-interface trap")
    return Snmp(
        enabled=running and bool(versions),
        versions=sorted(versions) if running else [],
        communities=communities,
        groups=[],
        users=users,
        hosts=_hosts(reading),
        source_interface=source.text.split()[-1] if source else None,
    )


def _communities(reading: Reading) -> list[Community]:
    """``community X group R`` and ``community X use-ipv4acl A`` are two lines of one community."""
    lines: dict[str, list[Line]] = {}
    for line in reading.tree.all("snmp-server community"):
        words = line.text.split()
        if len(words) > 2:
            lines.setdefault(words[2], []).append(line)
    found = []
    for position, (string, written) in enumerate(lines.items(), 1):
        name = f"community {position}"
        reading.provenance.note(f"snmp.communities.{name}", *written)
        found.append(_community(name, string, [word for line in written for word in line.text.split()[3:]]))
    return found


def _community(name: str, string: str, options: list[str]) -> Community:
    role = word_after(options, "group") or next((word for word in options if word in {"ro", "rw"}), "network-operator")
    return Community(
        name=name,
        access="read" if role in READING else "write",
        access_list=_filter(options),
        view=None,
        is_default_name=string.lower() in DEFAULT_COMMUNITIES,
    )


def _filter(options: list[str]) -> str | None:
    """The list for IPv4. One for IPv6 alone, ``use-ipv6acl``, lets every IPv4 address in, so that it counts as none."""
    return word_after(options, "use-ipv4acl", "use-acl")


def _users(reading: Reading) -> list[SnmpUser]:
    """``snmp-server user NAME [ROLE] auth sha <key> [priv [aes-128] <key>] localizedkey``. Without a name the cipher is
    DES up to release 9 (System Management Configuration Guide, "Configuring SNMP").
    """
    lines: dict[str, list[list[str]]] = {}
    for line in reading.tree.all("snmp-server user"):
        words = line.text.split()
        if len(words) > 2:
            lines.setdefault(words[2], []).append(words[3:])
            reading.provenance.note(f"snmp.users.{words[2]}", line)
    release = reading.tree.first("version")
    major = (number(release.text[8:]) if release else None) or 0
    unnamed = "des" if major < FIRST_WITHOUT_DES else "unnamed"
    silent = "the configuration does not name it for this user"
    return [explain(_user(name, written, unnamed), silent) for name, written in lines.items()]


def _user(name: str, lines: list[list[str]], unnamed: str) -> SnmpUser:
    options = max(lines, key=lambda words: "auth" in words)
    filters = [word for words in lines if (word := _filter(words))]
    roles = [words[0] for words in lines if words and words[0] not in USER_OPTIONS]
    cipher = word_after(options, "priv")
    return build_user(
        name,
        hashed=word_after(options, "auth") or "none",
        cipher="none" if cipher is None else cipher if cipher.startswith("aes") else unnamed,
        group=roles[0] if roles else None,
        access_list=" ".join(dict.fromkeys(filters)) or None,
    )


def _hosts(reading: Reading) -> list[SnmpHost]:
    """A receiver stands on one line per version; options such as ``use-vrf`` stand on lines of their own."""
    lines = [line for line in reading.tree.all("snmp-server host") if len(line.text.split()) > 3]
    instances = {
        words[2]: words[4] for line in lines if (words := line.text.split())[3] == "use-vrf" and len(words) > 4
    }
    hosts = []
    for line in lines:
        name, options = line.text.split()[2], line.text.split()[3:]
        if options[0] not in OPTIONS:
            hosts.append(replace(read_host(name, options), vrf=instances.get(name)))
        reading.provenance.note(f"snmp.hosts.{name}", line)
    return hosts
