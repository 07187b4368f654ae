"""Which results each scope of imports speaks about, so that what is gone from its next file is closed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, case, delete, exists, func, insert, literal, select, update

from baseline.store.bulk import batches, insert_or_else
from baseline.store.column_types import Moment
from baseline.store.findings import Place
from baseline.store.imported_tables import ImportedFileRow, ImportedPlaceRow
from baseline.store.intervals import Finding, Interval
from baseline.store.result_rows import FINDING
from baseline.store.tables import ResultRow, RunCheckRow


def hold_former_checks(connection: Connection, run: int, scope: str, targets: Collection[int]) -> None:
    """Let a run hold the checks that its scope spoke about before, as they were last, so that it tells they are gone."""
    held = select(RunCheckRow.check_id).where(RunCheckRow.run_id == run)
    for some in batches(sorted(targets)):
        former = (
            select(ImportedPlaceRow.check_id)
            .where(ImportedPlaceRow.scope == scope, ImportedPlaceRow.target_id.in_(some))
            .where(ImportedPlaceRow.check_id.not_in(held))
        )
        last = select(RunCheckRow.check_id, func.max(RunCheckRow.run_id).label("run_id")).where(
            RunCheckRow.check_id.in_(former), RunCheckRow.run_id != run
        )
        latest = last.group_by(RunCheckRow.check_id).subquery()
        same = (RunCheckRow.check_id == latest.c.check_id) & (RunCheckRow.run_id == latest.c.run_id)
        versions = select(literal(run), RunCheckRow.check_id, RunCheckRow.version_id).join(latest, same)
        connection.execute(insert(RunCheckRow).from_select(["run_id", "check_id", "version_id"], versions))


def standing_at(connection: Connection, places: Sequence[Place]) -> dict[Place, Interval]:
    """What stands at these places."""
    subjects: dict[tuple[int, int], list[str]] = defaultdict(list)
    for place in places:
        subjects[place.target, place.check].append(place.subject)
    columns = (ResultRow.subject, ResultRow.valid_from, *FINDING)
    standing: dict[Place, Interval] = {}
    for (target, check), names in subjects.items():
        for some in batches(names):
            rows = connection.execute(
                select(*columns).where(
                    ResultRow.target_id == target,
                    ResultRow.check_id == check,
                    ResultRow.subject.in_(some),
                    ResultRow.valid_to.is_(None),
                )
            )
            for subject, start, *finding in rows:
                standing[Place(target, check, subject)] = Interval(start, None, Finding(*finding))
    return standing


def write_places(connection: Connection, scope: str, file: int, places: Sequence[Place]) -> None:
    """Note that this file is the latest of its scope to speak about these places."""
    if not places:
        return
    statement = insert_or_else(connection, ImportedPlaceRow)
    statement = statement.on_conflict_do_update(
        index_elements=["scope", "target_id", "check_id", "subject"], set_={"file_id": statement.excluded.file_id}
    )
    names = ("target_id", "check_id", "subject")
    rows = [{"scope": scope, "file_id": file, **dict(zip(names, place, strict=True))} for place in sorted(places)]
    connection.execute(statement, rows)


def close_gone(connection: Connection, scope: str, file: int, targets: Collection[int], at: datetime) -> int:
    """Close what this scope spoke about on these targets before, and not in this file; gives how many results.

    A result that another scope speaks about too stays.
    """
    closed = 0
    others = connection.scalars(select(ImportedFileRow.scope).where(ImportedFileRow.scope != scope).distinct()).all()
    end = case((ResultRow.valid_from < at, literal(at, Moment())), else_=ResultRow.valid_from)
    for some in batches(sorted(targets)):
        gone = (
            ImportedPlaceRow.scope == scope,
            ImportedPlaceRow.target_id.in_(some),
            ImportedPlaceRow.file_id != file,
        )
        if not connection.execute(select(func.count()).select_from(ImportedPlaceRow).where(*gone)).scalar_one():
            continue
        same_place = (
            ImportedPlaceRow.target_id == ResultRow.target_id,
            ImportedPlaceRow.check_id == ResultRow.check_id,
            ImportedPlaceRow.subject == ResultRow.subject,
        )
        spoken_of = exists().where(*gone, *same_place).correlate(ResultRow)
        held_by_others = exists().where(ImportedPlaceRow.scope.in_(others), *same_place).correlate(ResultRow)
        standing = (ResultRow.valid_to.is_(None), ResultRow.target_id.in_(some))
        closed += connection.execute(
            update(ResultRow).where(*standing, spoken_of, ~held_by_others).values(valid_to=end)
        ).rowcount
        connection.execute(delete(ImportedPlaceRow).where(*gone))
    return closed
