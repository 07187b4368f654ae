"""The formats of ``baseline export``."""

from collections.abc import Callable
from typing import Any

import click

from baseline.cli.export_material import material_options, write
from baseline.cli.main import Settings
from baseline.exporters.ciso_assistant import CisoAssistantExporter
from baseline.exporters.interface import Exporter
from baseline.exporters.json_lines import JsonLinesExporter
from baseline.exporters.junit import JunitExporter
from baseline.exporters.ocsf import OcsfExporter
from baseline.exporters.oscal import (
    VERSIONS,
    AssessmentResultsExporter,
    CatalogueExporter,
    MappingExporter,
    PlanOfActionExporter,
)
from baseline.store.store import Store

MODELS: dict[str, Callable[[str], Exporter]] = {
    "assessment-results": AssessmentResultsExporter,
    "poam": PlanOfActionExporter,
    "catalog": CatalogueExporter,
    "mapping": MappingExporter,
}


@click.command()
@click.argument("model", type=click.Choice(list(MODELS)))
@click.option("--oscal-version", type=click.Choice(VERSIONS), default=VERSIONS[0], show_default=True)
@material_options
@click.pass_obj
def oscal(settings: Settings, /, *, model: str, oscal_version: str, **given: Any) -> None:
    """Write OSCAL in JSON: assessment-results, poam, catalog or mapping.

    catalog and mapping need --norm. Release 1.1.2 is for readers that know no 1.2 yet; it has no mapping.
    """
    _write(settings, given, MODELS[model](oscal_version))


@click.command()
@click.option("--array", is_flag=True, help="One JSON array instead of an event per line.")
@material_options
@click.pass_obj
def ocsf(settings: Settings, /, *, array: bool, **given: Any) -> None:
    """Write OCSF events of class 2003 (Compliance Finding): the worst case per asset and requirement."""
    _write(settings, given, OcsfExporter(array=array), by_control=True)


@click.command("ciso-assistant")
@material_options
@click.pass_obj
def ciso_assistant(settings: Settings, /, **given: Any) -> None:
    """Write posture as CSV for CISO Assistant: the worst case per asset and requirement."""
    _write(settings, given, CisoAssistantExporter(), by_control=True)


@click.command()
@material_options
@click.pass_obj
def junit(settings: Settings, /, **given: Any) -> None:
    """Write JUnit XML: a suite per target, a case per check and subject."""
    _write(settings, given, JunitExporter())


@click.command("json-lines")
@material_options
@click.pass_obj
def json_lines(settings: Settings, /, **given: Any) -> None:
    """Write every result as a line of JSON."""
    _write(settings, given, JsonLinesExporter())


def command_of(name: str, exporter: Exporter) -> click.Command:
    """The command of an exporter that another package adds."""

    @click.command(name)
    @material_options
    @click.pass_obj
    def added(settings: Settings, /, **given: Any) -> None:
        """Write what is stored in a format that another package adds."""
        _write(settings, given, exporter)

    return added


def _write(settings: Settings, given: dict[str, Any], exporter: Exporter, *, by_control: bool = False) -> None:
    with Store.open(settings.store, read_only=True) as store:
        write(store, given, exporter, by_control=by_control)
