"""Logging in a Junos configuration."""

from typing import Literal

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.severities import SEVERITIES
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Configuration, Logging, LogTimestamps, SyslogServer

SYSLOG = "system syslog"
FACILITIES = frozenset(
    [
        "any",
        "authorization",
        "change-log",
        "conflict-log",
        "daemon",
        "dfc",
        "external",
        "firewall",
        "ftp",
        "interactive-commands",
        "kernel",
        "ntp",
        "pfe",
        "security",
        "user",
    ]
)
"""Words that name what is logged (Junos System Log Explorer, "Facilities")."""

WATCHED = ("authorization", "change-log", "interactive-commands")
"""Facilities that tell who logged in and what was changed."""

DEFAULT_PORT = 514
INFORMATIONAL = 6
"""Logins, failed logins, commits and commands are logged at this severity (UI_COMMIT, SSHD_LOGIN_FAILED ...)."""

Transport = Literal["udp", "tcp", "tls"]


def read_logging(context: Context) -> Logging:
    """Everything under ``system syslog``."""
    section = context.at(SYSLOG)
    context.note("logging", section)
    servers = [_server(context, node) for node in context.root.below(f"{SYSLOG} host")]
    console = context.at(f"{SYSLOG} console")
    return Logging(
        enabled=bool(servers) or bool(context.root.below(f"{SYSLOG} file")),
        servers=servers,
        server_level=_weakest(servers),
        buffer_bytes=None,
        buffer_level=None,
        console_level=_least_severe(console) if console else None,
        timestamps=_timestamps(context),
        sequence_numbers=False,
        login_success=_kept(context, "logging.login_success", "authorization"),
        login_failure=_kept(context, "logging.login_failure", "authorization"),
        configuration_changes=_changes(context, "logging.configuration_changes"),
        source_interface=context.value("logging.source_interface", f"{SYSLOG} source-address"),
        dropped_messages=Unknown("Junos does not count messages that were lost"),
    )


def facilities(node: Node) -> dict[str, int | None]:
    """Facility -> least severe message that goes to a destination; None: none do."""
    return {name: SEVERITIES.get(child.words()[0]) for name, child in node.children.items() if _is_facility(child)}


def _is_facility(node: Node) -> bool:
    return bool(node.children) and (node.word in FACILITIES or node.word.startswith("local"))


def _server(context: Context, node: Node) -> SyslogServer:
    context.note(f"logging.servers.{node.word}", node)
    named = node.value("transport")
    transport: Transport = "tcp" if named == "tcp" else "tls" if named == "tls" else "udp"
    unsaid = Unknown("Junos does not tell it")
    return SyslogServer(
        name=node.word,
        level=_level(node),
        transport=transport,
        port=number(node.value("port")) or DEFAULT_PORT,
        vrf=node.value("routing-instance"),
        reachable=unsaid,
        dropped_messages=unsaid,
    )


def _level(node: Node) -> Fact[int | None]:
    """The level of everything together. A host that gets some facilities only has no such level."""
    levels = facilities(node)
    if _is_selective(node):
        return Unknown("it gets messages that `match` picks only; without it, it gets everything")
    if "any" in levels:
        sent = [levels.get(name, levels["any"]) for name in ("any", *WATCHED)]
        known = [level for level in sent if level is not None]
        return min(known) if len(known) == len(sent) else None
    if not levels:
        return None
    return Unknown(f"it gets {', '.join(sorted(levels)[:8])} only; `any` says at which level it gets everything")


def _is_selective(node: Node) -> bool:
    """Whether a text decides which messages go to a destination."""
    return bool({"match", "match-strings"} & node.children.keys())


def _least_severe(node: Node) -> int | None:
    return max((level for level in facilities(node).values() if level is not None), default=None)


def _weakest(servers: list[SyslogServer]) -> Fact[int | None]:
    levels: list[int] = []
    for server in servers:
        if isinstance(server.level, Unknown):
            return server.level
        if server.level is None:
            return None
        levels.append(server.level)
    return min(levels, default=None)


def _timestamps(context: Context) -> LogTimestamps:
    """Lines have a date and time; ``time-format`` adds the year and milliseconds. The zone is in structured data only."""
    path = f"{SYSLOG} time-format"
    node = context.at(path)
    context.note("logging.timestamps", node)
    said = node.words() if node is not None else []
    return LogTimestamps(
        datetime=True,
        milliseconds="millisecond" in said,
        timezone=False,
        year="year" in said,
    )


def _destinations(context: Context) -> list[Node]:
    return [*context.root.below(f"{SYSLOG} file"), *context.root.below(f"{SYSLOG} host")]


def _kept(context: Context, fact: str, *names: str) -> bool:
    """Whether messages of a facility go anywhere at all at the level where these events are."""
    return any(_takes(context, fact, node, names) for node in _destinations(context))


def _takes(context: Context, fact: str, node: Node, names: tuple[str, ...]) -> bool:
    """A level of a facility itself goes before that of ``any`` (Junos System Log Explorer, "Facilities")."""
    levels = {} if _is_selective(node) else facilities(node)
    for name in names:
        said = name if name in levels else "any"
        if (levels.get(said) or 0) >= INFORMATIONAL:
            context.note(fact, node.children.get(said))
            return True
    return False


def _changes(context: Context, fact: str) -> bool:
    return _kept(context, fact, "interactive-commands", "change-log")


def read_change_log(context: Context) -> Configuration:
    """The facts of ``configuration`` that the log and archival settings tell."""
    fact = "configuration.change_log_to_syslog"
    names = ("interactive-commands", "change-log")
    hosts = context.root.below(f"{SYSLOG} host")
    archive = "system archival configuration"
    automatic = [
        context.has("configuration.automatic_download", path)
        for path in ("chassis auto-image-upgrade", "system phone-home", "system autoinstallation")
    ]
    return Configuration(
        change_log_enabled=_changes(context, "configuration.change_log_enabled"),
        change_log_to_syslog=any(_takes(context, fact, node, names) for node in hosts),
        archive_configured=context.has("configuration.archive_configured", f"{archive} archive-sites"),
        archive_on_save=context.has("configuration.archive_on_save", f"{archive} transfer-on-commit"),
        automatic_download=any(automatic),
        saved_matches_running=True,
    )
