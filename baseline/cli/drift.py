"""``baseline drift``: what differs from the approved state."""

from collections import Counter
from pathlib import Path

import click
import msgspec

from baseline.cli.exit_codes import ExitCode
from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.runs import local_time
from baseline.cli.table import in_terminal
from baseline.drift.approved import read_approved
from baseline.drift.configuration import Difference, compare
from baseline.drift.rules import NoRulesError, rules_for
from baseline.drift.stored import NotComparableError, StoredConfiguration, require_network_target, stored_configuration
from baseline.drift.text import difference_lines
from baseline.store.store import Store

_COLOURS = {"-": "red", "+": "green"}


@click.group()
def drift() -> None:
    """Show what differs from the approved state."""


@drift.command()
@click.argument("target")
@click.option("--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The approved file.")
@click.option("--run", type=int, help="The run whose configuration was approved.")
@click.option("--current-run", type=int, help="The run to look at, instead of the latest.")
@json_option
@click.pass_obj
def config(
    settings: Settings, target: str, against: Path | None, run: int | None, current_run: int | None, *, as_json: bool
) -> None:
    """Compare the configuration of TARGET, as a run found it, with the approved one.

    \b
    The order of lines and secrets make no difference where they do not count; volatile lines are left out by
    the rules in checks/volatile. The approved file may be a template: {{ name }} stands for anything.
    Exit codes: 0 the same, 1 different, 3 cannot be compared.
    """  # noqa: D301 - click reads \b
    if (against is None) == (run is None):
        raise click.UsageError("say what was approved: --against FILE or --run NUMBER, one of the two")
    with Store.open(settings.store, read_only=True) as store:
        try:
            current = stored_configuration(store, target, current_run)
            difference, approved = _difference(store, current, against, run)
        except (NotComparableError, NoRulesError) as error:
            click.secho(f"error: {error}", fg="red", err=True)
            raise click.exceptions.Exit(ExitCode.NOT_CHECKED) from error
    if as_json:
        _write_json(current, approved, difference)
    else:
        _write(current, approved, difference)
    raise click.exceptions.Exit(ExitCode.NOT_MET if difference.changes else ExitCode.MET)


def _difference(
    store: Store, current: StoredConfiguration, against: Path | None, run: int | None
) -> tuple[Difference, str]:
    """The difference, and what it is a difference with."""
    _, platform = require_network_target(store, current.target)
    rules = rules_for(current.platform)
    if against is not None:
        return compare(read_approved(against), current.text, platform, rules), str(against)
    approved = stored_configuration(store, current.target, run)
    return compare(approved.text, current.text, platform, rules), _run_words(approved)


def _run_words(configuration: StoredConfiguration) -> str:
    return f"run {configuration.run} ({local_time(configuration.collected_at)})"


def _write_json(current: StoredConfiguration, approved: str, difference: Difference) -> None:
    document = {
        "target": current.target,
        "platform": current.platform,
        "command": current.command,
        "approved": approved,
        "current": {"run": current.run, "collected_at": current.collected_at, "digest": current.digest},
        "changes": difference.changes,
        "ignored": difference.ignored,
    }
    click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))


def _write(current: StoredConfiguration, approved: str, difference: Difference) -> None:
    click.echo(f"{current.target}: {current.command} of {_run_words(current)} against {approved}")
    counts = Counter(change.kind for change in difference.changes)
    ignored = f"{difference.ignored} volatile lines left out"
    if not difference.changes:
        click.echo(f"No difference; {ignored}.")
        return
    click.echo(f"{counts['removed']} lines missing (-), {counts['added']} not approved (+); {ignored}.\n")
    for sign, text in difference_lines(difference.changes):
        line = f"{sign or ' '} {text}"
        click.echo(click.style(line, fg=_COLOURS.get(sign)) if in_terminal() else line)
