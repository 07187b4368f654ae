"""What stands for each target, held in memory between two readings: only summaries that changed are read again."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from baseline.store.store import Store
from baseline.store.summaries import Group
from baseline.store.target_states import TargetState

MET = frozenset({"pass", "not_applicable"})


class Unmet(NamedTuple):
    """Results of a check on a target that are not met: ``number`` subjects."""

    status: str
    severity: str
    waiver: str | None
    check: int
    number: int


class Digested(msgspec.Struct, frozen=True, gc=False):
    """A summary in the form in which it is counted.

    ``met`` maps (severity, status) to a number; ``checks`` holds the numbers of the checks that are met by status, a check
    with three such results three times.
    """

    met: dict[tuple[str, str], int]
    checks: tuple[tuple[str, Sequence[int]], ...]
    unmet: tuple[Unmet, ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The store as it was at ``read_at``. ``met`` counts results that are met by status and number of the check."""

    read_at: datetime
    states: list[TargetState]
    summaries: dict[bytes, Digested]
    checks: dict[int, str]
    met: dict[str, Counter[int]]

    def of(self, state: TargetState) -> Digested:
        """What stands for a target."""
        return NOTHING if state.digest is None else self.summaries[state.digest]


NOTHING = Digested({}, (), ())


class Standing:
    """Reads what stands, again and again."""

    def __init__(self) -> None:
        self._summaries: dict[bytes, Digested] = {}
        self._held: Counter[bytes] = Counter()
        self._met: dict[str, Counter[int]] = {status: Counter() for status in MET}

    def read(self, store: Store) -> View:
        """What stands now; costs little when little changed.

        Raises:
            StoreError: the store cannot be read.
        """
        read_at = datetime.now(UTC)
        found = store.target_states(self._summaries.keys())
        self._summaries |= {digest: _digested(groups) for digest, groups in found.summaries.items()}
        held = Counter(state.digest for state in found.states if state.digest is not None)
        for digest in held.keys() | self._held.keys():
            self._count(self._summaries[digest], held[digest] - self._held[digest])
        self._held = held
        self._summaries = {digest: self._summaries[digest] for digest in held}
        return View(read_at=read_at, states=found.states, summaries=self._summaries, checks=found.checks, met=self._met)

    def _count(self, digested: Digested, times: int) -> None:
        """Add the checks of a summary ``times`` times, or take them away when that is negative."""
        for status, checks in digested.checks if times else ():
            if times == 1:
                self._met[status].update(checks)
            else:
                for check, number in Counter(checks).items():
                    self._met[status][check] += number * times


def _digested(groups: Iterable[Group]) -> Digested:
    met: dict[tuple[str, str], int] = {}
    checks: dict[str, array[int]] = {}
    unmet: list[Unmet] = []
    for group in groups:
        several = group.several.items()
        if group.status in MET:
            met[group.severity, group.status] = len(group.single) + sum(number for _, number in several)
            numbers = checks.setdefault(group.status, array("I"))
            numbers.extend(group.single)
            numbers.extend(check for check, number in several for _ in range(number))
            continue
        place = (group.status, group.severity, group.waiver)
        unmet += [Unmet(*place, check, 1) for check in group.single]
        unmet += [Unmet(*place, check, number) for check, number in several]
    return Digested(met, tuple(checks.items()), tuple(unmet))
