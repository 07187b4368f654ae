"""Messages about drift and about jobs that failed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from baseline.drift.causes import CONTROLS, Cause
from baseline.drift.changes import Change
from baseline.models.schedule import Channel, Job
from baseline.schedule.send import Alert, Message
from baseline.schedule.words import say

MOST_NAMES = 10
MOST_CHANGES = 20


def concerns(channel: Channel, cause: Cause) -> bool:
    """Whether a channel is told of a cause: it has no limit, or one of the targets is within it."""
    owners, sites = set(channel.owners), set(channel.sites)
    return (not owners or bool(owners & set(cause.owners))) and (not sites or bool(sites & set(cause.sites)))


def drift_message(channel: Channel, cause: Cause, *, resolved: bool = False) -> Message:
    """That something differs from the approved state, or does not any more."""
    word = "drift_resolved" if resolved else "drift_new"
    title = say(channel.language, word, targets=_targets(channel, cause))
    return Message(
        subject=f"[baseline] {title}",
        text="\n".join([title, "", *cause_lines(channel, cause)]) + "\n",
        document={
            "kind": "drift",
            "state": "resolved" if resolved else "standing",
            "controls": CONTROLS,
            "cause": msgspec.to_builtins(cause),
        },
        alerts=(_alert(cause, title, "\n".join(cause_lines(channel, cause)), resolved=resolved),),
    )


def _alert(cause: Cause, title: str, text: str, *, resolved: bool) -> Alert:
    labels = {
        "alertname": "BaselineDriftFound",
        "cause": cause.id,
        "severity": cause.severity or "low",
        "owner": cause.owners[0] if len(cause.owners) == 1 else "",
        "site": cause.sites[0] if len(cause.sites) == 1 else "",
        "control": CONTROLS[0],
    }
    return Alert(
        labels={name: value for name, value in labels.items() if value},
        summary=title,
        description=text,
        since=cause.since,
        resolved=resolved,
    )


def cause_lines(channel: Channel, cause: Cause) -> list[str]:
    """What happened, in lines."""
    about = [say(channel.language, "since", moment=local(channel, cause.since))]
    about += [say(channel.language, "sites", names=", ".join(cause.sites))] if cause.sites else []
    about += [say(channel.language, "owners", names=", ".join(cause.owners))] if cause.owners else []
    names = ", ".join(cause.targets[:MOST_NAMES])
    more = len(cause.targets) - MOST_NAMES
    names += f" {say(channel.language, 'more', number=more)}" if more > 0 else ""
    changes = [f"  {_change(change)}" for change in cause.changes[:MOST_CHANGES]]
    left = len(cause.changes) - MOST_CHANGES
    changes += [f"  {say(channel.language, 'more', number=left)}"] if left > 0 else []
    return [names, "; ".join(about), *changes, say(channel.language, "approve", id=cause.id)]


def _change(change: Change) -> str:
    if change.kind == "line":
        return f"{'-' if change.old else '+'} {change.name}"
    return f"{change.name}: {change.old} -> {change.new}"


def _targets(channel: Channel, cause: Cause) -> str:
    if len(cause.targets) == 1:
        return say(channel.language, "one_target", name=cause.targets[0])
    return say(channel.language, "targets", number=len(cause.targets))


def job_message(channel: Channel, job: Job, reason: str, now: datetime) -> Message:
    """That a job failed, with the reason; with none: that it runs again."""
    title = say(channel.language, "job_failed" if reason else "job_recovered", job=job.name)
    labels = {"alertname": "BaselineJobFailed", "job_name": job.name, "severity": "high"}
    return Message(
        subject=f"[baseline] {title}",
        text=f"{title}\n\n{reason}\n",
        document={"kind": "job", "state": "failed" if reason else "recovered", "job": job.name, "reason": reason},
        alerts=(Alert(labels=labels, summary=title, description=reason, since=now, resolved=not reason),),
    )


def local(channel: Channel, moment: datetime) -> str:
    """A moment by the clock of the reader."""
    return f"{moment.astimezone(ZoneInfo(channel.timezone)):%Y-%m-%d %H:%M}"
