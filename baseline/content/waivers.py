"""Reads the waivers that stand beside an inventory."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from baseline.content.document import load_document
from baseline.content.reading import Reading
from baseline.models.errors import ContentError, Problem
from baseline.models.waiver import Waiver

FILE_NAME = "waivers.yml"
"""The file in an inventory's folder that holds its waivers."""
LONGEST_TERM = timedelta(days=366)
"""A waiver ends within a year, so that somebody decides again (BIO2 v1.3, part 1, paragraph 13)."""

_KEYS = (
    "id",
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
    "starts",
    "ends",
)
_NEVER = date(1970, 1, 1)


def waiver_files(inventories: Iterable[Path]) -> list[Path]:
    """The waiver files that stand beside these inventories, each once."""
    folders = [path if path.is_dir() else path.parent for path in inventories]
    return list(dict.fromkeys(file for folder in folders if (file := folder / FILE_NAME).is_file()))


def load_waivers(files: Iterable[Path]) -> tuple[Waiver, ...]:
    """All waivers in these files, expired ones included.

    Raises:
        ContentError: a waiver lacks something or contradicts itself; it holds every problem.
    """
    problems: list[Problem] = []
    waivers = [waiver for file in files for waiver in _read_file(file, problems)]
    if problems:
        raise ContentError(problems)
    return tuple(waivers)


def _read_file(path: Path, problems: list[Problem]) -> list[Waiver]:
    document = load_document(path, problems)
    if document is None or document.data is None:
        return []
    reading = Reading(document, problems)
    reading.only(("waivers",))
    waivers = [_waiver(item) for item in reading.mappings("waivers")]
    seen: set[str] = set()
    for index, waiver in enumerate(waivers):
        if waiver.id in seen:
            reading.report(("waivers", index, "id"), f"the id '{waiver.id}' is used twice")
        seen.add(waiver.id)
    return waivers


def _waiver(reading: Reading) -> Waiver:
    reading.only(_KEYS)
    waiver = Waiver(
        id=reading.text("id", required=True),
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
        starts=_day(reading, "starts"),
        ends=_day(reading, "ends"),
    )
    _contradictions(reading, waiver)
    return waiver


def _day(reading: Reading, key: str) -> date:
    text = reading.text(key, required=True)
    if not text:
        return _NEVER
    try:
        return date.fromisoformat(text)
    except ValueError:
        reading.report((key,), f"'{text}' is not a date", "write it as 2027-01-31")
        return _NEVER


def _contradictions(reading: Reading, waiver: Waiver) -> None:
    if waiver.approver and waiver.approver.casefold() == waiver.requester.casefold():
        reading.report(("approver",), "the approver is the requester", "somebody else approves")
    if _NEVER in (waiver.starts, waiver.ends):
        return
    if waiver.ends < waiver.starts:
        reading.report(("ends",), "ends before it starts")
    elif waiver.ends - waiver.starts > LONGEST_TERM:
        reading.report(("ends",), "is longer than a year", "let it end sooner and decide again then")
