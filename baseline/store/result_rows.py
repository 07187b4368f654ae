"""Reads and changes the rows of ``result``, one per interval."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from baseline.store.bulk import batches
from baseline.store.findings import Place
from baseline.store.intervals import Changes, Finding, Interval
from baseline.store.tables import ResultRow

ROWS = 1000
"""Rows that are written at a time."""

FINDING = [getattr(ResultRow, name) for name in Finding._fields]
THIS_ROW = (
    ResultRow.target_id == bindparam("this_target"),
    ResultRow.check_id == bindparam("this_check"),
    ResultRow.subject == bindparam("this_subject"),
    ResultRow.valid_from == bindparam("this_valid_from"),
)


def read_intervals(connection: Connection, targets: Collection[int], since: datetime) -> dict[Place, list[Interval]]:
    """Every interval of these targets that touches ``since`` or later, in order of time."""
    intervals: dict[Place, list[Interval]] = defaultdict(list)
    for some in batches(sorted(targets)):
        query = (
            select(ResultRow.target_id, ResultRow.check_id, ResultRow.subject, ResultRow.valid_from, ResultRow.valid_to)
            .add_columns(*FINDING)
            .where(ResultRow.target_id.in_(some), or_(ResultRow.valid_to.is_(None), ResultRow.valid_to >= since))
            .order_by(ResultRow.valid_from)
        )
        for target, check, subject, start, end, *finding in connection.execute(query):
            intervals[Place(target, check, subject)].append(Interval(start, end, Finding(*finding)))
    return intervals


def write_changes(connection: Connection, changes: Mapping[Place, Changes]) -> None:
    """Apply changes: rows are removed first, as a row may take the place of one."""
    removed = [_this_row(place, start) for place, each in changes.items() for start in each.removed]
    ended = [
        {**_this_row(place, interval.valid_from), "end": interval.valid_to}
        for place, each in changes.items()
        for interval in each.ended
    ]
    added = [(place, interval) for place, each in changes.items() for interval in each.added]
    if removed:
        connection.execute(delete(ResultRow).where(*THIS_ROW), removed)
    if ended:
        connection.execute(update(ResultRow).where(*THIS_ROW).values(valid_to=bindparam("end")), ended)
    for some in batches(added, ROWS):
        connection.execute(insert(ResultRow), [_row(place, interval) for place, interval in some])


def _this_row(place: Place, start: datetime) -> dict[str, Any]:
    return {
        "this_target": place.target,
        "this_check": place.check,
        "this_subject": place.subject,
        "this_valid_from": start,
    }


def _row(place: Place, interval: Interval) -> dict[str, Any]:
    return {
        "target_id": place.target,
        "check_id": place.check,
        "subject": place.subject,
        "valid_from": interval.valid_from,
        "valid_to": interval.valid_to,
        **interval.finding._asdict(),
    }
