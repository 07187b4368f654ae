"""Everything that metrics are told of."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest

from baseline.exporters.prometheus.collecting import Exposition
from baseline.exporters.prometheus.family import Source
from baseline.exporters.prometheus.results import DETAIL_LIMIT
from baseline.exporters.prometheus.store_source import StoreSource
from baseline.serve.content import Content
from baseline.serve.parts import Parts
from baseline.store.store import Store


def exposition_of(
    store: Store,
    content: Content,
    parts: Parts | None = None,
    *,
    limit: int = DETAIL_LIMIT,
    failed: Callable[[str], None] = lambda _reason: None,
) -> Exposition:
    """Every source; with ``parts``, this process is told of as well. ``failed`` gets what went wrong."""
    sources: list[Source] = [StoreSource(store, content.known, limit), content]
    if parts is None:
        return Exposition(sources, failed)
    process = CollectorRegistry()
    ProcessCollector(registry=process)
    return Exposition([*sources, parts], failed, lambda: generate_latest(process))
