"""The DigiD report: per connection (name and number) the outcome of each norm, for the RE auditor who judges."""

from collections.abc import Sequence

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
from baseline.exporters.reports.outcome import Outcome, combined, outcome_mark
from baseline.exporters.reports.parts import basis_text, conclusion_of, make_document, names_text, outcome_tiles
from baseline.exporters.reports.population import method_blocks
from baseline.models.control import Aspect
from baseline.models.report_settings import DigidConnection

Connections = Sequence[tuple[DigidConnection, Material]]
"""Each connection, with the material of what it runs on."""


def tested(account: ControlAccount) -> Outcome:
    """The aspects that the assessment tests of this norm, together."""
    outcomes: dict[Aspect, Outcome] = {
        "design": account.design,
        "existence": account.existence,
        "operation": account.operation,
    }
    return combined(outcomes[aspect] for aspect in account.control.tested_on or tuple(outcomes))


def digid_report(whole: Material, connections: Connections) -> Document:
    """One section per connection. ``whole`` is the material over everything, from which the document is named."""
    say = whole.say
    numbers = ", ".join(f"{each.name} ({each.number})" for each, _ in connections)
    blocks: list[Block] = [
        Paragraph(
            say(
                f"Aansluitingen: {numbers}. Dit verslag levert bewijs voor het DigiD-assessment; het oordeel is aan de RE-auditor die het assurancerapport ondertekent.",
                f"Connections: {numbers}. This report supplies evidence for the DigiD assessment; judgement is for the RE auditor who signs the assurance report.",
            )
        )
    ]
    for index, (connection, material) in enumerate(connections):
        blocks += connection_blocks(connection, material, new_page=index > 0)
    blocks += method_blocks(whole)
    title = say("DigiD-verslag per aansluiting", "DigiD report per connection")
    return make_document(whole, "DIGID", title, blocks, main_table=f"digid_{connections[0][0].number}")


def connection_blocks(connection: DigidConnection, material: Material, *, new_page: bool) -> list[Block]:
    """What one connection comes to, norm by norm."""
    say = material.say
    outcomes = [tested(account) for account in material.accounts]
    text, tone = conclusion_of(outcomes, say)
    return [
        Heading(1, f"{connection.name} ({say('aansluitnummer', 'connection number')} {connection.number})", new_page),
        Pairs(((say("Draait op", "Runs on"), names_text(material.targets, say)),)),
        Conclusion(text.replace("maatregelen", "normen"), tone),
        outcome_tiles(material, outcomes),
        _table(connection, material),
    ]


def _table(connection: DigidConnection, material: Material) -> Table:
    say = material.say
    columns = (
        Column(say("Norm", "Norm"), 0.9, mono=True),
        Column(say("Onderwerp", "Subject"), 2.2),
        Column(say("Opzet", "Design"), 1.75),
        Column(say("Bestaan", "Existence"), 1.75),
        Column(say("Werking", "Operation"), 1.75),
        Column(say("Onderbouwing", "Basis"), 1.6),
    )
    rows = tuple(_row(account, material) for account in material.accounts)
    title = say(
        f"Uitkomst per norm, aansluiting {connection.number}", f"Outcome per norm, connection {connection.number}"
    )
    return Table(f"digid_{connection.number}", title, columns, rows)


def _row(account: ControlAccount, material: Material) -> tuple[Cell, ...]:
    say, control = material.say, account.control

    def aspect(name: Aspect, outcome: Outcome) -> Mark:
        if control.tested_on and name not in control.tested_on:
            return Mark(say("niet getoetst", "not tested"), "quiet")
        return outcome_mark(outcome, say)

    return (
        control.number,
        control.title_in(say.language),
        aspect("design", account.design),
        aspect("existence", account.existence),
        aspect("operation", account.operation),
        basis_text(account, say),
    )
