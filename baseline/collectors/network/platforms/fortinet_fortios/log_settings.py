"""Logging in a FortiOS configuration."""

from typing import Literal

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.numbers import UNSPECIFIED, number
from baseline.collectors.network.platforms.fortinet_fortios.context import Context
from baseline.collectors.network.severities import SEVERITIES
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, Logging, LogTimestamps, SyslogServer

SYSLOG = ("syslogd", "syslogd2", "syslogd3", "syslogd4")
ANALYZER = ("fortianalyzer", "fortianalyzer2", "fortianalyzer3", "fortianalyzer-cloud")
DEFAULT_PORT = 514
NOT_TOLD = "no command that is asked tells it"
Transport = Literal["udp", "tcp", "tls"]


def read_logging(context: Context) -> Logging:
    """Receivers (syslog and FortiAnalyzer), the log in memory, and what is logged at all."""
    servers = [_syslog(context, name) for name in SYSLOG if _on(context, name)]
    servers += [_analyzer(context, name) for name in ANALYZER if _on(context, name)]
    events = _events(context)
    memory = context.shared_setting("logging.buffer_bytes", "log memory setting", "status")
    size, level = _memory(context, memory)
    context.note("logging", *(context.shared.table(f"log {name} setting") for name in (*SYSLOG, *ANALYZER)))
    return Logging(
        enabled=_enabled(context, servers, memory),
        servers=servers,
        server_level=_weakest(servers),
        buffer_bytes=size,
        buffer_level=level,
        console_level=None,
        timestamps=LogTimestamps(datetime=True, year=True, timezone=True, milliseconds=Unknown(_FRACTIONS)),
        sequence_numbers=Unknown("FortiOS numbers logs per kind (`logid`), not per message"),
        login_success=events,
        login_failure=events,
        configuration_changes=events,
        source_interface=_source(context),
        dropped_messages=Unknown(NOT_TOLD),
    )


_FRACTIONS = "`eventtime` holds fractions of a second from 6.2 on, and how many differs per release"


def _on(context: Context, name: str) -> bool:
    return context.shared.table(f"log {name} setting").value("status") == "enable"


def _enabled(context: Context, servers: list[SyslogServer], memory: str | Unknown) -> Fact[bool]:
    """Whether anything keeps logs; what models do without being told differs."""
    disk = any(table.value("status") == "enable" for _, table in context.tables("log disk setting"))
    if servers or memory == "enable" or disk:
        return True
    return memory if isinstance(memory, Unknown) else False


def _syslog(context: Context, name: str) -> SyslogServer:
    """``mode reliable`` is syslog over TCP, with TLS when an encryption level is set (CLI Reference, ``log syslogd``)."""
    block = context.shared.table(f"log {name} setting")
    reliable = block.value("mode") in {"reliable", "legacy-reliable"}
    encrypted = (block.value("enc-algorithm") or "disable") != "disable"
    transport: Transport = "udp" if not reliable else "tls" if encrypted else "tcp"
    return _server(context, name, block, transport, "information")


def _analyzer(context: Context, name: str) -> SyslogServer:
    """FortiAnalyzer's own protocol is TCP with TLS unless ``enc-algorithm`` is disabled; the cloud is always encrypted."""
    block = context.shared.table(f"log {name} setting")
    plain = block.value("enc-algorithm") == "disable"
    return _server(context, name, block, "tcp" if plain else "tls", "information")


def _server(context: Context, name: str, block: Block, transport: Transport, silent: str) -> SyslogServer:
    address = block.value("server") or name
    context.note(f"logging.servers.{address}", block, context.shared.table(f"log {name} filter"))
    level = context.shared_setting(f"logging.servers.{address}.level", f"log {name} filter", "severity", silent)
    return SyslogServer(
        name=address,
        level=level if isinstance(level, Unknown) else SEVERITIES.get(level),
        transport=transport,
        port=number(block.value("port")) or DEFAULT_PORT,
        vrf=None,
        reachable=Unknown(NOT_TOLD),
        dropped_messages=Unknown(NOT_TOLD),
    )


def _weakest(servers: list[SyslogServer]) -> Fact[int | None]:
    levels: list[int] = []
    for server in servers:
        if isinstance(server.level, Unknown):
            return server.level
        levels += [] if server.level is None else [server.level]
    return min(levels, default=None)


def _memory(context: Context, status: str | Unknown) -> tuple[Fact[int | None], Fact[int | None]]:
    """Whether memory is logged to is off or on by model, so silence is unknown."""
    if isinstance(status, Unknown):
        return status, status
    if status != "enable":
        return None, None
    level = context.shared_setting("logging.buffer_level", "log memory filter", "severity", "information")
    size = context.shared_setting("logging.buffer_bytes", "log memory global-setting", "max-size")
    return (
        size if isinstance(size, Unknown) else number(size),
        level if isinstance(level, Unknown) else SEVERITIES.get(level),
    )


def _events(context: Context) -> Fact[bool]:
    """Logins and configuration changes are system events; both switches are on by default (CLI Reference)."""
    fact = "logging.configuration_changes"
    tables = [table for _, table in context.tables("log eventfilter")] or [Block("log eventfilter", 0)]
    for table in tables:
        for name in ("event", "system"):
            value = context.setting(fact, table, name, "enable")
            if value != "enable":
                return value if isinstance(value, Unknown) else False
    return True


def _source(context: Context) -> str | None:
    for name in (*SYSLOG, *ANALYZER):
        source = context.shared.table(f"log {name} setting").value("source-ip")
        if source and source != UNSPECIFIED:
            return source
    return None


def read_changes(context: Context) -> Configuration:
    """The facts of ``configuration`` that the settings tell."""
    events = _events(context)
    receivers = any(_on(context, name) for name in (*SYSLOG, *ANALYZER))
    saved = context.shared_setting("configuration.saved_matches_running", "system global", "cfg-save", "automatic")
    downloads = [
        context.switch("configuration.automatic_download", "system auto-install", f"auto-install-{kind}")
        for kind in ("config", "image")
    ]
    unsure = next((one for one in downloads if isinstance(one, Unknown)), None)
    unsaved = Unknown("`set cfg-save` is not automatic, so changes may stand unsaved; the device does not tell")
    silent = Unknown("FortiOS tells it in its event log only")
    return Configuration(
        last_changed_at=silent,
        last_changed_by=silent,
        saved_at=silent,
        saved_matches_running=saved if isinstance(saved, Unknown) else saved == "automatic" or unsaved,
        change_log_enabled=events,
        change_log_hides_keys=Unknown("FortiOS has no setting for it: look at the event log itself"),
        change_log_to_syslog=events if isinstance(events, Unknown) else events and receivers,
        archive_configured=Unknown("FortiOS has no setting for it that is read here; backups are made from outside"),
        archive_on_save=context.switch(
            "configuration.archive_on_save", "system global", "revision-backup-on-logout", "disable"
        ),
        automatic_download=True if True in downloads else unsure or False,
    )
