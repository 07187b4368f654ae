"""SNMP in a FortiOS configuration. Community strings are read only to tell well-known ones, and never kept."""

from typing import Any, Literal

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.numbers import EVERYWHERE, UNSPECIFIED, with_prefix
from baseline.collectors.network.platforms.fortinet_fortios.access import management_access
from baseline.collectors.network.platforms.fortinet_fortios.context import Context
from baseline.collectors.network.platforms.indented.snmp import DEFAULT_COMMUNITIES
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Community, Snmp, SnmpHost, SnmpLevel, SnmpUser

Version = Literal["1", "2c"]
LEVELS: dict[str, SnmpLevel] = {"no-auth-no-priv": "noauth", "auth-no-priv": "auth", "auth-priv": "priv"}
CIPHERS = {"aes": "aes128", "aes256": "aes256", "aes256cisco": "aes256", "des": "des"}
"""FortiOS CLI Reference, ``system snmp user``: aes is CFB128-AES-128."""


def read_snmp(context: Context) -> Snmp:
    """Everything under ``snmp``. The agent answers where an interface accepts SNMP too."""
    agent = context.shared_setting("snmp.enabled", "system snmp sysinfo", "status", "disable")
    reached = any(
        "snmp" in management_access(entry) and entry.value("status") != "down"
        for _, entry in context.entries("system interface")
    )
    communities = [entry for _, entry in context.entries("system snmp community") if entry.value("status") != "disable"]
    users = [entry for _, entry in context.entries("system snmp user") if entry.value("status") != "disable"]
    versions = sorted({version for entry in communities for version in _asked(entry)} | ({"3"} if users else set()))
    enabled: Fact[bool] = agent if isinstance(agent, Unknown) else agent == "enable" and reached and bool(versions)
    context.note("snmp", context.shared.table("system snmp community"), context.shared.table("system snmp user"))
    return Snmp(
        enabled=enabled,
        versions=versions,
        communities=[_community(context, position, entry) for position, entry in enumerate(communities, 1)],
        groups=[],
        users=[_user(context, entry) for entry in users],
        hosts=[host for entry in communities for host in _hosts(context, entry)] + _user_hosts(context, users),
        source_interface=None,
    )


def _asked(entry: Block) -> list[Version]:
    """Versions in which a community may ask; both unless switched off (CLI Reference, ``query-v1-status``)."""
    pairs: tuple[tuple[Version, str], ...] = (("1", "query-v1-status"), ("2c", "query-v2c-status"))
    return [version for version, name in pairs if entry.value(name) != "disable"]


def _addresses(entry: Block) -> list[str]:
    found = []
    for table in ("hosts", "hosts6"):
        for host in entry.table(table).entries.values():
            words = host.values("ip") or host.values("ipv6")
            found.append(with_prefix(*words[:2]) if len(words) > 1 else next(iter(words), ""))
    return [address for address in found if address and address not in EVERYWHERE]


def _community(context: Context, position: int, entry: Block) -> Community:
    name = f"community {position}"
    context.note(f"snmp.communities.{name}", entry)
    return Community(
        name=name,
        access="read",
        access_list=", ".join(_addresses(entry)[:32]) or None,
        view=entry.value("mib-view") or None,
        is_default_name=(entry.value("name") or "").lower() in DEFAULT_COMMUNITIES,
    )


def _user(context: Context, entry: Block) -> SnmpUser:
    fact = f"snmp.users.{entry.name}"
    context.note(fact, entry)
    level = context.setting(f"{fact}.security_level", entry, "security-level", "no-auth-no-priv")
    known = LEVELS.get(level) if isinstance(level, str) else None
    values: dict[str, Any] = {"authentication": "none", "privacy": "none"}
    if known in {"auth", "priv"}:
        values["authentication"] = context.setting(f"{fact}.authentication", entry, "auth-proto", "sha")
    if known == "priv":
        cipher = context.setting(f"{fact}.privacy", entry, "priv-proto", "aes")
        values["privacy"] = cipher if isinstance(cipher, Unknown) else CIPHERS.get(cipher, _strange(cipher))
    if isinstance(values["authentication"], str) and values["authentication"] not in _HASHES:
        values["authentication"] = _strange(values["authentication"])
    security = known or (level if isinstance(level, Unknown) else _strange(level))
    return SnmpUser(name=entry.name, group="", security_level=security, access_list=None, **values)


_HASHES = frozenset({"none", "md5", "sha", "sha224", "sha256", "sha384", "sha512"})


def _strange(word: str) -> Unknown:
    return Unknown(f"{word[:40]!r} is not a word that is known here")


def _hosts(context: Context, entry: Block) -> list[SnmpHost]:
    """Receivers of traps: version 1 and 2c unless switched off; the lowest counts."""
    pairs: tuple[tuple[Version, str], ...] = (("1", "trap-v1-status"), ("2c", "trap-v2c-status"))
    sent = [version for version, name in pairs if entry.value(name) != "disable"]
    hosts = []
    for host in entry.table("hosts").entries.values():
        words = host.values("ip")
        if sent and words and host.value("host-type") != "query" and words[0] != UNSPECIFIED:
            context.note(f"snmp.hosts.{words[0]}", host)
            hosts.append(SnmpHost(name=words[0], version=sent[0], security_level=None, vrf=None))
    return hosts


def _user_hosts(context: Context, users: list[Block]) -> list[SnmpHost]:
    hosts = []
    for entry in users:
        level = LEVELS.get(entry.value("security-level") or "no-auth-no-priv", "noauth")
        for address in entry.values("notify-hosts") if entry.value("trap-status") != "disable" else ():
            context.note(f"snmp.hosts.{address}", entry)
            hosts.append(SnmpHost(name=address, version="3", security_level=level, vrf=None))
    return hosts
