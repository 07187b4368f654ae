"""A listener to an assessment that tells nobody, so that only the work itself is measured."""

from baseline.store.records import TargetOutcome


class Silence:
    """Tells nobody."""

    def asked(self, target: str) -> None:
        """Say nothing."""

    def stored(self, outcome: TargetOutcome) -> None:
        """Say nothing."""
