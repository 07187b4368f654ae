"""Failures over time: when something stopped being met, and how that ended."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from baseline.models.result import Severity, Status
from baseline.store.series import ResultInterval

Ending = Literal["open", "repaired", "waived", "gone"]
"""``repaired``: seen to be met again; ``waived``: accepted; ``gone``: it is not there or not applicable any more."""

_STILL_FAILING = (Status.FAIL, Status.ERROR)
"""What could not be established after a failure never counts as repaired."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One failure of a check on a subject of a target, from when it was first seen.

    ``ends`` is None while it is open. ``found_in`` and ``ended_in`` are runs; the latter is None where nothing was seen
    in its place. ``earlier`` counts the failures of the same subject that were repaired before.
    """

    target: str
    check: str
    subject: str
    severity: Severity
    begins: datetime
    ends: datetime | None
    ending: Ending
    found_in: int
    ended_in: int | None = None
    earlier: int = 0

    def lasted(self, now: datetime) -> timedelta:
        """How long it lasted, or lasts already."""
        return (self.ends or now) - self.begins


def failures_of(intervals: Iterable[ResultInterval], until: datetime) -> list[Failure]:
    """The failures in the intervals of one subject, given in order of time; all begin before ``until``.

    A hole between intervals ends a failure: the subject was not there.
    """
    found: list[Failure] = []
    current: Failure | None = None
    previous: ResultInterval | None = None
    for interval in intervals:
        if current and (interval.status not in _STILL_FAILING or _hole(previous, interval)):
            found.append(_ended(current, previous, interval))
            current = None
        if interval.status is Status.FAIL and current is None:
            current = _begun(interval, sum(each.ending == "repaired" for each in found))
        previous = interval
    if current is None or previous is None:
        return found
    if previous.valid_to is None or previous.valid_to >= until:
        return [*found, current]
    return [*found, _closed(current, previous.valid_to, "gone", None)]


def _begun(interval: ResultInterval, earlier: int) -> Failure:
    return Failure(
        target=interval.target,
        check=interval.check,
        subject=interval.subject,
        severity=interval.severity,
        begins=interval.valid_from,
        ends=None,
        ending="open",
        found_in=interval.first_run,
        earlier=earlier,
    )


def _hole(previous: ResultInterval | None, interval: ResultInterval) -> bool:
    return previous is not None and previous.valid_to != interval.valid_from


def _ended(failure: Failure, previous: ResultInterval | None, following: ResultInterval) -> Failure:
    if previous and previous.valid_to and _hole(previous, following):
        return _closed(failure, previous.valid_to, "gone", None)
    endings: dict[Status, Ending] = {Status.PASS: "repaired", Status.WAIVED: "waived", Status.NOT_APPLICABLE: "gone"}
    return _closed(failure, following.valid_from, endings[following.status], following.first_run)


def _closed(failure: Failure, ends: datetime, ending: Ending, run: int | None) -> Failure:
    return msgspec.structs.replace(failure, ends=ends, ending=ending, ended_in=run)
