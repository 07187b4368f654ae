"""Compares telling drift with evaluating the whole fleet, neither of them asking a device."""

from collections.abc import Iterator

from bench.measuring import Comparison, Contender, compare
from bench.options import Options

TARGETS = 1000


def drift(options: Options) -> Iterator[Comparison]:
    """One comparison; the full evaluation is the reference."""
    parameters: dict[str, object] = {"targets": TARGETS}
    names = {
        "full evaluation: judge and store": "evaluation",
        "1 % changed: judge and store again": "judging_again",
        "1 % changed: tell drift": "drift",
    }
    contenders = [
        Contender(name=name, function=f"bench.drift.contenders:{function}", parameters=parameters)
        for name, function in names.items()
    ]
    yield compare(f"{TARGETS} switches, all network checks", "target", TARGETS, contenders, options)
