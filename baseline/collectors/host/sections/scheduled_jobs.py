"""Cron lines and timers, and who may change what they run."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from baseline.collectors.host.answer import Answer, Line
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.values import mode_digits, permissions
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import ScheduledJob

MOST_JOBS = 500
"""The script prints no more cron lines."""

Programs = dict[str, list[str]]


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``scheduled_jobs``."""
    answer = answers["scheduled_jobs"]
    if refused := _refused(answer):
        return Reading(HostFacts(scheduled_jobs=refused), {"scheduled_jobs": answer.source()})
    programs = {fields[3]: fields for line in answer.output("stat") if len(fields := line.text.split("|", 3)) == 4}
    jobs: dict[str, ScheduledJob] = {}
    sources = {"scheduled_jobs": answer.source()}
    for line, job in _jobs(answer, programs):
        if job.name not in jobs:
            jobs[job.name] = job
            sources[f"scheduled_jobs.{job.name}"] = answer.source(line.number)
    return Reading(HostFacts(scheduled_jobs=list(jobs.values())), sources)


def _refused(answer: Answer) -> Unknown | None:
    crontabs = answer.command("awk crontabs")
    if crontabs is None or crontabs.status != 0 or answer.command("stat programs") is None:
        return Unknown("schedules could not be read")
    if len(crontabs.lines) >= MOST_JOBS:
        return Unknown(f"there are {MOST_JOBS} cron lines or more")
    if not (answer.files_read() or answer.named("absent", "/var/spool/cron") or any(_texts(answer))):
        return Unknown("it was not seen whether there are crontabs")
    return answer.unreadable("/etc/") or answer.unreadable("/var/")


def _texts(answer: Answer) -> Iterator[str]:
    return (line.text for line in answer.output("awk crontabs") if line.text)


def _jobs(answer: Answer, programs: Programs) -> Iterator[tuple[Line, ScheduledJob]]:
    for line in (*answer.output("awk crontabs"), *answer.output("systemctl show timers")):
        fields = line.text.split("|", 3)
        if len(fields) == 4 and fields[0]:
            name, user, schedule, program = fields
            yield (
                line,
                ScheduledJob(
                    name=name,
                    user=user,
                    program=program if program != "?" else Unknown("the command was not understood"),
                    schedule=schedule,
                    replaceable=_replaceable(answer, user, program, programs),
                ),
            )


def _replaceable(answer: Answer, user: str, program: str, programs: Programs) -> Fact[bool | None]:
    """A program is safe when only root and the account may write it and the folders above it: both are trusted with what
    it does.
    """
    if not program.startswith("/"):
        return None
    if program in answer.notes("network"):
        return Unknown(f"{program} lies on a network file system, which is not looked at")
    if program not in programs:
        return Unknown(f"{program} does not exist, or may not be seen")
    above = [str(folder) for folder in PurePosixPath(program).parents if str(folder) in programs]
    states = [_changeable(user, programs[path], folder=path != program) for path in (program, *above)]
    return True if True in states else next((state for state in states if isinstance(state, Unknown)), False)


def _changeable(user: str, fields: list[str], *, folder: bool) -> Fact[bool]:
    """Whether others may write a file, or make and rename files in a folder; not with its sticky bit (stat(2))."""
    owner, group, octal, _ = fields
    mode = mode_digits(octal)
    if mode is None:
        return Unknown(f"not what stat prints: {octal[:20]!r}")
    granted = permissions(mode)
    by_others = granted["other_writable"] or (granted["group_writable"] and group not in {"root", user})
    return owner not in {"root", user} or (by_others and not (folder and int(mode[0]) & 1))


SECTION = ScriptSection(
    name="scheduled_jobs",
    artefact="schedules",
    supplies=("scheduled_jobs",),
    parse=parse,
    maximum_bytes=256 * KILOBYTE,
)
