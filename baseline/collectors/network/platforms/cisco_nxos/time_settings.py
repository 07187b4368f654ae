"""The clock and its servers in a running configuration of NX-OS."""

import re
from typing import Any

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import Clock, TimeKey, TimeServer


def read_clock(reading: Reading) -> Clock:
    """Everything under ``clock`` that is configured."""
    tree = reading.tree
    reading.provenance.note("clock", *tree.all("ntp"), *tree.all("clock"))
    authenticate = reading.has("clock.authentication_enabled", "ntp authenticate")
    keys = _keys(reading)
    usable: set[Any] = {key.name for key in keys if key.trusted is True} if authenticate else set()
    zone, minutes = _timezone(reading)
    interface = reading.value("clock.source_interface", "ntp source-interface")
    address = reading.value("clock.source_interface", "ntp source")
    return Clock(
        timezone=zone,
        timezone_offset_minutes=minutes,
        servers=_servers(reading, usable),
        keys=keys,
        authentication_enabled=authenticate,
        source_interface=interface or address,
        access_list=_access_list(reading),
    )


def _timezone(reading: Reading) -> tuple[str, int]:
    words = (reading.value("clock.timezone", "clock timezone") or "UTC 0").split()
    hours = int(words[1]) if len(words) > 1 and re.fullmatch(r"-?\d{1,2}", words[1]) else 0
    minutes = number(words[2]) or 0 if len(words) > 2 else 0
    return words[0], hours * 60 + (minutes if hours >= 0 else -minutes)


def _keys(reading: Reading) -> list[TimeKey]:
    trusted = {line.text.split()[-1] for line in reading.tree.all("ntp trusted-key")}
    keys = []
    for line in reading.tree.all("ntp authentication-key"):
        words = line.text.split()
        if len(words) > 3:
            reading.provenance.note(f"clock.keys.{words[2]}", line)
            keys.append(TimeKey(name=words[2], algorithm=words[3].lower(), trusted=words[2] in trusted))
    return keys


def _servers(reading: Reading, usable: set[Any]) -> list[TimeServer]:
    servers = []
    for kind in ("server", "peer"):
        for line in reading.tree.all(f"ntp {kind}"):
            if len(line.text.split()) > 2:
                servers.append(_server(line, usable, peer=kind == "peer"))
                reading.provenance.note(f"clock.servers.{servers[-1].name}", line)
    reading.provenance.note("clock.servers", *reading.tree.all("ntp server"), *reading.tree.all("ntp peer"))
    return servers


def _server(line: Line, usable: set[Any], *, peer: bool) -> TimeServer:
    words = line.text.split()[2:]
    key = word_after(words, "key")
    return TimeServer(
        name=words[0],
        authenticated=key in usable,
        key_id=number(key),
        preferred="prefer" in words[1:],
        peer=peer,
        vrf=word_after(words, "use-vrf"),
        source_interface=None,
    )


def _access_list(reading: Reading) -> str | None:
    lines = reading.tree.all("ntp access-group")
    reading.provenance.note("clock.access_list", *lines)
    return ", ".join(line.text[17:].strip() for line in lines) or None
