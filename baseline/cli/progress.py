"""Live progress of a run: a bar in a terminal, nothing in a pipe."""

import sys
import time
from types import TracebackType
from typing import Any, Self

from baseline.store.records import TargetOutcome


class RunProgress:
    """Counts targets while they are asked and stored. ``seconds`` is how long the run took so far."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total, self._started = total, time.monotonic()
        self._unreached = 0
        self._bar: Any = None
        if not quiet and sys.stderr.isatty():
            self._bar = _make_bar()
            self._task = self._bar.add_task("asking", total=total, detail="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._started

    def asked(self, target: str) -> None:
        """A target is being asked."""
        if self._bar is not None:
            self._bar.update(self._task, detail=target)

    def stored(self, outcome: TargetOutcome) -> None:
        """A target's results are in the store."""
        self._unreached += outcome.unreached is not None
        if self._bar is not None:
            said = f", {self._unreached} not reached" if self._unreached else ""
            self._bar.update(self._task, advance=1, description=f"checked{said}")


def _make_bar() -> Any:
    from rich.console import Console  # noqa: PLC0415 - heavy, and only needed in a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[detail]}"),
        console=Console(stderr=True),
        transient=True,
    )
