"""Compares a scrape of 10,000 targets x 300 checks with what it would cost otherwise."""

from collections.abc import Iterator

from bench.measuring import Comparison, Contender, compare
from bench.options import Options

TARGETS, CHECKS = 10_000, 300


def exporting(options: Options) -> Iterator[Comparison]:
    """One comparison per share of results that are not met; every series of 3 million only in the second."""
    for per_mille in (1, 10, 50):
        title = f"{TARGETS:,} targets x {CHECKS} checks, {per_mille / 10:g} % not met"
        yield compare(title, "target", TARGETS, _contenders(per_mille), options)


def _contenders(per_mille: int) -> list[Contender]:
    parameters: dict[str, object] = {"targets": TARGETS, "checks": CHECKS, "per_mille": per_mille}

    def contender(name: str, function: str, *, reference: bool = False, **more: object) -> Contender:
        place = f"bench.export.contenders:{function}"
        return Contender(name=name, function=place, parameters=parameters | more, reference=reference)

    found = [
        contender("the same bytes, bare (floor)", "bare", reference=True),
        contender("baseline, first scrape", "first"),
        contender("baseline, next scrape", "again"),
        contender("baseline, next scrape, 1 % of targets changed", "again", changed=TARGETS // 100),
        contender("baseline serve, next scrape over HTTP", "served"),
    ]
    if per_mille == 10:
        found.append(contender("counting the results in SQLite, nothing written", "counting"))
        found.append(contender("prometheus_client, every series", "every_series"))
    return found
