"""The GAP analysis and action plan: what is not met, who repairs it by when, and proof of what was repaired."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from baseline.exporters.reports.action_evidence import Evidence, all_failures, evidence_table, repaired_table
from baseline.exporters.reports.document import (
    Block,
    Cell,
    Column,
    Conclusion,
    Document,
    Heading,
    Mark,
    Paragraph,
    Table,
    Tile,
    Tiles,
)
from baseline.exporters.reports.failures import Failure
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import Outcome, outcome_mark
from baseline.exporters.reports.parts import basis_text, make_document, names_text
from baseline.exporters.reports.priority import LIMITS, due_day, priority_of, score_of
from baseline.exporters.reports.waiver_table import waivers_of_norm


class Action(msgspec.Struct, frozen=True):
    """What one owner repairs: the failures of one check."""

    check: str
    owner: str
    failures: tuple[Failure, ...]
    priority: int
    score: int
    due: date


def actions_of(material: Material) -> list[Action]:
    """What is to be done, the most urgent first."""
    groups: dict[tuple[str, str], list[Failure]] = {}
    for failure in all_failures(material):
        if failure.ending == "open":
            owner = material.targets[failure.target].owner or ""
            groups.setdefault((failure.check, owner), []).append(failure)
    actions = [_action(check, owner, failures, material) for (check, owner), failures in groups.items()]
    return sorted(actions, key=lambda action: (action.priority, action.due, action.check, action.owner))


def _action(check: str, owner: str, failures: Sequence[Failure], material: Material) -> Action:
    scores = {failure: score_of(failure, material.targets[failure.target]) for failure in failures}
    settings = material.decisions.settings
    due = min(due_day(failure, priority_of(score), settings) for failure, score in scores.items())
    worst = max(scores.values())
    return Action(check, owner, tuple(failures), priority_of(worst), worst, due)


def action_report(material: Material, evidence: Evidence) -> Document:
    """Actions by priority, what lies behind them, what was repaired, and what nobody looked at yet."""
    say = material.say
    actions = actions_of(material)
    overdue = sum(action.due < material.request.day for action in actions)
    counts = Counter(action.priority for action in actions)
    blocks: list[Block] = [
        _conclusion(material, actions, overdue),
        Tiles(
            (
                *(
                    Tile(
                        str(counts[number]),
                        say(f"prioriteit {number}", f"priority {number}"),
                        "bad" if number == 1 and counts[1] else "plain",
                    )
                    for number in range(1, 5)
                ),
                Tile(str(overdue), say("over de termijn", "overdue"), "bad" if overdue else "good"),
            )
        ),
        Paragraph(_priority_text(material)),
        Heading(1, say("Actieplan", "Action plan")),
        _action_table(material, actions),
        Heading(1, say("Bewijs per afwijking", "Evidence per deviation"), new_page=True),
        evidence_table(material, evidence),
        Heading(1, say("Hersteld in de periode", "Repaired in the period")),
        repaired_table(material, evidence),
        Heading(1, say("Vervolg op tijdelijke afwijkingen", "Follow-up of temporary deviations")),
        _follow_up_table(material),
        Heading(1, say("Niet vastgesteld", "Not established"), new_page=True),
        _open_table(material),
    ]
    title = say("GAP-analyse en actieplan", "GAP analysis and action plan")
    return make_document(material, "ACTIONS", title, blocks, main_table="actions")


def _conclusion(material: Material, actions: Sequence[Action], overdue: int) -> Conclusion:
    say = material.say
    if not actions:
        return Conclusion(say("Er staan geen afwijkingen open.", "No deviation is open."), "good")
    failures = sum(len(action.failures) for action in actions)
    text = say(
        f"{say.count(failures, ('afwijking staat', 'afwijkingen staan'), ('', ''))} open, in {say.count(len(actions), ('actie', 'acties'), ('', ''))}; {overdue} over de termijn.",
        f"{say.count(failures, ('', ''), ('deviation is', 'deviations are'))} open, in {say.count(len(actions), ('', ''), ('action', 'actions'))}; {overdue} overdue.",
    )
    return Conclusion(text, "bad")


def _priority_text(material: Material) -> str:
    say, days = material.say, material.decisions.settings.repair_days
    return say(
        f"Prioriteit = ernst (1-4) x BIV-classificatie (1-3) x blootstelling (intern 1, internet 2). Score {LIMITS[0]} of hoger is prioriteit 1, daarna {LIMITS[1]} en {LIMITS[2]}. "
        f"Hersteltermijn: {days[0]}, {days[1]}, {days[2]} en {days[3]} dagen na de eerste vaststelling. Wat niet is geclassificeerd telt als hoog, onbekende blootstelling als internet.",
        f"Priority = severity (1-4) x BIV classification (1-3) x exposure (internal 1, internet 2). A score of {LIMITS[0]} or more is priority 1, then {LIMITS[1]} and {LIMITS[2]}. "
        f"To be repaired {days[0]}, {days[1]}, {days[2]} and {days[3]} days after it was first seen. What is not classified counts as high, unknown exposure as internet.",
    )


def _action_table(material: Material, actions: Sequence[Action]) -> Table:
    say = material.say
    columns = (
        Column(say("Prio", "Prio"), 0.6, numeric=True),
        Column(say("Actie", "Action"), 3.6),
        Column(say("Maatregelen", "Controls"), 1.1, mono=True),
        Column(say("Objecten", "Targets"), 1.9),
        Column(say("Eigenaar", "Owner"), 1.2),
        Column(say("Uiterlijk", "Due"), 1.3),
    )
    rows = tuple(_action_row(action, material) for action in actions)
    return Table(
        "actions", say("Acties", "Actions"), columns, rows, say("Er is niets te doen.", "There is nothing to do.")
    )


def _action_row(action: Action, material: Material) -> tuple[Cell, ...]:
    say, check = material.say, material.checks[action.check]
    title = check.title_nl if say.language == "nl" else check.title
    text = check.remediation.text_nl if say.language == "nl" else check.remediation.text
    reopened = sum(failure.earlier > 0 for failure in action.failures)
    again = say(f" Heropend: {reopened}.", f" Reopened: {reopened}.") if reopened else ""
    numbers = [account.control.number for account in material.accounts if action.check in account.checks]
    late = action.due < material.request.day
    due = Mark(f"{action.due}" + (say(" te laat", " overdue") if late else ""), "bad" if late else "plain")
    targets = names_text((failure.target for failure in action.failures), say)
    what = f"{title}. {text}".strip() if text else f"{title}."
    return (
        action.priority,
        what + again,
        ", ".join(numbers),
        targets,
        action.owner or say("geen eigenaar", "no owner"),
        due,
    )


def _follow_up_table(material: Material) -> Table:
    say, day = material.say, material.request.day
    columns = (
        Column(say("Kenmerk", "Id"), 1, mono=True),
        Column(say("Vervolgactie", "Follow-up"), 3),
        Column(say("Wie", "Who"), 1.4),
        Column(say("Gereed op", "Due"), 1.3),
    )
    rows = tuple(
        (
            waiver.id,
            waiver.follow_up.action,
            waiver.follow_up.owner,
            Mark(str(waiver.follow_up.due), "bad" if waiver.follow_up.due < day else "plain"),
        )
        for waiver in waivers_of_norm(material)
        if waiver.follow_up and waiver.starts <= day <= waiver.ends
    )
    title = say("Lopende vervolgacties", "Follow-up that is under way")
    return Table(
        "follow_up",
        title,
        columns,
        rows,
        say("Er zijn geen tijdelijke afwijkingen.", "There are no temporary deviations."),
    )


def _open_table(material: Material) -> Table:
    """Controls of which nothing, or not everything, is established: a gap too, of which the cause is not known."""
    say = material.say
    gaps = (Outcome.UNKNOWN, Outcome.NOT_ASSESSED, Outcome.PARTLY)
    columns = (
        Column(say("Nummer", "Number"), 0.9, mono=True),
        Column(say("Maatregel", "Control"), 2.8),
        Column(say("Uitkomst", "Outcome"), 1.5),
        Column(say("Onderbouwing", "Basis"), 2.6),
    )
    attested = [
        account for account in material.accounts if account.attestation and account.attestation.outcome == "not_met"
    ]
    rows = tuple(
        (
            account.control.number,
            account.control.title_in(say.language),
            outcome_mark(account.overall, say),
            basis_text(account, say),
        )
        for account in material.accounts
        if account.overall in gaps or account in attested
    )
    title = say(
        "Maatregelen die nog (geheel) zijn vast te stellen, of die volgens een verklaring niet voldoen",
        "Controls still to be established, or not met by a statement",
    )
    return Table("not_established", title, columns, rows, say("Geen.", "None."))
