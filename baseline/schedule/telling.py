"""Tells each channel what is new to it, once; what did not get through is told the next time."""

import logging
from collections.abc import Iterable
from datetime import datetime

import msgspec

from baseline.drift.causes import Cause, causes
from baseline.drift.watch import update
from baseline.models.schedule import Alertmanager, Channel, Job, Schedule
from baseline.schedule.digest import digest_message, make_digest
from baseline.schedule.messages import concerns, drift_message, job_message
from baseline.schedule.private import without_names
from baseline.schedule.send import Message, NotSentError, send
from baseline.store.store import Store

log = logging.getLogger(__name__)

_STANDS, _GONE = "standing ", "resolved"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """How telling went: messages that got through, and why others did not."""

    sent: int = 0
    failures: tuple[str, ...] = ()


def find_causes(store: Store, schedule: Schedule) -> list[Cause]:
    """What differs from the approved states now, without names of people."""
    watched = update(store, schedule.hold)
    return without_names(store, causes({name: each.drift for name, each in watched.items()}, store.targets()))


def tell(store: Store, schedule: Schedule, job: Job, reason: str, now: datetime) -> Told:
    """Tell what a job brought: drift that is new or gone, and that it failed (``reason``) or runs again."""
    found = find_causes(store, schedule)
    failures: list[str] = []
    sent = 0
    for channel in schedule.channels:
        for subject, state, message in _news(store, channel, found, job, reason, now):
            if _sent(channel, message, now, failures):
                sent += 1
                store.schedule.note(channel.name, subject, state, now)
    return Told(sent=sent, failures=tuple(failures))


def tell_digest(store: Store, schedule: Schedule, channel: Channel, since: datetime, now: datetime) -> Told:
    """Tell a channel what happened since its last digest."""
    told = store.schedule.notices(channel.name).get("digest")
    digest = make_digest(store, channel, find_causes(store, schedule), told[1] if told else since, now)
    failures: list[str] = []
    if not _sent(channel, digest_message(channel, digest, schedule), now, failures):
        return Told(failures=tuple(failures))
    store.schedule.note(channel.name, "digest", "sent", now)
    return Told(sent=1)


def _news(
    store: Store, channel: Channel, found: list[Cause], job: Job, reason: str, now: datetime
) -> Iterable[tuple[str, str, Message]]:
    notices = store.schedule.notices(channel.name)
    known = {subject: _cause(state) for subject, (state, _) in notices.items() if state.startswith(_STANDS)}
    theirs = {f"drift {cause.id}": cause for cause in found if concerns(channel, cause)}
    for subject, cause in theirs.items():
        yield from _about_cause(channel, subject, cause, known.get(subject))
    for subject in known.keys() - theirs.keys():
        yield subject, _GONE, drift_message(channel, known[subject], resolved=True)
    yield from _about_job(notices, channel, job, reason, now)


def _about_cause(
    channel: Channel, subject: str, cause: Cause, known: Cause | None
) -> Iterable[tuple[str, str, Message]]:
    """Alertmanager forgets what is not sent again, and knows an alert by its labels; everybody else is told once."""
    repeats = isinstance(channel.means, Alertmanager)
    message = drift_message(channel, cause)
    if known and repeats:
        before = drift_message(channel, known, resolved=True)
        if before.alerts[0].labels != message.alerts[0].labels:
            yield subject, _GONE, before
    if known is None or repeats:
        yield subject, _STANDS + msgspec.json.encode(cause).decode(), message


def _cause(state: str) -> Cause:
    """The cause as it was told."""
    return msgspec.json.decode(state.removeprefix(_STANDS), type=Cause)


def _about_job(
    known: dict[str, tuple[str, datetime]], channel: Channel, job: Job, reason: str, now: datetime
) -> Iterable[tuple[str, str, Message]]:
    subject = f"job {job.name}"
    failed_before = known.get(subject, ("", now))[0] == "failed"
    if reason and (not failed_before or isinstance(channel.means, Alertmanager)):
        yield subject, "failed", job_message(channel, job, reason, now)
    elif failed_before and not reason:
        yield subject, "recovered", job_message(channel, job, "", now)


def _sent(channel: Channel, message: Message, now: datetime, failures: list[str]) -> bool:
    try:
        send(channel.means, message, now)
    except NotSentError as error:
        failures.append(f"{channel.name}: {error}")
        log.error("%s was not told: %s", channel.name, error)  # noqa: TRY400 - the reason says it all
        return False
    return True
