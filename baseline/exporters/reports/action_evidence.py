"""What shows each deviation and each repair: runs, artefacts and tickets."""

import msgspec

from baseline.exporters.reports.document import Column, Table
from baseline.exporters.reports.failures import Failure
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.parts import severity_text
from baseline.exporters.reports.priority import priority_of, score_of
from baseline.models.result import Result
from baseline.store.store import Store

Place = tuple[str, str, str]
"""Target, check and subject."""


class Evidence(msgspec.Struct, frozen=True):
    """What shows a failure and its repair: artefacts by digest, and the ticket of the latest repair."""

    failing: dict[Place, Result]
    repaired: dict[Place, Result]
    tickets: dict[tuple[str, str], str]


def read_evidence(store: Store, material: Material) -> Evidence:
    """Read from the store what shows each failure, and each repair."""
    failing: dict[Place, Result] = {}
    repaired: dict[Place, Result] = {}
    for failure in all_failures(material):
        place = (failure.target, failure.check, failure.subject)
        for period in store.history(*place):
            if period.valid_from == failure.ends and failure.ending == "repaired":
                repaired[place] = period.result
            elif (period.valid_to is None or failure.begins < period.valid_to) and (
                failure.ends is None or period.valid_from < failure.ends
            ):
                failing[place] = period.result
    tickets: dict[tuple[str, str], str] = {}
    for record in reversed(store.remediations(1000)):
        for repair in msgspec.convert(record.document.get("repairs", []), list[dict[str, object]]):
            tickets[str(repair.get("check")), str(repair.get("target"))] = record.ticket
    return Evidence(failing, repaired, tickets)


def all_failures(material: Material) -> list[Failure]:
    """Every failure that touches the period, once, oldest first."""
    failures = {failure: None for account in material.accounts for failure in account.failures}
    return sorted(failures, key=lambda each: (each.begins, each.check, each.target, each.subject))


def evidence_table(material: Material, evidence: Evidence) -> Table:
    """Every open deviation, with the run and the artefact that show it."""
    say = material.say
    columns = (
        Column(say("Prio", "Prio"), 0.6, numeric=True),
        Column(say("Ernst", "Severity"), 0.8),
        Column(say("Controle", "Check"), 2.4),
        Column(say("Object", "Target"), 2),
        Column(say("Sinds (meting)", "Since (run)"), 1.3),
        Column(say("Eerder hersteld", "Repaired before"), 1.1, numeric=True),
        Column(say("Bewijs (SHA-256)", "Evidence (SHA-256)"), 1.6, mono=True),
    )
    rows = [
        (priority_of(score_of(each, material.targets[each.target])), each)
        for each in all_failures(material)
        if each.ending == "open"
    ]
    rows.sort(key=lambda row: (row[0], row[1].begins, row[1].check, row[1].target, row[1].subject))
    cells = tuple(
        (
            priority,
            severity_text(each.severity.value, say),
            each.check,
            _place(each),
            f"{each.begins.date()} ({each.found_in})",
            each.earlier,
            _artefacts(evidence.failing.get((each.target, each.check, each.subject))),
        )
        for priority, each in rows
    )
    return Table("evidence", say("Openstaande afwijkingen", "Open deviations"), columns, cells, say("Geen.", "None."))


def repaired_table(material: Material, evidence: Evidence) -> Table:
    """Every deviation that was repaired, with the run and the artefact that show that."""
    say = material.say
    columns = (
        Column(say("Controle", "Check"), 2.4),
        Column(say("Object", "Target"), 1.9),
        Column(say("Van (meting)", "From (run)"), 1.3),
        Column(say("Tot (meting)", "To (run)"), 1.3),
        Column(say("Hersteltijd", "Time to repair"), 1.1),
        Column(say("Bewijs van herstel", "Proof of repair"), 1.6, mono=True),
        Column(say("Melding", "Ticket"), 1),
    )
    repaired = [each for each in all_failures(material) if each.ending == "repaired" and each.ends]
    rows = tuple(
        (
            each.check,
            _place(each),
            f"{each.begins.date()} ({each.found_in})",
            f"{each.ends.date() if each.ends else '-'} ({each.ended_in})",
            say.duration(each.lasted(material.period.ends)),
            _artefacts(evidence.repaired.get((each.target, each.check, each.subject))),
            evidence.tickets.get((each.check, each.target), "-"),
        )
        for each in repaired
    )
    title = say("Hersteld, met bewijs", "Repaired, with proof")
    return Table(
        "repaired", title, columns, rows, say("In de periode is niets hersteld.", "Nothing was repaired in the period.")
    )


def _place(failure: Failure) -> str:
    return failure.target + (f" - {failure.subject}" if failure.subject else "")


def _artefacts(result: Result | None) -> str:
    digests = sorted(set(result.artefacts.values())) if result else []
    return ", ".join(digest[:12] for digest in digests[:2]) or "-"
