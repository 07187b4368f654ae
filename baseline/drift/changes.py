"""Changes of a target since its approved state, and how they come and go without flapping."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["verdict", "fact", "line"]
Direction = Literal["worse", "better", "other"]


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is otherwise than approved.

    ``place`` says what: check and subject; the fact's fields and items; or the sections of a configuration and a line.
    ``name`` is the place without what differs between alike targets and items, for grouping. A line has ``old`` when it is
    missing and ``new`` when it was added. ``by_check`` says that the check itself changed, not the target.
    """

    kind: Kind
    place: tuple[str, ...]
    name: str
    old: str = ""
    new: str = ""
    direction: Direction = "other"
    severity: str = ""
    by_check: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two changes the same, whatever the value is now."""
        return (self.kind, *self.place)


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change with its history: when it was first seen, in how many runs, and since how many it is gone.

    ``hidden`` says that the last run could not tell. ``confirmed`` is what counts as drift.
    """

    change: Change
    first_seen: datetime
    runs: int = 1
    absent: int = 0
    hidden: bool = False
    confirmed: bool = False


def advance(
    seen: Iterable[Seen],
    present: Iterable[Change],
    is_hidden: Callable[[Change], bool],
    moment: datetime,
    hold: int,
) -> list[Seen]:
    """The changes after one more run, in which ``present`` was seen.

    A change counts once it was seen in ``hold`` runs without one between that did not show it, and goes once ``hold`` runs
    in a row did not show it. A run that could not tell counts neither way.
    """
    now = {change.key: change for change in present}
    kept: list[Seen] = []
    for each in seen:
        change = now.pop(each.change.key, None)
        after = _after(each, change, hold) if change or not is_hidden(each.change) else _hidden(each)
        kept += [after] if after else []
    return kept + [
        Seen(change=change, first_seen=moment, confirmed=hold <= 1 and not change.by_check) for change in now.values()
    ]


def repeat(seen: Iterable[Seen], hold: int) -> list[Seen]:
    """The changes after one more run that found everything as the one before."""
    again = (each if each.hidden else _after(each, None if each.absent else each.change, hold) for each in seen)
    return [each for each in again if each]


def _hidden(each: Seen) -> Seen:
    return each if each.hidden else msgspec.structs.replace(each, hidden=True)


def _after(each: Seen, change: Change | None, hold: int) -> Seen | None:
    if change is not None:
        runs = each.runs + 1
        confirmed = (each.confirmed or runs >= hold) and not change.by_check
        return msgspec.structs.replace(each, change=change, runs=runs, absent=0, hidden=False, confirmed=confirmed)
    if not each.confirmed or each.absent + 1 >= hold:
        return None
    return msgspec.structs.replace(each, absent=each.absent + 1, hidden=False)
