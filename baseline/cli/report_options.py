"""What every report command is asked, and the material that it makes of that."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from baseline.assess.selection import Selection
from baseline.cli.content import all_checks
from baseline.cli.decisions import day_of, inventory_paths, read_attestations, read_waivers
from baseline.cli.main import Settings
from baseline.cli.options import DAY, checks_folder_option, inventory_option
from baseline.cli.pseudonym_options import names_options
from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.nearest import did_you_mean
from baseline.content.report_settings import load_report_settings
from baseline.exporters.reports.material import Decisions, Material, Request, gather
from baseline.exporters.reports.period import ReportPeriod, parse_period
from baseline.models.report_settings import ReportSettings
from baseline.store.store import Store

_OUTPUT = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write it as .pdf, .html, .xlsx, .csv or .json. Repeatable.  [default: print it]",
)
_COMMON = (
    inventory_option,
    click.option("--period", "period_text", help="2026, 2026-Q3, 2026-07, or first/last day.  [default: this year]"),
    click.option("--as-of", type=DAY, help="The day of the report.  [default: today]"),
    click.option(
        "--lang", "language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Written in."
    ),
    click.option("--reference", default="", help="What every page bears, such as the assurance report's reference."),
    click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets; * and ? match."),
    click.option("--group", "groups", multiple=True, help="Only targets in this inventory group."),
    click.option("--site", "sites", multiple=True, help="Only targets at this site."),
    checks_folder_option,
    names_options,
    _OUTPUT,
)
norm_option = click.option("--norm", default="bio2", show_default=True, help="The norm to account for.")


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every report takes."""
    for option in reversed(_COMMON):
        command = option(command)
    return command


class ReportReading:
    """What a report command reads once: the catalogue, the checks, and what people decided."""

    def __init__(self, given: dict[str, Any]) -> None:
        """Read it all.

        Raises:
            BaselineError: content is not right.
        """
        self._given = given
        self._day = day_of(given["as_of"])
        self._period = parse_period(given["period_text"] or str(self._day.year))
        self.catalogue = load_catalogue()
        settings = _settings(given["inventories"], self.catalogue)
        checks = all_checks(self.catalogue, given["checks_folders"])
        self._checks = {name: each.check for name, each in checks.items()}
        self.decisions = _decisions(given["inventories"], self.catalogue, checks, settings)

    def material(
        self,
        store: Store,
        norm: str,
        *,
        controls: tuple[str, ...] = (),
        period: ReportPeriod | None = None,
        targets: tuple[str, ...] = (),
        keep_intervals: bool = False,
    ) -> Material:
        """Everything that a report needs. ``period`` and ``targets`` stand in for the options.

        Raises:
            BaselineError: something that was named does not exist, or the period lies in the future.
        """
        require_norm(self.catalogue, norm)
        given = self._given
        selection = Selection(targets=given["targets"], groups=given["groups"], sites=given["sites"])
        request = Request(
            language=given["language"],
            norm=norm,
            period=period or self._period,
            day=self._day,
            selection=Selection(targets=targets) if targets else selection,
            controls=controls,
            reference=given["reference"],
            keep_intervals=keep_intervals,
        )
        return gather(store, self.catalogue, self._checks, self.decisions, request)


def require_norm(catalogue: Catalogue, norm: str) -> None:
    """Refuse a norm that is not in the catalogue.

    Raises:
        click.UsageError: naming the nearest.
    """
    if norm not in catalogue.norms:
        raise click.UsageError(f"there is no norm '{norm}'; {did_you_mean(norm, catalogue.norms)}")


def _settings(inventories: tuple[str, ...], catalogue: Catalogue) -> ReportSettings:
    return load_report_settings(inventory_paths(inventories), catalogue.controls) if inventories else ReportSettings()


def _decisions(
    inventories: tuple[str, ...], catalogue: Catalogue, checks: dict[str, CompiledCheck], settings: ReportSettings
) -> Decisions:
    """What people decided; without an inventory there is nothing to read it from, which is said."""
    if not inventories:
        click.secho("No inventory is named (-i): waivers, statements and report settings are left out.", err=True)
        return Decisions()
    paths = inventory_paths(inventories)
    return Decisions(
        settings=settings,
        waivers=read_waivers(paths, checks, catalogue),
        attestations=read_attestations(paths, catalogue),
    )


def open_store(settings: Settings) -> Store:
    """The store, to read only."""
    return Store.open(settings.store, read_only=True)
