"""Texts shown at login, and what happens to core dumps."""

from collections.abc import Mapping
from typing import Literal

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.values import one_of
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import Banners, CoreDumps

Storage = Literal["none", "external", "journal"]

ESCAPES = ("\\m", "\\r", "\\s", "\\v", "\\S", "\\n", "\\o")
"""agetty(8) replaces these by machine, kernel release, system, version, os-release and host names."""
SYSTEMS = ("debian", "ubuntu", "red hat", "rocky", "almalinux", "suse", "centos", "fedora", "kernel")
PATTERN = "/proc/sys/kernel/core_pattern"


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``banners`` and ``core_dumps``."""
    answer = answers["login_environment"]
    issue, issue_net, motd = (_text(answer, f"/etc/{name}") for name in ("issue", "issue.net", "motd"))
    facts = HostFacts(
        banners=Banners(issue=issue, issue_net=issue_net, motd=motd, discloses_system=_discloses(issue, issue_net)),
        core_dumps=CoreDumps(
            pattern=_text(answer, PATTERN),
            storage=_storage(answer),
            limited_to_zero=_limited(answer),
        ),
    )
    return Reading(facts, {"banners": answer.source(), "core_dumps": answer.source()})


def _text(answer: Answer, path: str) -> Fact[str | None]:
    text = answer.file(path)
    if text is not None:
        return text[:4000]
    if answer.named("absent", path):
        return None
    return answer.unreadable(path) or Unknown(f"{path} could not be read")


def _discloses(*texts: Fact[str | None]) -> Fact[bool]:
    """What is known to disclose decides, even when another text is unknown."""
    known = [text for text in texts if isinstance(text, str)]
    if any(escape in text for text in known for escape in ESCAPES):
        return True
    if any(system in text.lower() for text in known for system in SYSTEMS):
        return True
    return next((text for text in texts if isinstance(text, Unknown)), False)


def _storage(answer: Answer) -> Fact[Storage | None]:
    """systemd-coredump is in use when the kernel pipes to it; external is its default (coredump.conf(5))."""
    pattern = _text(answer, PATTERN)
    if isinstance(pattern, Unknown):
        return pattern
    if pattern is None or "systemd-coredump" not in pattern:
        return None
    if refused := answer.unreadable("/etc/systemd/coredump.conf"):
        return refused
    found = "external"
    for setting in answer.settings():
        key, _, value = setting.text.partition("=")
        if "coredump.conf" in setting.path and key.strip() == "Storage":
            found = value.strip()
    return one_of(found, Storage)


def _limited(answer: Answer) -> Fact[bool]:
    """A line for everyone (``*``) that sets the hard limit, or both (``-``), to 0 (limits.conf(5))."""
    if refused := answer.unreadable("/etc/security/limits"):
        return refused
    if not any("limits" in path for path in answer.files_read()):
        return Unknown("/etc/security/limits.conf could not be read")
    words = (setting.text.split() for setting in answer.settings("/etc/security/limits"))
    rules = [
        line for line in words if len(line) == 4 and line[0] == "*" and line[1] in {"hard", "-"} and line[2] == "core"
    ]
    return bool(rules) and rules[-1][3] == "0"


SECTION = ScriptSection(
    name="login_environment", artefact="login environment", supplies=("banners", "core_dumps"), parse=parse
)
