"""The clock and its servers in a FortiOS configuration."""

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.numbers import UNSPECIFIED, number, standard_offset_minutes
from baseline.collectors.network.platforms.fortinet_fortios.context import Context
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Clock, TimeKey, TimeServer

NTP = "system ntp"
NOT_TOLD = "only `diagnose sys ntp status` tells it, and diagnose commands are never sent"
FORTIGUARD = "FortiGuard"
"""Stands for Fortinet's own servers, which are followed unless others are named."""


def read_clock(context: Context) -> Clock:
    """``config system ntp`` and the time zone."""
    block = context.shared.table(NTP)
    context.note("clock", block)
    used = context.setting("clock.servers", block, "ntpsync", "enable")
    kind = context.setting("clock.servers", block, "type", "fortiguard")
    servers: Fact[list[TimeServer]]
    if isinstance(used, Unknown) or isinstance(kind, Unknown):
        servers = used if isinstance(used, Unknown) else Unknown(kind.reason if isinstance(kind, Unknown) else "")
    else:
        servers = _servers(context, block, kind) if used == "enable" else []
    entries = list(block.table("ntpserver").entries.values())
    source = block.value("source-ip")
    clock = Clock(
        timezone=_zone(context),
        timezone_offset_minutes=_offset(context),
        servers=servers,
        keys=[_key(context, entry) for entry in (block, *entries) if entry.values("key")],
        authentication_enabled=any(entry.value("authentication") == "enable" for entry in (block, *entries)),
        source_interface=source if source and source != UNSPECIFIED else None,
        access_list=None,
    )
    return explain(clock, NOT_TOLD)


def _zone(context: Context) -> Fact[str]:
    """A name from 7.4.2 on, a number of FortiOS' own before that."""
    zone = context.shared_setting("clock.timezone", "system global", "timezone")
    return f"FortiOS zone {zone}" if isinstance(zone, str) and zone.isdigit() else zone


def _offset(context: Context) -> Fact[int]:
    zone = context.shared_setting("clock.timezone_offset_minutes", "system global", "timezone")
    if isinstance(zone, Unknown):
        return zone
    minutes = standard_offset_minutes(zone)
    return Unknown(f"{zone[:40]!r} is a time zone of FortiOS' own") if minutes is None else minutes


def _key(context: Context, entry: Block) -> TimeKey:
    name = entry.value("key-id") or "0"
    context.note(f"clock.keys.{name}", entry)
    return TimeKey(name=name, algorithm=(entry.value("key-type") or "md5").lower(), trusted=True)


def _servers(context: Context, block: Block, kind: str) -> list[TimeServer]:
    if kind == "fortiguard":
        context.note(f"clock.servers.{FORTIGUARD}", block)
        return [_server(FORTIGUARD, block, authenticated=False)]
    servers = []
    for entry in block.table("ntpserver").entries.values():
        name = entry.value("server") or entry.name
        context.note(f"clock.servers.{name}", entry)
        servers.append(_server(name, entry, authenticated=entry.value("authentication") == "enable"))
    return servers


def _server(name: str, entry: Block, *, authenticated: bool) -> TimeServer:
    return TimeServer(
        name=name,
        authenticated=authenticated,
        key_id=number(entry.value("key-id")) if authenticated else None,
        preferred=False,
        peer=False,
        vrf=None,
        source_interface=entry.value("interface") if entry.value("interface-select-method") == "specify" else None,
        reachable=Unknown(NOT_TOLD),
    )
