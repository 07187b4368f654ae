"""A reassessment as people read it: what it means for controls first, then the outcomes that differ."""

from collections import Counter
from collections.abc import Iterable

import click

from baseline.assess.reassess import Difference
from baseline.assess.reassess_controls import ControlDifference
from baseline.cli.reassessing import Reassessed
from baseline.cli.table import in_terminal, write_table
from baseline.models.result import Status

OUTCOMES = ("Then", "Again", "Now")


def write_reassessment(found: Reassessed, digest: str | None) -> None:
    """Print what changed, and why."""
    if found.controls:
        rows = map(_control, found.controls)
        write_table(("Control", *OUTCOMES, "Checks", "By"), rows, narrow=("Control", *OUTCOMES, "Checks"))
        click.echo()
    if found.differences:
        differing = map(_difference, found.differences)
        write_table(("Target", "Check", "Subject", *OUTCOMES, "By", "Why"), differing, narrow=(*OUTCOMES, "By"))
        click.echo()
    for line in _closing(found, digest):
        click.echo(line if in_terminal() else f"# {line}")


def _control(row: ControlDifference) -> tuple[str, ...]:
    checks = " ".join(f"{sign}{len(names)}" for sign, names in (("+", row.added), ("-", row.removed)) if names)
    return (row.control, _word(row.then), _word(row.again), _word(row.now), checks, ", ".join(row.causes))


def _difference(row: Difference) -> tuple[str, ...]:
    causes = ", ".join(row.causes)
    return (row.target, row.check, row.subject, _word(row.then), _word(row.again), _word(row.now), causes, row.why)


def _word(status: Status | None) -> str:
    return "-" if status is None else str(status)


def _closing(found: Reassessed, digest: str | None) -> Iterable[str]:
    causes = Counter(cause for row in found.differences for cause in row.causes)
    counted = ", ".join(f"{number} by the {cause}" for cause, number in sorted(causes.items()))
    told = f": {counted}" if counted else ""
    yield f"{len(found.again)} results judged again as of {found.as_of:%Y-%m-%d}; {len(found.differences)} differ{told}."
    if found.not_judged:
        yield f"{found.not_judged} could not be judged: they read facts that were not collected then."
    if found.without_facts:
        yield f"Nothing is stored of that time of: {', '.join(found.without_facts)}."
    if digest is not None:
        yield f"Kept as {digest}; show it with: baseline reassess show {digest[:12]}"
