"""Which subjects results were ever about."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from baseline.store.bulk import batches
from baseline.store.tables import CheckRow, ResultRow, TargetRow


def read_subjects(connection: Connection, checks: Collection[str]) -> dict[str, set[str]]:
    """Target -> subjects of all its results of these checks, over all time; results about a target itself have none."""
    found: dict[str, set[str]] = {}
    for some in batches(sorted(checks)):
        query = (
            select(TargetRow.name, ResultRow.subject)
            .join(TargetRow, TargetRow.id == ResultRow.target_id)
            .join(CheckRow, CheckRow.id == ResultRow.check_id)
            .where(CheckRow.name.in_(some), ResultRow.subject != "")
            .distinct()
        )
        for target, subject in connection.execute(query):
            found.setdefault(target, set()).add(subject)
    return found
