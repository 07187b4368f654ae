"""Back-up software, and when it last ended well."""

from collections.abc import Iterator, Mapping

import msgspec

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.units import Units, read_units
from baseline.collectors.host.values import integer
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import Backup

PROGRAMS = {
    "bacula-fd": "bacula",
    "bareos-fd": "bareos",
    "veeamconfig": "veeam",
    "dsmc": "spectrum-protect",
    "bpbackup": "netbackup",
    "urbackupclientctl": "urbackup",
    "proxmox-backup-client": "proxmox-backup",
    "borgmatic": "borg",
    "borg": "borg",
    "restic": "restic",
    "kopia": "kopia",
    "rsnapshot": "rsnapshot",
    "duply": "duplicity",
    "duplicity": "duplicity",
    "rdiff-backup": "rdiff-backup",
}
"""Programs by product; agents of a back-up server come first."""

UNITS = {
    "bacula": ("bacula-fd.service",),
    "bareos": ("bareos-fd.service", "bareos-filedaemon.service"),
    "veeam": ("veeamservice.service",),
    "spectrum-protect": ("dsmcad.service",),
    "netbackup": ("netbackup.service",),
    "urbackup": ("urbackupclientbackend.service",),
    "networker": ("networker.service",),
    "commvault": ("commvault.service",),
    "acronis": ("acronis_mms.service",),
    "cohesity": ("cohesity-agent.service",),
    "rubrik": ("rubrikagents.service",),
}
"""Units by product, from the vendors' installation guides."""

NO_BACKUPS = frozenset({"dpkg-db-backup.service", "backup-rpmdb.service", "backup-sysconfig.service"})
"""Units of Debian and SLES that copy the lists of packages and settings, and go by the name of back-up."""

SECONDS_A_DAY, MICROSECONDS = 86_400, 1_000_000


class Ended(msgspec.Struct, frozen=True):
    """How the last run of a unit ended, and when, in seconds since 1970."""

    unit: str
    well: bool
    at: int


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``backup``."""
    answer = answers["backup"]
    now = integer(next((line.text for line in answer.output("date")), None), "the time of the host")
    if isinstance(now, Unknown):
        unknown = Backup(**dict.fromkeys(Backup.__struct_fields__, now))
        return Reading(HostFacts(backup=unknown), {"backup": answer.source()})
    units = read_units(answers)
    runs = list(_runs(answer, now))
    product = _product(answer, units)
    backup = Backup(
        product=product,
        active=_active(product, units, answers, runs),
        last_run_succeeded=all(run.well for run in runs) if runs else Unknown("no timer tells how its last run ended"),
        last_success_age_days=_age(answer, runs, now),
    )
    return Reading(HostFacts(backup=backup), {"backup": answer.source()})


def _product(answer: Answer, units: Fact[Units]) -> Fact[str | None]:
    program = next((PROGRAMS[name] for name in PROGRAMS if name in answer.notes("program")), None)
    if isinstance(units, Unknown):
        return program or units
    agent = next((name for name, names in UNITS.items() if units.found(names)), None)
    return agent or program


def _active(
    product: Fact[str | None], units: Fact[Units], answers: Mapping[str, Answer], runs: list[Ended]
) -> Fact[bool]:
    """An agent runs, a timer has run it, or a schedule names the program; or something stamps its success."""
    if isinstance(product, Unknown):
        return product
    if runs or _stamp(answers["backup"]) is not None:
        return True
    if product is None:
        return False
    if not isinstance(units, Unknown) and units.is_active(UNITS.get(product, ())):
        return True
    names = {name for name, made in PROGRAMS.items() if made == product}
    schedules = answers["scheduled_jobs"]
    jobs = (line.text for line in (*schedules.output("awk crontabs"), *schedules.output("systemctl show timers")))
    if any(name in job.rpartition("|")[2] for job in jobs for name in names):
        return True
    return units if isinstance(units, Unknown) else schedules.unreadable("/") or False


def _runs(answer: Answer, now: int) -> Iterator[Ended]:
    """Units that timers start, in microseconds since the kernel started; 0 did not run since (systemd.directives(7))."""
    uptime = integer(next((line.text for line in answer.output("awk uptime")), None))
    for line in answer.output("systemctl show backup"):
        words = line.text.split()
        ended = integer(words[2]) if len(words) == 3 else 0
        if words[:1] and words[0] in NO_BACKUPS:
            continue
        if not isinstance(uptime, Unknown) and not isinstance(ended, Unknown) and ended > 0:
            yield Ended(words[0], words[1] == "success", now - uptime + ended // MICROSECONDS)


def _stamp(answer: Answer) -> int | None:
    """When the last success was marked by touching a file, for what tells nothing by itself."""
    times = (integer(line.text.partition(" ")[0]) for line in answer.output("stat stamps"))
    return next((time for time in times if not isinstance(time, Unknown)), None)


def _age(answer: Answer, runs: list[Ended], now: int) -> Fact[int]:
    times = [run.at for run in runs if run.well]
    if (stamp := _stamp(answer)) is not None:
        times.append(stamp)
    if times:
        return max(now - max(times), 0) // SECONDS_A_DAY
    if runs:
        return Unknown(f"the last run of {runs[0].unit} failed, and earlier ones are not kept")
    return Unknown("no timer or stamp (/var/lib/misc/backup-success) tells when a back-up last ended well")


SECTION = ScriptSection(
    name="backup",
    artefact="backup",
    supplies=("backup",),
    parse=parse,
    reads=("services", "scheduled_jobs"),
    arguments=tuple(PROGRAMS),
)
