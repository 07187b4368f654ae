"""Everything that metrics are told of."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest

from baseline.exporters.prometheus.collecting import Exposition
from baseline.exporters.prometheus.family import Source
from baseline.exporters.prometheus.results import DETAIL_LIMIT
from baseline.exporters.prometheus.store_source import StoreSource
from baseline.schedule.keeping import Keeper
from baseline.serve.content import Content
from baseline.serve.drift_source import DriftSource
from baseline.serve.evidence_source import EvidenceSource
from baseline.serve.parts import Parts
from baseline.serve.schedule_source import ScheduleSource
from baseline.store.store import Store


def exposition_of(
    store: Store,
    content: Content,
    parts: Parts | None = None,
    *,
    keeper: Keeper | None = None,
    limit: int = DETAIL_LIMIT,
    failed: Callable[[str], None] = lambda _reason: None,
) -> Exposition:
    """Every source; with ``parts``, this process is told of as well, and with ``keeper`` its schedule. ``failed`` gets what went wrong."""
    sources: list[Source] = [
        StoreSource(store, content.known, limit),
        content,
        DriftSource(store),
        EvidenceSource(store),
        ScheduleSource(store, keeper),
    ]
    if parts is None:
        return Exposition(sources, failed)
    process = CollectorRegistry()
    ProcessCollector(registry=process)
    return Exposition([*sources, parts], failed, lambda: generate_latest(process))
