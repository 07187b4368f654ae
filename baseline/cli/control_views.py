"""How controls look to a person."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import click

from baseline.assess.coverage import CoverageRow
from baseline.cli.table import in_terminal, write_pairs, write_table
from baseline.content.catalogue import Catalogue
from baseline.models.attestation import Attestation
from baseline.models.control import BASIS_MEANING, Control, Language, Norm
from baseline.models.waiver import standing_of

_STATUS = {
    "measure": "in force",
    "none": "no government measure: the ISO control applies",
    "moved": "moved",
    "withdrawn": "withdrawn",
}
_AUTOMATABLE = {
    "yes": "yes, a machine can decide it",
    "partly": "partly, a person attests the rest",
    "no": "no, a person attests it",
}


def norm_line(norm: Norm, language: Language) -> str:
    """A norm with the version that makes its control ids unique."""
    return f"{norm.title_in(language)}, version {norm.version} ({norm.date})"


def write_controls(controls: Sequence[Control], language: Language) -> None:
    """List controls; a pipe gets more columns than a terminal has room for, and always the same."""
    if not in_terminal():
        columns = ("control", "status", "automatable", "domains", "hygiene", "iso", "moved_to", "title")
        write_table(columns, (_plain_row(control, language) for control in controls))
        return
    rows = (
        (
            control.id,
            control.title_in(language),
            control.automatable or control.status,
            " ".join(control.domains),
            " ".join(control.hygiene),
        )
        for control in controls
    )
    write_table(("Control", "Title", "Machine", "Domains", "Hygiene"), rows, narrow=("Control", "Machine"))
    in_force = sum(control.in_force for control in controls)
    click.echo(f"{len(controls)} controls, {in_force} in force")


def _plain_row(control: Control, language: Language) -> tuple[str, ...]:
    return (
        control.id,
        control.status,
        control.automatable or "",
        ",".join(control.domains),
        ",".join(control.hygiene),
        ",".join(control.iso),
        control.moved_to or "",
        control.title_in(language),
    )


def write_control(
    catalogue: Catalogue,
    control: Control,
    rows: Iterable[CoverageRow],
    language: Language,
    attested: Iterable[Attestation] = (),
) -> None:
    """Everything that is known of one control, and what people stated of it."""
    facts = (*_facts(catalogue, control, language), *_references(catalogue, control, language))
    write_pairs((*facts, *_answers(rows), *_statements(attested)))


def _facts(catalogue: Catalogue, control: Control, language: Language) -> Iterator[tuple[str, str]]:
    yield "Control", control.id
    yield "Title", control.title_in(language)
    yield "Title", control.title if language == "nl" else control.title_nl
    yield "Norm", norm_line(catalogue.norms[control.norm], language)
    yield "Status", _STATUS[control.status]
    optional = {
        "Theme": control.theme or "",
        "Automatable": _AUTOMATABLE[control.automatable] if control.automatable else "",
        "Domains": ", ".join(control.domains),
        "Hygiene": ", ".join(control.hygiene),
        "Tested on": ", ".join(control.tested_on),
        "Basis": BASIS_MEANING[control.basis] if control.basis else "",
        "Note": control.note,
        "Source defect": control.source_defect,
    }
    yield from ((label, value) for label, value in optional.items() if value)


def _references(catalogue: Catalogue, control: Control, language: Language) -> Iterator[tuple[str, str]]:
    if control.moved_to:
        yield "Moved to", _named(catalogue, control.moved_to, language)
    for identifier in control.iso:
        yield "ISO control", _named(catalogue, identifier, language)
    for other in catalogue.mapped_to(control.id):
        yield "Elaborated by", f"{other.id}  {other.title_in(language)}"


def _named(catalogue: Catalogue, identifier: str, language: Language) -> str:
    control = catalogue.controls.get(identifier)
    return f"{identifier}  {control.title_in(language)}" if control else f"{identifier}  (does not exist)"


def _answers(rows: Iterable[CoverageRow]) -> Iterator[tuple[str, str]]:
    for row in rows:
        where = row.domain or "organisation"
        for answer in row.checks or (row.answer,):
            yield "Answered by", f"{where}: {answer}"


def _statements(attested: Iterable[Attestation]) -> Iterator[tuple[str, str]]:
    today = datetime.now(UTC).astimezone().date()
    for each in attested:
        standing = standing_of(each.signed_on, each.valid_until, today, 0)
        outcome = each.outcome.replace("_", " ")
        yield "Stated", f"{each.id}: {outcome} ({standing}, until {each.valid_until}), {each.signer}, {each.role}"
