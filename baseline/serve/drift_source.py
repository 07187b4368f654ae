"""Drift as a source of metrics."""

from collections import Counter
from collections.abc import Iterator

from baseline.drift.changes import Seen
from baseline.drift.watch import watched
from baseline.exporters.prometheus.family import Family, Row, single, unix_seconds
from baseline.store.store import Store


class DriftSource:
    """What differs from the approved state of each target, as it was compared last."""

    name = "drift"

    def __init__(self, store: Store) -> None:
        self._store = store

    def families(self) -> Iterator[Family]:
        """Numbers of changes that count; nothing is compared here, only told.

        Raises:
            StoreError: the store cannot be read.
        """
        found = watched(self._store)
        drifting = {name: drift for name, each in found.items() if (drift := each.drift)}
        yield single("baseline_approved_targets", "Targets that have an approved state.", len(found))
        yield single("baseline_drifting_targets", "Targets that differ from their approved state.", len(drifting))
        waiting = "States that came in after the last comparison with the approved ones."
        yield single("baseline_drift_uncompared_states", waiting, len(self._store.drift.new()) if found else 0)
        yield Family(
            name="baseline_target_drift_changes",
            help="Changes of a target since its approved state: verdicts, facts, lines of configuration.",
            labels=("target", "kind", "direction"),
            rows=[row for name, drift in sorted(drifting.items()) for row in _changes(name, drift)],
        )
        yield Family(
            name="baseline_target_drift_since_timestamp_seconds",
            help="When the oldest change of a target that nobody approved was first seen.",
            labels=("target",),
            rows=[
                ((name,), unix_seconds(min(each.first_seen for each in drift)))
                for name, drift in sorted(drifting.items())
            ],
        )


def _changes(target: str, drift: tuple[Seen, ...]) -> Iterator[Row]:
    counts = Counter((each.change.kind, each.change.direction) for each in drift)
    for (kind, direction), number in sorted(counts.items()):
        yield (target, kind, direction), number
