"""``baseline check``: ask targets, judge them, store the results and show what is not met."""

import asyncio
import shlex
import signal
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline import __version__
from baseline.assess.plan import Plan
from baseline.assess.run import DEFAULT_CONCURRENCY, Assessment, RunSummary
from baseline.assess.waive import Waivers
from baseline.cli.evidence_of_run import held_against, sign_if_possible
from baseline.cli.exit_codes import ExitCode, exit_code_of
from baseline.cli.main import Settings
from baseline.cli.options import (
    checks_folder_option,
    inventory_option,
    json_option,
    limit_option,
    selection_options,
    vault_option,
)
from baseline.cli.preparation import CheckOptions, Prepared, options_of, prepare
from baseline.cli.progress import RunProgress
from baseline.cli.run_report import RunReport, write_report, write_report_json, write_unstored
from baseline.cli.run_results import RunResults
from baseline.cli.saved_files import from_files_options
from baseline.collectors.interface import CollectSettings
from baseline.content.catalogue import load_catalogue
from baseline.content.inventory import Inventory, Secrets
from baseline.models.errors import StoreError
from baseline.store.records import CheckVersion
from baseline.store.store import Store


@click.command()
@inventory_option
@limit_option
@selection_options
@checks_folder_option
@vault_option
@click.option(
    "--concurrency",
    type=click.IntRange(1, 500),
    default=DEFAULT_CONCURRENCY,
    show_default=True,
    help="Targets at once.",
)
@click.option(
    "--site-concurrency", type=click.IntRange(0, 500), default=0, help="Targets at once at one site; 0 does not limit."
)
@click.option(
    "--skip-site", "skipped_sites", multiple=True, help="Leave this site alone now; its targets count as excluded."
)
@click.option("--skip-reason", default="maintenance", show_default=True, help="Why sites are skipped.")
@click.option(
    "--timeout", type=click.FloatRange(1, 3600), default=60.0, show_default=True, help="Seconds for one target."
)
@click.option("--known-hosts", type=click.Path(path_type=Path), help="File of accepted SSH host keys.")
@from_files_options
@click.option("--resume", is_flag=True, help="Go on with the latest interrupted run.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors; the exit code tells.")
@json_option
@click.pass_obj
def check(settings: Settings, /, *, resume: bool, quiet: bool, as_json: bool, **given: Any) -> None:
    """Ask targets and judge them; store what they said and show what is not met."""
    with Store.open(settings.store) as store:
        report = (
            _resume(store, given, quiet=quiet or as_json) if resume else start_run(store, given, quiet=quiet or as_json)
        )
        if as_json:
            write_report_json(report)
        elif quiet:
            write_unstored(report)
        else:
            write_report(report)
        raise click.exceptions.Exit(exit_code_of_run(report))


def exit_code_of_run(report: RunReport) -> ExitCode:
    """What a whole run ends with: also what could not be stored, was left out for how it is described, or is not in the
    inventory any more when the run goes on, counts.
    """
    refused = {entry.target for entry in report.population if entry.outcome == "excluded"} & report.refused
    never_asked = any(entry.outcome == "planned" for entry in report.population)
    if report.summary.unstored or refused or never_asked:
        return ExitCode.NOT_CHECKED
    return exit_code_of(report.results.statuses)


def start_run(store: Store, given: dict[str, Any], *, quiet: bool, every_fact: bool = False) -> RunReport:
    """Check what the options of the command line select. ``every_fact`` asks for more than the checks read.

    Raises:
        BaselineError: what was given is not right, or the run was stopped.
    """
    options = options_of(given)
    prepared = prepare(options)
    if every_fact:
        targets = tuple(msgspec.structs.replace(target, needs=frozenset()) for target in prepared.plan.targets)
        prepared = msgspec.structs.replace(prepared, plan=msgspec.structs.replace(prepared.plan, targets=targets))
    plan = prepared.plan
    selection: dict[str, object] = msgspec.to_builtins(options)
    versions = [
        CheckVersion(id=check.check.id, digest=check.check.digest, document=check.check.source) for check in plan.checks
    ]
    run = store.begin_run(selection, __version__, plan.population, versions, held_against(prepared))
    return _assess(store, run, prepared, given, quiet=quiet)


def _resume(store: Store, given: dict[str, Any], *, quiet: bool) -> RunReport:
    interrupted = store.interrupted_runs()
    if not interrupted:
        raise click.UsageError("no run was interrupted; there is nothing to resume")
    latest = interrupted[0]
    prepared = prepare(msgspec.convert(latest.selection, CheckOptions))
    if {(check.id, check.digest) for check in store.run_checks(latest.id)} != _versions_of(prepared.plan):
        raise click.UsageError(f"checks changed since run {latest.id} began; start a new run")
    resumed = store.resume_run(latest.id)
    remaining = frozenset(resumed.remaining)
    left = tuple(target for target in prepared.plan.targets if target.target.name in remaining)
    prepared = msgspec.structs.replace(prepared, plan=msgspec.structs.replace(prepared.plan, targets=left))
    return _assess(store, resumed.id, prepared, given, quiet=quiet)


def _versions_of(plan: Plan) -> set[tuple[str, str]]:
    return {(check.check.id, check.check.digest) for check in plan.checks}


def _assess(store: Store, run: int, prepared: Prepared, given: dict[str, Any], *, quiet: bool) -> RunReport:
    plan, inventory = prepared.plan, prepared.inventory
    known_hosts = given["known_hosts"] or inventory.known_hosts or CollectSettings().known_hosts
    waivers = Waivers.today(prepared.waivers)
    with RunProgress(len(plan.targets), quiet=quiet) as progress, Secrets(inventory) as secrets:
        settings = CollectSettings(
            timeout_seconds=given["timeout"], known_hosts=known_hosts, secret=secrets, register=prepared.register
        )
        assessment = Assessment(
            store, run, waivers, settings, progress, given["concurrency"], given.get("site_concurrency", 0)
        )
        summary = _run_to_end(store, run, assessment, plan)
    if prepared.whole and not summary.unstored:
        targets, checks = [target.name for target in plan.population], [check.check.id for check in plan.checks]
        store.retire(targets, checks, datetime.now(UTC))
    unsigned = sign_if_possible(store)
    population = list(store.population(run))
    return RunReport(
        run=run,
        summary=summary,
        plan=plan,
        catalogue=load_catalogue(),
        results=RunResults(store, run),
        population=population,
        seconds=progress.seconds,
        known_hosts=given["known_hosts"] or inventory.known_hosts,
        trust_command=_trust_command(inventory, given["known_hosts"]),
        refused=prepared.refused,
        notes=(*prepared.notes, *unsigned),
    )


def _interrupt(store: Store, run: int) -> None:
    """Mark the run interrupted.

    What keeps results out of the store may keep this out too: then who opens it next sees that the process of the run is gone.
    """
    with suppress(StoreError):
        store.interrupt_run(run)


def _trust_command(inventory: Inventory, known_hosts: Path | None) -> str:
    source = inventory.source
    words = [word for path in source.paths for word in ("-i", path)]
    words += [word for path in source.vault_password_files for word in ("--vault-password-file", path)]
    words += ["--known-hosts", str(known_hosts)] if known_hosts else []
    return shlex.join(["baseline", "trust", *words])


def _run_to_end(store: Store, run: int, assessment: Assessment, plan: Plan) -> RunSummary:
    try:
        summary = asyncio.run(_stoppable(assessment, plan))
    except (KeyboardInterrupt, asyncio.CancelledError):
        _interrupt(store, run)
        message = f"Run {run} was stopped; what was done is stored. Go on with: baseline check --resume"
        click.secho(message, fg="yellow", err=True)
        raise click.exceptions.Exit(ExitCode.NOT_CHECKED) from None
    if summary.unstored:
        _interrupt(store, run)
    else:
        store.finish_run(run)
    return summary


async def _stoppable(assessment: Assessment, plan: Plan) -> RunSummary:
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await assessment.assess(plan.targets)
