"""Where rsyslog, syslog-ng and journald send log lines."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from baseline.collectors.host.answer import Setting
from baseline.collectors.host.values import integer
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host_protection import LogTarget

Transport = Literal["udp", "tcp", "tls", "relp", "https"]

SHORT = re.compile(r"(?:^|\s)(@{1,2})(?:\([^)]*\))?(\[[^\]]+\]|[^\s:;\[\]]+)(?::(\d{1,5}))?(?:;\S*)?\s*$")
RELP = re.compile(r":omrelp:(\[[^\]]+\]|[^\s:;]+)(?::(\d{1,5}))?")
ACTION = re.compile(r"\baction\s*\(([^)]{0,4000})\)", re.IGNORECASE)
PARAMETER = re.compile(r'([A-Za-z.]{2,40})\s*=\s*"([^"]{0,300})"')
DESTINATION = re.compile(r"\b(network|syslog|tcp6?|udp6?)\s*\(\s*\"?([A-Za-z0-9.:-]{1,253})\"?([^{}]{0,2000}?)\)\s*;")
OPTION = re.compile(r'\b(port|transport)\s*\(\s*"?([A-Za-z0-9-]{1,40})"?\s*\)')
ADDRESS = re.compile(r"^(https?)://([^/:\s]+|\[[^\]]+\])(?::(\d{1,5}))?")
MOST_CHARACTERS = 200_000


def rsyslog_targets(settings: Iterable[Setting]) -> Iterator[LogTarget]:
    """Both ways of writing: ``*.* @@host:port`` and ``action(type="omfwd" ...)`` (rsyslog.conf(5))."""
    texts = [setting.text for setting in settings]
    lowered = "\n".join(texts).lower()[:MOST_CHARACTERS]
    encrypted = bool(re.search(r"\$actionsendstreamdrivermode\s+1", lowered))
    for text in texts:
        if match := SHORT.search(text):
            transport: Transport = "udp" if match[1] == "@" else "tls" if encrypted else "tcp"
            yield _target(transport, match[2], match[3] or "514")
        elif match := RELP.search(text):
            yield _target("relp", match[1], match[2] or "2514")
    for action in ACTION.finditer("\n".join(texts)[:MOST_CHARACTERS]):
        parameters = {name.lower(): value for name, value in PARAMETER.findall(action[1])}
        if target := _action(parameters):
            yield target


def _action(parameters: dict[str, str]) -> LogTarget | None:
    kind, host = parameters.get("type", "").lower(), parameters.get("target", "")
    if not host or kind not in {"omfwd", "omrelp"}:
        return None
    if kind == "omrelp":
        return _target("tls" if parameters.get("tls") == "on" else "relp", host, parameters.get("port", "2514"))
    encrypted = parameters.get("streamdrivermode") == "1"
    plain: Transport = "tcp" if parameters.get("protocol", "udp").lower() == "tcp" else "udp"
    return _target("tls" if encrypted else plain, host, parameters.get("port", "514"))


def syslog_ng_targets(settings: Iterable[Setting]) -> Iterator[LogTarget]:
    """``network()``, ``syslog()``, ``tcp()`` and ``udp()`` in destinations (syslog-ng.conf(5))."""
    text = "\n".join(setting.text for setting in settings)[:MOST_CHARACTERS]
    for block in text.split("destination")[1:]:
        for match in DESTINATION.finditer(block.split("};")[0] + ";"):
            options = dict(OPTION.findall(match[3]))
            named = options.get("transport", "tcp" if match[1] in {"network", "syslog"} else match[1].rstrip("6"))
            transport: Transport = "tls" if "tls" in named else "udp" if named == "udp" else "tcp"
            yield _target(transport, match[2], options.get("port", "514"))


def journal_targets(settings: Iterable[Setting]) -> Iterator[LogTarget]:
    """``URL=`` of systemd-journal-upload (journal-upload.conf(5))."""
    for setting in settings:
        key, _, value = setting.text.partition("=")
        if key.strip() == "URL" and (match := ADDRESS.match(value.strip())):
            yield _target("https" if match[1] == "https" else "tcp", match[2], match[3] or "19532")


def _target(transport: Transport, host: str, port: str) -> LogTarget:
    host = host.strip("[]")
    number = integer(port, "a port")
    shown = "?" if isinstance(number, Unknown) else number
    return LogTarget(name=f"{transport}/{host}/{shown}", host=host, port=number, transport=transport)
