"""The statement of applicability (Verklaring van Toepasselijkheid), with the annex of exceptions, and its public version."""

from collections.abc import Iterator

from baseline.content.catalogue import Catalogue
from baseline.exporters.reports.control_account import ControlAccount
from baseline.exporters.reports.document import (
    Block,
    Cell,
    Column,
    Conclusion,
    Document,
    Heading,
    Mark,
    Pairs,
    Paragraph,
    Table,
)
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import outcome_mark
from baseline.exporters.reports.parts import basis_text, make_document, standing_mark, waiver_kind
from baseline.exporters.reports.waiver_table import controls_of, waiver_table, waivers_of_norm
from baseline.models.control import Control
from baseline.models.report_settings import Applicability

ISO = "iso27001"
BIO2 = "bio2"


def applicability_controls(catalogue: Catalogue) -> tuple[str, ...]:
    """The ISO controls and every government measure in force (BIO2 part 1, par. 14)."""
    return tuple(
        control.id for control in catalogue.controls.values() if control.norm in (ISO, BIO2) and control.in_force
    )


def applicability_report(material: Material, *, public: bool) -> Document:
    """Which controls apply and why; internally also how far they are in place, with every exception.

    The public version leaves out outcomes, targets, checks and people (BIO2 part 1, par. 18: scope and statement are
    published).
    """
    say = material.say
    decisions = {each.control: each for each in material.decisions.settings.applicability}
    iso = [account for account in material.accounts if account.control.norm == ISO]
    left_out = [each for each in decisions.values() if not each.applicable]
    measures = [account for account in material.accounts if account.control.norm == BIO2]
    text = say(
        f"Van de {len(iso)} beheersmaatregelen uit ISO/IEC 27001 zijn er {len(iso) - len(left_out)} van toepassing. Alle {len(measures)} overheidsmaatregelen uit de BIO2 gelden.",
        f"Of the {len(iso)} controls of ISO/IEC 27001 {len(iso) - len(left_out)} apply. All {len(measures)} government measures of BIO2 are in force.",
    )
    blocks: list[Block] = [
        Conclusion(text, "plain"),
        Heading(1, say("Toepassingsgebied", "Scope")),
        Paragraph(
            material.decisions.settings.scope or say("Niet ingevuld in reports.yml.", "Not filled in in reports.yml.")
        ),
        Heading(1, say("Beheersmaatregelen", "Controls")),
        _controls_table(material, decisions, public=public),
        Heading(1, say("Bijlage: uitzonderingen", "Annex: exceptions"), new_page=True),
        _public_exceptions(material) if public else waiver_table(material, waivers_of_norm(material)),
    ]
    if not public:
        blocks += [
            Heading(1, say("Vaststelling", "Adoption")),
            Pairs(
                (
                    (say("Vastgesteld door", "Adopted by"), "______________________________"),
                    (say("Datum", "Date"), "______________________________"),
                )
            ),
        ]
    title = say("Verklaring van Toepasselijkheid", "Statement of applicability")
    title += say(" (openbare versie)", " (public version)") if public else ""
    return make_document(material, "VVT", title, blocks, main_table="controls", public=public)


def _controls_table(material: Material, decisions: dict[str, Applicability], *, public: bool) -> Table:
    say = material.say
    columns = [
        Column(say("Nummer", "Number"), 1.3, mono=True),
        Column(say("Beheersmaatregel", "Control"), 2.7),
        Column(say("Geldt", "Applies"), 0.75),
        Column(say("Reden", "Reason"), 2.1),
    ]
    if not public:
        columns += [Column(say("Stand", "State"), 1.85), Column(say("Onderbouwing", "Basis"), 1.6)]
    rows = tuple(_row(account, material, decisions, public=public) for account in _ordered(material))
    title = say("ISO-beheersmaatregelen met hun overheidsmaatregelen", "ISO controls with their government measures")
    return Table("controls", title, tuple(columns), rows)


def _ordered(material: Material) -> Iterator[ControlAccount]:
    """Each ISO control, followed by the government measures that elaborate it; each measure once."""
    accounts = {account.control.id: account for account in material.accounts}
    seen: set[str] = set()
    for account in material.accounts:
        if account.control.norm != ISO:
            continue
        yield account
        for measure in material.catalogue.mapped_to(account.control.id):
            if measure.id in accounts and measure.norm == BIO2 and measure.id not in seen:
                seen.add(measure.id)
                yield accounts[measure.id]
    yield from (each for each in material.accounts if each.control.norm == BIO2 and each.control.id not in seen)


def _row(
    account: ControlAccount, material: Material, decisions: dict[str, Applicability], *, public: bool
) -> tuple[Cell, ...]:
    say, control = material.say, account.control
    decision = decisions.get(control.id, Applicability(control=control.id))
    applies = Mark(say("ja", "yes"), "good") if decision.applicable else Mark(say("nee", "no"), "quiet")
    number = f"BIO2 {control.number}" if control.norm == BIO2 else control.number
    title = control.title_in(say.language)
    cells: tuple[Cell, ...] = (number, title, applies, decision.reason or _usual_reason(control, material))
    if public:
        return cells
    if not decision.applicable:
        return (*cells, Mark(say("niet van toepassing", "not applicable"), "quiet"), "-")
    return (*cells, outcome_mark(account.overall, say), basis_text(account, say))


def _usual_reason(control: Control, material: Material) -> str:
    say = material.say
    if control.norm == BIO2:
        return say("Overheidsmaatregel", "Government measure")
    measures = [each for each in material.catalogue.mapped_to(control.id) if each.norm == BIO2 and each.in_force]
    if measures:
        return say("Uitgewerkt in overheidsmaatregelen", "Elaborated in government measures")
    return say("Reden nog niet ingevuld", "Reason not filled in yet")


def _public_exceptions(material: Material) -> Table:
    """How many exceptions there are for which measure, without names, targets or checks."""
    say, day = material.say, material.request.day
    columns = (
        Column(say("Maatregelen", "Controls"), 2.4, mono=True),
        Column(say("Besluit", "Decision"), 2.4),
        Column(say("Geldig tot en met", "Valid until"), 1.4),
    )
    rows: list[tuple[Cell, ...]] = []
    for waiver in sorted(waivers_of_norm(material), key=lambda each: (each.ends, each.id)):
        if waiver.starts <= day <= waiver.ends:
            mark = standing_mark(waiver.starts, waiver.ends, material)
            until = Mark(waiver.ends.isoformat(), mark.tone)
            rows.append((", ".join(controls_of(waiver, material)), waiver_kind(waiver, say), until))
    title = say("Geldende uitzonderingen", "Exceptions in force")
    return Table(
        "exceptions", title, columns, tuple(rows), say("Er zijn geen uitzonderingen.", "There are no exceptions.")
    )
