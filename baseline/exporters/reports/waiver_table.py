"""The table of accepted deviations: what, by whom, why, and until when."""

from collections.abc import Iterable, Sequence

from baseline.exporters.reports.document import Cell, Column, Lines, Mark, Table
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.parts import standing_mark, waiver_kind
from baseline.models.check import Check
from baseline.models.pattern import fits
from baseline.models.waiver import Waiver


def waivers_of_norm(material: Material) -> list[Waiver]:
    """The waivers that are about a check for this norm, and those that fit no check, so that none goes unseen."""
    return [
        waiver
        for waiver in material.decisions.waivers
        if controls_of(waiver, material) or not _checks_of(waiver, material)
    ]


def controls_of(waiver: Waiver, material: Material) -> tuple[str, ...]:
    """The numbers of the norm's controls that a waiver touches; a BIO2 heading without a measure is among them."""
    controls = (control for check in _checks_of(waiver, material) for control in check.controls)
    norm = f"{material.norm.id}:"
    return tuple(sorted({control.removeprefix(norm) for control in controls if control.startswith(norm)}))


def _checks_of(waiver: Waiver, material: Material) -> list[Check]:
    return [check for name, check in material.checks.items() if fits(name, waiver.checks)]


def waiver_table(material: Material, waivers: Iterable[Waiver]) -> Table:
    """Each waiver on a row, the first to end first."""
    say = material.say
    ordered = sorted(waivers, key=lambda waiver: (waiver.ends, waiver.id))
    columns = (
        Column(say("Kenmerk", "Id"), 1.0, mono=True),
        Column(say("Afwijking en waar", "Deviation and where"), 2.2),
        Column(say("Besluit en reden", "Decision and reason"), 2.6),
        Column(say("Wie", "Who"), 1.9),
        Column(say("Tot en met", "Until"), 1.2),
    )
    rows = tuple(_row(waiver, material) for waiver in ordered)
    title = say("Geaccepteerde afwijkingen", "Accepted deviations")
    return Table(
        "waivers",
        title,
        columns,
        rows,
        say("Er zijn geen geaccepteerde afwijkingen.", "There are no accepted deviations."),
    )


def _row(waiver: Waiver, material: Material) -> tuple[Cell, ...]:
    say = material.say
    standing = standing_mark(waiver.starts, waiver.ends, material)
    controls = controls_of(waiver, material)
    what = [", ".join(controls)] if controls else []
    what += [", ".join(waiver.checks), say("op ", "on ") + ", ".join(waiver.targets)]
    if waiver.subjects:
        what.append(", ".join(waiver.subjects))
    return (
        waiver.id,
        Lines(tuple(what)),
        Lines(_decision(waiver, material)),
        Lines(_people(waiver, material)),
        Mark(f"{waiver.ends} {standing.text}", standing.tone),
    )


def _decision(waiver: Waiver, material: Material) -> tuple[str, ...]:
    say = material.say
    lines = [
        f"{waiver_kind(waiver, say)}: {waiver.reason}",
        say("Risicoanalyse: ", "Risk analysis: ") + waiver.risk_reference,
    ]
    if waiver.compensating_measure:
        lines.append(say("Compensatie: ", "Compensation: ") + waiver.compensating_measure)
    if waiver.follow_up:
        action = waiver.follow_up
        lines.append(say("Vervolg: ", "Follow-up: ") + f"{action.action}, {action.owner}, {action.due}")
    return tuple(lines)


def _people(waiver: Waiver, material: Material) -> tuple[str, ...]:
    say = material.say
    pairs: Sequence[tuple[str, str]] = (
        (say("Eigenaar", "Owner"), waiver.owner),
        (say("Aangevraagd door", "Requested by"), waiver.requester),
        (say("Goedgekeurd door", "Approved by"), waiver.approver),
        (say("Advies CISO", "CISO advice"), waiver.ciso_advice),
    )
    return tuple(f"{label}: {value}" for label, value in pairs)
