"""Results over time: how one observation changes the periods of one subject.

An observation at ``at`` tells what holds from ``at`` until the next observation of that check on that target
(``until``; None when there is none yet). Most come in order; a late one (two runs at once) splits what is there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class Finding(NamedTuple):
    """A result without its place and time. Texts are numbers of rows in ``detail``."""

    status: str
    severity: str
    expected_id: int
    observed_id: int
    reason_id: int | None
    waiver: str | None
    sources_id: int | None
    artefacts_id: int | None
    first_run: int

    def says_the_same(self, other: "Finding") -> bool:
        """Whether nothing material differs: where it was read, and by which run, is not material."""
        return self[:6] == other[:6]


class Interval(NamedTuple):
    """A finding that holds from ``valid_from`` until just before ``valid_to`` (None: it stands)."""

    valid_from: datetime
    valid_to: datetime | None
    finding: Finding


class Changes(NamedTuple):
    """What to do with the rows of one subject, each known by its ``valid_from``."""

    added: Sequence[Interval] = ()
    ended: Sequence[Interval] = ()
    removed: Sequence[datetime] = ()


NOTHING = Changes()


def observe(
    standing: Sequence[Interval], finding: Finding | None, at: datetime, until: datetime | None = None
) -> Changes:
    """What an observation changes in the intervals of one subject, given in order of time.

    ``finding`` None: the subject was not seen. ``standing`` holds at least every interval that touches ``at`` or later.
    """
    if not standing and finding is not None:
        return Changes(added=[Interval(at, until, finding)])
    if until is None and finding is not None and standing[-1].valid_to is None:
        last = standing[-1]
        if last.valid_from <= at and last.finding.says_the_same(finding):
            return NOTHING
    return _difference(standing, _merged(_timeline(standing, finding, at, until), finding))


def _timeline(
    standing: Sequence[Interval], finding: Finding | None, at: datetime, until: datetime | None
) -> list[Interval]:
    before = [_ending(interval, at) for interval in standing if interval.valid_from < at]
    now = [] if finding is None else [Interval(at, until, finding)]
    after = [] if until is None else [_starting(each, until) for each in standing if _reaches_beyond(each, until)]
    return before + now + after


def _ending(interval: Interval, at: datetime) -> Interval:
    return interval if interval.valid_to is not None and interval.valid_to < at else interval._replace(valid_to=at)


def _starting(interval: Interval, at: datetime) -> Interval:
    return interval if interval.valid_from > at else interval._replace(valid_from=at)


def _reaches_beyond(interval: Interval, moment: datetime) -> bool:
    return interval.valid_to is None or interval.valid_to > moment


def _merged(timeline: list[Interval], new: Finding | None) -> list[Interval]:
    """The same timeline, where neighbours that say the same are one.

    What an earlier run found is never given to a later one that was recorded before it: the log holds that already.
    """
    merged: list[Interval] = []
    for interval in timeline:
        previous = merged[-1] if merged else None
        if (
            previous
            and previous.valid_to == interval.valid_from
            and _continues(previous.finding, interval.finding, new)
        ):
            merged[-1] = previous._replace(valid_to=interval.valid_to)
        else:
            merged.append(interval)
    return merged


def _continues(previous: Finding, finding: Finding, new: Finding | None) -> bool:
    return previous == finding or (finding is new and previous.says_the_same(finding))


def _difference(old: Sequence[Interval], new: Sequence[Interval]) -> Changes:
    was = {interval.valid_from: interval for interval in old}
    will = {interval.valid_from: interval for interval in new}
    same_row = {start for start in was.keys() & will.keys() if was[start].finding == will[start].finding}
    return Changes(
        added=[will[start] for start in sorted(will.keys() - same_row)],
        ended=[will[start] for start in sorted(same_row) if was[start].valid_to != will[start].valid_to],
        removed=sorted(was.keys() - same_row),
    )
