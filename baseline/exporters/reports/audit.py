"""The auditor's report on one norm over one period."""

from baseline.exporters.reports.control_account import ControlAccount
from baseline.exporters.reports.document import Block, Cell, Column, Conclusion, Document, Heading, Paragraph, Table
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import outcome_mark
from baseline.exporters.reports.parts import (
    aspects_table,
    attestations_table,
    conclusion_of,
    make_document,
    outcome_tiles,
    severity_text,
)
from baseline.exporters.reports.population import method_blocks, population_blocks
from baseline.exporters.reports.waiver_table import waiver_table


def audit_report(material: Material) -> Document:
    """Outcome per control, the series behind it, failures, exceptions, statements and population."""
    say = material.say
    outcomes = [account.overall for account in material.accounts]
    measured = [account for account in material.accounts if account.series]
    blocks: list[Block] = [
        Conclusion(*conclusion_of(outcomes, say)),
        outcome_tiles(material, outcomes),
        *method_blocks(material),
        Heading(1, say("Uitkomst per maatregel", "Outcome per control"), new_page=True),
        aspects_table(material, material.accounts),
        Heading(1, say("Werking: de reeks metingen", "Operation: the series of measurements"), new_page=True),
        Paragraph(
            say(
                "Per maatregel die machines meten: hoe vaak, van wanneer tot wanneer, de langste tijd zonder vaststelling, en wat er misging.",
                "For each control that machines measure: how often, from when to when, the longest time without a finding, and what went wrong.",
            )
        ),
        series_table(material, measured),
        failures_table(material),
        Heading(1, say("Bijlage A: geaccepteerde afwijkingen", "Annex A: accepted deviations"), new_page=True),
        waiver_table(material, material.decisions.waivers),
        Heading(1, say("Bijlage B: verklaringen", "Annex B: statements")),
        attestations_table(material, material.decisions.attestations),
        Heading(1, say("Bijlage C: populatie", "Annex C: population")),
        *population_blocks(material)[1:],
    ]
    title = say("Auditrapport", "Audit report")
    return make_document(material, "AUDIT", title, blocks, main_table="controls")


def series_table(material: Material, accounts: list[ControlAccount]) -> Table:
    """The series behind the operation of each control."""
    say = material.say
    columns = (
        Column(say("Nummer", "Number"), 1.1, mono=True),
        Column(say("Metingen", "Runs"), 0.9, numeric=True),
        Column(say("Eerste", "First"), 1.3),
        Column(say("Laatste", "Last"), 1.3),
        Column(say("Langste onderbreking", "Longest gap"), 1.2),
        Column(say("Afwijkingen", "Failures"), 1.1, numeric=True),
        Column(say("Langste", "Longest"), 1.2),
        Column(say("Werking", "Operation"), 1.6),
    )
    rows = tuple(_series_row(account, material) for account in accounts)
    title = say("Reeks per maatregel", "Series per control")
    return Table("series", title, columns, rows, say("Geen maatregel is gemeten.", "No control was measured."))


def _series_row(account: ControlAccount, material: Material) -> tuple[Cell, ...]:
    say, silence, failures = material.say, account.longest_silence, account.failures
    longest = max((each.lasted(material.period.ends) for each in failures), default=None)
    return (
        account.control.number,
        len(account.runs),
        account.first.date().isoformat() if account.first else "-",
        account.last.date().isoformat() if account.last else "-",
        say.duration(silence.lasted) if silence else "-",
        len(failures),
        say.duration(longest),
        outcome_mark(account.operation, say),
    )


def failures_table(material: Material) -> Table:
    """Every failure in the period, the worst first, with the runs that found it and saw it solved."""
    say = material.say
    failures = {failure: None for account in material.accounts for failure in account.failures}
    ordered = sorted(
        failures, key=lambda each: (-each.severity.rank, each.check, each.begins, each.target, each.subject)
    )
    endings = {
        "open": ("open", "open"),
        "repaired": ("hersteld", "repaired"),
        "waived": ("geaccepteerd", "accepted"),
        "gone": ("vervallen", "gone"),
    }
    columns = (
        Column(say("Ernst", "Severity"), 0.8),
        Column(say("Controle", "Check"), 2.4),
        Column(say("Object", "Target"), 1.9),
        Column(say("Sinds (meting)", "Since (run)"), 1.2),
        Column(say("Duur", "Lasted"), 1.0),
        Column(say("Einde (meting)", "Ended (run)"), 1.4),
    )
    rows = tuple(
        (
            severity_text(each.severity.value, say),
            material.checks[each.check].title_nl if say.language == "nl" else material.checks[each.check].title,
            each.target + (f" - {each.subject}" if each.subject else ""),
            f"{each.begins.date()} ({each.found_in})",
            say.duration(each.lasted(material.period.ends)),
            say(*endings[each.ending]) + (f" {each.ends.date()} ({each.ended_in or '-'})" if each.ends else ""),
        )
        for each in ordered
    )
    title = say("Afwijkingen in de periode", "Failures in the period")
    return Table("failures", title, columns, rows, say("Er waren geen afwijkingen.", "There were no failures."))
