"""Brings sources to prometheus_client: each tells its metrics, its success and its duration."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

from baseline import __version__
from baseline.exporters.prometheus.family import Family, Source
from baseline.models.errors import BaselineError

log = logging.getLogger(__name__)


class SourcesCollector(Collector):
    """A collector of prometheus_client over sources. Numbers of a source that fails are left out, never told as they were."""

    def __init__(self, sources: Sequence[Source], failed: Callable[[str], None] = lambda _reason: None) -> None:
        self._sources, self._failed = sources, failed

    def collect(self) -> Iterator[Metric]:
        """Every family of every source, and how the sources fared."""
        took: dict[str, float] = {}
        success: dict[str, float] = {}
        for source in self._sources:
            started = time.perf_counter()
            try:
                for family in source.families():
                    yield as_metric(family)
                success[source.name] = 1
            except BaselineError as error:
                success[source.name] = 0
                log.error("metrics of %s cannot be told: %s", source.name, error)  # noqa: TRY400  the reason is enough
                self._failed(f"{source.name}: {error}")
            took[source.name] = time.perf_counter() - started
        yield from map(as_metric, _health(success, took))


def _health(success: dict[str, float], took: dict[str, float]) -> Iterable[Family]:
    yield Family(
        name="baseline_exporter_source_success",
        help="Whether metrics of a source could be told; when not, they are left out.",
        labels=("source",),
        rows=[((name,), value) for name, value in success.items()],
    )
    yield Family(
        name="baseline_exporter_source_duration_seconds",
        help="How long it took to tell the metrics of a source.",
        labels=("source",),
        rows=[((name,), value) for name, value in took.items()],
    )
    yield Family(name="baseline_build_info", help="The version.", labels=("version",), rows=[((__version__,), 1)])


def as_metric(family: Family) -> Metric:
    """A family as prometheus_client knows it."""
    metric = GaugeMetricFamily(family.name, family.help)
    metric.samples = [
        Sample(family.name, dict(zip(family.labels, values, strict=True)), float(number))
        for values, number in family.rows
    ]
    return metric
