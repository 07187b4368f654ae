"""Reads the waivers that stand beside an inventory."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import cast, get_args
from unicodedata import normalize

from baseline.content.beside_inventory import files_beside
from baseline.content.catalogue import Catalogue
from baseline.content.document import load_document
from baseline.content.reading import NO_DAY, Reading
from baseline.models.check import Check
from baseline.models.errors import ContentError, Problem
from baseline.models.pattern import fits
from baseline.models.waiver import FollowUp, Waiver, WaiverKind

FILE_NAME = "waivers.yml"
"""The file in an inventory's folder that holds its waivers."""
LONGEST_TERM = timedelta(days=366)
"""A waiver ends within a year, so that somebody decides again (BIO2 v1.3, part 1, paragraph 13)."""

GovernmentMeasures = Mapping[str, tuple[str, ...]]
"""Check id -> the BIO2 government measures that it answers; checks that answer none are absent."""

_KEYS = (
    "id",
    "kind",
    "checks",
    "targets",
    "subjects",
    "owner",
    "requester",
    "approver",
    "ciso_advice",
    "reason",
    "risk_reference",
    "compensating_measure",
    "follow_up",
    "starts",
    "ends",
)


def waiver_files(inventories: Iterable[Path]) -> list[Path]:
    """The waiver files that stand beside these inventories, each once."""
    return files_beside(inventories, FILE_NAME)


def government_measures(checks: Iterable[Check], catalogue: Catalogue) -> GovernmentMeasures:
    """Which checks answer a BIO2 government measure that is in force; a moved one counts at its new place."""
    found = {
        check.id: tuple(
            identifier
            for identifier in catalogue.closure(check.controls)
            if (control := catalogue.controls.get(identifier)) and control.norm == "bio2" and control.in_force
        )
        for check in checks
    }
    return {check: measures for check, measures in found.items() if measures}


def load_waivers(files: Iterable[Path], measures: GovernmentMeasures) -> tuple[Waiver, ...]:
    """All waivers in these files, expired ones included.

    Raises:
        ContentError: a waiver lacks something, contradicts itself, or accepts the risk of a BIO2 government measure
            (BIO2 v1.3, part 1, paragraph 12); it holds every problem.
    """
    problems: list[Problem] = []
    seen: set[str] = set()
    waivers = [waiver for file in files for waiver in _read_file(file, measures, seen, problems)]
    if problems:
        raise ContentError(problems)
    return tuple(waivers)


def _read_file(path: Path, measures: GovernmentMeasures, seen: set[str], problems: list[Problem]) -> list[Waiver]:
    document = load_document(path, problems)
    if document is None or document.data is None:
        return []
    reading = Reading(document, problems)
    reading.only(("waivers",))
    waivers = []
    for item in reading.mappings("waivers"):
        waiver = _waiver(item)
        _refuse_accepted_measures(item, waiver, measures)
        if waiver.id in seen:
            item.report(("id",), f"the id '{waiver.id}' is used twice")
        seen.add(waiver.id)
        waivers.append(waiver)
    return waivers


def _waiver(reading: Reading) -> Waiver:
    reading.only(_KEYS)
    waiver = Waiver(
        id=reading.text("id", required=True),
        kind=cast("WaiverKind", reading.choice("kind", get_args(WaiverKind)) or "risk_accepted"),
        checks=reading.texts("checks", required=True),
        targets=reading.texts("targets", required=True),
        subjects=reading.texts("subjects"),
        owner=reading.text("owner", required=True),
        requester=reading.text("requester", required=True),
        approver=reading.text("approver", required=True),
        ciso_advice=reading.text("ciso_advice", required=True),
        reason=reading.text("reason", required=True),
        risk_reference=reading.text("risk_reference", required=True),
        compensating_measure=reading.text("compensating_measure"),
        follow_up=_follow_up(reading),
        starts=reading.day("starts", required=True),
        ends=reading.day("ends", required=True),
    )
    _contradictions(reading, waiver)
    return waiver


def _follow_up(reading: Reading) -> FollowUp | None:
    block = reading.mapping("follow_up")
    if block is None:
        return None
    block.only(("action", "owner", "due"))
    return FollowUp(
        action=block.text("action", required=True),
        owner=block.text("owner", required=True),
        due=block.day("due", required=True),
    )


def _contradictions(reading: Reading, waiver: Waiver) -> None:
    if waiver.approver and _person(waiver.approver) == _person(waiver.requester):
        reading.report(("approver",), "the approver is the requester", "somebody else approves")
    if _is_everything(waiver.checks) and _is_everything(waiver.targets):
        reading.report(("checks",), "waives every check on every target", "name the checks, or the targets")
    if waiver.kind == "temporary" and waiver.follow_up is None:
        reading.report(("kind",), "is temporary and has no 'follow_up'", "say its action, owner and due date")
    if NO_DAY in (waiver.starts, waiver.ends):
        return
    if waiver.ends < waiver.starts:
        reading.report(("ends",), "ends before it starts")
    elif waiver.ends - waiver.starts > LONGEST_TERM:
        reading.report(("ends",), "is longer than a year", "let it end sooner and decide again then")
    due = waiver.follow_up.due if waiver.follow_up else NO_DAY
    if due > waiver.ends:
        reading.report(("follow_up", "due"), "is after the waiver ends", "repair it before the waiver ends")


def _person(name: str) -> str:
    """The letters and digits of a name, however it is spaced, pointed or encoded."""
    return "".join(letter for letter in normalize("NFKC", name).casefold() if letter.isalnum())


def _is_everything(patterns: tuple[str, ...]) -> bool:
    return any(pattern and not pattern.strip("*?") for pattern in patterns)


def _refuse_accepted_measures(reading: Reading, waiver: Waiver, measures: GovernmentMeasures) -> None:
    """Refuse to accept the risk of a government measure."""
    if waiver.kind != "risk_accepted":
        return
    for index, pattern in enumerate(waiver.checks):
        found = next((check for check in sorted(measures) if fits(check, (pattern,))), None)
        if found is not None:
            names = ", ".join(measures[found])
            what = f"'{pattern}'" if pattern == found else f"'{pattern}' (such as '{found}')"
            reading.report(
                ("checks", index) if isinstance(reading.data.get("checks"), list) else ("checks",),
                f"{what} answers government measure {names}, whose risk cannot be accepted",
                "kind: cannot_apply, or temporary with a follow_up",
            )
