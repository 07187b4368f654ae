"""Logging in a running configuration of NX-OS.

Without a word the console shows severity 2, the log file keeps 5, and servers get 5 (Cisco Nexus 9000 NX-OS System
Management Configuration Guide, "Configuring System Message Logging", default settings). ``show logging info`` tells.
"""

from typing import Literal

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, severity, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Logging, LogTimestamps, SyslogServer

DEFAULT_SERVER_LEVEL = 5
DEFAULT_CONSOLE_LEVEL = 2
DEFAULT_LOGFILE_LEVEL = 5
DEFAULT_LOGFILE_BYTES = 4_194_304
DEFAULT_PORT = 514
DEFAULT_TLS_PORT = 6514


def read_logging(reading: Reading) -> Logging:
    """Everything under ``logging`` that is configured. The log file, which lives in memory, counts as the buffer."""
    tree = reading.tree
    reading.provenance.note("logging", *tree.all("logging"), *tree.all("no logging"))
    servers = _servers(reading)
    levels = [server.level for server in servers if isinstance(server.level, int)]
    size, level = _logfile(reading)
    source = reading.value("logging.source_interface", "logging source-interface")
    return Logging(
        enabled=True,
        servers=servers,
        server_level=max(levels) if levels else None,
        buffer_bytes=size,
        buffer_level=level,
        console_level=_console(reading),
        timestamps=_timestamps(reading),
        sequence_numbers=Unknown("NX-OS has no setting for it"),
        login_success=_logs_logins(reading, "on-success"),
        login_failure=_logs_logins(reading, "on-failure"),
        configuration_changes=True,
        source_interface=source.split()[0] if source else None,
        dropped_messages=Unknown("NX-OS does not tell it"),
    )


def _console(reading: Reading) -> int | None:
    state = reading.switched("logging.console_level", "logging console")
    if state is False:
        return None
    found = severity((reading.value("logging.console_level", "logging console") or "").split())
    return DEFAULT_CONSOLE_LEVEL if found is None else found


def _logfile(reading: Reading) -> tuple[int | None, int | None]:
    """Size in bytes and level: ``logging logfile messages 6 size 4194304``."""
    if reading.switched("logging.buffer_level", "logging logfile") is False:
        return None, None
    words = (reading.value("logging.buffer_level", "logging logfile") or "").split()
    level, size = severity(words[1:2]), number(word_after(words, "size"))
    return (
        DEFAULT_LOGFILE_BYTES if size is None else size,
        DEFAULT_LOGFILE_LEVEL if level is None else level,
    )


def _timestamps(reading: Reading) -> LogTimestamps:
    """A message to a server always says year, date, time and zone (Cisco NX-OS System Messages Reference, table 1-4);
    ``logging timestamp`` sets how exact.
    """
    unit = reading.value("logging.timestamps", "logging timestamp") or "seconds"
    return LogTimestamps(datetime=True, milliseconds=unit != "seconds", timezone=True, year=True)


def _logs_logins(reading: Reading, which: str) -> Fact[bool]:
    path = "logging.login_success" if which == "on-success" else "logging.login_failure"
    state = reading.switched(path, f"login {which} log")
    if state is None:
        return Unknown(f"the configuration does not mention `login {which} log`, and its default differs per release")
    return state


def _servers(reading: Reading) -> list[SyslogServer]:
    servers = []
    for line in reading.tree.all("logging server"):
        if len(line.text.split()) > 2:
            servers.append(_server(line))
            reading.provenance.note(f"logging.servers.{servers[-1].name}", line)
    return servers


def _server(line: Line) -> SyslogServer:
    words = line.text.split()[2:]
    level = severity(words[1:2])
    transport: Literal["udp", "tls"] = "tls" if "secure" in words else "udp"
    return SyslogServer(
        name=words[0],
        level=DEFAULT_SERVER_LEVEL if level is None else level,
        transport=transport,
        port=number(word_after(words, "port")) or (DEFAULT_TLS_PORT if transport == "tls" else DEFAULT_PORT),
        vrf=word_after(words, "use-vrf"),
        dropped_messages=Unknown("NX-OS does not tell it"),
    )
