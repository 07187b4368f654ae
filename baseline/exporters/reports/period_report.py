"""The period report of a control: how often it was measured, what went wrong, for how long, and when it was repaired."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fnmatch import fnmatchcase

from baseline.exporters.reports.control_account import ControlAccount
from baseline.exporters.reports.document import (
    Block,
    Cell,
    Column,
    Conclusion,
    Document,
    Heading,
    Pairs,
    Paragraph,
    Table,
    Tone,
)
from baseline.exporters.reports.failures import Failure
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.outcome import GOOD, Outcome, operation_of, outcome_mark, why_operation
from baseline.exporters.reports.parts import make_document
from baseline.exporters.reports.series import CheckSeries
from baseline.exporters.reports.strip import period_strip

Line = tuple[str, CheckSeries, Outcome]
"""A target, what one check saw of it, and what that comes to."""


def period_report(material: Material, checks: Sequence[str] = ()) -> Document:
    """One section per control; ``checks`` (names that may hold ``*``) limits which checks count."""
    say = material.say
    narrowed = [(account, _chosen(account, checks)) for account in material.accounts]
    lines = [line for _, series in narrowed for line in _lines(material, series)]
    blocks: list[Block] = [Conclusion(*_answer(material, lines))]
    for account, series in narrowed:
        blocks += _section(material, account, series)
    days = material.decisions.settings.longest_silence_days
    blocks.append(
        Paragraph(
            say(
                f"Werking is niet vast te stellen met minder dan twee metingen of na meer dan {days} dagen onderbreking. 'Hersteld' is gevonden en daarna aantoonbaar opgelost. Wat niet te lezen of niet gemeten was, telt nooit als voldaan. Tijden in UTC.",
                f"Operation is not established with fewer than two runs, or after more than {days} days without a measurement. 'Repaired' is found and then seen to be solved. What could not be read or was not measured never counts as met. Times in UTC.",
            )
        )
    )
    title = say("Periodeverslag", "Period report")
    return make_document(material, "PERIOD", title, blocks, main_table="series")


def _chosen(account: ControlAccount, patterns: Sequence[str]) -> list[CheckSeries]:
    return [
        each for each in account.series if not patterns or any(fnmatchcase(each.check, pattern) for pattern in patterns)
    ]


def _answer(material: Material, lines: Sequence[Line]) -> tuple[str, Tone]:
    """The answer in one sentence: of how many targets it held throughout."""
    say = material.say
    if not lines:
        return say("In deze periode is hiervan niets gemeten.", "Nothing of this was measured in the period."), "doubt"
    outcomes: dict[str, set[Outcome]] = {}
    for target, _, outcome in lines:
        outcomes.setdefault(target, set()).add(outcome)
    met = sum(found <= {Outcome.MET, Outcome.NOT_OCCURRED} for found in outcomes.values())
    good = sum(found <= GOOD | {Outcome.NOT_OCCURRED} for found in outcomes.values()) - met
    bad = sum(Outcome.NOT_MET in found for found in outcomes.values())
    unknown = len(outcomes) - met - good - bad
    parts = [
        say(
            f"op {met} van {len(outcomes)} objecten voldeed dit de hele periode",
            f"on {met} of {len(outcomes)} targets this was met throughout the period",
        )
    ]
    if good:
        parts.append(
            say(
                f"op {good} is een afwijking hersteld of geaccepteerd",
                f"on {good} a deviation was repaired or accepted",
            )
        )
    if bad:
        parts.append(say(f"op {bad} staat een afwijking open", f"on {bad} a deviation is open"))
    if unknown:
        parts.append(say(f"van {unknown} is het niet vast te stellen", f"of {unknown} it is not established"))
    text = "; ".join(parts)
    text = f"{text[0].upper()}{text[1:]}."
    tone: Tone = "bad" if bad else ("doubt" if unknown or good else "good")
    return text, tone


def _section(material: Material, account: ControlAccount, series: list[CheckSeries]) -> list[Block]:
    say, control = material.say, account.control
    blocks: list[Block] = [Heading(1, f"{control.id} - {control.title_in(say.language)}")]
    if not series:
        return [
            *blocks,
            Paragraph(
                say("Hiervan meet geen controle iets op deze objecten.", "No check measures this on these targets.")
            ),
        ]
    blocks.append(_numbers(material, series))
    if any(each.intervals for each in series):
        blocks.append(period_strip(material, series, say("Verloop per object", "Course per target")))
    return [*blocks, _series_table(material, series), _failure_table(material, series)]


def _numbers(material: Material, series: Sequence[CheckSeries]) -> Pairs:
    say, until = material.say, material.period.ends
    failures = [failure for each in series for failure in each.failures]
    repaired = [failure.lasted(until) for failure in failures if failure.ending == "repaired"]
    mean = sum(repaired, timedelta()) / len(repaired) if repaired else None
    longest = max(
        (each.longest_silence for each in series if each.longest_silence), key=lambda each: each.lasted, default=None
    )
    limit = timedelta(days=material.decisions.settings.longest_silence_days)
    outcome = operation_of(series)
    why = why_operation(series, limit, say) if outcome in (Outcome.UNKNOWN, Outcome.NOT_ASSESSED) else ""
    runs = set[int]().union(*(each.runs for each in series))
    return Pairs(
        (
            (say("Werking", "Operation"), outcome_mark(outcome, say).text + (f": {why}" if why else "")),
            (say("Controles", "Checks"), ", ".join(each.check for each in series)),
            (say("Metingen", "Runs"), str(len(runs))),
            (
                say("Eerste en laatste", "First and last"),
                f"{say.moment(min((each.first for each in series if each.first), default=None))} - {say.moment(max((each.last for each in series if each.last), default=None))}",
            ),
            (
                say("Langste onderbreking", "Longest gap"),
                f"{say.duration(longest.lasted)} ({longest.target})" if longest else "-",
            ),
            (
                say("Afwijkingen", "Deviations"),
                say(
                    f"{len(failures)}, waarvan {len(repaired)} hersteld",
                    f"{len(failures)}, of which {len(repaired)} repaired",
                ),
            ),
            (
                say("Langste afwijking", "Longest deviation"),
                say.duration(max((each.lasted(until) for each in failures), default=None)),
            ),
            (say("Gemiddelde hersteltijd", "Mean time to repair"), say.duration(mean)),
        )
    )


def _lines(material: Material, series: Sequence[CheckSeries]) -> list[Line]:
    ends = material.period.ends
    return [(*pair, operation_of([pair[1]])) for each in series for pair in _by_target(each, ends)]


def _by_target(series: CheckSeries, ends: datetime) -> list[tuple[str, CheckSeries]]:
    """A series taken apart into one per target."""
    parts = {target: CheckSeries(check=series.check, targets={target}) for target in sorted(series.targets)}
    for interval in series.intervals:
        part = parts[interval.target]
        part.intervals.append(interval)
        part.touched.add(interval.status)
        if interval.valid_to is None or interval.valid_to >= ends:
            part.at_end[interval.status] += 1
    for failure in series.failures:
        parts[failure.target].failures.append(failure)
    for silence in series.silences:
        parts[silence.target].silences.append(silence)
    for target, part in parts.items():
        moments = series.observed.get(target, [])
        part.runs = set(range(len(moments)))
        part.first, part.last = (moments[0], moments[-1]) if moments else (None, None)
    return list(parts.items())


def _series_table(material: Material, series: Sequence[CheckSeries]) -> Table:
    say = material.say
    columns = (
        Column(say("Object", "Target"), 2.0),
        Column(say("Controle", "Check"), 2.3),
        Column(say("Metingen", "Runs"), 1.05, numeric=True),
        Column(say("Eerste", "First"), 1.1),
        Column(say("Laatste", "Last"), 1.1),
        Column(say("Afwijkingen", "Deviations"), 1.3, numeric=True),
        Column(say("Langste", "Longest"), 1.1),
        Column(say("Werking", "Operation"), 1.6),
    )
    lines = sorted(_lines(material, series), key=lambda line: (line[2] in GOOD, line[0], line[1].check))
    rows = tuple(_series_row(line, material) for line in lines)
    return Table("series", say("Reeks per object", "Series per target"), columns, rows)


def _series_row(line: Line, material: Material) -> tuple[Cell, ...]:
    say, (target, series, outcome) = material.say, line
    longest = max((each.lasted(material.period.ends) for each in series.failures), default=None)
    return (
        target,
        series.check,
        len(series.runs),
        series.first.date().isoformat() if series.first else "-",
        series.last.date().isoformat() if series.last else "-",
        len(series.failures),
        say.duration(longest),
        outcome_mark(outcome, say),
    )


def _failure_table(material: Material, series: Sequence[CheckSeries]) -> Table:
    say = material.say
    failures = sorted(
        (each for one in series for each in one.failures),
        key=lambda each: (each.begins, each.target, each.check, each.subject),
    )
    columns = (
        Column(say("Object", "Target"), 2.4),
        Column(say("Controle", "Check"), 2.4),
        Column(say("Gevonden (meting)", "Found (run)"), 1.5),
        Column(say("Einde (meting)", "Ended (run)"), 1.7),
        Column(say("Duur", "Lasted"), 1.0),
    )
    rows = tuple(_failure_row(each, material) for each in failures)
    title = say("Afwijkingen", "Deviations")
    return Table("failures", title, columns, rows, say("Er waren geen afwijkingen.", "There were no deviations."))


def _failure_row(failure: Failure, material: Material) -> tuple[Cell, ...]:
    say = material.say
    endings = {
        "open": ("open", "open"),
        "repaired": ("hersteld", "repaired"),
        "waived": ("geaccepteerd", "accepted"),
        "gone": ("vervallen", "gone"),
    }
    ended = f" {say.moment(failure.ends)} ({failure.ended_in or '-'})" if failure.ends else ""
    return (
        failure.target + (f" - {failure.subject}" if failure.subject else ""),
        failure.check,
        f"{say.moment(failure.begins)} ({failure.found_in})",
        say(*endings[failure.ending]) + ended,
        say.duration(failure.lasted(material.period.ends)),
    )
