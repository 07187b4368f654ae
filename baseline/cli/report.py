"""``baseline report``: what a security officer or auditor asks, on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from baseline.assess.minimise import Minimiser
from baseline.cli.content import all_checks
from baseline.cli.main import Settings
from baseline.cli.options import DAY
from baseline.cli.pseudonym_options import pseudonyms_of
from baseline.cli.report_options import ReportReading, norm_option, open_store, report_options
from baseline.cli.report_view import print_document, require_suffixes, write_files
from baseline.content.catalogue import load_catalogue
from baseline.exporters.reports.document import Document
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.names import without_names
from baseline.exporters.reports.period import ReportPeriod
from baseline.models.control import Control
from baseline.store.store import Store


@click.group()
def report() -> None:
    """Reports for security officers and auditors, in Dutch or English: PDF/A, HTML, XLSX, CSV.

    Waivers, statements and the organisation's own settings (reports.yml) are read from beside the inventory.
    """


def _give(settings: Settings, given: dict[str, Any], make: Callable[[Store], Document]) -> None:
    """Make a report from the store, with pseudonyms for people unless asked otherwise, and write or print it."""
    outputs: tuple[Path, ...] = given["outputs"]
    require_suffixes(outputs)
    pseudonyms = pseudonyms_of(given)
    with open_store(settings) as store:
        document = make(store)
        if pseudonyms is not None:
            checks = all_checks(load_catalogue(), given["checks_folders"])
            people = Minimiser(store, pseudonyms).people(each.check for each in checks.values())
            document = without_names(document, people)
    if outputs:
        write_files(document, outputs)
    else:
        print_document(document)


def _of_norm(settings: Settings, given: dict[str, Any], norm: str, make: Callable[[Material], Document]) -> None:
    _give(settings, given, lambda store: make(ReportReading(given).material(store, norm)))


@report.command()
@norm_option
@report_options
@click.pass_obj
def audit(settings: Settings, /, norm: str, **given: Any) -> None:
    """Auditor's report: design, existence and operation of every control, and what they rest on."""
    from baseline.exporters.reports.audit import audit_report  # noqa: PLC0415 - only this report

    _of_norm(settings, given, norm, audit_report)


@report.command()
@click.option("--public", is_flag=True, help="The version to publish: no outcomes, targets, checks or people.")
@report_options
@click.pass_obj
def applicability(settings: Settings, /, public: bool, **given: Any) -> None:
    """Statement of applicability (Verklaring van Toepasselijkheid), with the annex of exceptions."""
    from baseline.exporters.reports.applicability import (  # noqa: PLC0415 - only this report
        applicability_controls,
        applicability_report,
    )

    def make(store: Store) -> Document:
        reading = ReportReading(given)
        controls = applicability_controls(reading.catalogue)
        return applicability_report(reading.material(store, "bio2", controls=controls), public=public)

    _give(settings, given, make)


@report.command()
@norm_option
@report_options
@click.pass_obj
def actions(settings: Settings, /, norm: str, **given: Any) -> None:
    """GAP analysis and action plan: what, who, by when, with evidence, and proof of what was repaired."""
    from baseline.exporters.reports.action_evidence import read_evidence  # noqa: PLC0415 - only this report
    from baseline.exporters.reports.actions import action_report  # noqa: PLC0415

    def make(store: Store) -> Document:
        material = ReportReading(given).material(store, norm)
        return action_report(material, read_evidence(store, material))

    _give(settings, given, make)


@report.command("in-control")
@norm_option
@report_options
@click.pass_obj
def in_control(settings: Settings, /, norm: str, **given: Any) -> None:
    """Input for the yearly in-control statement: totals, trend, open risks, coverage."""
    from baseline.exporters.reports.in_control import in_control_report  # noqa: PLC0415 - only this report

    _of_norm(settings, given, norm, in_control_report)


@report.command()
@click.option("--connection", help="Only the connection with this number.  [default: every one in reports.yml]")
@report_options
@click.pass_obj
def digid(settings: Settings, /, connection: str | None, **given: Any) -> None:
    """DigiD report per connection, by name and number."""
    from baseline.cli.report_connections import read_connections  # noqa: PLC0415 - only this report
    from baseline.exporters.reports.digid import digid_report  # noqa: PLC0415

    def make(store: Store) -> Document:
        reading = ReportReading(given)
        connections = read_connections(store, reading, connection)
        if not connections:
            raise click.UsageError("reports.yml beside the inventory names no DigiD connection (digid: name, number)")
        return digid_report(reading.material(store, "digid"), connections)

    _give(settings, given, make)


@report.command()
@report_options
@click.pass_obj
def ensia(settings: Settings, /, **given: Any) -> None:
    """ENSIA view: totals for the statement of the college, norms in the annexes."""
    from baseline.cli.report_connections import read_connections  # noqa: PLC0415 - only this report
    from baseline.exporters.reports.ensia import ensia_report  # noqa: PLC0415

    def make(store: Store) -> Document:
        reading = ReportReading(given)
        return ensia_report(reading.material(store, "bio2"), read_connections(store, reading, None))

    _give(settings, given, make)


@report.command()
@report_options
@click.pass_obj
def cbw(settings: Settings, /, **given: Any) -> None:
    """Cbw (NIS2) view: the ten duties of care; maturity only as people scored it."""
    from baseline.exporters.reports.cbw import cbw_report, load_duties  # noqa: PLC0415 - only this report

    _of_norm(settings, given, "bio2", lambda material: cbw_report(material, load_duties()))


@report.command()
@click.option("--control", "controls", multiple=True, required=True, metavar="ID", help="Which control. Repeatable.")
@click.option("--check", "checks", multiple=True, metavar="ID", help="Only these checks of it; * and ? match.")
@report_options
@click.pass_obj
def period(settings: Settings, /, controls: tuple[str, ...], checks: tuple[str, ...], **given: Any) -> None:
    """Period report of a control: runs, gaps, failures and time to repair, per target."""
    from baseline.exporters.reports.period_report import period_report  # noqa: PLC0415 - only this report

    def make(store: Store) -> Document:
        reading = ReportReading(given)
        found = [_in_force(reading.catalogue.find(control)) for control in controls]
        chosen = tuple(control.id for control in found)
        material = reading.material(store, found[0].norm, controls=chosen, keep_intervals=True)
        return period_report(material, checks)

    _give(settings, given, make)


def _in_force(control: Control) -> Control:
    """Refuse a heading without a measure, of which there would be nothing to tell."""
    if not control.in_force:
        instead = " or ".join(filter(None, (control.moved_to, *control.iso)))
        raise click.UsageError(
            f"{control.id} is not in force ({control.status}); ask for {instead or 'another control'}"
        )
    return control


@report.command()
@norm_option
@report_options
@click.pass_obj
def deviations(settings: Settings, /, norm: str, **given: Any) -> None:
    """Which deviations of a norm are accepted, by whom, and until when."""
    from baseline.exporters.reports.deviations import deviations_report  # noqa: PLC0415 - only this report

    _of_norm(settings, given, norm, deviations_report)


@report.command()
@norm_option
@click.option("--since", type=DAY, required=True, help="The day to compare with.")
@report_options
@click.pass_obj
def changes(settings: Settings, /, norm: str, since: Any, **given: Any) -> None:
    """What changed since a day, such as the last audit."""
    from baseline.cli.decisions import day_of  # noqa: PLC0415 - only this report
    from baseline.exporters.reports.changes import changes_report, check_versions  # noqa: PLC0415

    first, last = since.date(), day_of(given["as_of"])
    if last < first:
        raise click.UsageError(f"--since {first} is after the day of the report ({last})")
    span = ReportPeriod(str(first), first, last)

    def make(store: Store) -> Document:
        material = ReportReading(given).material(store, norm, period=span, keep_intervals=True)
        return changes_report(material, check_versions(store, material))

    _give(settings, given, make)
