"""The store as a source of metrics."""

from collections.abc import Callable, Iterator
from datetime import datetime

from baseline.assess.coverage import DOMAIN_OF_KIND
from baseline.exporters.prometheus.family import Family
from baseline.exporters.prometheus.known import Known, holding
from baseline.exporters.prometheus.results import DETAIL_LIMIT, families
from baseline.exporters.prometheus.runs import run_families
from baseline.exporters.prometheus.standing import Standing
from baseline.exporters.prometheus.tally import tally
from baseline.exporters.prometheus.terms import term_families
from baseline.store.store import Store


class StoreSource:
    """What stands, and how runs went. ``known`` gives the content as it is now."""

    name = "store"

    def __init__(self, store: Store, known: Callable[[], Known], limit: int = DETAIL_LIMIT) -> None:
        self._store, self._known, self._limit = store, known, limit
        self._standing = Standing()

    def families(self) -> Iterator[Family]:
        """The metrics as they are now.

        Raises:
            BaselineError: the store or the content cannot be read.
        """
        known = self._known()
        view = self._standing.read(self._store)
        today = datetime.now().astimezone().date()
        counted = tally(view, DOMAIN_OF_KIND, None if known.waivers is None else holding(known.waivers, today))
        yield from families(view, counted, known, self._limit)
        yield from term_families(known, counted)
        yield from run_families(self._store)
