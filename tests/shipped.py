"""The checks that are shipped, read once per test process: reading them takes longer than most tests."""

from functools import cache

from baseline.cli.content import all_checks
from baseline.content.catalogue import load_catalogue
from baseline.content.checks.compiled import CompiledCheck


@cache
def shipped_checks() -> dict[str, CompiledCheck]:
    """All of them, by id."""
    return all_checks(load_catalogue())


@cache
def shipped_checks_of(kind: str) -> dict[str, CompiledCheck]:
    """Those of one kind of target, by id."""
    return {name: one for name, one in shipped_checks().items() if one.check.applies_to.kind == kind}
