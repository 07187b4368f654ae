"""The ENSIA view: one account for the board, that names no norms, and annexes that do."""

from baseline.exporters.reports.digid import Connections, connection_blocks, tested
from baseline.exporters.reports.document import Block, Column, Conclusion, Document, Heading, Paragraph, Table
from baseline.exporters.reports.in_control import chapters_table
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import GOOD, Outcome
from baseline.exporters.reports.parts import aspects_table, conclusion_of, make_document, outcome_tiles
from baseline.exporters.reports.waiver_table import waiver_table, waivers_of_norm


def ensia_report(material: Material, connections: Connections) -> Document:
    """Chapters for the college's statement first (it names no norms), then per norm in the annexes."""
    say = material.say
    outcomes = [account.overall for account in material.accounts]
    blocks: list[Block] = [
        Conclusion(*conclusion_of(outcomes, say)),
        outcome_tiles(material, outcomes),
        Paragraph(
            say(
                "Dit overzicht is invoer voor de zelfevaluatie en de collegeverklaring. Deze pagina noemt geen afzonderlijke normen; die staan in de bijlagen, met hetzelfde kenmerk op elke pagina.",
                "This is input for the self-assessment and the statement of the college. This page names no single norms; those are in the annexes, with the same reference on every page.",
            )
        ),
        chapters_table(material, material.accounts),
        _connections_table(material, connections),
        Heading(
            1,
            say("Bijlage A: informatiebeveiliging per maatregel", "Annex A: information security per control"),
            new_page=True,
        ),
        aspects_table(material, material.accounts),
        Heading(1, say("Bijlage B: geaccepteerde afwijkingen", "Annex B: accepted deviations"), new_page=True),
        waiver_table(material, waivers_of_norm(material)),
    ]
    if connections:
        blocks.append(
            Heading(1, say("Bijlage C: DigiD per aansluiting", "Annex C: DigiD per connection"), new_page=True)
        )
    for connection, part in connections:
        blocks += connection_blocks(connection, part, new_page=False)
    title = say("Verantwoording informatiebeveiliging (ENSIA)", "Account of information security (ENSIA)")
    return make_document(material, "ENSIA", title, blocks, main_table="controls")


def _connections_table(material: Material, connections: Connections) -> Table:
    say = material.say
    columns = (
        Column(say("Aansluiting", "Connection"), 2.4),
        Column(say("Nummer", "Number"), 1.2),
        Column(say("Voldoet", "Met"), 1, numeric=True),
        Column(say("Voldoet niet", "Not met"), 1, numeric=True),
        Column(say("Niet (geheel) vastgesteld", "Not (wholly) established"), 1.4, numeric=True),
    )
    rows = []
    for connection, part in connections:
        outcomes = [tested(account) for account in part.accounts]
        good = sum(outcome in GOOD for outcome in outcomes)
        bad = sum(outcome is Outcome.NOT_MET for outcome in outcomes)
        rows.append((connection.name, connection.number, good, bad, len(outcomes) - good - bad))
    title = say("DigiD-aansluitingen", "DigiD connections")
    empty = say("Er zijn geen aansluitingen ingevuld in reports.yml.", "No connections are filled in in reports.yml.")
    return Table("connections", title, columns, tuple(rows), empty)
