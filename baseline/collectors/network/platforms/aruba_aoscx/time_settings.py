"""The clock and its servers in a running configuration of AOS-CX."""

import re
from typing import Any

from baseline.collectors.network.numbers import standard_offset_minutes
from baseline.collectors.network.platforms.aruba_aoscx.sources import source_of
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Clock, TimeKey, TimeServer


def read_clock(reading: Reading) -> Clock:
    """Everything under ``clock`` that is configured."""
    tree = reading.tree
    reading.provenance.note("clock", *tree.all("ntp"), *tree.all("clock"))
    authenticate = reading.switched("clock.authentication_enabled", "ntp authentication") is True
    keys = _keys(reading)
    usable: set[Any] = {key.name for key in keys if key.trusted is True} if authenticate else set()
    zone = reading.value("clock.timezone", "clock timezone") or "UTC"
    return Clock(
        timezone=zone,
        timezone_offset_minutes=_offset(zone),
        servers=_servers(reading, usable),
        keys=keys,
        authentication_enabled=authenticate,
        source_interface=source_of(
            reading, "clock.source_interface", "ntp", instances=[reading.value("clock.servers", "ntp vrf")]
        ),
        access_list=None,
    )


def _offset(zone: str) -> Fact[int]:
    """AOS-CX writes names of the tz database in lower case."""
    name = zone.upper() if "/" not in zone else re.sub(r"(?<![a-z])[a-z]", lambda found: found[0].upper(), zone.lower())
    minutes = standard_offset_minutes(name)
    return Unknown(f"the time zone {zone[:40]!r} is not in the tz database") if minutes is None else minutes


def _keys(reading: Reading) -> list[TimeKey]:
    """``ntp authentication-key 7 sha1 ciphertext ... trusted``, or ``ntp trusted-key 7`` on a line of its own."""
    trusted = {line.text.split()[-1] for line in reading.tree.all("ntp trusted-key")}
    keys: dict[str, TimeKey] = {}
    for line in reading.tree.all("ntp authentication-key"):
        words = line.text.split()
        if len(words) > 3:
            reading.provenance.note(f"clock.keys.{words[2]}", line)
            is_trusted = words[2] in trusted or words[-1] == "trusted"
            keys[words[2]] = TimeKey(name=words[2], algorithm=words[3].lower(), trusted=is_trusted)
    return list(keys.values())


def _servers(reading: Reading, usable: set[Any]) -> list[TimeServer]:
    """``ntp vrf`` holds for all of them."""
    instance = reading.value("clock.servers", "ntp vrf")
    servers: dict[str, TimeServer] = {}
    for line in reading.tree.all("ntp server"):
        if len(line.text.split()) > 2:
            server = _server(line, usable, None if instance in {None, "default"} else instance)
            servers[str(server.name)] = server
            reading.provenance.note(f"clock.servers.{server.name}", line)
    reading.provenance.note("clock.servers", *reading.tree.all("ntp server"))
    return list(servers.values())


def _server(line: Line, usable: set[Any], instance: str | None) -> TimeServer:
    words = line.text.split()[2:]
    key = word_after(words, "key-id", "key")
    return TimeServer(
        name=words[0],
        authenticated=key in usable,
        key_id=number(key),
        preferred="prefer" in words[1:],
        peer=False,
        vrf=instance,
        source_interface=None,
    )
