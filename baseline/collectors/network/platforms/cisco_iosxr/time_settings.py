"""The clock and its servers in a running configuration of IOS XR."""

import re
from typing import Any

from baseline.collectors.network.numbers import standard_offset_minutes
from baseline.collectors.network.platforms.cisco_iosxr.names import distinct
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Clock, TimeKey, TimeServer


def read_clock(reading: Reading) -> Clock:
    """What is configured under ``clock`` and ``ntp``."""
    section = reading.tree.first("ntp") or Line("ntp", 0)
    reading.provenance.section("clock", *reading.tree.all("ntp"), *reading.tree.all("clock"))
    authenticate = section.first("authenticate")
    keys = _keys(reading, section)
    usable: set[Any] = {key.name for key in keys if key.trusted is True} if authenticate else set()
    reading.provenance.note("clock.authentication_enabled", *([authenticate] if authenticate else []))
    zone, minutes = _timezone(reading)
    return Clock(
        timezone=zone,
        timezone_offset_minutes=minutes,
        servers=distinct(_servers(reading, section, usable)),
        keys=keys,
        authentication_enabled=authenticate is not None,
        source_interface=_source(section),
        access_list=", ".join(line.text[13:].strip() for line in section.all("access-group")) or None,
    )


def _timezone(reading: Reading) -> tuple[str, Fact[int]]:
    """``clock timezone CET 1`` in old releases, ``clock timezone CET Europe/Amsterdam`` in new ones."""
    words = (reading.value("clock.timezone", "clock timezone") or "UTC 0").split()
    if len(words) > 1 and re.fullmatch(r"-?\d{1,2}", words[1]):
        hours, minutes = int(words[1]), number(words[2]) or 0 if len(words) > 2 else 0
        return words[0], hours * 60 + (minutes if hours >= 0 else -minutes)
    offset = standard_offset_minutes(words[-1])
    return words[0], Unknown(f"{words[-1]!r} is not a time zone that is known here") if offset is None else offset


def _keys(reading: Reading, section: Line) -> list[TimeKey]:
    trusted = {line.text.split()[-1] for line in section.all("trusted-key")}
    keys = []
    for line in section.all("authentication-key"):
        words = line.text.split()
        if len(words) > 3:
            reading.provenance.note(f"clock.keys.{words[1]}", line)
            keys.append(TimeKey(name=words[1], algorithm=words[2].lower(), trusted=words[1] in trusted))
    return keys


def _servers(reading: Reading, section: Line, usable: set[Any]) -> list[TimeServer]:
    servers = []
    for kind in ("server", "peer"):
        for line in section.all(kind):
            server = _server(line.text.split()[1:], usable, peer=kind == "peer")
            if server is not None:
                servers.append(server)
                reading.provenance.note(f"clock.servers.{server.name}", line)
    return servers


def _server(words: list[str], usable: set[Any], *, peer: bool) -> TimeServer | None:
    """``[vrf V] [ipv4] 192.0.2.1 [key 1] [prefer] [source I]``."""
    vrf = None
    if words[:1] == ["vrf"] and len(words) > 2:
        vrf, words = words[1], words[2:]
    if words[:1] in (["ipv4"], ["ipv6"]) and len(words) > 1:
        words = words[1:]
    if not words:
        return None
    key = word_after(words, "key")
    return TimeServer(
        name=words[0],
        authenticated=key in usable,
        key_id=number(key),
        preferred="prefer" in words[1:],
        peer=peer,
        vrf=None if vrf == "default" else vrf,
        source_interface=word_after(words, "source"),
    )


def _source(section: Line) -> str | None:
    """``source Loopback0``, or ``source vrf V Loopback0``."""
    line = section.first("source")
    return line.text.split()[-1] if line and len(line.text.split()) > 1 else None
