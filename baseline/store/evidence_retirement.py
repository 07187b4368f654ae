"""What the log says of results that were closed outside a run."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from baseline.store.evidence_log import append
from baseline.store.evidence_recording import forget_standing, keys_digests


class Closed(NamedTuple):
    """A result that stood until its target or check was retired."""

    number: int
    target: str
    check: str
    subject: str
    valid_from: datetime


def log_retirement(connection: Connection, at: datetime, closed: Sequence[Closed]) -> None:
    """Commit to which results were closed. ``emptied`` are those that began at that moment or after it."""
    if not closed:
        return
    names = {each.number: each.target for each in closed}
    checks: dict[str, set[str]] = defaultdict(set)
    for each in closed:
        checks[each.target].add(each.check)
    emptied = {(each.target, each.check, each.subject, each.valid_from) for each in closed if each.valid_from >= at}
    forget_standing(connection, sorted(names))
    keys = keys_digests(connection, sorted(names))
    body = {
        "at": at.astimezone(UTC),
        "closed": {target: sorted(each) for target, each in checks.items()},
        "emptied": sorted(emptied),
        "keys": {name: keys.get(number) for number, name in names.items()},
    }
    append(connection, "retirement", body)
