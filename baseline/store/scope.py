"""What a run is about: its targets and checks, by name and number."""

from collections.abc import Collection, Mapping

import msgspec
from sqlalchemy import Connection, select

from baseline.models.errors import StoreError
from baseline.store.bulk import batches
from baseline.store.tables import CheckRow, RunCheckRow, RunTargetRow, TargetRow


class Scope(msgspec.Struct, frozen=True):
    """The numbers of a run's targets and checks by name."""

    run: int
    targets: Mapping[str, int]
    checks: Mapping[str, int]

    def target(self, name: str) -> int:
        """The number of a target.

        Raises:
            StoreError: the run was not begun with it.
        """
        if name not in self.targets:
            raise StoreError(f"run {self.run} was not begun with target {name}")
        return self.targets[name]

    def require_checks(self, names: Collection[str]) -> None:
        """Refuse checks that the run was not begun with.

        Raises:
            StoreError: there is one.
        """
        strange = sorted(set(names) - self.checks.keys())
        if strange:
            raise StoreError(f"run {self.run} was not begun with check {', '.join(strange)}")


def read_scope(connection: Connection, run: int) -> Scope:
    """The scope that a run was begun with."""
    targets = (
        select(TargetRow.name, TargetRow.id)
        .join(RunTargetRow, RunTargetRow.target_id == TargetRow.id)
        .where(RunTargetRow.run_id == run)
    )
    checks = (
        select(CheckRow.name, CheckRow.id)
        .join(RunCheckRow, RunCheckRow.check_id == CheckRow.id)
        .where(RunCheckRow.run_id == run)
    )
    names = dict(connection.execute(targets).all())
    return Scope(run, names, dict(connection.execute(checks).all()))


def lock_targets(connection: Connection, targets: Collection[int]) -> None:
    """Keep other transactions from recording these targets until this one ends. In SQLite a writer is alone anyway."""
    if connection.dialect.name != "postgresql":
        return
    for some in batches(sorted(targets)):
        rows = select(TargetRow.id).where(TargetRow.id.in_(some)).order_by(TargetRow.id)
        connection.execute(rows.with_for_update(key_share=True)).all()
