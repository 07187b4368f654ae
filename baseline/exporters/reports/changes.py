"""What changed since a day, such as the last audit: results, checks, targets, waivers and statements."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby

import msgspec

from baseline.exporters.reports.document import (
    Block,
    Cell,
    Column,
    Conclusion,
    Document,
    Heading,
    Mark,
    Table,
    Tile,
    Tiles,
    Tone,
)
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.parts import make_document, severity_text
from baseline.exporters.reports.waiver_table import waivers_of_norm
from baseline.models.result import Severity, Status
from baseline.store.series import ResultInterval
from baseline.store.store import Store

_WORDS: dict[Status | None, tuple[str, str, Tone]] = {
    Status.PASS: ("voldoet", "met", "good"),
    Status.FAIL: ("voldoet niet", "not met", "bad"),
    Status.ERROR: ("niet vast te stellen", "not established", "doubt"),
    Status.WAIVED: ("geaccepteerd", "accepted", "doubt"),
    Status.NOT_APPLICABLE: ("niet van toepassing", "not applicable", "quiet"),
    None: ("niet gemeten", "not measured", "quiet"),
}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One subject whose status at the end is not that of the beginning."""

    target: str
    check: str
    subject: str
    severity: Severity
    was: Status | None
    now: Status | None
    since: date


class Versions(msgspec.Struct, frozen=True):
    """Checks that are new, changed or gone between the run before the period and its last run."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def changes_of(material: Material) -> list[Change]:
    """Every subject that stands otherwise than at the beginning, the worst first."""
    found = []
    for series in material.series.checks.values():
        ordered = sorted(series.intervals, key=lambda each: (each.target, each.subject, each.valid_from))
        for _, some in groupby(ordered, key=lambda each: (each.target, each.subject)):
            change = _change(list(some), material)
            if change:
                found.append(change)
    return sorted(found, key=lambda each: (-each.severity.rank, each.check, each.target, each.subject))


def _change(intervals: list[ResultInterval], material: Material) -> Change | None:
    begins, ends = material.period.begins, material.period.ends
    first, last = intervals[0], intervals[-1]
    was = first.status if first.valid_from < begins else None
    gone = last.valid_to is not None and last.valid_to < ends
    now = None if gone else last.status
    if was == now:
        return None
    since = last.valid_to if gone and last.valid_to else last.valid_from
    return Change(
        target=last.target,
        check=last.check,
        subject=last.subject,
        severity=last.severity,
        was=was,
        now=now,
        since=since.date(),
    )


def check_versions(store: Store, material: Material) -> Versions:
    """Compare the checks of the last run before the period with those of its last run."""
    begins = material.period.begins
    earlier = [run.id for run in store.runs(10_000) if run.id < (material.runs[0] if material.runs else 0)]
    if not earlier or not material.runs or not store.series.assessed_before(begins):
        return Versions()
    before = {each.id: each.digest for each in store.run_checks(max(earlier))}
    after = {each.id: each.digest for each in store.run_checks(material.runs[-1])}
    return Versions(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def changes_report(material: Material, versions: Versions) -> Document:
    """What is worse, what is better, and what was decided or altered meanwhile."""
    say = material.say
    changes = changes_of(material)
    worse = [each for each in changes if each.now in (Status.FAIL, Status.ERROR)]
    better = [
        each for each in changes if each.now is Status.PASS and each.was in (Status.FAIL, Status.ERROR, Status.WAIVED)
    ]
    other = [each for each in changes if each not in worse and each not in better]
    moved = Counter(each.ending for account in material.accounts for each in set(account.failures))
    first = say.day(material.period.first)
    blocks: list[Block] = [
        Conclusion(*_answer(material, worse, better, first)),
        Tiles(
            (
                Tile(str(len(worse)), say("slechter dan toen", "worse than then"), "bad" if worse else "plain"),
                Tile(str(len(better)), say("beter dan toen", "better than then"), "good"),
                Tile(str(moved["repaired"]), say("afwijkingen hersteld", "deviations repaired"), "good"),
                Tile(
                    str(len(versions.added) + len(versions.changed) + len(versions.gone)),
                    say("gewijzigde controles", "changed checks"),
                    "plain",
                ),
            )
        ),
        Heading(1, say("Resultaten", "Results")),
        _table(
            material,
            "worse",
            say("Slechter: voldoet niet of is niet vast te stellen", "Worse: not met, or not established"),
            worse,
        ),
        _table(material, "better", say("Beter: voldoet weer", "Better: met again"), better),
        _table(
            material,
            "other",
            say(
                "Overig: nieuw, vervallen, geaccepteerd of niet van toepassing",
                "Other: new, gone, accepted or not applicable",
            ),
            _grouped(other),
        ),
        Heading(1, say("Besluiten, objecten en controles", "Decisions, targets and checks")),
        _events_table(material, versions),
    ]
    title = say(f"Wijzigingen sinds {first}", f"Changes since {first}")
    return make_document(material, "CHANGES", title, blocks, main_table="worse")


def _answer(material: Material, worse: list[Change], better: list[Change], first: str) -> tuple[str, Tone]:
    say = material.say
    text = say(
        f"Sinds {first} zijn {len(worse)} resultaten slechter en {len(better)} beter geworden.",
        f"Since {first} {len(worse)} results became worse and {len(better)} better.",
    )
    return text, "bad" if worse else "good"


def _grouped(changes: Iterable[Change]) -> list[Change]:
    """Other changes of one target in one line per status, as a new target brings hundreds."""
    groups: dict[tuple[str, Status | None, Status | None], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.target, change.was, change.now), []).append(change)
    return [
        some[0]
        if len(some) == 1
        else msgspec.structs.replace(
            some[0], check=f"{len(some)} x", subject="", since=min(each.since for each in some)
        )
        for _, some in sorted(groups.items(), key=lambda item: (item[0][0], str(item[0][1]), str(item[0][2])))
    ]


def _table(material: Material, name: str, title: str, changes: list[Change]) -> Table:
    say = material.say
    columns = (
        Column(say("Ernst", "Severity"), 0.8),
        Column(say("Controle", "Check"), 2.6),
        Column(say("Object", "Target"), 2.2),
        Column(say("Was", "Was"), 1.5),
        Column(say("Is nu", "Is now"), 1.5),
        Column(say("Sinds", "Since"), 1.0),
    )
    rows = tuple(_row(change, material) for change in changes)
    return Table(name, title, columns, rows, say("Geen.", "None."))


def _row(change: Change, material: Material) -> tuple[Cell, ...]:
    say = material.say

    def mark(status: Status | None) -> Mark:
        dutch, english, tone = _WORDS[status]
        return Mark(say(dutch, english), tone)

    place = change.target + (f" - {change.subject}" if change.subject else "")
    severity = severity_text(change.severity.value, say)
    return (severity, change.check, place, mark(change.was), mark(change.now), change.since.isoformat())


def _events_table(material: Material, versions: Versions) -> Table:
    say, period = material.say, material.period
    events: list[tuple[str, str, str]] = []
    for waiver in waivers_of_norm(material):
        if period.first <= waiver.starts <= period.last:
            events.append(
                (
                    waiver.starts.isoformat(),
                    say("afwijking geaccepteerd", "deviation accepted"),
                    f"{waiver.id}: {waiver.reason} ({waiver.approver})",
                )
            )
        if period.first <= waiver.ends < material.request.day:
            events.append((waiver.ends.isoformat(), say("afwijking verlopen", "waiver expired"), waiver.id))
    for each in material.decisions.attestations:
        if period.first <= each.signed_on <= period.last:
            events.append(
                (
                    each.signed_on.isoformat(),
                    say("verklaring afgegeven", "statement made"),
                    f"{each.id}: {each.control} ({each.signer})",
                )
            )
        if period.first <= each.valid_until < material.request.day:
            events.append(
                (
                    each.valid_until.isoformat(),
                    say("verklaring verlopen", "statement expired"),
                    f"{each.id}: {each.control}",
                )
            )
    last = material.period.last.isoformat()
    events += [(last, say("controle toegevoegd", "check added"), name) for name in versions.added]
    events += [(last, say("controle gewijzigd", "check changed"), name) for name in versions.changed]
    events += [(last, say("controle vervallen", "check gone"), name) for name in versions.gone]
    columns = (
        Column(say("Uiterlijk op", "By"), 1),
        Column(say("Wat", "What"), 1.6),
        Column(say("Toelichting", "Explanation"), 4),
    )
    title = say("Besluiten en wijzigingen", "Decisions and changes")
    return Table("events", title, columns, tuple(sorted(events)), say("Geen.", "None."))
