"""The clock and its servers in a running configuration."""

import re
from typing import Any

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.words import expand_numbers, number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import Clock, TimeKey, TimeServer

_ADDRESS_OPTIONS = frozenset({"ip", "ipv6", "vrf"})
_RANGES = re.compile(r"(\d+) - (\d+)")


def read_clock(context: Context) -> Clock:
    """Everything under ``clock`` that is configured; what the clock does now comes from ``show ntp``."""
    tree = context.tree
    context.provenance.note("clock", *tree.all("ntp"), *tree.all("clock"))
    authenticate = context.has("clock.authentication_enabled", "ntp authenticate")
    keys = _keys(context)
    usable = {key.name for key in keys if key.trusted is True} if authenticate else set()
    zone, minutes = _timezone(context)
    source = context.value("clock.source_interface", "ntp source")
    return Clock(
        timezone=zone,
        timezone_offset_minutes=minutes,
        servers=_servers(context, usable),
        keys=keys,
        authentication_enabled=authenticate,
        source_interface=source.split()[0] if source else None,
        access_list=_access_list(context),
    )


def read_zones(context: Context) -> dict[str, int]:
    """Names of time zones that this device prints -> minutes from UTC; summer time is an hour more unless it says so."""
    zone, minutes = _timezone(context)
    words = (context.tree.last("clock summer-time") or Line("", 0)).text.split()
    offset = int(words[-1]) if len(words) > 10 and words[-1].isdigit() and len(words[-1]) < 4 else 60
    summer = {words[2]: minutes + offset} if len(words) > 2 else {}
    return {zone: minutes} | summer


def _timezone(context: Context) -> tuple[str, int]:
    words = (context.value("clock.timezone", "clock timezone") or "UTC 0").split()
    hours = int(words[1]) if len(words) > 1 and re.fullmatch(r"-?\d{1,2}", words[1]) else 0
    minutes = number(words[2]) or 0 if len(words) > 2 else 0
    return words[0], hours * 60 + (minutes if hours >= 0 else -minutes)


def _keys(context: Context) -> list[TimeKey]:
    """Keys with whether ``ntp trusted-key`` names them: ``1``, or ``1 - 3``."""
    trusted: set[int] = set()
    for line in context.tree.all("ntp trusted-key"):
        trusted.update(expand_numbers(_RANGES.sub(r"\1-\2", line.text[16:]), maximum=65_535))
    keys = []
    for line in context.tree.all("ntp authentication-key"):
        words = line.text.split()
        if len(words) > 3:
            context.provenance.note(f"clock.keys.{words[2]}", line)
            keys.append(TimeKey(name=words[2], algorithm=words[3], trusted=number(words[2]) in trusted))
    return keys


def _servers(context: Context, usable: set[Any]) -> list[TimeServer]:
    servers = []
    for kind in ("server", "peer"):
        for line in context.tree.all(f"ntp {kind}"):
            server = _server(line, usable, peer=kind == "peer")
            context.provenance.note(f"clock.servers.{server.name}", line)
            servers.append(server)
    context.provenance.note("clock.servers", *context.tree.all("ntp server"), *context.tree.all("ntp peer"))
    return servers


def _server(line: Line, usable: set[Any], *, peer: bool) -> TimeServer:
    words = line.text.split()[2:]
    vrf = None
    while len(words) > 1 and words[0] in _ADDRESS_OPTIONS:
        if words[0] == "vrf":
            vrf, words = words[1], words[2:]
        else:
            words = words[1:]
    key = word_after(words, "key")
    return TimeServer(
        name=words[0] if words else "",
        authenticated=key in usable,
        key_id=number(key),
        preferred="prefer" in words,
        peer=peer,
        vrf=vrf,
        source_interface=word_after(words, "source"),
    )


def _access_list(context: Context) -> str | None:
    lines = context.tree.all("ntp access-group")
    context.provenance.note("clock.access_list", *lines)
    return ", ".join(line.text[17:].strip() for line in lines) or None
