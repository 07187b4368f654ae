"""What differs between the verdicts on a target at two moments."""

from collections.abc import Iterator

from baseline.drift.changes import Change, Direction
from baseline.models.result import Status
from baseline.store.drift_states import Standing, Verdicts

_NOT_MET = {Status.FAIL, Status.WAIVED}
"""A waiver accepts a fail; it does not make it met."""


def verdict_changes(approved: Verdicts, current: Verdicts) -> Iterator[Change]:
    """Checks that were met and are not any more, and back. An error on either side says nothing, so it is no change."""
    versions = {check: standing.version for (check, _), standing in approved.items()}
    for place in sorted(approved.keys() | current.keys()):
        old, new = approved.get(place), current.get(place)
        if place[0] not in versions or Status.ERROR in {each.status for each in (old, new) if each}:
            continue  # a check that nobody held then is not compared
        change = _change(place, old, new, versions[place[0]])
        if change is not None:
            yield change


def hidden_checks(current: Verdicts) -> set[tuple[str, str]]:
    """Checks and subjects that cannot be told now; an empty subject stands for all of a check."""
    return {place for place, standing in current.items() if standing.status == Status.ERROR}


def _change(place: tuple[str, str], old: Standing | None, new: Standing | None, version: int | None) -> Change | None:
    before, after = _word(old), _word(new)
    if before == after or "not met" not in {before, after}:
        return None
    direction: Direction = "worse" if after == "not met" else "better"
    severity = (new or old or Standing("", "", None)).severity
    by_check = new is not None and new.version != version
    return Change(
        kind="verdict",
        place=place,
        name=place[0],
        old=before,
        new=after,
        direction=direction,
        severity=severity,
        by_check=by_check,
    )


def _word(standing: Standing | None) -> str:
    if standing is None:
        return "not there"
    if standing.status in _NOT_MET:
        return "not met"
    return "met" if standing.status == Status.PASS else "does not apply"
