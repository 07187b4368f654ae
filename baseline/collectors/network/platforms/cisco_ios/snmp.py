"""SNMP in a running configuration. Community strings are read only to tell well-known ones, and never kept."""

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.snmp import (
    DEFAULT_COMMUNITIES,
    fourth_filter,
    read_group,
    read_host,
)
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.models.facts.network import Community, Snmp, SnmpGroup, SnmpHost


def read_snmp(context: Context) -> Snmp:
    """Everything under ``snmp`` but the version 3 users, which the running configuration does not show."""
    tree = context.tree
    context.provenance.note("snmp", *tree.all("snmp-server"))
    communities = _communities(context)
    groups = _groups(context)
    hosts = _hosts(context)
    versions: set[str] = {"1", "2c"} if communities else set()
    versions |= {group.version for group in groups if isinstance(group.version, str)}
    source = tree.last("snmp-server trap-source") or tree.last("snmp-server source-interface")
    return Snmp(
        enabled=bool(versions),
        versions=sorted(versions),
        communities=communities,
        groups=groups,
        hosts=hosts,
        source_interface=source.text.split()[-1] if source else None,
    )


def _communities(context: Context) -> list[Community]:
    found = []
    lines = context.tree.all("snmp-server community")
    for position, line in enumerate(lines, 1):
        name = f"community {position}"
        context.provenance.note(f"snmp.communities.{name}", line)
        found.append(_community(name, line.text.split()[2:]))
    return found


def _community(name: str, words: list[str]) -> Community:
    if len(words) > 1 and words[0] in {"0", "6", "7"} and words[1].lower() not in {"ro", "rw", "view"}:
        words = words[1:]
    string, options = (words[0], words[1:]) if words else ("", [])
    lowered = [word.lower() for word in options]
    view = word_after(options, "view")
    rest = (
        options[lowered.index("rw") + 1 :]
        if "rw" in lowered
        else options[lowered.index("ro") + 1 :]
        if "ro" in lowered
        else []
    )
    return Community(
        name=name,
        access="write" if "rw" in lowered else "read",
        access_list=fourth_filter(rest),
        view=view,
        is_default_name=string.lower() in DEFAULT_COMMUNITIES,
    )


def _groups(context: Context) -> list[SnmpGroup]:
    groups = []
    for line in context.tree.all("snmp-server group"):
        words = line.text.split()[1:]
        if group := read_group(words, after_access(words)):
            context.provenance.note(f"snmp.groups.{group.name}", line)
            groups.append(group)
    return groups


def after_access(words: list[str]) -> str | None:
    """What follows ``access``: a list, or ``ipv6 <list>`` and a list; see ``fourth_filter``."""
    return fourth_filter(words[words.index("access") + 1 :]) if "access" in words else None


def _hosts(context: Context) -> list[SnmpHost]:
    hosts = []
    for line in context.tree.all("snmp-server host"):
        words = line.text.split()
        if len(words) < 4:
            continue
        context.provenance.note(f"snmp.hosts.{words[2]}", line)
        hosts.append(read_host(words[2], words[3:]))
    return hosts
