"""Counts what stands, in one pass over the targets."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from baseline.exporters.prometheus.standing import Unmet, View
from baseline.models.result import Severity, Status
from baseline.models.target import Kind
from baseline.store.target_states import TargetState

STATUSES = tuple(status.value for status in Status)
SEVERITIES = tuple(severity.value for severity in Severity)
MOST_GROUPS = 500
"""Combinations of domain, site and owner that are counted apart; the smallest of a larger number are put together."""
OTHER = "(other)"


class Place(NamedTuple):
    """Where targets belong."""

    domain: str
    site: str
    owner: str


class Detail(msgspec.Struct, frozen=True, gc=False):
    """A check that a target does not meet."""

    target: str
    check: str
    severity: str
    status: str
    number: int


class Tally(msgspec.Struct, kw_only=True):
    """Numbers of results: ``by_place`` by severity and status, ``by_check`` by number of the check and status, ``by_target``
    (not met only) by severity and status. ``waived`` counts by waiver what it covers, ``lapsed`` what a waiver covered that does not count
    any more: such results are fails here, whatever the store says until the next run.
    """

    places: dict[str, Place]
    by_place: dict[Place, Counter[tuple[str, str]]]
    by_check: Counter[tuple[int, str]]
    by_target: Counter[tuple[str, str, str]]
    details: list[Detail]
    waived: Counter[str]
    lapsed: Counter[str]
    places_left_out: int


def tally(view: View, domains: Mapping[Kind, str], waivers: frozenset[str] | None) -> Tally:
    """Count. ``waivers`` are the ids that hold today; None: not known, so that the store is believed."""
    places, left_out = _places(view.states, domains)
    counted = Tally(
        places=places,
        by_place={place: Counter() for place in sorted(set(places.values()))},
        by_check=Counter(),
        by_target=Counter(),
        details=[],
        waived=Counter(),
        lapsed=Counter(),
        places_left_out=left_out,
    )
    for state in view.states:
        _count(counted, state, view, waivers)
    for status, numbers in view.met.items():
        counted.by_check.update({(check, status): number for check, number in numbers.items() if number})
    return counted


def _count(counted: Tally, state: TargetState, view: View, waivers: frozenset[str] | None) -> None:
    digested, numbers = view.of(state), counted.by_place[counted.places[state.target]]
    for key, number in digested.met.items():
        numbers[key] += number
    for each in digested.unmet:
        status = _status(each, waivers, counted)
        numbers[each.severity, status] += each.number
        counted.by_check[each.check, status] += each.number
        counted.by_target[state.target, each.severity, status] += each.number
        if status != Status.ERROR or state.outcome == "reached":
            name = view.checks[each.check]
            counted.details.append(Detail(state.target, name, each.severity, status, each.number))


def _status(each: Unmet, waivers: frozenset[str] | None, counted: Tally) -> str:
    if each.status != Status.WAIVED or each.waiver is None:
        return each.status
    if waivers is None or each.waiver in waivers:
        counted.waived[each.waiver] += each.number
        return each.status
    counted.lapsed[each.waiver] += each.number
    return Status.FAIL.value


def _places(states: list[TargetState], domains: Mapping[Kind, str]) -> tuple[dict[str, Place], int]:
    """The place of each target, and how many places were put together."""
    places = {state.target: Place(domains[state.kind], state.site or "", state.owner or "") for state in states}
    sizes = Counter(places.values())
    if len(sizes) <= MOST_GROUPS:
        return places, 0
    kept = {place for place, _ in sizes.most_common(MOST_GROUPS - len({place.domain for place in sizes}))}
    return {
        target: place if place in kept else Place(place.domain, OTHER, OTHER) for target, place in places.items()
    }, len(sizes) - len(kept)
