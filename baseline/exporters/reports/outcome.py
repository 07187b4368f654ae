"""Outcomes of a control, for its design (opzet), existence (bestaan) and operation (werking) apart (BIO2 part 1, par. 4)."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from enum import StrEnum

from baseline.exporters.reports.document import Mark, Tone
from baseline.exporters.reports.say import Say
from baseline.exporters.reports.series import CheckSeries
from baseline.models.attestation import Attestation
from baseline.models.control import Aspect
from baseline.models.result import Status

LEAST_RUNS = 2
"""Operation is a series: one assessment shows a state, not a series."""


class Outcome(StrEnum):
    """What is known of one aspect of a control."""

    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    PARTLY = "partly"
    NOT_ASSESSED = "not_assessed"
    REPAIRED = "repaired"
    EXCEPTED = "excepted"
    MET = "met"
    NOT_OCCURRED = "not_occurred"
    NOT_APPLICABLE = "not_applicable"


_WORDS: dict[Outcome, tuple[str, str, Tone]] = {
    Outcome.NOT_MET: ("voldoet niet", "not met", "bad"),
    Outcome.UNKNOWN: ("niet vast te stellen", "not established", "doubt"),
    Outcome.PARTLY: ("deels beoordeeld", "partly assessed", "doubt"),
    Outcome.NOT_ASSESSED: ("niet beoordeeld", "not assessed", "quiet"),
    Outcome.REPAIRED: ("hersteld", "repaired", "good"),
    Outcome.EXCEPTED: ("met uitzondering", "with exception", "doubt"),
    Outcome.MET: ("voldoet", "met", "good"),
    Outcome.NOT_OCCURRED: ("niet voorgekomen", "not occurred", "quiet"),
    Outcome.NOT_APPLICABLE: ("niet van toepassing", "not applicable", "quiet"),
}

GOOD = frozenset({Outcome.MET, Outcome.REPAIRED, Outcome.EXCEPTED})


def outcome_mark(outcome: Outcome, say: Say) -> Mark:
    """The outcome in words, with its colour."""
    dutch, english, tone = _WORDS[outcome]
    return Mark(say(dutch, english), tone)


def combined(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of parts that are all needed. What is not met prevails; what is missing makes the whole 'partly'."""
    found = set(outcomes)
    for worst in (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.PARTLY):
        if worst in found:
            return worst
    if Outcome.NOT_ASSESSED in found or not found:
        return Outcome.PARTLY if found & GOOD else Outcome.NOT_ASSESSED
    for good in (Outcome.REPAIRED, Outcome.EXCEPTED, Outcome.MET, Outcome.NOT_OCCURRED):
        if good in found:
            return good
    return Outcome.NOT_APPLICABLE


def existence_of(series: Collection[CheckSeries]) -> Outcome:
    """What stood at the end of the period; only what was asked within it counts."""
    asked = [each for each in series if each.runs]
    counts = {status: sum(each.at_end[status] for each in asked) for status in Status}
    if counts[Status.FAIL]:
        return Outcome.NOT_MET
    if counts[Status.ERROR] or any(Status.ERROR in each.touched for each in series if not each.runs):
        return Outcome.UNKNOWN
    if counts[Status.WAIVED]:
        return Outcome.EXCEPTED
    if counts[Status.PASS]:
        return Outcome.MET
    return Outcome.NOT_APPLICABLE if counts[Status.NOT_APPLICABLE] else Outcome.NOT_ASSESSED


def operation_of(series: Collection[CheckSeries]) -> Outcome:
    """What the series over the period shows."""
    asked = [each for each in series if each.runs]
    failures = [failure for each in series for failure in each.failures]
    if any(failure.ending == "open" for failure in failures):
        return Outcome.NOT_MET
    if not asked:
        errors = any(Status.ERROR in each.touched for each in series)
        return Outcome.UNKNOWN if errors else Outcome.NOT_ASSESSED
    touched = set[Status]().union(*(each.touched for each in asked))
    if touched <= {Status.NOT_APPLICABLE}:
        return Outcome.NOT_OCCURRED
    silent = any(each.silences or len(each.runs) < LEAST_RUNS for each in asked)
    if silent or any(each.at_end[Status.ERROR] for each in asked):
        return Outcome.UNKNOWN
    if failures:
        return Outcome.REPAIRED
    return Outcome.EXCEPTED if Status.WAIVED in touched else Outcome.MET


def attested(attestation: Attestation | None, aspect: Aspect) -> Outcome:
    """What a person states of one aspect; nothing stated is not assessed."""
    if attestation is None or aspect not in attestation.aspects:
        return Outcome.NOT_ASSESSED
    if attestation.outcome == "not_occurred":
        return Outcome.NOT_OCCURRED if aspect == "operation" else Outcome.NOT_ASSESSED
    return Outcome.MET if attestation.outcome == "met" else Outcome.NOT_MET


def why_operation(series: Collection[CheckSeries], limit: timedelta, say: Say) -> str:
    """Why operation could not be established, or nothing."""
    asked = [each for each in series if each.runs]
    if not asked:
        return say("in de periode niet gemeten", "not measured in the period")
    silent = [silence for each in asked for silence in each.silences]
    if silent:
        longest = max(silent, key=lambda silence: silence.lasted)
        return say(
            f"{longest.target}: {say.duration(longest.lasted)} niets vastgesteld, meer dan {limit.days} dagen",
            f"{longest.target}: nothing established for {say.duration(longest.lasted)}, more than {limit.days} days",
        )
    if any(len(each.runs) < LEAST_RUNS for each in asked):
        return say("één meting is nog geen reeks", "one measurement is no series yet")
    return ""
