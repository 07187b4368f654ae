"""The Cbw view: the ten duties of care of the Cyberbeveiligingswet (NIS2), from the accounts of the controls."""

from collections import Counter

import msgspec

from baseline.content.document import load_document
from baseline.content.location import content_folder
from baseline.content.reading import Reading
from baseline.exporters.reports.control_account import ControlAccount
from baseline.exporters.reports.document import Block, Cell, Column, Conclusion, Document, Heading, Paragraph, Table
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import GOOD, Outcome
from baseline.exporters.reports.parts import aspects_table, conclusion_of, make_document, outcome_tiles
from baseline.models.errors import ContentError, Problem


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One duty of care (zorgplicht), with the ISO controls that answer it; the mapping is our judgement."""

    id: str
    title: str
    title_nl: str
    iso: tuple[str, ...]


def load_duties() -> tuple[Duty, ...]:
    """The duties in ``exporters/reports/cbw.yaml``.

    Raises:
        ContentError: the file is not right.
    """
    problems: list[Problem] = []
    document = load_document(content_folder("exporters") / "reports" / "cbw.yaml", problems)
    duties = () if document is None else tuple(map(_duty, Reading(document, problems).mappings("duties")))
    if problems:
        raise ContentError(problems)
    return duties


def _duty(reading: Reading) -> Duty:
    reading.only(("id", "title", "title_nl", "iso"))
    return Duty(
        id=reading.text("id", required=True),
        title=reading.text("title", required=True),
        title_nl=reading.text("title_nl", required=True),
        iso=tuple(f"iso27001:{number}" for number in reading.texts("iso", required=True)),
    )


def cbw_report(material: Material, duties: tuple[Duty, ...]) -> Document:
    """Each duty with the outcomes of the measures that answer it; maturity is only what people gave."""
    say = material.say
    outcomes = [account.overall for account in material.accounts]
    blocks: list[Block] = [
        Conclusion(*conclusion_of(outcomes, say)),
        outcome_tiles(material, outcomes),
        Paragraph(
            say(
                "De zorgplicht van artikel 21 van de Cyberbeveiligingswet, elk met de overheidsmaatregelen die er invulling aan geven. Het volwassenheidsniveau (1 tot 5) is de score die personen in hun verklaring gaven; geen machine bedenkt er een. De verdeling over de maatregelen is een eigen indeling en vervangt het toetsingskader van ADR en NOREA niet.",
                "The duties of care of article 21 of the Cyberbeveiligingswet, each with the government measures that answer it. Maturity (1 to 5) is the score that people gave in their statements; no machine makes one up. How measures are divided is our own and does not replace the control framework of ADR and NOREA.",
            )
        ),
        _table(material, duties),
    ]
    blocks.append(Heading(1, say("Maatregelen per zorgplicht", "Controls per duty of care"), new_page=True))
    for duty in duties:
        accounts = accounts_of(duty, material)
        blocks.append(Heading(2, f"{duty.id}. {duty.title_nl if say.language == 'nl' else duty.title}"))
        blocks.append(aspects_table(material, accounts, f"duty_{duty.id}"))
    title = say("Zorgplicht Cyberbeveiligingswet", "Duty of care under the Cyberbeveiligingswet")
    return make_document(material, "CBW", title, blocks, main_table="duties")


def accounts_of(duty: Duty, material: Material) -> list[ControlAccount]:
    """The accounts of the measures that elaborate the duty's ISO controls."""
    return [account for account in material.accounts if not set(duty.iso).isdisjoint(account.control.iso)]


def _table(material: Material, duties: tuple[Duty, ...]) -> Table:
    say = material.say
    columns = (
        Column(say("Lid", "Part"), 0.5),
        Column(say("Zorgplicht", "Duty of care"), 3.6),
        Column(say("Maatregelen", "Controls"), 1.1, numeric=True),
        Column(say("Voldoet", "Met"), 0.9, numeric=True),
        Column(say("Voldoet niet", "Not met"), 0.9, numeric=True),
        Column(say("Niet (geheel) vastgesteld", "Not (wholly) established"), 1.3, numeric=True),
        Column(say("Volwassenheid", "Maturity"), 1.4),
    )
    rows = tuple(_row(duty, material) for duty in duties)
    return Table("duties", say("Overzicht per zorgplicht", "Overview per duty of care"), columns, rows)


def _row(duty: Duty, material: Material) -> tuple[Cell, ...]:
    accounts = accounts_of(duty, material)
    counts = Counter(account.overall for account in accounts)
    good = sum(counts[outcome] for outcome in GOOD)
    bad = counts[Outcome.NOT_MET]
    title = duty.title_nl if material.say.language == "nl" else duty.title
    return (duty.id, title, len(accounts), good, bad, len(accounts) - good - bad, _maturity(accounts, material))


def _maturity(accounts: list[ControlAccount], material: Material) -> str:
    say = material.say
    scores = sorted(
        account.attestation.maturity for account in accounts if account.attestation and account.attestation.maturity
    )
    if not scores:
        return say("niet gescoord", "not scored")
    span = str(scores[0]) if scores[0] == scores[-1] else f"{scores[0]}-{scores[-1]}"
    return f"{span} ({say.count(len(scores), ('verklaring', 'verklaringen'), ('statement', 'statements'))})"
