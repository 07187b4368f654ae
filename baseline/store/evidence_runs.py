"""What the log says of runs: how they began, ended and went on. Made from rows, so that it can be made again."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select
from sqlalchemy.orm import aliased

from baseline.store.canonical import canonical_json
from baseline.store.evidence_log import append, request_checkpoint
from baseline.store.evidence_recording import NO_RESULTS
from baseline.store.evidence_results import Root, digest_of_checks, result_roots, root_over
from baseline.store.evidence_tables import StandingRow
from baseline.store.plan import read_checks
from baseline.store.records import CheckVersion
from baseline.store.run_contents import read_run_contents
from baseline.store.tables import ArtefactRow, RunRow, RunTargetRow, TargetRow


class PopulationLeaf(msgspec.Struct, frozen=True):
    """A target in a run. Fields in the order of canonical JSON; ``facts`` and ``manifest`` are SHA-256s."""

    code: str | None
    collected_at: datetime | None
    duration_ms: int
    facts: str | None
    judged: int
    manifest: str | None
    outcome: str
    reason: str | None
    results_changed: bool
    round_trips: int
    target: str
    unchanged: bool

    def as_planned(self) -> "PopulationLeaf":
        """The same target before the run recorded it."""
        if self.outcome in {"excluded", "planned"}:
            return self
        return PopulationLeaf(
            code=None,
            collected_at=None,
            duration_ms=0,
            facts=None,
            judged=0,
            manifest=None,
            outcome="planned",
            reason=None,
            results_changed=True,
            round_trips=0,
            target=self.target,
            unchanged=False,
        )


def population_leaves(connection: Connection, run: int) -> list[tuple[int, PopulationLeaf]]:
    """Every target of a run with its number, ordered by name."""
    facts, manifest = aliased(ArtefactRow), aliased(ArtefactRow)
    query = (
        select(RunTargetRow.target_id, RunTargetRow.code, RunTargetRow.collected_at, RunTargetRow.duration_ms)
        .add_columns(facts.digest, RunTargetRow.judged, manifest.digest, RunTargetRow.outcome, RunTargetRow.reason)
        .add_columns(RunTargetRow.results_changed, RunTargetRow.round_trips, TargetRow.name, RunTargetRow.unchanged)
        .join(TargetRow, TargetRow.id == RunTargetRow.target_id)
        .outerjoin(facts, facts.id == RunTargetRow.facts_id)
        .outerjoin(manifest, manifest.id == RunTargetRow.manifest_id)
        .where(RunTargetRow.run_id == run)
        .order_by(TargetRow.name)
    )
    return [
        (target, PopulationLeaf(code, at, ms, _hex(facts_), judged, _hex(manifest_), *rest))
        for target, code, at, ms, facts_, judged, manifest_, *rest in connection.execute(query)
    ]


def run_document(connection: Connection, run: int) -> dict[str, Any]:
    """All that the row of a run says."""
    row = connection.execute(select(RunRow.__table__).where(RunRow.id == run)).one()._asdict()
    row.pop("id")
    return {**row, "selection": msgspec.Raw(row["selection"].encode()), "counts": _raw(row["counts"])}


def log_begin(connection: Connection, run: int) -> None:
    """Commit to what a run is going to do."""
    row = run_document(connection, run)
    body = {name: row[name] for name in ("started", "selection", "tool_version")}
    planned = [canonical_json(leaf.as_planned()) for _, leaf in population_leaves(connection, run)]
    body["checks"] = root_over(check_documents(read_checks(connection, run))).as_document()
    body["contents"] = read_run_contents(connection, run)
    body["population"] = root_over(planned).as_document()
    append(connection, "run begun", body, run)


def log_end(connection: Connection, run: int, known: dict[str, Root] | None = None) -> None:
    """Commit to what a run recorded, and close it with a checkpoint; ``known`` are roots that were worked out before."""
    population = population_leaves(connection, run)
    roots = results_of_run(connection, run, population) if known is None else known
    body = run_document(connection, run)
    body["population"] = root_over([canonical_json(leaf) for _, leaf in population]).as_document()
    body["results"] = root_over(list(target_documents(population, roots))).as_document()
    body["planned"] = [leaf.target for _, leaf in population if leaf.outcome == "planned"]
    append(connection, "run ended", body, run)
    request_checkpoint(connection, run)


def log_resume(connection: Connection, run: int) -> None:
    """Commit to a run going on."""
    append(connection, "run resumed", {}, run)


def check_documents(checks: Sequence[CheckVersion]) -> list[bytes]:
    """Checks as the log commits to them: by the SHA-256 of their text."""
    return [
        canonical_json(
            {"check": each.id, "digest": each.digest, "document": hashlib.sha256(each.document.encode()).hexdigest()}
        )
        for each in checks
    ]


def target_documents(population: Sequence[tuple[int, PopulationLeaf]], roots: dict[str, Root]) -> Iterator[bytes]:
    """The results of each target that was observed, as the log commits to them."""
    for _, leaf in population:
        if leaf.collected_at is not None:
            yield target_document(leaf.target, roots.get(leaf.target, NO_RESULTS))


def target_document(target: str, root: Root) -> bytes:
    """The results of a target, as the log commits to them."""
    return canonical_json({"results": root.as_document(), "target": target})


def results_of_run(
    connection: Connection, run: int, population: Sequence[tuple[int, PopulationLeaf]]
) -> dict[str, Root]:
    """The root over the results of each target in a run, remembered where nothing changed since."""
    checks = digest_of_checks([check.id for check in read_checks(connection, run)])
    query = select(StandingRow.target_id, StandingRow.number, StandingRow.root).join(
        RunTargetRow,
        and_(
            RunTargetRow.target_id == StandingRow.target_id,
            RunTargetRow.run_id == run,
            RunTargetRow.collected_at >= StandingRow.since,
        ),
    )
    remembered = {
        target: Root(number, bytes(root))
        for target, number, root in connection.execute(query.where(StandingRow.checks == checks))
    }
    others = [target for target, leaf in population if leaf.collected_at is not None and target not in remembered]
    names = dict(population)
    known = {names[target].target: root for target, root in remembered.items()}
    return known | result_roots(connection, run, others)


def _hex(digest: bytes | None) -> str | None:
    return None if digest is None else bytes(digest).hex()


def _raw(text: str | None) -> msgspec.Raw | None:
    return None if text is None else msgspec.Raw(text.encode())
