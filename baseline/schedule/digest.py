"""The digest: what a person should know of the time since the last one, on one screen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from baseline.drift.causes import Cause
from baseline.models.result import Severity, Status
from baseline.models.schedule import Channel, Schedule
from baseline.models.target import Target
from baseline.schedule.messages import cause_lines, concerns, local
from baseline.schedule.send import Message
from baseline.schedule.words import say
from baseline.store.records import ResultFilter
from baseline.store.slots import Slot
from baseline.store.store import Store

MOST_ROWS = 15
NOT_MET = (Status.FAIL, Status.ERROR)


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A result that was met and is not any more, or the other way round."""

    target: str
    owner: str
    check: str
    subjects: int
    severity: Severity
    worse: bool


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What happened from ``since`` until ``until``, to the targets of one channel."""

    since: datetime
    until: datetime
    targets: int
    reached: int
    never_reached: tuple[str, ...]
    counts: dict[str, int]
    turns: tuple[Turn, ...]
    causes: tuple[Cause, ...]
    slots: tuple[Slot, ...]

    @property
    def is_calm(self) -> bool:
        """Whether there is nothing that anybody must do."""
        return not (self.turns or self.causes or self.slots)


def make_digest(store: Store, channel: Channel, causes: Iterable[Cause], since: datetime, until: datetime) -> Digest:
    """Gather what happened."""
    targets = {name: target for name, target in store.targets().items() if _theirs(channel, target)}
    asked = [each for each in store.series.assessments(since, until) if each.target in targets]
    before = store.series.assessed_before(until)
    where = ResultFilter(owners=channel.owners, sites=channel.sites)
    counts = Counter({str(each.group[0]): each.number for each in store.counts(["status"], where)})
    return Digest(
        since=since,
        until=until,
        targets=len(targets),
        reached=len({each.target for each in asked if each.reached}),
        never_reached=tuple(sorted(targets.keys() - before)),
        counts=dict(counts),
        turns=tuple(_turns(store, targets, since, until)),
        causes=tuple(cause for cause in causes if concerns(channel, cause)),
        slots=tuple(
            slot
            for slot in reversed(store.schedule.slots(200))
            if slot.due >= since and slot.state in {"failed", "missed", "lost"}
        ),
    )


def _theirs(channel: Channel, target: Target) -> bool:
    return (not channel.owners or target.owner in channel.owners) and (
        not channel.sites or target.site in channel.sites
    )


def _turns(store: Store, targets: dict[str, Target], since: datetime, until: datetime) -> list[Turn]:
    """What turned, worst first; subjects of one check on one target are counted."""
    ways: dict[tuple[str, str, bool], list[Severity]] = {}
    previous: dict[tuple[str, str, str], Status] = {}
    for each in store.series.intervals(since, until):
        place = (each.target, each.check, each.subject)
        old = previous.get(place)
        previous[place] = each.status
        if each.target not in targets or each.valid_from < since or old is None:
            continue
        if (old in NOT_MET) != (each.status in NOT_MET) and Status.ERROR not in {old, each.status}:
            ways.setdefault((each.target, each.check, each.status in NOT_MET), []).append(each.severity)
    turns = [
        Turn(
            target=target,
            owner=targets[target].owner or "",
            check=check,
            subjects=len(severities),
            severity=max(severities, key=lambda severity: severity.rank),
            worse=worse,
        )
        for (target, check, worse), severities in ways.items()
    ]
    return sorted(turns, key=lambda turn: (not turn.worse, turn.owner, -turn.severity.rank, turn.check, turn.target))


def digest_message(channel: Channel, digest: Digest, schedule: Schedule) -> Message:
    """The digest as a message."""
    worse = sum(turn.worse for turn in digest.turns)
    words = channel.language
    summary = say(words, "calm") if digest.is_calm else say(words, "news", worse=worse, drift=len(digest.causes))
    title = say(words, "digest", summary=summary)
    return Message(
        subject=f"[baseline] {title}",
        text="\n".join([title, "", *_lines(channel, digest, schedule)]) + "\n",
        document={"kind": "digest", **msgspec.to_builtins(digest)},
    )


def _lines(channel: Channel, digest: Digest, schedule: Schedule) -> Iterator[str]:
    words = channel.language
    counts = {status: digest.counts.get(status, 0) for status in Status}
    yield say(words, "assessed", reached=digest.reached, all=digest.targets)
    yield say(
        words,
        "results",
        fail=counts[Status.FAIL],
        error=counts[Status.ERROR],
        waived=counts[Status.WAIVED],
        passed=counts[Status.PASS],
    )
    if digest.never_reached:
        yield say(words, "never", names=", ".join(_some(digest.never_reached, channel)))
    moment = local(channel, digest.since)
    yield from _turn_lines(channel, say(words, "worse", moment=moment), [turn for turn in digest.turns if turn.worse])
    yield from _cause_lines(channel, digest, timedelta(days=schedule.window_days))
    yield from _turn_lines(
        channel, say(words, "better", moment=moment), [turn for turn in digest.turns if not turn.worse]
    )
    yield from _slot_lines(channel, digest.slots)
    if digest.is_calm:
        yield ""
        yield say(words, "nothing")


def _turn_lines(channel: Channel, heading: str, turns: Sequence[Turn]) -> Iterator[str]:
    if not turns:
        return
    yield from ("", heading)
    owner = None
    for turn in turns[:MOST_ROWS]:
        if turn.owner != owner:
            owner = turn.owner
            yield f"  {owner or say(channel.language, 'no_owner')}"
        times = f" ({turn.subjects}x)" if turn.subjects > 1 else ""
        yield f"    {turn.severity:<8}  {turn.target}: {turn.check}{times}"
    if len(turns) > MOST_ROWS:
        yield f"    {say(channel.language, 'more', number=len(turns) - MOST_ROWS)}"


def _cause_lines(channel: Channel, digest: Digest, window: timedelta) -> Iterator[str]:
    if not digest.causes:
        return
    yield from ("", say(channel.language, "drift_standing"))
    for cause in digest.causes[:MOST_ROWS]:
        first, *rest = cause_lines(channel, cause)
        late = cause.is_overdue(digest.until, window)
        note = f" ({say(channel.language, 'overdue', days=window.days)})" if late else ""
        yield f"  {first}{note}"
        yield from (f"    {line}" for line in rest)
    if len(digest.causes) > MOST_ROWS:
        yield f"  {say(channel.language, 'more', number=len(digest.causes) - MOST_ROWS)}"


def _slot_lines(channel: Channel, slots: Sequence[Slot]) -> Iterator[str]:
    if not slots:
        return
    yield from ("", say(channel.language, "jobs"))
    for slot in slots[:MOST_ROWS]:
        reason = f": {slot.reason}" if slot.reason else ""
        yield f"  {slot.job} {local(channel, slot.due)} {say(channel.language, slot.state)}{reason}"
    if len(slots) > MOST_ROWS:
        yield f"  {say(channel.language, 'more', number=len(slots) - MOST_ROWS)}"


def _some(names: Sequence[str], channel: Channel) -> list[str]:
    more = [say(channel.language, "more", number=len(names) - MOST_ROWS)] if len(names) > MOST_ROWS else []
    return [*names[:MOST_ROWS], *more]
