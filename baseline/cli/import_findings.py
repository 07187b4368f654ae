"""``baseline import``: what other scanners found, as results marked as theirs."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from baseline.cli.exit_codes import ExitCode, exit_code_of
from baseline.cli.findings_view import STATUS_STYLES, STATUS_WORDS
from baseline.cli.main import Settings
from baseline.cli.options import MOMENT, inventory_option, json_option, limit_option, vault_option
from baseline.cli.shown import on_one_line, shown
from baseline.cli.table import write_pairs
from baseline.content.catalogue import load_catalogue
from baseline.content.inventory import load_inventory
from baseline.imports.formats import FormatName
from baseline.imports.importing import ImportOptions, ImportReport, import_file
from baseline.imports.mapping import load_mappings
from baseline.models.errors import BaselineError
from baseline.models.result import Status
from baseline.models.target import Target
from baseline.store.records import ResultFilter
from baseline.store.store import Store

_SHOWN_TARGETS = 5


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(get_args(FormatName)), help="What FILE is, where it is not plain.")
@click.option("--target", metavar="NAME", help="The target that FILE is about, whatever it calls it.")
@click.option(
    "--part",
    "label",
    default="",
    metavar="NAME",
    help="FILE is a partial scan of this name: it replaces only earlier files of that name.",
)
@click.option(
    "--measured-at",
    type=MOMENT,
    help="When the scanner worked, in UTC, where FILE does not say it.",
)
@inventory_option
@limit_option
@vault_option
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors; the exit code tells.")
@json_option
@click.pass_obj
def import_findings(
    settings: Settings, /, *, files: tuple[Path, ...], quiet: bool, as_json: bool, **given: Any
) -> None:
    """Read what other scanners found: Prowler (OCSF, CSV), OpenSCAP (XCCDF, ARF), Trivy (JSON) and SARIF.

    Results are kept as theirs, under the scanner's own check ids, and the file as evidence. A newer file of a scanner
    replaces its older one on the targets that it names; nothing of a file that is not right is stored.
    """
    options = _options(given)
    mappings = load_mappings(load_catalogue())
    inventory = _inventory(given)
    reports: list[ImportReport] = []
    refused: list[BaselineError] = []
    with Store.open(settings.store) as store:
        for file in files:
            try:
                reports.append(import_file(store, file, options, inventory, mappings))
            except BaselineError as error:
                refused.append(error)
                click.secho(shown(f"error: {error}"), fg="red", err=True)
        counts = {report.run: _statuses(store, report.run) for report in reports}
    if as_json:
        _write_json(reports, counts, refused)
    elif not quiet:
        for report in reports:
            _write(report, counts[report.run])
    if refused:
        raise click.exceptions.Exit(ExitCode.USAGE)
    raise click.exceptions.Exit(exit_code_of(status for each in counts.values() for status in each))


def _options(given: dict[str, Any]) -> ImportOptions:
    at: datetime | None = given["measured_at"]
    return ImportOptions(
        format=given["form"],
        target=given["target"],
        label=given["label"],
        measured_at=None if at is None else at.replace(tzinfo=UTC),
    )


def _inventory(given: dict[str, Any]) -> tuple[Target, ...]:
    """The targets of the inventory, when one is named; the store knows those that were checked before."""
    if not given["inventories"]:
        return ()
    loaded = load_inventory(
        given["inventories"],
        limit=given["limit"],
        vault_password_files=[Path(path) for path in given["vault_password_files"]],
    )
    return loaded.targets


def _statuses(store: Store, run: int) -> Counter[Status]:
    counts = store.counts(("status",), ResultFilter(run=run))
    return Counter({Status(str(count.group[0])): count.number for count in counts})


def _write(report: ImportReport, counts: Counter[Status]) -> None:
    file = report.file
    if report.totals is None:
        click.echo(f"{shown(file.name)}: nothing new; this very file was imported as run {report.run}.")
        return
    click.secho(on_one_line(f"{file.name}: {' and '.join(file.tools.values())}"), bold=True)
    write_pairs(_pairs(report, counts))


def _pairs(report: ImportReport, counts: Counter[Status]) -> Iterator[tuple[str, str]]:
    totals = report.totals
    yield "Run", str(report.run)
    yield "Measured", f"{report.file.measured_at:%Y-%m-%d %H:%M:%S} UTC"
    yield "Targets", _named(report.targets)
    if report.new_targets:
        yield "Not known before", f"{_named(report.new_targets)}: in neither the store nor an inventory given with -i"
    for status in STATUS_STYLES:
        if counts[status]:
            yield "Results", f"{counts[status]} {STATUS_WORDS[status]}"
    if not counts:
        yield "Results", "none: that a scanner found nothing does not say what it looked at"
    if totals is not None:
        yield "Since last", f"{totals.new} new or changed, {totals.unchanged} unchanged, {totals.closed} gone"
    mapped = report.checks - report.unmapped
    yield "Checks", f"{report.checks}, {mapped} mapped to controls, {report.unmapped} not mapped"
    for why, number in report.left_out.items():
        yield "Left out", f"{number} x {why}"
    redacted = f", {report.file.redactions} texts removed" if report.file.redactions else ""
    yield "Evidence", f"{report.file.name}{redacted}, SHA-256 {report.file.artefact}"


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN_TARGETS
    return ", ".join(names[:_SHOWN_TARGETS]) + (f" and {more} more" if more > 0 else "")


def _write_json(reports: list[ImportReport], counts: dict[int, Counter[Status]], refused: list[BaselineError]) -> None:
    document = {
        "imports": [{**msgspec.to_builtins(report), "statuses": counts[report.run]} for report in reports],
        "refused": [str(error) for error in refused],
    }
    click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
