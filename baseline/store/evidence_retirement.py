"""What the log says of results that were closed outside a run."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from baseline.store.evidence_log import append
from baseline.store.evidence_recording import forget_standing, keys_digests


class Closed(NamedTuple):
    """A check on a target, of which results stood until one of the two was retired."""

    number: int
    target: str
    check: str


def log_retirement(
    connection: Connection, at: datetime, closed: Sequence[Closed], later: Mapping[str, datetime]
) -> None:
    """Commit to which results were closed; ``later`` is when, for targets that were seen after ``at``."""
    if not closed:
        return
    names = {each.number: each.target for each in closed}
    checks: dict[str, set[str]] = defaultdict(set)
    for each in closed:
        checks[each.target].add(each.check)
    forget_standing(connection, sorted(names))
    keys = keys_digests(connection, sorted(names))
    body = {
        "at": at.astimezone(UTC),
        "closed": {target: sorted(each) for target, each in checks.items()},
        "keys": {name: keys.get(number) for number, name in names.items()},
        "later": dict(later),
    }
    append(connection, "retirement", body)
