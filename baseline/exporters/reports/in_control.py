"""Input for the yearly in-control statement (BIO2 measure 5.36.01): totals, trend, open risks and coverage."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from baseline.exporters.reports.actions import Action, actions_of
from baseline.exporters.reports.control_account import ControlAccount
from baseline.exporters.reports.document import Block, Cell, Column, Conclusion, Document, Heading, Paragraph, Table
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import Outcome
from baseline.exporters.reports.parts import aspects_table, conclusion_of, make_document, names_text, outcome_tiles
from baseline.exporters.reports.waiver_table import waiver_table, waivers_of_norm
from baseline.models.result import Status

CHAPTERS = {
    "5": ("Organisatorisch", "Organisational"),
    "6": ("Mensgericht", "People"),
    "7": ("Fysiek", "Physical"),
    "8": ("Technologisch", "Technological"),
}
"""The chapters of ISO/IEC 27002:2022, which BIO2 follows."""


def in_control_report(material: Material) -> Document:
    """What the board needs to state how far it is in control."""
    say = material.say
    outcomes = [account.overall for account in material.accounts]
    actions = actions_of(material)
    blocks: list[Block] = [
        Conclusion(*conclusion_of(outcomes, say)),
        outcome_tiles(material, outcomes),
        Paragraph(
            say(
                "Dit is invoer voor de In Control Verklaring. De verklaring zelf, en het oordeel of risico's aanvaardbaar zijn, is aan het bestuur.",
                "This is input for the in-control statement. The statement itself, and whether risks are acceptable, is for the board to say.",
            )
        ),
        chapters_table(material, material.accounts),
        _coverage_table(material),
        Heading(1, say("Verloop", "Trend")),
        trend_table(material),
        Heading(1, say("Openstaande risico's", "Open risks")),
        _risks_table(material, actions),
        waiver_table(
            material, [each for each in waivers_of_norm(material) if each.starts <= material.request.day <= each.ends]
        ),
        Heading(1, say("Bijlage: uitkomst per maatregel", "Annex: outcome per control"), new_page=True),
        aspects_table(material, material.accounts),
    ]
    title = say("Invoer voor de In Control Verklaring", "Input for the in-control statement")
    return make_document(material, "ICV", title, blocks, main_table="controls")


def chapters_table(material: Material, accounts: Sequence[ControlAccount]) -> Table:
    """Totals per chapter of the norm."""
    say = material.say
    columns = (
        Column(say("Hoofdstuk", "Chapter"), 2),
        *(
            Column(title, 1, numeric=True)
            for title in (
                say("Maatregelen", "Controls"),
                say("Voldoet", "Met"),
                say("Uitzondering", "Exception"),
                say("Voldoet niet", "Not met"),
                say("Deels of onbekend", "Partly or unknown"),
                say("Niet beoordeeld", "Not assessed"),
            )
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    for number, names in CHAPTERS.items():
        counts = Counter(each.overall for each in accounts if each.control.number.removeprefix("A.").startswith(number))
        if counts:
            rows.append((f"{number} {say(*names)}", *_counted(counts)))
    rows.append((say("Totaal", "Total"), *_counted(Counter(each.overall for each in accounts))))
    return Table("chapters", say("Totalen per hoofdstuk", "Totals per chapter"), columns, tuple(rows))


def _counted(counts: Counter[Outcome]) -> tuple[int, ...]:
    quiet = (Outcome.NOT_OCCURRED, Outcome.NOT_APPLICABLE)
    return (
        counts.total(),
        counts[Outcome.MET] + counts[Outcome.REPAIRED] + sum(counts[each] for each in quiet),
        counts[Outcome.EXCEPTED],
        counts[Outcome.NOT_MET],
        counts[Outcome.PARTLY] + counts[Outcome.UNKNOWN],
        counts[Outcome.NOT_ASSESSED],
    )


def _coverage_table(material: Material) -> Table:
    say, accounts = material.say, material.accounts
    measured = [each for each in accounts if each.runs]
    stated = [each for each in accounts if each.attestation]
    neither = [each for each in accounts if not each.runs and not each.attestation]
    whole = [each for each in accounts if each.overall not in (Outcome.PARTLY, Outcome.UNKNOWN, Outcome.NOT_ASSESSED)]
    rows: tuple[tuple[Cell, ...], ...] = (
        (say("Maatregelen die gelden", "Controls in force"), len(accounts)),
        (say("door machines gemeten (geheel of deels)", "measured by machines (wholly or partly)"), len(measured)),
        (say("met een geldige verklaring van een persoon", "with a valid statement by a person"), len(stated)),
        (say("geheel vastgesteld", "wholly established"), len(whole)),
        (say("zonder meting en zonder verklaring", "without measurement or statement"), len(neither)),
    )
    columns = (Column(say("Dekking", "Coverage"), 4), Column(say("Aantal", "Number"), 1, numeric=True))
    return Table("coverage", say("Dekking van het oordeel", "Coverage of the judgement"), columns, rows)


def trend_table(material: Material) -> Table:
    """Results by status at the beginning of each month and at the end."""
    say = material.say
    checks = {check for account in material.accounts for check in account.checks}
    moments: dict[datetime, Counter[Status]] = {}
    for name in sorted(checks & material.series.checks.keys()):
        for moment, counts in material.series.checks[name].months.items():
            moments.setdefault(moment, Counter()).update(counts)
    columns = (
        Column(say("Stand op", "As it stood on"), 1.6),
        *(
            Column(title, 1, numeric=True)
            for title in (
                say("Voldoet", "Met"),
                say("Voldoet niet", "Not met"),
                say("Geaccepteerd", "Accepted"),
                say("Niet vast te stellen", "Not established"),
                say("Deel dat voldoet", "Share met"),
            )
        ),
    )
    rows = tuple(_trend_row(moment, counts, material) for moment, counts in sorted(moments.items()) if counts.total())
    title = say("Resultaten van controles door de tijd", "Results of checks over time")
    return Table("trend", title, columns, rows, say("Er is niets gemeten.", "Nothing was measured."))


def _trend_row(moment: datetime, counts: Counter[Status], material: Material) -> tuple[Cell, ...]:
    judged = counts[Status.PASS] + counts[Status.FAIL] + counts[Status.WAIVED] + counts[Status.ERROR]
    share = f"{100 * counts[Status.PASS] / judged:.1f} %" if judged else "-"
    text = share.replace(".", ",") if material.say.language == "nl" else share
    return (
        moment.date().isoformat(),
        counts[Status.PASS],
        counts[Status.FAIL],
        counts[Status.WAIVED],
        counts[Status.ERROR],
        text,
    )


def _risks_table(material: Material, actions: Sequence[Action]) -> Table:
    say = material.say
    columns = (
        Column(say("Prio", "Prio"), 0.6, numeric=True),
        Column(say("Afwijking", "Deviation"), 3.4),
        Column(say("Objecten", "Targets"), 2.2),
        Column(say("Eigenaar", "Owner"), 1.3),
        Column(say("Uiterlijk", "Due"), 1.1),
    )
    rows = tuple(
        (
            action.priority,
            material.checks[action.check].title_nl if say.language == "nl" else material.checks[action.check].title,
            names_text((failure.target for failure in action.failures), say),
            action.owner or say("geen eigenaar", "no owner"),
            action.due.isoformat(),
        )
        for action in actions
    )
    return Table("risks", say("Open afwijkingen", "Open deviations"), columns, rows, say("Geen.", "None."))
