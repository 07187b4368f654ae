"""System logging: journald, the syslog service, and where lines are sent."""

from collections.abc import Mapping
from typing import Literal

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.log_targets import journal_targets, rsyslog_targets, syslog_ng_targets
from baseline.collectors.host.sections.units import is_active, read_units
from baseline.collectors.host.values import one_of, yes_no
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import Logging, LogTarget

Storage = Literal["persistent", "volatile", "auto", "none"]
SyslogService = Literal["rsyslog", "syslog-ng", "sysklogd", "busybox"]
PROGRAMS: dict[str, SyslogService] = {"rsyslogd": "rsyslog", "syslog-ng": "syslog-ng"}
JOURNALD = ("/etc/systemd/journald.conf", "/run/systemd/journald.conf", "/usr/lib/systemd/journald.conf")


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``logging``."""
    answer = answers["logging"]
    units = read_units(answers)
    service = next((PROGRAMS[note] for note in answer.notes("syslog") if note in PROGRAMS), None)
    storage = _storage(answer)
    logging = Logging(
        journal_storage=storage,
        journal_persistent=_persistent(answer, storage),
        journal_forwarded=_forwarded(answer, storage),
        syslog_service=service,
        syslog_active=is_active(units, [f"{service}.service"]) if service else False,
        remote_targets=_targets(answer),
    )
    return Reading(HostFacts(logging=logging), {"logging": answer.source()})


def _journald(answer: Answer, key: str) -> str | None:
    """The last file that sets a key wins; drop-ins come after the main file (journald.conf(5))."""
    found: dict[str, str] = {}
    for start in JOURNALD:
        for setting in answer.settings(start):
            name, equals, value = setting.text.partition("=")
            if equals and name.strip() == key:
                found[setting.path] = value.strip()
    main = found.pop("/etc/systemd/journald.conf", None)
    return next((found[path] for path in sorted(found, key=lambda path: path.rpartition("/")[2], reverse=True)), main)


def _storage(answer: Answer) -> Fact[Storage | None]:
    if answer.missing("journald"):
        return None
    if not answer.notes("journald"):
        return Unknown("it could not be seen whether journald is installed")
    refused = next((refused for start in JOURNALD if (refused := answer.unreadable(start))), None)
    return refused or one_of(_journald(answer, "Storage") or "auto", Storage)


def _persistent(answer: Answer, storage: Fact[Storage | None]) -> Fact[bool]:
    if isinstance(storage, Unknown):
        return storage
    return storage == "persistent" or (storage == "auto" and bool(answer.notes("journal")))


def _forwarded(answer: Answer, storage: Fact[Storage | None]) -> Fact[bool]:
    """On unless switched off before systemd 235 only; now off, but a syslog service reads the journal by itself."""
    if isinstance(storage, Unknown):
        return storage
    said = _journald(answer, "ForwardToSyslog")
    return yes_no(said) if said is not None else False


def _targets(answer: Answer) -> Fact[list[LogTarget]]:
    refused = answer.unreadable("/etc/rsyslog") or answer.unreadable("/etc/syslog-ng")
    if refused:
        return refused
    if not answer.notes("syslog") and not answer.notes("journald") and not answer.missing("journald"):
        return Unknown("no logging configuration could be read")
    targets = [
        *rsyslog_targets(answer.settings("/etc/rsyslog")),
        *syslog_ng_targets(answer.settings("/etc/syslog-ng")),
        *journal_targets(answer.settings("/etc/systemd/journal-upload")),
    ]
    return list({target.name: target for target in targets}.values())


SECTION = ScriptSection(
    name="logging",
    artefact="logging",
    supplies=("logging",),
    parse=parse,
    reads=("services",),
)
