"""The clock and its servers in a running configuration of EOS."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import expand_numbers, number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Clock, TimeKey, TimeServer

HIGHEST_KEY = 65_535


def read_clock(reading: Reading) -> Clock:
    """Everything under ``clock`` that is configured."""
    tree = reading.tree
    reading.provenance.note("clock", *tree.all("ntp"), *tree.all("clock"))
    authenticate = reading.has("clock.authentication_enabled", "ntp authenticate")
    keys = _keys(reading)
    usable: set[Any] = {key.name for key in keys if key.trusted is True} if authenticate else set()
    zone = reading.value("clock.timezone", "clock timezone") or "UTC"
    return Clock(
        timezone=zone,
        timezone_offset_minutes=zone_offset(zone),
        servers=_servers(reading, usable),
        keys=keys,
        authentication_enabled=authenticate,
        source_interface=_source(reading),
        access_list="".join((reading.value("clock.access_list", "ntp serve ip access-group") or "").split()[:1])
        or None,
    )


def zone_offset(name: str) -> Fact[int]:
    """Minutes from UTC of a zone of the IANA database, summer time left out."""
    try:
        moment = datetime(2026, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Unknown(f"the time zone {name[:60]!r} is not in the time zone database of this machine")
    standard = (moment.utcoffset() or timedelta()) - (moment.dst() or timedelta())
    return int(standard.total_seconds() // 60)


def _keys(reading: Reading) -> list[TimeKey]:
    """Keys with whether ``ntp trusted-key`` names them: ``1,3-5``."""
    trusted: set[int] = set()
    for line in reading.tree.all("ntp trusted-key"):
        trusted.update(expand_numbers(line.text[16:], maximum=HIGHEST_KEY))
    keys = []
    for line in reading.tree.all("ntp authentication-key"):
        words = line.text.split()
        if len(words) > 3:
            reading.provenance.note(f"clock.keys.{words[2]}", line)
            keys.append(TimeKey(name=words[2], algorithm=words[3].lower(), trusted=number(words[2]) in trusted))
    return keys


def _servers(reading: Reading, usable: set[Any]) -> list[TimeServer]:
    servers = []
    for line in reading.tree.all("ntp server"):
        if server := _server(line, usable):
            servers.append(server)
            reading.provenance.note(f"clock.servers.{server.name}", line)
    reading.provenance.note("clock.servers", *reading.tree.all("ntp server"))
    return servers


def _server(line: Line, usable: set[Any]) -> TimeServer | None:
    """``ntp server [vrf V] A [prefer] [iburst] [key K] [local-interface I]``."""
    words = line.text.split()[2:]
    vrf = None
    if words[:1] == ["vrf"]:
        vrf, words = "".join(words[1:2]), words[2:]
    if not words:
        return None
    key = word_after(words, "key")
    return TimeServer(
        name=words[0],
        authenticated=key in usable,
        key_id=number(key),
        preferred="prefer" in words[1:],
        peer=False,
        vrf=vrf or word_after(words, "vrf"),
        source_interface=word_after(words, "local-interface", "source"),
    )


def _source(reading: Reading) -> str | None:
    """``ntp local-interface [vrf V] I``; ``ntp source`` in older releases."""
    for command in ("ntp local-interface", "ntp source"):
        if words := (reading.value("clock.source_interface", command) or "").split():
            return words[-1]
    return None
