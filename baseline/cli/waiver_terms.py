"""Waivers that ended since the run that applied them: what they covered is not met, whether or not it was asked again."""

from collections.abc import Iterable
from datetime import date

import msgspec

from baseline.models.errors import StoreError
from baseline.models.result import Result, Status
from baseline.models.waiver import Waiver
from baseline.store.run_contents import read_run_contents
from baseline.store.store import Store

WAIVERS = "waivers.json"
"""The waivers that a run was held against, as it keeps them."""
_RUNS = 50
"""Latest runs whose waivers are looked through: those that stand come from one of them, most often from the latest."""


def with_lapsed(found: Iterable[Result], store: Store, day: date) -> list[Result]:
    """The results, in which a waived fail is a fail where its waiver ended before a day.

    One whose waiver no run kept is taken at the word of the run that applied it.
    """
    results = list(found)
    ends = _last_days(store) if any(result.status is Status.WAIVED for result in results) else {}
    return [_result(result, ends.get(result.waiver or ""), day) for result in results]


def _result(result: Result, ended: date | None, day: date) -> Result:
    if result.status is not Status.WAIVED or ended is None or ended >= day:
        return result
    reason = f"waiver {result.waiver} ended on {ended}"
    return msgspec.structs.replace(result, status=Status.FAIL, waiver=None, reason=reason)


def _last_days(store: Store) -> dict[str, date]:
    """The last day of each waiver, as the latest run that knew it kept it."""
    found: dict[str, date] = {}
    read: set[str] = set()
    for run in store.runs(_RUNS):
        with store.evidence.reading() as connection:
            digest = read_run_contents(connection, run.id).get(WAIVERS, "")
        if digest and digest not in read:
            read.add(digest)
            for waiver in _waivers(store, digest):
                found.setdefault(waiver.id, waiver.ends)
    return found


def _waivers(store: Store, digest: str) -> tuple[Waiver, ...]:
    try:
        return msgspec.json.decode(store.artefact(digest), type=tuple[Waiver, ...])
    except StoreError:  # destroyed since
        return ()
