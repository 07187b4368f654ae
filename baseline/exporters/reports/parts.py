"""Blocks that several reports share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from baseline import __version__
from baseline.exporters.reports.control_account import ControlAccount
from baseline.exporters.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Mark,
    Table,
    Tile,
    Tiles,
    Tone,
)
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import GOOD, Outcome, outcome_mark
from baseline.exporters.reports.say import Say
from baseline.models.attestation import Attestation
from baseline.models.waiver import Standing, Waiver, standing_of

SOON_DAYS = 30
LONGEST_LIST = 6
"""Names that are listed before the rest is counted."""

_KINDS = {
    "risk_accepted": ("risico geaccepteerd", "risk accepted"),
    "cannot_apply": ("kan niet worden toegepast", "cannot be applied"),
    "temporary": ("tijdelijk, met vervolgactie", "temporary, with follow-up"),
}
_STANDINGS: dict[Standing, tuple[str, str, Tone]] = {
    Standing.FUTURE: ("nog niet ingegaan", "not begun", "quiet"),
    Standing.STANDING: ("geldig", "valid", "good"),
    Standing.EXPIRING: ("verloopt binnenkort", "expires soon", "doubt"),
    Standing.EXPIRED: ("verlopen", "expired", "bad"),
}
SEVERITIES = {
    "low": ("laag", "low"),
    "medium": ("midden", "medium"),
    "high": ("hoog", "high"),
    "critical": ("kritiek", "critical"),
}


def make_document(
    material: Material, kind: str, title: str, blocks: Sequence[Block], *, main_table: str, public: bool = False
) -> Document:
    """The document around the blocks, with what every report says of itself. A public one carries no data."""
    say, settings = material.say, material.decisions.settings
    marking = say("Openbaar", "Public") if public else settings.marking or say("Vertrouwelijk", "Confidential")
    return Document(
        kind=kind,
        language=say.language,
        title=title,
        subtitle=f"{norm_name(material)}, {period_name(material)}",
        organisation=settings.organisation or say("Organisatie niet ingevuld", "Organisation not filled in"),
        reference=material.reference(kind),
        marking=marking,
        day=material.request.day,
        facts=_public_facts(material) if public else _facts(material),
        blocks=tuple(blocks),
        main_table=main_table,
        data=b"" if public else material.data(),
    )


def norm_name(material: Material) -> str:
    """The norm with the version that makes its numbers unique."""
    norm = material.norm
    return material.say(f"{norm.title_nl}, versie {norm.version}", f"{norm.title}, version {norm.version}")


def period_name(material: Material) -> str:
    """The period from its first to its last day; the year once where it is the same."""
    say, period = material.say, material.period
    first, last = say.day(period.first), say.day(period.last)
    if period.first.year == period.last.year:
        first = first.removesuffix(f" {period.first.year}")
    return say(f"{first} tot en met {last}", f"{first} to {last}")


def _public_facts(material: Material) -> tuple[tuple[str, str], ...]:
    say, settings = material.say, material.decisions.settings
    rows = [
        (say("Datum", "Date"), say.day(material.request.day)),
        (say("Norm", "Norm"), norm_name(material)),
        (say("Toepassingsgebied", "Scope"), settings.scope or say("niet ingevuld", "not filled in")),
    ]
    return tuple(rows)


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    say, series = material.say, material.series
    checks = len({check for account in material.accounts for check in account.checks})
    moments = [each.at for each in series.assessments]
    measured = (
        say(
            f"{len(material.runs)} metingen, van {say.moment(moments[0])} tot {say.moment(moments[-1])} (UTC)",
            f"{len(material.runs)} runs, from {say.moment(moments[0])} to {say.moment(moments[-1])} (UTC)",
        )
        if moments
        else say("geen metingen in de periode", "no runs in the period")
    )
    reached = {each.target for each in series.assessments if each.reached}
    objects = say(
        f"{len(material.targets)}, waarvan {len(reached)} gemeten",
        f"{len(material.targets)}, of which {len(reached)} measured",
    )
    return (
        *_public_facts(material),
        (say("Periode", "Period"), period_name(material)),
        (say("Metingen", "Runs"), measured),
        (say("Objecten", "Targets"), objects + _selected(material)),
        (
            say("Gemaakt met", "Made with"),
            say(
                f"baseline {__version__}, {checks} controles",
                f"baseline {__version__}, {checks} checks",
            ),
        ),
    )


def _selected(material: Material) -> str:
    selection, say = material.request.selection, material.say
    parts = [
        f"{label} {', '.join(names)}"
        for label, names in (
            (say("groep", "group"), selection.groups),
            (say("locatie", "site"), selection.sites),
            (say("object", "target"), selection.targets),
        )
        if names
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def outcome_tiles(material: Material, outcomes: Iterable[Outcome]) -> Tiles:
    """How many controls came to what."""
    say, counts = material.say, Counter(outcomes)
    partly = counts[Outcome.PARTLY] + counts[Outcome.UNKNOWN]
    rest = counts[Outcome.NOT_OCCURRED] + counts[Outcome.NOT_APPLICABLE]
    tiles = [
        Tile(str(counts[Outcome.MET] + counts[Outcome.REPAIRED]), say("voldoet", "met"), "good"),
        Tile(str(counts[Outcome.EXCEPTED]), say("met uitzondering", "with exception"), "doubt"),
        Tile(str(counts[Outcome.NOT_MET]), say("voldoet niet", "not met"), "bad"),
        Tile(str(partly), say("deels of niet vast te stellen", "partly, or not established"), "doubt"),
        Tile(str(counts[Outcome.NOT_ASSESSED]), say("niet beoordeeld", "not assessed"), "quiet"),
    ]
    if rest:
        tiles.append(Tile(str(rest), say("niet voorgekomen of n.v.t.", "not occurred or n/a"), "quiet"))
    return Tiles(tuple(tiles))


def conclusion_of(outcomes: Sequence[Outcome], say: Say) -> tuple[str, Tone]:
    """What a list of outcomes comes to, in one sentence."""
    good = sum(outcome in GOOD for outcome in outcomes)
    bad = sum(outcome is Outcome.NOT_MET for outcome in outcomes)
    left = len(outcomes) - good - bad
    if good == len(outcomes) and outcomes:
        return say(f"Alle {good} maatregelen voldoen.", f"All {good} controls are met."), "good"
    text = say(
        f"Van {len(outcomes)} maatregelen {'voldoet' if good == 1 else 'voldoen'} er {good}; {bad} {'voldoet' if bad == 1 else 'voldoen'} niet en van {left} is dat niet (geheel) vastgesteld.",
        f"Of {len(outcomes)} controls {good} {'is' if good == 1 else 'are'} met, {bad} {'is' if bad == 1 else 'are'} not, and of {left} it is not (wholly) established.",
    )
    return text, "bad" if bad else "doubt"


def aspects_table(material: Material, accounts: Sequence[ControlAccount], name: str = "controls") -> Table:
    """Each control with its design, existence and operation apart."""
    say = material.say
    columns = (
        Column(say("Nummer", "Number"), 0.9, mono=True),
        Column(say("Maatregel", "Control"), 2.2),
        Column(say("Opzet", "Design"), 1.75),
        Column(say("Bestaan", "Existence"), 1.75),
        Column(say("Werking", "Operation"), 1.75),
        Column(say("Onderbouwing", "Basis"), 1.6),
    )
    rows = tuple(
        (
            account.control.number,
            account.control.title_in(say.language),
            outcome_mark(account.design, say),
            outcome_mark(account.existence, say),
            outcome_mark(account.operation, say),
            basis_text(account, say),
        )
        for account in accounts
    )
    return Table(
        name,
        say("Opzet, bestaan en werking", "Design, existence and operation"),
        columns,
        rows,
        say("Geen maatregelen.", "No controls."),
    )


def basis_text(account: ControlAccount, say: Say) -> str:
    """On what the outcomes rest."""
    parts = []
    if account.series:
        checks = say.count(len(account.series), ("controle", "controles"), ("check", "checks"))
        targets = say.count(len(account.targets), ("object", "objecten"), ("target", "targets"))
        parts.append(say(f"{checks} op {targets}", f"{checks} on {targets}"))
    if account.attestation:
        parts.append(say(f"verklaring {account.attestation.id}", f"statement {account.attestation.id}"))
    if account.expired:
        parts.append(say(f"verklaring {account.expired.id} is verlopen", f"statement {account.expired.id} has expired"))
    if account.unmeasured:
        parts.append(
            say("niet gemeten: ", "not measured: ") + ", ".join(domain_name(each, say) for each in account.unmeasured)
        )
    return "; ".join(parts) or say("nog geen onderbouwing", "no basis yet")


def domain_name(domain: str, say: Say) -> str:
    """Where a machine can look."""
    dutch = {"network": "netwerk", "host": "servers", "workplace": "werkplek", "cloud": "cloud", "web": "web"}
    english = {"network": "network", "host": "hosts", "workplace": "workplaces", "cloud": "cloud", "web": "web"}
    return say(dutch[domain], english[domain])


def names_text(names: Iterable[str], say: Say) -> str:
    """A list of names, cut with a count."""
    ordered = sorted(set(names))
    more = len(ordered) - LONGEST_LIST
    text = ", ".join(ordered[:LONGEST_LIST])
    return text + (say(f" en nog {more}", f" and {more} more") if more > 0 else "")


def standing_mark(starts: date, ends: date, material: Material) -> Mark:
    """Where a term is on the day of the report."""
    dutch, english, tone = _STANDINGS[standing_of(starts, ends, material.request.day, SOON_DAYS)]
    return Mark(material.say(dutch, english), tone)


def waiver_kind(waiver: Waiver, say: Say) -> str:
    """What was decided."""
    return say(*_KINDS[waiver.kind])


def severity_text(severity: str, say: Say) -> str:
    """How bad it is."""
    return say(*SEVERITIES[severity])


def attestations_table(material: Material, found: Sequence[Attestation]) -> Table:
    """What people stated, with what supports it."""
    say = material.say
    columns = (
        Column(say("Kenmerk", "Id"), 0.95, mono=True),
        Column(say("Maatregel", "Control"), 1.3, mono=True),
        Column(say("Verklaring", "Statement"), 3.4),
        Column(say("Ondertekenaar", "Signer"), 1.4),
        Column(say("Geldig tot en met", "Valid until"), 1.3),
        Column(say("Bijlagen (SHA-256)", "Documents (SHA-256)"), 1.7, mono=True),
    )
    words = {
        "met": ("Voldoet. ", "Met. "),
        "not_met": ("Voldoet niet. ", "Not met. "),
        "not_occurred": ("Niet voorgekomen. ", "Not occurred. "),
    }
    rows = tuple(_attestation_row(each, say(*words[each.outcome]), material) for each in found)
    return Table(
        "attestations",
        say("Verklaringen van personen", "Statements by people"),
        columns,
        rows,
        say("Er zijn geen verklaringen.", "There are no statements."),
    )


def _attestation_row(each: Attestation, outcome: str, material: Material) -> tuple[Cell, ...]:
    mark = standing_mark(each.signed_on, each.valid_until, material)
    until = Mark(f"{each.valid_until}", mark.tone)
    documents = "; ".join(f"{document.name} {document.sha256[:12]}" for document in each.documents)
    return (
        each.id,
        each.control,
        outcome + each.statement,
        f"{each.signer}, {each.role}, {each.signed_on}",
        until,
        documents or "-",
    )
