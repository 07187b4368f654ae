"""How coverage looks to a person."""

from collections.abc import Iterator, Sequence

import click

from baseline.assess.coverage import DOMAINS, CoverageRow, coverage_totals, domain_totals
from baseline.cli.control_views import norm_line
from baseline.cli.table import in_terminal, word_style, write_table
from baseline.content.catalogue import Catalogue
from baseline.models.control import Language, Norm


def write_coverage(catalogue: Catalogue, rows: Sequence[CoverageRow], language: Language, *, detail: bool) -> None:
    """How each control is answered: a row per control and domain with its checks, or in a terminal a matrix of counts."""
    if not in_terminal():
        columns = ("control", "domain", "answer", "checks", "title")
        plain = (
            (row.control, row.domain or "", row.answer, ",".join(row.checks), _title(catalogue, row, language))
            for row in rows
        )
        write_table(columns, plain)
    elif detail:
        drawn = (
            (row.control, _title(catalogue, row, language), row.domain or "", ", ".join(row.checks) or row.answer)
            for row in rows
        )
        write_table(("Control", "Title", "Domain", "Answered by"), drawn, narrow=("Control", "Domain"))
    else:
        heading = ("Control", "Title", *DOMAINS, "person")
        write_table(
            heading, _matrix(catalogue, rows, language), narrow=("Control", *DOMAINS, "person"), style=_matrix_style
        )


def _title(catalogue: Catalogue, row: CoverageRow, language: Language) -> str:
    return catalogue.controls[row.control].title_in(language)


def _matrix(catalogue: Catalogue, rows: Sequence[CoverageRow], language: Language) -> Iterator[tuple[str, ...]]:
    cells: dict[str, dict[str | None, str]] = {}
    for row in rows:
        words = {"checks": str(len(row.checks)), "open": "open", "attestation": "attest"}
        cells.setdefault(row.control, {})[row.domain] = words[row.answer]
    for identifier, found in cells.items():
        title = catalogue.controls[identifier].title_in(language)
        yield (identifier, title, *(found.get(domain, "") for domain in (*DOMAINS, None)))


def _matrix_style(cell: str) -> str:
    return "green" if cell.isdigit() else word_style(cell)


def write_totals(norm: Norm, rows: Sequence[CoverageRow], language: Language) -> None:
    """Count the rows of one norm: what is answered, what is open, and where."""
    totals = coverage_totals(rows)
    domains = domain_totals(rows)
    click.secho(norm_line(norm, language), bold=True)
    click.echo(f"Of {totals.controls} controls in force:")
    for number, meaning in (
        (totals.all_domains, "have checks in every domain where a machine can look"),
        (totals.some_domains, "have checks in some of those domains"),
        (totals.open, "have no check yet"),
        (totals.attestation_only, "can only be attested by a person"),
    ):
        click.echo(f"{number:>5}  {meaning}")
    click.echo(f"{totals.attestation} need a person for all or part of the answer.")
    click.echo("A check may answer only part of a control.\n")
    counts = (
        ("some check", *(str(domains[domain].checks) for domain in DOMAINS)),
        ("no check", *(str(domains[domain].open) for domain in DOMAINS)),
    )
    write_table(("Controls", *DOMAINS), counts)
