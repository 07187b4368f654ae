"""The picture of a period: for each target when it was met, failed, or could not be established."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from baseline.exporters.reports.document import Mark, Segment, Strip, StripRow, Tick, Tone
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.series import CheckSeries
from baseline.models.result import Status
from baseline.store.series import ResultInterval

MAXIMUM_LINES = 60
"""Targets that fit on a page; the table below holds them all."""
MAXIMUM_MOMENTS = 200

_WORST: tuple[tuple[Status, Tone], ...] = (
    (Status.FAIL, "bad"),
    (Status.ERROR, "quiet"),
    (Status.WAIVED, "doubt"),
    (Status.PASS, "good"),
)
"""What a line shows where checks differ: the first of these that holds."""


def period_strip(material: Material, series: Sequence[CheckSeries], title: str) -> Strip:
    """One line per target, the worst of its checks and subjects at every moment."""
    say, period = material.say, material.period
    targets = sorted({target for each in series for target in each.targets})
    shown = targets[:MAXIMUM_LINES]
    intervals: dict[str, list[ResultInterval]] = {target: [] for target in shown}
    for each in series:
        for interval in each.intervals:
            if interval.target in intervals:
                intervals[interval.target].append(interval)
    rows = tuple(_row(target, intervals[target], series, material) for target in shown)
    months = [datetime.combine(day, datetime.min.time(), period.begins.tzinfo) for day in period.month_starts()]
    ticks = tuple(Tick(period.part(moment), f"{moment.day} {say.month(moment.date())}") for moment in months)
    legend = (
        Mark(say("voldoet", "met"), "good"),
        Mark(say("voldoet niet", "not met"), "bad"),
        Mark(say("geaccepteerd", "accepted"), "doubt"),
        Mark(say("niet vast te stellen", "not established"), "quiet"),
        Mark(say("geen gegevens of niet van toepassing", "no data, or not applicable"), "plain"),
    )
    more = len(targets) - MAXIMUM_LINES
    if more > 0:
        title += say(
            f" (de eerste {MAXIMUM_LINES} van {len(targets)} objecten)",
            f" (the first {MAXIMUM_LINES} of {len(targets)} targets)",
        )
    return Strip(title, _description(material, series, targets), ticks, rows, legend)


def _row(
    target: str, intervals: Sequence[ResultInterval], series: Sequence[CheckSeries], material: Material
) -> StripRow:
    period = material.period
    pieces = [
        (max(each.valid_from, period.begins), min(each.valid_to or period.ends, period.ends), each.status)
        for each in intervals
    ]
    segments = tuple(Segment(period.part(begins), period.part(ends), tone) for begins, ends, tone in _worst_of(pieces))
    observed = sorted({moment for one in series for moment in one.observed.get(target, ())})
    moments = tuple(period.part(moment) for moment in observed) if len(observed) <= MAXIMUM_MOMENTS else ()
    return StripRow(target, segments, moments)


def _worst_of(intervals: Iterable[tuple[datetime, datetime, Status]]) -> list[tuple[datetime, datetime, Tone]]:
    """Pieces without overlap, each with the worst status in it; neighbours that look alike are one."""
    pieces = list(intervals)
    edges = sorted({moment for begins, ends, _ in pieces for moment in (begins, ends)})
    found: list[tuple[datetime, datetime, Tone]] = []
    for begins, ends in pairwise(edges):
        here = {status for start, end, status in pieces if start <= begins and end >= ends}
        tone = next((tone for status, tone in _WORST if status in here), None)
        if tone is None:
            continue
        if found and found[-1][1] == begins and found[-1][2] == tone:
            found[-1] = (found[-1][0], ends, tone)
        else:
            found.append((begins, ends, tone))
    return found


def _description(material: Material, series: Sequence[CheckSeries], targets: Sequence[str]) -> str:
    say = material.say
    failing = sorted({failure.target for each in series for failure in each.failures})
    names = ", ".join(failing[:10]) or say("geen", "none")
    return say(
        f"Tijdlijn van {len(targets)} objecten over {material.period.name}. Objecten met een afwijking: {names}. De tabel hieronder zegt hetzelfde in getallen.",
        f"Timeline of {len(targets)} targets over {material.period.name}. Targets with a deviation: {names}. The table below says the same in numbers.",
    )
