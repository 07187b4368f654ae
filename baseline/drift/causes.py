"""Groups what differs by its cause: changes that appeared on exactly the same targets are one thing that happened."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from baseline.drift.changes import Change, Seen
from baseline.models.result import Severity
from baseline.models.target import Target

DEFAULT_WINDOW = timedelta(days=7)
"""How long a change may stand without approval before it is overdue."""

CONTROLS = ("bio2:8.32.01",)
"""What unapproved change is a deviation from: changes follow a procedure (BIO2 v1.3, measure 8.32.01)."""


_ORDER = {"verdict": 0, "fact": 1, "line": 2}
"""Verdicts come first: they say what is bad about it."""


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to one or more targets.

    ``id`` stays the same while the same changes stand, also when they spread to more targets. ``changes`` are shown once, however
    many targets and items have them. ``since`` is when it was first seen. ``severity`` is that of the worst check that is
    not met because of it; empty when none is.
    """

    id: str
    targets: tuple[str, ...]
    sites: tuple[str, ...]
    owners: tuple[str, ...]
    changes: tuple[Change, ...]
    items: int
    since: datetime
    severity: str

    @property
    def worse(self) -> tuple[Change, ...]:
        """Checks that were met and are not any more."""
        return tuple(change for change in self.changes if change.direction == "worse")

    def is_overdue(self, now: datetime, window: timedelta = DEFAULT_WINDOW) -> bool:
        """Whether it stands unapproved for longer than the window."""
        return now - self.since > window


def causes(drift: Mapping[str, tuple[Seen, ...]], targets: Mapping[str, Target]) -> list[Cause]:
    """What happened, worst and widest first. ``drift`` maps each target to the changes of it that count."""
    places: dict[tuple[str, ...], dict[str, list[Seen]]] = {}
    for name, seen in drift.items():
        for each in seen:
            places.setdefault(_alike(each.change), {}).setdefault(name, []).append(each)
    groups: dict[frozenset[str], list[tuple[str, ...]]] = {}
    for alike, on in places.items():
        groups.setdefault(frozenset(on), []).append(alike)
    found = [
        _cause(names, [each for alike in group for each in _flat(places[alike])], targets)
        for names, group in groups.items()
    ]
    return sorted(found, key=lambda cause: (-_rank(cause.severity), -len(cause.targets), cause.id))


def _alike(change: Change) -> tuple[str, ...]:
    """What makes changes of several targets and items the same."""
    return (change.kind, change.name, change.old, change.new)


def _flat(on: Mapping[str, list[Seen]]) -> list[Seen]:
    return [each for seen in on.values() for each in seen]


def _cause(names: frozenset[str], seen: list[Seen], targets: Mapping[str, Target]) -> Cause:
    alike = {_alike(each.change): each.change for each in seen}
    known = [targets[name] for name in sorted(names) if name in targets]
    worst = max((each.change.severity for each in seen if each.change.direction == "worse"), key=_rank, default="")
    digest = hashlib.blake2b(msgspec.json.encode(sorted(alike)), digest_size=4)
    return Cause(
        id=digest.hexdigest(),
        targets=tuple(sorted(names)),
        sites=tuple(sorted({target.site for target in known if target.site})),
        owners=tuple(sorted({target.owner for target in known if target.owner})),
        changes=tuple(alike[key] for key in sorted(alike, key=lambda key: (_ORDER[key[0]], key))),
        items=len(seen),
        since=min(each.first_seen for each in seen),
        severity=worst,
    )


def _rank(severity: str) -> int:
    return Severity(severity).rank if severity else -1
