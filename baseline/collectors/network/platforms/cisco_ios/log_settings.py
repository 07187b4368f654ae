"""Logging in a running configuration."""

from typing import Literal

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.words import number, severity, word_after
from baseline.models.facts.fact import Fact
from baseline.models.facts.network import Logging, LogTimestamps, SyslogServer

DEFAULT_PORTS = {"udp": 514, "tcp": 601, "tls": 6514}
"""Cisco IOS Network Management Command Reference, ``logging host`` (TLS: RFC 5425)."""

DEFAULT_SERVER_LEVEL = 6
"""``logging trap`` is informational unless set."""


def read_logging(context: Context) -> Logging:
    """Everything under ``logging`` that is configured."""
    tree = context.tree
    context.provenance.note("logging", *tree.all("logging"))
    level = _level(context, "trap", silent=DEFAULT_SERVER_LEVEL)
    size, buffer_level = _buffer(context)
    source = context.value("logging.source_interface", "logging source-interface")
    changes = _changes_logged(context)
    return Logging(
        enabled=tree.first("no logging on") is None,
        servers=_servers(context, level),
        server_level=level,
        buffer_bytes=size,
        buffer_level=buffer_level,
        console_level=_level(context, "console", silent=7),
        timestamps=_timestamps(context),
        sequence_numbers=context.has("logging.sequence_numbers", "service sequence-numbers"),
        login_success=_logs_logins(context, "on-success"),
        login_failure=_logs_logins(context, "on-failure"),
        configuration_changes=changes,
        source_interface=source.split()[0] if source else None,
    )


def _level(context: Context, destination: str, *, silent: int) -> int | None:
    path = "logging.server_level" if destination == "trap" else f"logging.{destination}_level"
    if line := context.tree.last(f"no logging {destination}"):
        context.provenance.note(path, line)
        return None
    words = (context.value(path, f"logging {destination}") or "").split()
    return _severity(words, silent)


def _severity(words: list[str], silent: int) -> int:
    found = severity(words)
    return silent if found is None else found


def _buffer(context: Context) -> tuple[Fact[int | None], Fact[int | None]]:
    """Size in bytes and level. Silence: on with a size that differs per model, or off."""
    if line := context.tree.last("no logging buffered"):
        context.provenance.note("logging.buffer_bytes", line)
        return None, None
    words = (context.value("logging.buffer_bytes", "logging buffered") or "").split()
    size = next((int(word) for word in words if word.isdigit() and 4 <= len(word) <= 10), None)
    if not words or size is None:
        unsure: Fact[int | None] = context.release.silent("logging buffered <size>")
        return unsure, (_severity(words, 7) if words else unsure)
    return size, _severity(words, 7)


def _timestamps(context: Context) -> LogTimestamps:
    """``service timestamps log datetime msec localtime show-timezone year``; silence: no time at all."""
    words = (context.value("logging.timestamps", "service timestamps log") or "").split()
    return LogTimestamps(
        datetime="datetime" in words,
        milliseconds="msec" in words,
        timezone="show-timezone" in words,
        year="year" in words,
    )


def _logs_logins(context: Context, which: str) -> bool:
    """``login on-failure log``; without a word after it, both a log line and a trap are made in old releases."""
    path = "logging.login_success" if which == "on-success" else "logging.login_failure"
    options = context.value(path, f"login {which}")
    return context.tree.last(f"login {which}") is not None and (options is None or "log" in options.split())


def _changes_logged(context: Context) -> bool:
    archive = context.tree.first("archive")
    section = archive.first("log config") if archive else None
    context.provenance.section("logging.configuration_changes", *([section] if section else []))
    return section is not None and section.first("logging enable") is not None


def _servers(context: Context, level: int | None) -> list[SyslogServer]:
    servers = []
    for line in context.tree.all("logging"):
        words = line.text.split()[1:]
        if not words or not (words[0] == "host" or _is_address(words[0])):
            continue
        words = words[1:] if words[0] == "host" else words
        words = words[1:] if words[:1] == ["ipv6"] else words
        if words:
            servers.append(_server(words, level))
            context.provenance.note(f"logging.servers.{words[0]}", line)
    return servers


def _is_address(word: str) -> bool:
    """Whether a word right after ``logging`` names a host, as old releases write it; settings have no dots and colons."""
    return "." in word or ":" in word


def _server(words: list[str], level: int | None) -> SyslogServer:
    named = word_after(words, "transport")
    transport: Literal["udp", "tcp", "tls"] = "tcp" if named == "tcp" else "tls" if named == "tls" else "udp"
    return SyslogServer(
        name=words[0],
        level=level,
        transport=transport,
        port=number(word_after(words, "port")) or DEFAULT_PORTS[transport],
        vrf=word_after(words, "vrf"),
    )
