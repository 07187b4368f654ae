"""SNMP in a PAN-OS configuration. Community strings are read only to tell well-known ones, and never kept."""

from typing import Any

from baseline.collectors.network.platforms.indented.snmp import DEFAULT_COMMUNITIES
from baseline.collectors.network.platforms.paloalto_panos.access import used_profiles
from baseline.collectors.network.platforms.paloalto_panos.context import Context, unwritten
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Community, Snmp, SnmpHost, SnmpUser

ACCESS = "snmp-setting access-setting version"
HASHES = {
    "sha": "sha",
    "sha-1": "sha",
    "sha-224": "sha224",
    "sha-256": "sha256",
    "sha-384": "sha384",
    "sha-512": "sha512",
}
CIPHERS = {"aes": "aes128", "aes-128": "aes128", "aes-192": "aes192", "aes-256": "aes256"}


def read_snmp(context: Context) -> Snmp:
    """Everything under ``snmp``. The agent speaks one version at a time."""
    version = context.parts.system.at(ACCESS)
    context.note("snmp", context.parts.system.at("snmp-setting"))
    communities = _communities(context, version)
    users = [_user(context, node) for node in (version.below("v3 users") if version else ())]
    versions = ["2c"] if communities else ["3"] if users else []
    return Snmp(
        enabled=_enabled(context, configured=bool(versions)),
        versions=versions,
        communities=communities,
        groups=[],
        users=users,
        hosts=_hosts(context),
        source_interface=None,
    )


def _enabled(context: Context, *, configured: bool) -> Fact[bool]:
    fact = "snmp.enabled"
    path = "service disable-snmp"
    value = context.value(fact, context.parts.system, path)
    if any(profile.value("snmp") == "yes" for profile in used_profiles(context)) or value == "no":
        return configured
    if value == "yes" or not configured:
        return False
    return unwritten(f"deviceconfig system {path}")


def _communities(context: Context, version: Node | None) -> list[Community]:
    """There is one at most; without a string of its own it is ``public``."""
    node = version.at("v2c") if version else None
    if node is None:
        return []
    context.note("snmp.communities.community 1", node)
    string = node.value("snmp-community-string") or "public"
    limited = bool(context.parts.system.values("permitted-ip"))
    return [
        Community(
            name="community 1",
            access="read",
            access_list="permitted-ip" if limited else None,
            view=None,
            is_default_name=string.lower() in DEFAULT_COMMUNITIES,
        )
    ]


def _user(context: Context, node: Node) -> SnmpUser:
    """Both passwords are needed; SHA-1 and AES-128 are used unless the user says otherwise (PAN-OS 10.0 on)."""
    context.note(f"snmp.users.{node.word}", node)
    hashed, cipher = node.value("authproto") or "sha", node.value("privproto") or "aes"
    values: dict[str, Any] = {
        "authentication": HASHES.get(hashed.lower(), Unknown(f"{hashed[:20]!r} is not a hash that is known here")),
        "privacy": CIPHERS.get(cipher.lower(), Unknown(f"{cipher[:20]!r} is not a cipher that is known here")),
    }
    return SnmpUser(name=node.word, group=node.value("view") or "", security_level="priv", access_list=None, **values)


def _hosts(context: Context) -> list[SnmpHost]:
    hosts = []
    for profile in context.scopes("log-settings snmptrap"):
        for version in profile.below("version"):
            for server in version.below("server"):
                name = server.value("manager") or server.word
                context.note(f"snmp.hosts.{name}", server)
                third = version.word == "v3"
                hosts.append(
                    SnmpHost(
                        name=name,
                        version="3" if third else "2c",
                        security_level="priv" if third else None,
                        vrf=None,
                    )
                )
    return hosts
