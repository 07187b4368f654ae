"""Logging in a running configuration of IOS XR.

Without a word servers get severity 6, and what the console and the buffer get differs per release: ``show logging`` tells
(Cisco IOS XR System Monitoring Configuration Guide, "Implementing Logging Services").
"""

import re

from baseline.collectors.network.platforms.cisco_iosxr.names import distinct
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import number, severity, word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Logging, LogTimestamps, SyslogServer

DEFAULT_TRAP_LEVEL = 6
DEFAULT_PORT = 514
DEFAULT_TLS_PORT = 6514
_ADDRESS = re.compile(r"logging (?:host )?(?P<name>(?=\S*[.:])[0-9A-Za-z][0-9A-Za-z.:-]{0,254})(?: .*)?")
_SUPPRESSED = re.compile(r"alarm SECURITY\b|all-alarms\b")
NOT_TOLD = Unknown("IOS XR does not tell it")


def read_logging(reading: Reading) -> Logging:
    """Everything under ``logging``. The router logs logins and commits by itself, from severity 6 up."""
    tree = reading.tree
    reading.provenance.section("logging", *tree.all("logging"), *tree.all("service timestamps"))
    trap = _level(reading, "trap", DEFAULT_TRAP_LEVEL)
    servers = distinct(_servers(reading, trap))
    levels = [server.level for server in servers if isinstance(server.level, int)]
    source = reading.value("logging.source_interface", "logging source-interface")
    logins = _logs_logins(reading)
    return Logging(
        enabled=tree.first("logging disable") is None,
        servers=servers,
        server_level=max(levels) if levels else None,
        buffer_bytes=_buffer_bytes(reading),
        buffer_level=_level(reading, "buffered", _silent("logging buffered")),
        console_level=_level(reading, "console", _silent("logging console")),
        timestamps=_timestamps(reading),
        sequence_numbers=Unknown("IOS XR has no setting for it"),
        login_success=logins,
        login_failure=logins,
        configuration_changes=True,
        source_interface=source.split()[0] if source else None,
    )


def _silent(command: str) -> Unknown:
    return Unknown(
        f"the configuration does not mention `{command}` with a severity, and its default differs per release"
    )


def _level(reading: Reading, where: str, silent: Fact[int | None]) -> Fact[int | None]:
    """The least severe message that goes somewhere; None: nothing does."""
    path = {"buffered": "logging.buffer_level", "console": "logging.console_level", "trap": "logging.server_level"}[
        where
    ]
    lines = reading.tree.all(f"logging {where}")
    reading.provenance.note(path, *lines)
    for line in reversed(lines):
        words = line.text.split()[2:]
        if "disable" in words:
            return None
        found = severity(words)
        if found is not None and not words[0].isdigit():
            return found
    return silent


def _buffer_bytes(reading: Reading) -> Fact[int | None]:
    sizes = [size for line in reading.tree.all("logging buffered") if (size := number(line.text.split()[-1]))]
    return sizes[-1] if sizes else Unknown("the configuration does not mention the size of the buffer")


def _timestamps(reading: Reading) -> LogTimestamps:
    """Date and time without milliseconds, zone and year unless they are asked for (System Monitoring Command Reference,
    ``service timestamps``).
    """
    words = (reading.value("logging.timestamps", "service timestamps log") or "datetime").split()
    return LogTimestamps(
        datetime=words[0] == "datetime",
        milliseconds="msec" in words,
        timezone="show-timezone" in words,
        year="year" in words,
    )


def _logs_logins(reading: Reading) -> Fact[bool]:
    """``SECURITY-LOGIN-6-AUTHEN_SUCCESS`` and ``-4-AUTHEN_FAILED`` come by themselves, unless a rule keeps them back."""
    rules = [
        section
        for section in reading.tree.all("logging suppress rule")
        if any(_SUPPRESSED.match(line.text) for line in section.children)
    ]
    for path in ("logging.login_success", "logging.login_failure"):
        reading.provenance.section(path, *rules)
    return Unknown("a rule of `logging suppress` may keep messages of SECURITY back") if rules else True


def _servers(reading: Reading, trap: Fact[int | None]) -> list[SyslogServer]:
    found = []
    for line in reading.tree.all("logging"):
        if line.text.startswith("logging tls-server "):
            server = _tls_server(line, trap)
        elif named := _ADDRESS.fullmatch(line.text):
            server = _server(named["name"], line.text.split(), trap)
        else:
            continue
        found.append(server)
        reading.provenance.section(f"logging.servers.{server.name}", line)
    reading.provenance.note("logging.servers")
    return found


def _server(name: str, words: list[str], trap: Fact[int | None]) -> SyslogServer:
    level = severity([word_after(words, "severity") or ""])
    vrf = word_after(words, "vrf")
    return SyslogServer(
        name=name,
        level=trap if level is None else level,
        transport="udp",
        port=number(word_after(words, "port")) or DEFAULT_PORT,
        vrf=None if vrf == "default" else vrf,
        reachable=NOT_TOLD,
        dropped_messages=NOT_TOLD,
    )


def _tls_server(section: Line, trap: Fact[int | None]) -> SyslogServer:
    """``logging tls-server NAME`` with its address or host name below."""
    address = section.first("address") or section.first("tls-hostname")
    level, vrf = section.first("severity"), section.first("vrf")
    found = severity(level.text.split()[1:]) if level else None
    instance = vrf.text.split()[-1] if vrf else "default"
    return SyslogServer(
        name=address.text.split()[-1] if address else section.text.split()[-1],
        level=trap if found is None else found,
        transport="tls",
        port=DEFAULT_TLS_PORT,
        vrf=None if instance == "default" else instance,
        reachable=NOT_TOLD,
        dropped_messages=NOT_TOLD,
    )
