"""The population of a run: one row per target, with what was collected from it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.orm import aliased

from baseline.models.errors import StoreError
from baseline.store.canonical import canonical_json, storable_text
from baseline.store.contents import FACTS, MANIFEST, Content, read_content, write_contents
from baseline.store.records import PopulationEntry, StoredFacts, TargetOutcome
from baseline.store.tables import ArtefactRow, RunTargetRow, TargetRow

OUTCOME_COLUMNS = (
    "outcome",
    "code",
    "reason",
    "facts_id",
    "manifest_id",
    "collected_at",
    "duration_ms",
    "round_trips",
    "judged",
    "unchanged",
    "results_changed",
)


def write_population(
    connection: Connection, run: int, outcomes: Mapping[int, tuple[TargetOutcome, bool]], changed: frozenset[int]
) -> None:
    """Write the outcome of each target, with its contents; the flag says that nothing needed judging.

    ``changed`` are the targets of which some result changed.
    """
    if not outcomes:
        return
    manifests = {target: _manifest(outcome) for target, (outcome, _) in outcomes.items()}
    contents = [each for outcome, _ in outcomes.values() for each in _contents(outcome)]
    number = write_contents(connection, [*contents, *(each for each in manifests.values() if each)])
    rows = [
        {
            "this_target": target,
            **_values(outcome, number, manifests[target], unchanged=unchanged),
            "new_results_changed": target in changed,
        }
        for target, (outcome, unchanged) in outcomes.items()
    ]
    connection.execute(
        update(RunTargetRow)
        .where(RunTargetRow.run_id == run, RunTargetRow.target_id == bindparam("this_target"))
        .values({name: bindparam(f"new_{name}") for name in OUTCOME_COLUMNS}),
        rows,
    )


def read_population(connection: Connection, run: int) -> Iterator[PopulationEntry]:
    """Every target of a run, ordered by name."""
    query = (
        select(TargetRow.name, ArtefactRow.digest, RunTargetRow)
        .join(TargetRow, TargetRow.id == RunTargetRow.target_id)
        .outerjoin(ArtefactRow, ArtefactRow.id == RunTargetRow.facts_id)
        .where(RunTargetRow.run_id == run)
        .order_by(TargetRow.name)
    )
    with connection.execution_options(yield_per=1000).execute(query) as rows:
        for row in rows:
            yield _entry(row)


def _entry(row: Row[*tuple[Any, ...]]) -> PopulationEntry:
    return PopulationEntry(
        target=row.name,
        outcome=row.outcome,
        code=row.code or "",
        reason=row.reason or "",
        facts_digest=row.digest.hex() if row.digest else None,
        collected_at=row.collected_at,
        duration_seconds=row.duration_ms / 1000,
        round_trips=row.round_trips,
        judged=row.judged,
        unchanged=row.unchanged,
    )


def read_facts(
    connection: Connection, target: str, run: int | None, before: datetime | None = None
) -> StoredFacts | None:
    """Facts of a target in a run, or the latest; those collected after ``before`` do not count."""
    document, manifest = aliased(ArtefactRow), aliased(ArtefactRow)
    query = (
        select(RunTargetRow.run_id, RunTargetRow.collected_at, document.digest, manifest.digest)
        .join(TargetRow, TargetRow.id == RunTargetRow.target_id)
        .join(document, document.id == RunTargetRow.facts_id)
        .outerjoin(manifest, manifest.id == RunTargetRow.manifest_id)
        .where(TargetRow.name == target)
        .order_by(RunTargetRow.collected_at.desc())
        .limit(1)
    )
    query = query if run is None else query.where(RunTargetRow.run_id == run)
    query = query if before is None else query.where(RunTargetRow.collected_at <= before)
    row = connection.execute(query).first()
    if row is None:
        return None
    found_run, collected_at, facts_digest, manifest_digest = row
    if collected_at is None:
        raise StoreError(f"run {found_run} holds facts of {target} without the moment of collection")
    return StoredFacts(
        target=target,
        run=found_run,
        collected_at=collected_at,
        digest=facts_digest.hex(),
        document=msgspec.json.decode(read_content(connection, facts_digest.hex()), type=dict[str, object]),
        artefacts=_decoded_manifest(connection, manifest_digest),
    )


def _decoded_manifest(connection: Connection, digest: bytes | None) -> dict[str, str]:
    if digest is None:
        return {}
    return msgspec.json.decode(read_content(connection, digest.hex()), type=dict[str, str])


def _contents(outcome: TargetOutcome) -> Iterator[Content]:
    for artefact in outcome.artefacts:
        yield Content(artefact.digest, artefact.media_type, artefact.content)
    if outcome.facts is not None:
        yield Content(outcome.facts.digest, FACTS, outcome.facts.content)


def _manifest(outcome: TargetOutcome) -> Content | None:
    if not outcome.artefacts:
        return None
    return Content.of(canonical_json({each.name: each.digest for each in outcome.artefacts}), MANIFEST)


def _values(
    outcome: TargetOutcome, number: Mapping[str, int], manifest: Content | None, *, unchanged: bool
) -> dict[str, Any]:
    why = outcome.unreached
    return {
        "new_outcome": "reached" if why is None else "unreached",
        "new_code": None if why is None else storable_text(why.code),
        "new_reason": None if why is None else storable_text(why.reason),
        "new_facts_id": None if outcome.facts is None else number[outcome.facts.digest],
        "new_manifest_id": None if manifest is None else number[manifest.digest],
        "new_collected_at": outcome.collected_at,
        "new_duration_ms": round(outcome.duration_seconds * 1000),
        "new_round_trips": outcome.round_trips,
        "new_judged": len(outcome.judged),
        "new_unchanged": unchanged and why is None,
    }
