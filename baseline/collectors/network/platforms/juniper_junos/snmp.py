"""SNMP in a Junos configuration. Community strings are read only to tell well-known ones, and never kept."""

from typing import Any, Literal

from baseline.collectors.network.platforms.indented.snmp import DEFAULT_COMMUNITIES
from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Community, Snmp, SnmpGroup, SnmpHost, SnmpLevel, SnmpUser

LEVELS: dict[str, SnmpLevel] = {"none": "noauth", "authentication": "auth", "privacy": "priv"}
Version = Literal["1", "2c", "3"]
MODELS: dict[str, Version] = {"v1": "1", "v2c": "2c", "v2": "2c", "usm": "3", "v3": "3", "all": "1"}
"""Word for a version -> the lowest version that it stands for; ``all``, the default of a trap group, is 1 and 2."""

HASHES = ("md5", "sha", "sha224", "sha256", "sha384", "sha512")
CIPHERS = {"privacy-des": "des", "privacy-3des": "3des", "privacy-aes128": "aes128", "privacy-aes192": "aes192"}
CIPHERS |= {"privacy-aes256": "aes256"}


def read_snmp(context: Context) -> Snmp:
    """Everything under ``snmp``."""
    section = context.at("snmp")
    context.note("snmp", section)
    communities = _communities(context)
    users = _users(context)
    versions = ([*("1", "2c")] if communities else []) + (["3"] if users else [])
    return Snmp(
        enabled=bool(versions),
        versions=versions,
        communities=communities,
        groups=_groups(context),
        users=users,
        hosts=[*_trap_groups(context), *_target_addresses(context)],
        source_interface=context.value("snmp.source_interface", "snmp trap-options source-address"),
    )


def _communities(context: Context) -> list[Community]:
    found = []
    for position, node in enumerate(context.root.below("snmp community"), 1):
        name = f"community {position}"
        context.note(f"snmp.communities.{name}", node)
        clients = node.value("client-list-name") or ", ".join(node.values("clients")[:32])
        found.append(
            Community(
                name=name,
                access="write" if node.value("authorization") == "read-write" else "read",
                access_list=clients or None,
                view=node.value("view"),
                is_default_name=node.word.lower() in DEFAULT_COMMUNITIES,
            )
        )
    for node in context.root.below("snmp v3 snmp-community"):
        name = f"community {len(found) + 1}"
        context.note(f"snmp.communities.{name}", node)
        string = node.value("community-name") or node.word
        known = string.lower() in DEFAULT_COMMUNITIES
        silent = Unknown("the group of its user decides what it may do")
        found.append(Community(name=name, access=silent, access_list=None, view=silent, is_default_name=known))
    return found


def _groups(context: Context) -> list[SnmpGroup]:
    groups = []
    for group in context.root.below("snmp v3 vacm access group"):
        models = group.at("default-context-prefix security-model")
        for model in models.children.values() if models else ():
            for level in model.below("security-level"):
                groups.append(_group(group.word, model.word, level))
                context.note(f"snmp.groups.{groups[-1].name}", group)
    return groups


def _group(name: str, model: str, level: Node) -> SnmpGroup:
    version = MODELS.get(model, "1")
    security = LEVELS.get(level.word) if version == "3" else None
    return SnmpGroup(
        name=" ".join(part for part in (name, f"v{version}", security) if part),
        version=version,
        security_level=security,
        read_view=level.value("read-view"),
        write_view=level.value("write-view"),
        access_list=None,
    )


def _users(context: Context) -> list[SnmpUser]:
    memberships = context.at("snmp v3 vacm security-to-group security-model usm")
    users = []
    for node in context.root.below("snmp v3 usm local-engine user"):
        context.note(f"snmp.users.{node.word}", node)
        hashed = next((word for word in HASHES if f"authentication-{word}" in node.children), "none")
        cipher = next((name for word, name in CIPHERS.items() if word in node.children), "none")
        level: SnmpLevel = "noauth" if hashed == "none" else "auth" if cipher == "none" else "priv"
        member = memberships.at("security-name") if memberships else None
        own = member.children.get(node.word) if member else None
        values: dict[str, Any] = {"authentication": hashed, "privacy": cipher, "security_level": level}
        users.append(
            SnmpUser(name=node.word, group=(own.value("group") if own else None) or "", access_list=None, **values)
        )
    return users


def _trap_groups(context: Context) -> list[SnmpHost]:
    hosts = []
    for group in context.root.below("snmp trap-group"):
        version = MODELS.get(group.value("version") or "all", "1")
        for target in group.values("targets"):
            context.note(f"snmp.hosts.{target}", group)
            vrf = group.value("routing-instance")
            hosts.append(SnmpHost(name=target, version=version, security_level=None, vrf=vrf))
    return hosts


def _target_addresses(context: Context) -> list[SnmpHost]:
    hosts = []
    parameters = context.at("snmp v3 target-parameters")
    for node in context.root.below("snmp v3 target-address"):
        named = parameters.children.get(node.value("target-parameters") or "") if parameters else None
        used = named.at("parameters") if named else None
        version = MODELS.get((used.value("message-processing-model") if used else None) or "v1", "1")
        level = LEVELS.get((used.value("security-level") if used else None) or "none", "noauth")
        name = node.value("address") or node.word
        context.note(f"snmp.hosts.{name}", node, named)
        hosts.append(
            SnmpHost(
                name=name,
                version=version,
                security_level=level if version == "3" else None,
                vrf=node.value("routing-instance"),
            )
        )
    return hosts
