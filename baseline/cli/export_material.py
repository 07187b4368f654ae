"""What every export needs, read from the store: results, targets, checks as they were, catalogue and waivers."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from baseline import __version__
from baseline.assess.minimise import Minimiser
from baseline.assess.selection import require_names
from baseline.cli.options import MOMENT, checks_folder_option, inventory_option
from baseline.cli.pseudonym_options import names_options, pseudonyms_of
from baseline.content.catalogue import load_catalogue
from baseline.content.checks.reader import read_check_text
from baseline.content.nearest import did_you_mean
from baseline.content.waivers import government_measures, load_waivers, waiver_files
from baseline.exporters.interface import ExportError, Material
from baseline.imports.stored import stored_check, stored_checks
from baseline.models.check import Check
from baseline.models.result import Result
from baseline.store.imported_records import MARK
from baseline.store.records import CheckVersion, ResultFilter
from baseline.store.store import Store

Command = Callable[..., Any]

_OPTIONS = (
    click.option("--run", type=int, help="As results stood in this run.  [default: what stands now]"),
    click.option("--as-of", type=MOMENT, help="As they stood at this moment."),
    click.option("--norm", help="Only controls of this norm: bio2, iso27001, digid."),
    click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets."),
    click.option("--site", "sites", multiple=True, help="Only targets at this site."),
    click.option("--owner", "owners", multiple=True, help="Only targets of this owner."),
    click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else print."),
)


def material_options(command: Command) -> Command:
    """The options that say what to export, and where to."""
    for option in reversed((*_OPTIONS, names_options, inventory_option, checks_folder_option)):
        command = option(command)
    return command


def material(store: Store, given: Mapping[str, Any]) -> Material:
    """What the options ask for.

    Raises:
        BaselineError: a run, norm or target that is not there, or nothing was ever assessed.
    """
    catalogue = load_catalogue()
    norm = given["norm"]
    if norm is not None and norm not in catalogue.norms:
        raise ExportError(f"no norm '{norm}' in the catalogue; {did_you_mean(norm, catalogue.norms)}")
    if given["run"] is not None and given["as_of"] is not None:
        raise ExportError("ask for the results of a run or of a moment, not of both")
    targets = store.targets()
    require_names(given["targets"], targets, "target")
    at = moment(store, given)
    checks = known_checks(store, given)
    minimiser = Minimiser(store, pseudonyms_of(given), at)
    files = waiver_files(map(Path, given["inventories"]))
    read = _reader(store, given)
    return Material(
        results=lambda: (minimiser.result(result, checks.get(result.check)) for result in read()),
        moment=at,
        targets=targets,
        checks=checks,
        catalogue=catalogue,
        waivers={waiver.id: waiver for waiver in load_waivers(files, government_measures(checks.values(), catalogue))},
        norm=norm,
        run=given["run"],
        population=tuple(store.population(given["run"])) if given["run"] is not None else (),
        tool_version=__version__,
    )


def moment(store: Store, given: Mapping[str, Any]) -> datetime:
    """When the results stood so: as asked, else the end of the run, else of the latest run.

    Raises:
        ExportError: nothing was ever assessed.
    """
    if given["as_of"] is not None:
        as_of: datetime = given["as_of"].astimezone(UTC)
        return as_of
    runs = store.runs(1) if given["run"] is None else [store.run(given["run"])]
    if not runs:
        raise ExportError("the store holds no run yet; begin with: baseline check")
    return runs[0].finished or runs[0].heartbeat


def known_checks(store: Store, given: Mapping[str, Any]) -> dict[str, Check]:
    """The checks by id: those of the run as they were, else the newest, with what the latest runs held of older ones.

    Those of other scanners, whose findings were imported, are as they are kept last.
    """
    found: dict[str, Check] = dict(stored_checks(store.imports.checks()))
    runs = [run.id for run in store.runs(_RUNS)] if given["run"] is None else [given["run"]]
    for run in runs:
        for version in store.run_checks(run):
            if version.id not in found:
                found[version.id] = _check(version)
    return found


def _check(version: CheckVersion) -> Check:
    if MARK in version.id:
        return stored_check(version)
    return read_check_text(version.id, version.document)


_RUNS = 20
"""Latest runs whose checks are looked through: results that stand come from one of them, most often from the latest."""


def write(store: Store, given: Mapping[str, Any], exporter: Any, *, by_control: bool = False) -> None:
    """Export what the options ask for, to the file that they name or to standard output.

    Of a format that tells outcomes ``by_control``, standard error says how many checks it has no room for.
    """
    told = material(store, given)
    left_out = sum(not told.controls(name) for name in told.checks) if by_control else 0
    if left_out:
        click.secho(f"{left_out} checks answer no control{_of_norm(told)}, so their results are left out.", err=True)
    output: Path | None = given["output"]
    if output is None:
        exporter.write(told, sys.stdout.buffer)
        return
    try:
        _write_file(output, lambda opened: exporter.write(told, opened))
    except OSError as error:
        raise ExportError(f"cannot write {output}: {error.strerror}") from error


def _write_file(output: Path, write_to: Callable[[BinaryIO], None]) -> None:
    """Put a file in place once it is whole. What is no plain file (``/dev/stdout``, a pipe) is written to, not replaced."""
    if output.exists() and not output.is_file():
        with output.open("wb") as opened:
            write_to(opened)
        return
    output = output.resolve()
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as opened:
            write_to(opened)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def _of_norm(told: Material) -> str:
    return f" of {told.norm}" if told.norm else ""


def _reader(store: Store, given: Mapping[str, Any]) -> Callable[[], Iterator[Result]]:
    where = ResultFilter(targets=given["targets"], sites=given["sites"], owners=given["owners"], run=given["run"])
    as_of: datetime | None = given["as_of"]
    if as_of is None:
        return lambda: store.current_results(where)
    return lambda: store.results_as_of(as_of.astimezone(UTC), where)
