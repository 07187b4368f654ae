"""Approving the state of targets: from then on, drift is what differs from it."""

from collections.abc import Collection, Sequence

import msgspec

from baseline.content.nearest import did_you_mean
from baseline.drift.watch import Comparison
from baseline.models.errors import BaselineError
from baseline.store.drift_states import Compared, State
from baseline.store.store import Store


class NotApprovableError(BaselineError):
    """A target of which there is no state to approve."""


def states_to_approve(store: Store, targets: Collection[str], run: int | None = None) -> list[State]:
    """The latest state of each target, or that in a run.

    Raises:
        NotApprovableError: a target that the store does not know, or that was not reached.
    """
    known = store.targets()
    for name in targets:
        if name not in known:
            raise NotApprovableError(f"the store knows no target '{name}'; {did_you_mean(name, known)}")
    states = store.drift.latest(targets, run)
    missing = sorted(set(targets) - states.keys())
    if missing:
        where = "" if run is None else f" in run {run}"
        raise NotApprovableError(f"never reached{where}, so there is nothing to approve: {', '.join(missing[:10])}")
    return [states[name] for name in sorted(targets)]


def approve(store: Store, states: Sequence[State], *, ticket: str, person: str, note: str = "") -> int:
    """Approve these states; give the number of the approval.

    A state that is the latest counts as compared with itself, so that the next one like it costs nothing.
    """
    number = store.drift.approve(states, ticket=ticket, person=person, note=note)
    newest = store.drift.latest([state.target for state in states])
    comparison = Comparison(store, hold=1)
    comparison.prepare(states)
    store.drift.write(
        {
            state.target: Compared(
                target=state.target,
                approval=number,
                collected_at=state.collected_at,
                facts=state.facts,
                configuration=comparison.configuration(state),
                document=msgspec.json.encode([]),
            )
            for state in states
            if newest[state.target].run == state.run
        }
    )
    return number
