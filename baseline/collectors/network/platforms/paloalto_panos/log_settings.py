"""Logging in a PAN-OS configuration."""

import re
from typing import Literal

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, Logging, LogTimestamps, SyslogServer

LEVELS = {"critical": 2, "high": 3, "medium": 4, "low": 5, "informational": 6}
"""Severity of a system log -> syslog severity (PAN-OS Administrator's Guide, "Syslog Severity")."""

EVERYTHING = "All Logs"
"""The filter that leaves nothing out."""

DEFAULT_PORT = 514
PANORAMA_PORT = 3978
NOT_TOLD = "no command that is asked tells it"
TRANSPORTS: dict[str, Literal["udp", "tcp", "tls"]] = {"udp": "udp", "tcp": "tcp", "ssl": "tls"}
_FILTER = re.compile(r"\(?\s*severity (eq|geq) (\w{3,13})\s*\)?")


def read_logging(context: Context) -> Logging:
    """Syslog servers with the level at which system logs go to them. The firewall always logs on itself."""
    levels = _levels(context)
    servers = [
        _server(context, node, levels.get(profile.word))
        for profile in context.scopes("log-settings syslog")
        for node in profile.below("server")
    ]
    panorama = _panorama(context)
    if panorama is not None and "panorama" in levels:
        servers.append(_manager(context, panorama, levels["panorama"]))
    known = [server.level for server in servers if isinstance(server.level, int)]
    context.note("logging", context.parts.shared.at("log-settings"))
    silent = Unknown(NOT_TOLD)
    return Logging(
        enabled=True,
        servers=servers,
        server_level=min(known, default=None),
        buffer_bytes=None,
        buffer_level=None,
        console_level=None,
        timestamps=LogTimestamps(datetime=True, year=True, milliseconds=Unknown(_FORMAT), timezone=Unknown(_FORMAT)),
        sequence_numbers=True,
        login_success=True,
        login_failure=True,
        configuration_changes=True,
        source_interface=None,
        dropped_messages=silent,
    )


_FORMAT = "the format of each syslog profile decides it"


def _levels(context: Context) -> dict[str, int]:
    """Syslog profile, or ``panorama``, -> least severe system log that goes there."""
    levels: dict[str, int] = {}
    settings = context.parts.shared.at("log-settings system")
    for entry in settings.below("match-list") if settings else ():
        level = _level(entry.value("filter") or EVERYTHING)
        targets = [*entry.values("send-syslog"), *(["panorama"] if entry.value("send-to-panorama") == "yes" else [])]
        for target in targets:
            levels[target] = max(level, levels.get(target, 0))
    for word, level in LEVELS.items():  # until PAN-OS 7.1: a setting per severity
        old = settings.at(word) if settings else None
        profile = old.value("send-syslog using-syslog-setting") if old else None
        if profile:
            levels[profile] = max(level, levels.get(profile, 0))
    return levels


def _level(text: str) -> int:
    """Of a filter by severity its lowest; every other filter that is not ``All Logs`` may leave anything out."""
    if text == EVERYTHING:
        return LEVELS["informational"]
    found = _FILTER.fullmatch(text.strip())
    return LEVELS.get(found[2], 0) if found else 0


def _server(context: Context, node: Node, level: int | None) -> SyslogServer:
    name = node.value("server") or node.word
    context.note(f"logging.servers.{name}", node)
    silent = Unknown(NOT_TOLD)
    return SyslogServer(
        name=name,
        level=level,
        transport=TRANSPORTS.get((node.value("transport") or "UDP").lower(), "udp"),
        port=number(node.value("port")) or DEFAULT_PORT,
        vrf=None,
        reachable=silent,
        dropped_messages=silent,
    )


def panorama_node(context: Context) -> Node | None:
    """Where the firewall names the Panorama that manages it."""
    return context.parts.system.at("panorama") or context.parts.system.at("panorama-server")


def _panorama(context: Context) -> str | None:
    system = context.parts.system
    return system.value("panorama local-panorama panorama-server") or system.value("panorama-server")


def _manager(context: Context, address: str, level: int) -> SyslogServer:
    context.note(f"logging.servers.{address}", panorama_node(context))
    silent = Unknown(NOT_TOLD)
    return SyslogServer(
        name=address,
        level=level,
        transport="tls",
        port=PANORAMA_PORT,
        vrf=None,
        reachable=silent,
        dropped_messages=silent,
    )


def read_changes(context: Context) -> Configuration:
    """Every change is kept in the configuration log; a commit saves what it activates."""
    settings = context.parts.shared.at("log-settings config")
    entries = settings.below("match-list") if settings else []
    whole = [entry for entry in entries if (entry.value("filter") or EVERYTHING) == EVERYTHING]
    sent = [entry for entry in whole if entry.values("send-syslog") or entry.value("send-to-panorama") == "yes"]
    context.note("configuration.change_log_to_syslog", *sent)
    old = settings.value("any send-syslog using-syslog-setting") if settings else None
    by_hand: Fact[bool] = Unknown("backups are made from outside, or by Panorama, which this firewall does not tell")
    return Configuration(
        saved_matches_running=True,
        change_log_enabled=True,
        change_log_hides_keys=Unknown("PAN-OS has no setting for it: look at the configuration log itself"),
        change_log_to_syslog=bool(sent) or old is not None,
        archive_configured=by_hand,
        archive_on_save=by_hand,
        automatic_download=Unknown("bootstrapping happens once, before there is a configuration"),
    )
