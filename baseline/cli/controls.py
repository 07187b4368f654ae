"""``baseline controls``: the norm catalogue, and how far the checks answer it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from baseline.assess.coverage import Answer, CoverageRow, coverage, coverage_totals, domain_totals
from baseline.cli.control_views import write_control, write_controls
from baseline.cli.coverage_views import write_coverage, write_totals
from baseline.cli.decisions import inventory_paths, read_attestations
from baseline.cli.imported_checks import imported_checks, imported_option
from baseline.cli.options import checks_folder_option, inventory_option, json_option
from baseline.cli.table import in_terminal
from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.content.nearest import did_you_mean
from baseline.models.control import Automatable, Control, ControlStatus, Domain, HygieneGroup, Language, Norm

language_option = click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True, help="Titles in."
)
domain_option = click.option(
    "--domain", type=click.Choice(get_args(Domain)), help="Only where a machine can look here."
)


@click.group()
def controls() -> None:
    """Norms, their controls, and how far the checks answer them."""


@controls.command("list")
@click.option("--norm", help="Only this norm: bio2, iso27001, digid.")
@click.option("--status", type=click.Choice(get_args(ControlStatus)), help="Only these; measure is what is in force.")
@click.option("--automatable", type=click.Choice(get_args(Automatable)), help="Whether a machine can decide it.")
@domain_option
@click.option("--hygiene", type=click.Choice(get_args(HygieneGroup)), help="Only this BIO2 group.")
@click.option("--search", default="", help="Only with all these words in number, title or note.")
@language_option
@json_option
def list_controls(norm: str | None, search: str, language: Language, as_json: bool, **wanted: Any) -> None:
    """List controls."""
    catalogue = load_catalogue()
    chosen = _norm(catalogue, norm) if norm else None
    found = [
        control
        for control in catalogue.controls.values()
        if (chosen is None or control.norm == chosen.id) and _matches(control, search, **wanted)
    ]
    if as_json:
        norms = [norm for norm in catalogue.norms.values() if chosen in (None, norm)]
        _write_json({"norms": norms, "controls": found})
    else:
        write_controls(found, language)


@controls.command("show")
@click.argument("control")
@inventory_option
@checks_folder_option
@imported_option
@language_option
@json_option
def show_control(
    control: str,
    inventories: tuple[str, ...],
    checks_folders: tuple[Path, ...],
    imported: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Show one control: CONTROL is a full id (bio2:8.24.04) or a number that one norm has (8.24.04).

    With an inventory also what people stated of it, in attestations.yml beside the inventory.
    """
    catalogue = load_catalogue()
    found = catalogue.find(control)
    stated = read_attestations(inventory_paths(inventories), catalogue) if inventories else ()
    attested = [each for each in stated if each.control == found.id]
    rows = [row for row in _coverage(catalogue, checks_folders, imported=imported) if row.control == found.id]
    if as_json:
        mapped = [other.id for other in catalogue.mapped_to(found.id)]
        document = {"norm": catalogue.norms[found.norm], "control": found, "mapped_to": mapped, "coverage": rows}
        _write_json({**document, "attestations": attested} if inventories else document)
    else:
        write_control(catalogue, found, rows, language, attested)


@controls.command("coverage")
@click.option("--norm", default="bio2", show_default=True, help="The norm to account for.")
@checks_folder_option
@imported_option
@domain_option
@click.option(
    "--answer", type=click.Choice(get_args(Answer)), help="Only what is answered like this; open is what is left."
)
@click.option("--detail", is_flag=True, help="A row per control and domain, with the checks' ids.")
@language_option
@json_option
def show_coverage(
    norm: str,
    checks_folders: tuple[Path, ...],
    imported: bool,
    domain: Domain | None,
    answer: Answer | None,
    detail: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Show by which checks each control in force is answered, what a person attests, and what is open."""
    catalogue = load_catalogue()
    chosen = _norm(catalogue, norm)
    known = _coverage(catalogue, checks_folders, imported=imported)
    rows = [row for row in known if catalogue.controls[row.control].norm == chosen.id]
    shown = [row for row in rows if domain in (None, row.domain) and answer in (None, row.answer)]
    if as_json:
        totals = {"totals": coverage_totals(rows), "domains": domain_totals(rows)}
        _write_json({"norm": chosen, **totals, "rows": shown})
        return
    write_coverage(catalogue, shown, language, detail=detail or domain is not None)
    if in_terminal():
        write_totals(chosen, rows, language)


def _coverage(catalogue: Catalogue, folders: tuple[Path, ...], *, imported: bool) -> list[CoverageRow]:
    from baseline.content.checks.folder import load_checks  # noqa: PLC0415 - listing controls needs no expression engine

    compiled = load_checks(folders, catalogue.controls)
    theirs = imported_checks().values() if imported else ()
    return coverage(catalogue, (*(check.check for check in compiled.values()), *theirs))


def _norm(catalogue: Catalogue, identifier: str) -> Norm:
    if identifier not in catalogue.norms:
        hint = did_you_mean(identifier, catalogue.norms)
        raise click.BadParameter(f"no norm '{identifier}' in the catalogue; {hint}", param_hint="--norm")
    return catalogue.norms[identifier]


def _matches(
    control: Control,
    search: str,
    *,
    status: ControlStatus | None,
    automatable: Automatable | None,
    domain: Domain | None,
    hygiene: HygieneGroup | None,
) -> bool:
    text = f"{control.id} {control.title} {control.title_nl} {control.note}".casefold()
    return (
        status in (None, control.status)
        and automatable in (None, control.automatable)
        and (domain is None or domain in control.domains)
        and (hygiene is None or hygiene in control.hygiene)
        and all(word in text for word in search.casefold().split())
    )


def _write_json(value: dict[str, object | Sequence[object]]) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
