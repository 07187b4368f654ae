"""Collects from sources: each tells its metrics, its success and its duration."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from baseline import __version__
from baseline.exporters.prometheus.family import Family, Source
from baseline.exporters.prometheus.text import as_text
from baseline.models.errors import BaselineError

log = logging.getLogger(__name__)


class Exposition:
    """Everything that sources tell. Numbers of a source that fails are left out, never told as they were.

    ``failed`` is told of each failure. ``more`` gives text of metrics that others write.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        failed: Callable[[str], None] = lambda _reason: None,
        more: Callable[[], bytes] = bytes,
    ) -> None:
        self._sources, self._failed, self._more = sources, failed, more
        self._failures: dict[str, int] = {source.name: 0 for source in sources}

    def text(self) -> bytes:
        """All of it as it is now."""
        return b"".join(as_text(self.families())) + self._more()

    def families(self) -> Iterator[Family]:
        """Every family of every source, and how the sources fared."""
        took: dict[str, float] = {}
        success: dict[str, float] = {}
        for source in self._sources:
            started = time.perf_counter()
            try:
                yield from source.families()
                success[source.name] = 1
            except BaselineError as error:
                success[source.name] = 0
                self._failures[source.name] += 1
                log.error("metrics of %s cannot be told: %s", source.name, error)  # noqa: TRY400  the reason is enough
                self._failed(f"{source.name}: {error}")
            took[source.name] = time.perf_counter() - started
        yield from self._health(success, took)

    def _health(self, success: dict[str, float], took: dict[str, float]) -> Iterable[Family]:
        yield Family(
            name="baseline_exporter_source_success",
            help="Whether metrics of a source could be told; when not, they are left out.",
            labels=("source",),
            rows=[((name,), value) for name, value in success.items()],
        )
        yield Family(
            name="baseline_exporter_source_failures_total",
            help="How often metrics of a source could not be told since the start.",
            type="counter",
            labels=("source",),
            rows=[((name,), value) for name, value in self._failures.items()],
        )
        yield Family(
            name="baseline_exporter_source_duration_seconds",
            help="How long it took to tell the metrics of a source.",
            labels=("source",),
            rows=[((name,), value) for name, value in took.items()],
        )
        yield Family(name="baseline_build_info", help="The version.", labels=("version",), rows=[((__version__,), 1)])
