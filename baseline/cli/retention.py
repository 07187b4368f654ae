"""``baseline retention``: what is kept how long, what is held, and destruction that leaves a record."""

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from baseline.assess.retention import RetentionPlan, make_plan
from baseline.cli.evidence_of_run import tell_what_is_left
from baseline.cli.exit_codes import ExitCode
from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.table import in_terminal, write_table
from baseline.content.beside_inventory import files_beside
from baseline.content.retention import FILE_NAME, load_schedule
from baseline.evidence.signing import sign_checkpoints
from baseline.models.retention import CATEGORY_MEANING, Category, Schedule
from baseline.store.store import Store

SHORT = 12
"""Digits of a plan's digest that a person types."""

_schedule_options = (
    click.option(
        "-i",
        "--inventory",
        "inventories",
        multiple=True,
        envvar="BASELINE_INVENTORY",
        type=click.Path(path_type=Path),
        help=f"Inventory with {FILE_NAME} beside it.  [env: BASELINE_INVENTORY]",
    ),
    click.option(
        "--schedule", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The schedule itself."
    ),
)


def _with_schedule(command: Any) -> Any:
    for option in reversed(_schedule_options):
        command = option(command)
    return command


@click.group()
def retention() -> None:
    """Keep what is stored as long as the selection list says, and destroy it then."""


@retention.command()
@_with_schedule
@json_option
@click.pass_obj
def plan(settings: Settings, /, *, as_json: bool, **given: Any) -> None:
    """Show what would be destroyed today, and what keeps the rest. Nothing is changed.

    Exit codes: 0 nothing is out of its term, 1 something is.
    """
    schedule = _schedule(given)
    with Store.open(settings.store, read_only=True) as store:
        made = make_plan(schedule, store.retention.kept(), _today())
    if as_json:
        _write_json(_document(made))
    else:
        _write_plan(schedule, made)
    raise click.exceptions.Exit(ExitCode.NOT_MET if made.destructions else ExitCode.MET)


@retention.command()
@_with_schedule
@click.option("--confirm", metavar="DIGEST", help="Destroy without asking, if the plan is still this one.")
@json_option
@click.pass_obj
def apply(settings: Settings, /, *, confirm: str | None, as_json: bool, **given: Any) -> None:
    """Destroy what is out of its term, after showing it; each destruction is written in the log.

    Asks to type how the plan's digest begins; --confirm DIGEST is for schedules.
    """
    schedule = _schedule(given)
    with Store.open(settings.store) as store:
        made = make_plan(schedule, store.retention.kept(), _today())
        if not as_json:
            _write_plan(schedule, made)
        if not made.destructions:
            return
        _require_confirmation(made, confirm)
        number = store.retention.destroy(made.destructions)
        untold = tell_what_is_left(store)
        notice = sign_checkpoints(store)
    if as_json:
        _write_json({**_document(made), "destroyed_now": number})
    else:
        click.echo(f"Destroyed {number}. What stands, and the log, are as they were: baseline evidence verify --store")
    for each in filter(None, (*untold, notice)):
        click.secho(each, fg="yellow", err=True)


@retention.command()
@_with_schedule
@json_option
@click.pass_obj
def hold(settings: Settings, /, *, as_json: bool, **given: Any) -> None:
    """List the legal holds of the schedule, whether they stand, and how much each keeps beyond its term."""
    schedule = _schedule(given)
    with Store.open(settings.store, read_only=True) as store:
        made = make_plan(schedule, store.retention.kept(), _today())
    keeps = Counter(each.hold for each in made.decisions if each.hold)
    if as_json:
        _write_json([{**msgspec.to_builtins(each), "keeps": keeps[each.id]} for each in schedule.holds])
        return
    rows = [
        (
            each.id,
            "stands" if each.stands(_today()) else "ended",
            ", ".join(each.targets),
            str(each.ends or "-"),
            str(keeps[each.id]),
            each.reason,
        )
        for each in schedule.holds
    ]
    write_table(("Hold", "State", "Targets", "Ends", "Keeps", "Reason"), rows, narrow=("Hold", "State", "Ends"))


def _schedule(given: dict[str, Any]) -> Schedule:
    file: Path | None = given["schedule"]
    if file is None:
        found = files_beside(given["inventories"], FILE_NAME)
        if len(found) != 1:
            raise click.UsageError(f"name one schedule: --schedule FILE, or -i with one {FILE_NAME} beside it")
        file = found[0]
    return load_schedule(file)


def _today() -> Any:
    return datetime.now().astimezone().date()


def _require_confirmation(made: RetentionPlan, confirm: str | None) -> None:
    typed = confirm
    if typed is None:
        if not in_terminal():
            raise click.UsageError(f"nobody is there to ask; add --confirm {made.digest[:SHORT]} if that is right")
        typed = click.prompt(f"Destroy {len(made.destructions)} for good? Type {made.digest[:SHORT]}", default="")
    if len(typed) < SHORT or not made.digest.startswith(typed):
        raise click.UsageError(f"nothing was destroyed: the plan is {made.digest[:SHORT]}, not '{typed[:64]}'")


def _document(made: RetentionPlan) -> dict[str, Any]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in made.decisions:
        counts[each.kept.category][each.fate] += 1
    return {
        "plan": made.digest,
        "categories": {name: dict(number) for name, number in sorted(counts.items())},
        "destroy": msgspec.to_builtins(made.destructions),
    }


def _write_plan(schedule: Schedule, made: RetentionPlan) -> None:
    rows = [_row(schedule, made, category) for category in get_args(Category)]
    columns = ("Category", "Term", "Destroy", "Within", "In use", "Held", "Source")
    write_table(columns, rows, narrow=columns[:6])
    if made.destructions:
        size = sum(each.kept.size for each in made.decisions if each.fate == "destroy")
        told = f"{len(made.destructions)} to destroy ({size:,} bytes before compression). Plan {made.digest[:SHORT]}."
    else:
        told = "Nothing is out of its term."
    click.echo(told if in_terminal() else f"# {told}")


def _row(schedule: Schedule, made: RetentionPlan, category: Category) -> tuple[str, ...]:
    rule = schedule.rules.get(category)
    counts = Counter(each.fate for each in made.decisions if each.kept.category == category)
    numbers = (str(counts[fate]) for fate in ("destroy", "within term", "in use", "held"))
    if rule is None:
        return (category, "no rule", *numbers, CATEGORY_MEANING[category])
    return (category, f"{rule.appraisal} {rule.term or 'for ever'}", *numbers, rule.source)


def _write_json(value: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
