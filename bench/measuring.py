"""Runs contenders, each in a process of its own, in turns, and keeps what every run took."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import msgspec

from bench.options import Options

ROOT = Path(__file__).parent.parent
TIMEOUT_SECONDS = 600.0


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is measured.

    ``function`` is ``module:name`` of a function that gets ``parameters``, prepares itself (imports, reading files) and
    returns the work to be measured; the work returns details. ``reference`` marks the one that others are compared with.
    ``python`` is the interpreter that it runs in.
    """

    name: str
    function: str
    parameters: dict[str, object] = {}
    reference: bool = False
    python: str = sys.executable


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One run. ``seconds`` and ``cpu_seconds`` (user and system, children included) are of the work alone, without the
    start of the process and its imports; the ``process_`` ones are of everything. Memory is the peak resident size.
    """

    seconds: float
    cpu_seconds: float
    memory_mebibytes: float
    process_seconds: float = 0.0
    process_cpu_seconds: float = 0.0
    details: dict[str, float] = {}


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """All runs of one contender."""

    contender: str
    samples: list[Sample]
    reference: bool = False

    def spread(self, of: Callable[[Sample], float]) -> "Spread":
        """Median, smallest and largest of a figure."""
        values = [of(sample) for sample in self.samples]
        return Spread(median(values), min(values), max(values))


class Spread(msgspec.Struct, frozen=True):
    """A median with its extremes."""

    median: float
    least: float
    most: float


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Contenders that did the same work ``count`` times (devices, hosts, evaluations: ``unit``)."""

    title: str
    unit: str
    count: int
    series: list[Series]

    @property
    def reference(self) -> Series:
        """What the others are compared with."""
        return next((one for one in self.series if one.reference), self.series[0])


def compare(
    title: str,
    unit: str,
    count: int,
    contenders: Sequence[Contender],
    options: Options,
    around: Callable[[Callable[[], Sample]], Sample] = lambda run: run(),
) -> Comparison:
    """Run the contenders in turns: A B C, A B C. ``around`` is called with every run, to add details."""
    contenders = [contender for contender in contenders if options.wants(contender.name)] or contenders
    rounds = options.rounds
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in contenders}
    for turn, contender in _turns(contenders, rounds):
        sample = around(partial(run_contender, contender))
        samples[contender.name].append(sample)
        print(f"  {turn + 1}/{rounds} {contender.name}: {sample.seconds:.3f} s", file=sys.stderr, flush=True)
    series = [
        Series(contender=contender.name, samples=samples[contender.name], reference=contender.reference)
        for contender in contenders
    ]
    return Comparison(title=title, unit=unit, count=count, series=series)


def _turns(contenders: Sequence[Contender], rounds: int) -> Iterator[tuple[int, Contender]]:
    for turn in range(rounds):
        for contender in contenders:
            yield turn, contender


def run_contender(contender: Contender) -> Sample:
    """Run one contender once, in a process of its own.

    Raises:
        RuntimeError: it failed; with what it wrote.
    """
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            [contender.python, "-m", "bench.contender", contender.function, msgspec.json.encode(contender.parameters)],
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=errors,
            cwd=ROOT,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        answer.seek(0)
        errors.seek(0)
        if status:
            raise RuntimeError(f"{contender.name} failed: {errors.read().decode(errors='replace')[-2000:]}")
        sample = msgspec.json.decode(answer.read().splitlines()[-1], type=Sample)
    return msgspec.structs.replace(sample, process_seconds=seconds, process_cpu_seconds=usage.ru_utime + usage.ru_stime)
