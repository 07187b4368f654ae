"""Logging in a running configuration of AOS-CX.

A server gets severity 6 and worse over UDP unless told otherwise; event logs stand on the switch itself with the year, the
zone and microseconds (AOS-CX Hardening Guide, "Secure Logging" and "Accounting"; Monitoring Guide, ``logging``).
"""

from typing import Literal

from baseline.collectors.network.platforms.aruba_aoscx.sources import source_of
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, word_after
from baseline.collectors.network.section_tree import Line
from baseline.collectors.network.severities import SEVERITIES
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Logging, LogTimestamps, SyslogServer

DEFAULT_LEVEL = 6
DEFAULT_PORTS = {"udp": 514, "tcp": 1470, "tls": 6514}
"""Ports unless named (AOS-CX Monitoring Guide, ``logging``; RFC 5426, RFC 5425)."""

SETTINGS = frozenset({"console", "facility", "filter", "persistent-storage", "threshold", "severity"})
"""Words after ``logging`` that name no server."""

NOT_TOLD = Unknown("AOS-CX does not tell it")
Transport = Literal["udp", "tcp", "tls"]


def read_logging(reading: Reading) -> Logging:
    """Everything under ``logging``. Logins and commands are in the local accounting log, always."""
    reading.provenance.note("logging", *reading.tree.all("logging"))
    servers = _servers(reading)
    levels = [server.level for server in servers if isinstance(server.level, int)]
    return Logging(
        enabled=True,
        servers=servers,
        server_level=max(levels) if levels else None,
        buffer_bytes=Unknown("AOS-CX keeps its event log on its own storage and does not tell how much fits"),
        buffer_level=NOT_TOLD,
        console_level=_console(reading),
        timestamps=LogTimestamps(datetime=True, milliseconds=True, timezone=True, year=True),
        sequence_numbers=Unknown("AOS-CX has no setting for it"),
        login_success=True,
        login_failure=True,
        configuration_changes=True,
        source_interface=source_of(
            reading, "logging.source_interface", "syslog", instances=[str(server.vrf) for server in servers]
        ),
        dropped_messages=NOT_TOLD,
    )


def _console(reading: Reading) -> int | None:
    """The console is quiet unless told otherwise."""
    line = reading.last("logging.console_level", "logging console")
    return SEVERITIES.get(word_after(line.text.split(), "severity") or "", DEFAULT_LEVEL) if line else None


def _servers(reading: Reading) -> list[SyslogServer]:
    servers: dict[str, SyslogServer] = {}
    for line in reading.tree.all("logging"):
        words = line.text.split()
        if len(words) > 1 and words[1] not in SETTINGS:
            server = _server(line)
            servers[words[1]] = server
            reading.provenance.note(f"logging.servers.{server.name}", line)
    return list(servers.values())


def _server(line: Line) -> SyslogServer:
    words = line.text.split()[1:]
    named: tuple[Transport, ...] = ("tls", "tcp", "udp")
    transport: Transport = next((one for one in named if one in words), "udp")
    instance = word_after(words, "vrf")
    return SyslogServer(
        name=words[0],
        level=SEVERITIES.get(word_after(words, "severity") or "", DEFAULT_LEVEL),
        transport=transport,
        port=number(word_after(words, transport)) or DEFAULT_PORTS[transport],
        vrf=None if instance == "default" else instance,
        reachable=NOT_TOLD,
        dropped_messages=NOT_TOLD,
    )
