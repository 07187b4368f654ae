"""Compares storing 50,000 results for the first time and again unchanged."""

from collections.abc import Iterator

from bench.measuring import Comparison, Contender, compare
from bench.options import Options

TARGETS, CHECKS = 1000, 50


def storing(options: Options) -> Iterator[Comparison]:
    """One comparison; the first run is the reference."""
    place = "bench.storing.contenders"

    def contender(name: str, function: str, runs: int) -> Contender:
        parameters: dict[str, object] = {"targets": TARGETS, "checks": CHECKS, "runs": runs}
        return Contender(name=name, function=f"{place}:{function}", parameters=parameters)

    contenders = [
        contender("baseline, first run", "ours", 1),
        contender("baseline, second run, unchanged", "ours", 2),
        contender("plain SQLite rows, first run", "plain", 1),
        contender("plain SQLite rows, second run", "plain", 2),
    ]
    yield compare(f"{TARGETS} targets x {CHECKS} checks", "target", TARGETS, contenders, options)
