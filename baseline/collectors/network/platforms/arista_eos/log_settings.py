"""Logging in a running configuration of EOS.

Unless set, messages up to informational go to servers, up to error to the console, and the log in memory keeps
everything (Arista EOS User Manual, "Switch Administration Commands": ``logging trap``, ``console`` and ``buffered``).
"""

from typing import Literal

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, severity, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Logging, LogTimestamps, SyslogServer

DEFAULT_LEVELS = {"trap": 6, "console": 3, "buffered": 7}
DEFAULT_PORTS = {"udp": 514, "tcp": 514, "tls": 6514}
COUNTED = Unknown("EOS counts the messages that it keeps, not their bytes")


def read_logging(reading: Reading) -> Logging:
    """Everything under ``logging`` that is configured."""
    tree = reading.tree
    reading.provenance.note("logging", *tree.all("logging"), *tree.all("no logging"))
    level = _level(reading, "logging.server_level", "trap")
    buffer_level = _level(reading, "logging.buffer_level", "buffered")
    return Logging(
        enabled=reading.switched("logging.enabled", "logging on") is not False,
        servers=_servers(reading, level),
        server_level=level,
        buffer_bytes=None if buffer_level is None else COUNTED,
        buffer_level=buffer_level,
        console_level=_level(reading, "logging.console_level", "console"),
        timestamps=_timestamps(reading),
        sequence_numbers=reading.has("logging.sequence_numbers", "logging format sequence-numbers"),
        login_success=reading.has("logging.login_success", "aaa authentication policy on-success log"),
        login_failure=reading.has("logging.login_failure", "aaa authentication policy on-failure log"),
        configuration_changes=commands_accounted(reading, "logging.configuration_changes") is not None,
        source_interface=_source(reading),
        dropped_messages=Unknown("EOS does not tell it"),
    )


def commands_accounted(reading: Reading, path: str) -> list[str] | None:
    """Where commands are recorded with their user, as words of the accounting list; None: nowhere."""
    lines = [line for line in reading.tree.all("aaa accounting commands") if "none" not in line.text.split()]
    reading.provenance.note(path, *lines)
    return [word for line in lines for word in line.text.split()] if lines else None


def _level(reading: Reading, path: str, destination: str) -> int | None:
    command = f"logging {destination}"
    if reading.switched(path, command) is False:
        return None
    words = (reading.value(path, command) or "").split()
    found = severity([word for word in words if not word.isdigit() or destination != "buffered"])
    return DEFAULT_LEVELS[destination] if found is None else found


def _timestamps(reading: Reading) -> LogTimestamps:
    """``high-resolution`` and ``rfc3339`` are those of RFC 3339; the traditional form says more only when asked to."""
    words = (reading.value("logging.timestamps", "logging format timestamp") or "traditional").split()
    modern = words[0] in {"high-resolution", "rfc3339"}
    return LogTimestamps(
        datetime=True,
        milliseconds=words[0] == "high-resolution",
        timezone=modern or "timezone" in words,
        year=modern or "year" in words,
    )


def _source(reading: Reading) -> str | None:
    """``logging [vrf V] source-interface I``, or ``local-interface``."""
    for line in reading.tree.all("logging"):
        if interface := word_after(line.text.split(), "source-interface", "local-interface"):
            reading.provenance.note("logging.source_interface", line)
            return interface
    return None


def _servers(reading: Reading, level: int | None) -> list[SyslogServer]:
    servers = []
    for line in [*reading.tree.all("logging host"), *reading.tree.all("logging vrf")]:
        if server := _server(line, level):
            servers.append(server)
            reading.provenance.note(f"logging.servers.{server.name}", line)
    return servers


def _server(line: Line, level: int | None) -> SyslogServer | None:
    """``logging [vrf V] host A [port] [protocol tcp|tls ssl-profile P]``."""
    words = line.text.split()
    name = word_after(words, "host")
    if name is None:
        return None
    rest = words[words.index("host") + 2 :]
    named = word_after(rest, "protocol")
    transport: Literal["udp", "tcp", "tls"] = "tcp" if named == "tcp" else "tls" if named == "tls" else "udp"
    ports = [word for word in rest if word.isdigit() and len(word) < 6]
    return SyslogServer(
        name=name,
        level=level,
        transport=transport,
        port=(number(ports[0]) if ports else None) or DEFAULT_PORTS[transport],
        vrf=words[2] if words[1] == "vrf" else None,
        dropped_messages=Unknown("EOS does not tell it"),
    )
