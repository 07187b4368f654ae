"""``baseline rollout``: whether freshly rolled-out devices may be handed over."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline import __version__
from baseline.assess.run import DEFAULT_CONCURRENCY
from baseline.assess.selection import Selection, select_targets
from baseline.cli.check import start_run
from baseline.cli.exit_codes import ExitCode
from baseline.cli.main import Settings
from baseline.cli.options import (
    checks_folder_option,
    inventory_option,
    json_option,
    limit_option,
    selection_options,
    vault_option,
)
from baseline.cli.person import current_user
from baseline.cli.rollout_findings import batch_findings
from baseline.cli.rollout_view import write_hand_over, write_reports
from baseline.cli.saved_files import from_files_options
from baseline.drift.approved import read_approved
from baseline.models.target import Target
from baseline.rollout.assessment import Expectations, assess_batch
from baseline.rollout.verdict import HandOver
from baseline.rollout.words import Language
from baseline.store.store import Store

REPORT_SUFFIXES = (".md", ".html")


@click.group()
def rollout() -> None:
    """Say whether freshly rolled-out devices may be handed over."""


@rollout.command()
@inventory_option
@limit_option
@selection_options
@checks_folder_option
@vault_option
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Template to be equal to."
)
@click.option("--software", multiple=True, metavar="VERSION", help="Version that is right; * and ? match. Repeatable.")
@click.option("--run", type=int, help="Use this run instead of asking the devices now.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the hand-over report: .md or .html. Repeatable.",
)
@click.option(
    "--lang", "language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of the report."
)
@click.option("--by", help="Who makes the report.  [default: the user of this machine]")
@click.option(
    "--allow-odd", is_flag=True, help="Show what is odd among peers, but do not hold up the hand-over for it."
)
@click.option("--concurrency", type=click.IntRange(1, 500), default=DEFAULT_CONCURRENCY, help="Targets at once.")
@click.option("--timeout", type=click.FloatRange(1, 3600), default=60.0, help="Seconds for one target.")
@click.option("--known-hosts", type=click.Path(path_type=Path), help="File of accepted SSH host keys.")
@from_files_options
@json_option
@click.pass_obj
def check(
    settings: Settings,
    /,
    *,
    against: Path | None,
    run: int | None,
    reports: tuple[Path, ...],
    language: Language,
    by: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Check a batch of new devices and write the hand-over report.

    \b
    Answers per device: reachable, right software, baseline met, same as the template, same as its peers.
    Exit codes: 0 every device may be handed over, 1 not all, 3 something could not be established.
    """  # noqa: D301 - click reads \b
    _require_suffixes(reports)
    template = read_approved(against) if against else None
    expectations = Expectations(software=given.pop("software"), template=template, odd_allowed=given.pop("allow_odd"))
    with Store.open(settings.store) as store:
        number = run if run is not None else start_run(store, given, quiet=as_json, every_fact=True).run
        hand_over = _hand_over(store, number, given, expectations, language)
    hand_over = msgspec.structs.replace(
        hand_over,
        by=by or current_user(),
        template=str(against) if against else None,
        template_digest=hashlib.sha256(against.read_bytes()).hexdigest() if against else None,
    )
    write_reports(hand_over, reports, language)
    write_hand_over(hand_over, reports, as_json=as_json)
    raise click.exceptions.Exit(_exit_code(hand_over))


def _require_suffixes(reports: tuple[Path, ...]) -> None:
    for path in reports:
        if path.suffix.lower() not in REPORT_SUFFIXES:
            raise click.UsageError(f"a report ends in {' or '.join(REPORT_SUFFIXES)}, not {path.name}")
        if not path.absolute().parent.is_dir():
            raise click.UsageError(f"there is no folder {path.parent} to write {path.name} in")


def _hand_over(
    store: Store, run: int, given: Mapping[str, Any], expectations: Expectations, language: Language
) -> HandOver:
    record = store.run(run)
    selection = Selection(targets=given["targets"], groups=given["groups"], sites=given["sites"])
    targets = _batch(store, run, selection)
    findings = batch_findings(store, run, targets, given["checks_folders"], language)
    return HandOver(
        batch=_batch_words(selection),
        run=run,
        run_started=record.started,
        at=datetime.now(UTC),
        by="",
        tool_version=__version__,
        host=record.host,
        software=expectations.software,
        checks=len(store.run_checks(run)),
        devices=tuple(assess_batch(store, run, targets, findings, expectations)),
    )


def _batch(store: Store, run: int, selection: Selection) -> dict[str, Target]:
    """The targets of a run that were selected."""
    known = store.targets()
    names = [entry.target for entry in store.population(run)]
    return {target.name: target for target in select_targets((known[name] for name in names), selection)}


def _batch_words(selection: Selection) -> str:
    return ", ".join((*selection.groups, *selection.sites, *selection.targets)) or "*"


def _exit_code(hand_over: HandOver) -> ExitCode:
    if hand_over.complete:
        return ExitCode.MET
    doubtful = any(
        answer == "unknown" or (aspect == "reachable" and answer == "no")
        for device in hand_over.devices
        for aspect, answer in device.answers.items()
    )
    return ExitCode.NOT_CHECKED if doubtful or not hand_over.devices else ExitCode.NOT_MET
