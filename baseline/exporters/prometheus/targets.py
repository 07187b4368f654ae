"""Metrics of targets: what they are, when they were assessed, and what they do not meet."""

from collections import Counter
from collections.abc import Iterable, Iterator

from baseline.assess.coverage import DOMAIN_OF_KIND
from baseline.exporters.prometheus.family import Family, Row, unix_seconds
from baseline.exporters.prometheus.known import Known
from baseline.exporters.prometheus.standing import View
from baseline.exporters.prometheus.tally import Place, Tally
from baseline.models.target import Target
from baseline.store.target_states import TargetState


def target_families(view: View, tally: Tally, known: Known) -> Iterator[Family]:
    """All of them; a target of the inventory that no run ever held is among them."""
    strangers = _never_planned(view, known)
    yield _info(view.states, strangers)
    yield Family(
        name="baseline_targets",
        help="Targets by how asking them ended last; never_asked: in the inventory, and no run came to it.",
        labels=("domain", "site", "owner", "state"),
        rows=_target_counts(view, tally, strangers),
    )
    new = [((each.name,), 0.0) for each in strangers]
    yield Family(
        name="baseline_target_assessment_timestamp_seconds",
        help="When a target was last reached by a run that held every check that stood; 0: never.",
        labels=("target",),
        rows=[*(((each.target,), unix_seconds(each.assessed_at)) for each in view.states), *new],
    )
    yield Family(
        name="baseline_target_attempt_timestamp_seconds",
        help="When a target was last asked, whether it answered or not; 0: never.",
        labels=("target",),
        rows=[*(((each.target,), unix_seconds(each.attempted_at)) for each in view.states), *new],
    )
    yield Family(
        name="baseline_target_reached",
        help="Whether a target answered when it was last asked.",
        labels=("target",),
        rows=[*(((each.target,), float(each.outcome == "reached")) for each in view.states), *new],
    )
    yield from _unwell(view, tally)


def _unwell(view: View, tally: Tally) -> Iterator[Family]:
    """Metrics that only targets have that are not well."""
    yield Family(
        name="baseline_target_unmet_results",
        help="Results of a target that are not met.",
        labels=("target", "severity", "status"),
        rows=((key, number) for key, number in sorted(tally.by_target.items())),
    )
    unreached = [each for each in view.states if each.outcome == "unreached"]
    codes = Counter((tally.places[each.target].domain, each.code or "unknown") for each in unreached)
    yield Family(
        name="baseline_unreached_targets",
        help="Targets that did not answer when last asked, by why.",
        labels=("domain", "code"),
        rows=sorted(codes.items()),
    )
    yield Family(
        name="baseline_target_unreached_info",
        help="Why a target did not answer when last asked.",
        labels=("target", "code"),
        rows=(((each.target, each.code or "unknown"), 1) for each in unreached),
    )
    yield Family(
        name="baseline_target_excluded",
        help="Targets that are left out of runs on purpose.",
        labels=("target",),
        rows=(((each.target,), 1) for each in view.states if each.excluded),
    )


def _never_planned(view: View, known: Known) -> list[Target]:
    """Targets in the inventory that no run ever held."""
    held = {state.target for state in view.states}
    return [target for target in known.targets or () if target.name not in held]


def _info(states: Iterable[TargetState], strangers: Iterable[Target]) -> Family:
    labels = ("target", "kind", "domain", "platform", "site", "zone", "owner")
    rows: list[Row] = []
    for each in states:
        domain = DOMAIN_OF_KIND[each.kind]
        place = (each.site or "", each.zone or "", each.owner or "")
        rows.append(((each.target, each.kind, domain, each.platform, *place), 1))
    for target in strangers:
        place = (target.site or "", target.zone or "", target.owner or "")
        rows.append(((target.name, target.kind, DOMAIN_OF_KIND[target.kind], target.platform, *place), 1))
    return Family(name="baseline_target_info", help="What a target is, and whose.", labels=labels, rows=rows)


def _target_counts(view: View, tally: Tally, strangers: Iterable[Target]) -> Iterable[Row]:
    states = ("reached", "unreached", "never_asked", "excluded")
    counts: Counter[tuple[Place, str]] = Counter((tally.places[each.target], _state(each)) for each in view.states)
    for target in strangers:
        place = Place(DOMAIN_OF_KIND[target.kind], target.site or "", target.owner or "")
        counts[place, "never_asked"] += 1
    places = sorted({place for place, _ in counts})
    return [((*place, state), counts[place, state]) for place in places for state in states]


def _state(state: TargetState) -> str:
    if state.excluded:
        return "excluded"
    return "never_asked" if state.outcome == "planned" else state.outcome
