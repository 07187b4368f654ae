"""What ``baseline remediate`` prints: what would change, what did, and what is left."""

from collections.abc import Iterable
from typing import Literal

import click
import msgspec

from baseline.cli.findings import fix_lines
from baseline.cli.run_report import RunReport
from baseline.cli.table import in_terminal, write_table
from baseline.remediate.execution import TaskOutcome
from baseline.remediate.lines import SENT_TO
from baseline.remediate.plan import BY_HAND, Repair, RepairPlan

_COLOURS = {"-": "red", "+": "green", "@": "cyan"}
SAVING = "Save the configuration"
"""The task of the playbook for network devices that makes a change outlast a restart."""
UNDO = "The lines that undo it are kept with the remediation."
_NEWS = ("changed", "failed", "unreachable")


class Told(msgspec.Struct, kw_only=True):
    """A remediation so far. ``before`` and ``after`` are runs; ``number`` is its own, once anything may be changed.

    ``doubtful``: something could not be checked, so that what is repaired may not be all.
    """

    before: int
    plan: RepairPlan
    planned: list[TaskOutcome] = []
    done: list[TaskOutcome] = []
    number: int | None = None
    after: int | None = None
    left: tuple[Repair, ...] = ()
    failure: str = ""
    doubtful: bool = False

    @property
    def status(self) -> Literal["repaired", "partly", "failed"]:
        """How it ended."""
        if not self.left and not self.failure:
            return "repaired"
        return "failed" if len(self.left) == len(self.plan.repairs) else "partly"


def write_plan(told: Told, report: RunReport) -> None:
    """Show what would change, task by task with its diff, and what a person must do."""
    checks = {check.check.id: check.check for check in report.plan.checks}
    platforms = {target.name: target.platform for target in report.plan.population}
    _write_tasks("Would change", told.planned)
    for platform in sorted(set(told.plan.platforms.values())):
        click.echo(f"{platform}: {SENT_TO[platform]} {UNDO}")
    if told.plan.by_hand:
        rows = [
            (each.target, each.check, "\n".join((*_why(each), *fix_lines(checks[each.check], platforms[each.target]))))
            for each in told.plan.by_hand
        ]
        click.echo("\nBy hand:")
        write_table(("Target", "Check", "How"), rows, narrow=("Target", "Check"))


def _why(repair: Repair) -> tuple[str, ...]:
    return () if repair.reason == BY_HAND else (f"Not sent: {repair.reason}.",)


def write_answer(told: Told, *, applied: bool, as_json: bool) -> None:
    """Show what was done and what is left; or everything as one JSON document."""
    if as_json:
        document = msgspec.to_builtins(told, enc_hook=str) | {"status": told.status if told.number else "planned"}
        document["plan"]["playbooks"] = {playbook.check: playbook.digest for playbook in told.plan.playbooks}
        click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
    elif not told.plan.repairs:
        click.echo("Nothing to repair by machine.")
        _write_doubt(told)
    elif told.number is None:
        click.echo("Nothing was changed." + ("" if applied else " To change it: --apply --ticket NUMBER"))
        _write_doubt(told)
    else:
        _write_done(told)


def _write_done(told: Told) -> None:
    _write_tasks("Changed", told.done)
    left = set(told.left)
    rows = [
        (each.target, each.check, "not met" if each in left else "met")
        for each in sorted(told.plan.repairs, key=_order)
    ]
    click.echo()
    write_table(("Target", "Check", "Now"), rows, narrow=("Target", "Check", "Now"))
    if told.plan.platforms:
        saved = {each.target for each in told.done if each.task == SAVING and each.outcome == "changed"}
        changed = {
            each.target for each in told.done if each.target in told.plan.platforms and each.outcome == "changed"
        }
        for word, targets in (
            ("Saved", saved),
            ("Not saved; gone when it restarts (--save keeps it)", changed - saved),
        ):
            if targets:
                click.echo(f"{word}: {', '.join(sorted(targets))}")
    if told.failure:
        click.secho(f"error: {told.failure}", fg="red", err=True)
    repaired = len(told.plan.repairs) - len(left)
    click.echo(
        f"{repaired} of {len(told.plan.repairs)} repaired; remediation {told.number}, "
        f"run {told.before} before and run {told.after} after."
    )
    _write_doubt(told)


def _write_doubt(told: Told) -> None:
    if told.doubtful:
        seen = told.after or told.before
        click.secho(
            f"Something could not be checked, so this may not be all: baseline results --run {seen}", fg="yellow"
        )


def _order(repair: Repair) -> tuple[str, str]:
    return repair.target, repair.check


def _write_tasks(heading: str, outcomes: Iterable[TaskOutcome]) -> None:
    for outcome in outcomes:
        if outcome.outcome not in _NEWS:
            continue
        word = heading if outcome.outcome == "changed" else outcome.outcome.capitalize()
        colour = "yellow" if outcome.outcome == "changed" else "red"
        click.secho(f"{word}: {outcome.target}, {outcome.check}: {outcome.task}", fg=colour)
        for line in (*outcome.diff.splitlines(), *outcome.message.splitlines()):
            click.secho(f"    {line}", fg=_COLOURS.get(line[:1]) if in_terminal() else None)
