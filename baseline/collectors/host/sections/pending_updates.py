"""Updates that wait, by the package lists that are on the host."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.sections.advisories import outdated
from baseline.collectors.host.sections.debian_version import debian_version_order
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import Packages

SUPPLIES = ("packages.pending_updates", "packages.pending_security_updates")

NO_SECURITY = Unknown(
    "no package list on the host is one of security updates: its sources name none, or under another name"
)


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``packages.pending_updates`` and ``packages.pending_security_updates``; pins and holds are not weighed."""
    answer = answers["pending_updates"]
    sources = dict.fromkeys(SUPPLIES, answer.source())
    advisories = answer.command("compare advisories")
    if advisories is not None and advisories.status == 0:
        packages = Packages(
            pending_updates=Unknown("dnf and zypper hosts tell of security updates only"),
            pending_security_updates=outdated(advisories.lines),
        )
        return Reading(HostFacts(packages=packages), sources)
    return Reading(HostFacts(packages=_debian(answer)), sources)


def _debian(answer: Answer) -> Packages:
    """The last line, which counts, tells that nothing waits from that nothing was compared."""
    waiting: dict[str, set[str]] = {"security": set(), "other": set()}
    compared = False
    for line in answer.output("compare package lists"):
        words = line.text.split()
        if len(words) != 4:
            continue
        kind, name, installed, offered = words
        compared |= kind == "compared" and name != "0" and offered == "0"
        if kind in waiting and debian_version_order(offered) > debian_version_order(installed):
            waiting[kind].add(name)
    if not compared:
        reason = _reason(answer)
        return Packages(pending_updates=reason, pending_security_updates=reason)
    without = any(line.text == "no security list" for line in answer.output("compare package lists"))
    return Packages(
        pending_updates=len(waiting["security"] | waiting["other"]),
        pending_security_updates=NO_SECURITY if without else len(waiting["security"]),
    )


def _reason(answer: Answer) -> Unknown:
    if answer.missing("packages"):
        return Unknown("pending updates are read on hosts with apt, dnf, yum or zypper only")
    if answer.named("absent", "updateinfo"):
        return Unknown("there are no security advisories on the host: its sources give none, or were never refreshed")
    if answer.named("absent", "/var/lib/apt/lists"):
        return Unknown(
            "there are no package lists on the host: apt-get update was never run, or its lists were removed"
        )
    return Unknown("the package lists could not be compared")


SECTION = ScriptSection(
    name="pending_updates",
    artefact="package lists",
    supplies=SUPPLIES,
    parse=parse,
    maximum_bytes=1024 * KILOBYTE,
)
