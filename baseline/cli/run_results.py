"""The results of one run, as its report needs them."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from baseline.models.result import Result, Status
from baseline.store.records import ResultFilter
from baseline.store.store import Store

UNMET = (Status.FAIL, Status.ERROR, Status.WAIVED)
"""What a report names one by one; the rest is counted."""


class RunResults:
    """Read from the store each time they are gone through, so that they never stand in memory together.

    The store must be open still.
    """

    def __init__(self, store: Store, run: int) -> None:
        self._store, self._run = store, run

    def __iter__(self) -> Iterator[Result]:
        """Every result, ordered by target, check and subject."""
        return self._store.current_results(ResultFilter(run=self._run))

    def unmet(self) -> Iterator[Result]:
        """Those that are not met, could not be checked or are waived, in the same order."""
        return self._store.current_results(ResultFilter(run=self._run, statuses=UNMET))

    @cached_property
    def numbers(self) -> dict[tuple[str, Status], int]:
        """Check and status -> how many."""
        counts = self._store.counts(("check", "status"), ResultFilter(run=self._run))
        return {(str(count.group[0]), Status(str(count.group[1]))): count.number for count in counts}

    @cached_property
    def statuses(self) -> Counter[Status]:
        """Status -> how many."""
        statuses: Counter[Status] = Counter()
        for (_, status), number in self.numbers.items():
            statuses[status] += number
        return statuses
