"""The evidence log as a source of metrics."""

from collections.abc import Iterator

from baseline.exporters.prometheus.family import Family, single, unix_seconds
from baseline.store.evidence_latest import read_latest
from baseline.store.store import Store


class EvidenceSource:
    """How far the append-only log is, and how far it is signed."""

    name = "evidence"

    def __init__(self, store: Store) -> None:
        self._store = store

    def families(self) -> Iterator[Family]:
        """The latest checkpoint.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._store.evidence.reading() as connection:
            latest = read_latest(connection)
        yield single("baseline_evidence_entries", "Entries of the evidence log.", latest.entries)
        yield single("baseline_evidence_checkpoint_entries", "Entries under the latest checkpoint.", latest.covered)
        yield single("baseline_evidence_checkpoints", "Checkpoints of the evidence log.", latest.checkpoints)
        yield single("baseline_evidence_unsigned_checkpoints", "Checkpoints that nobody signed.", latest.unsigned)
        yield single(
            "baseline_evidence_checkpoint_timestamp_seconds",
            "When the latest checkpoint was made; 0: never.",
            unix_seconds(latest.made_at),
        )
