"""Reads and writes approved states and how far each target was compared, in the transaction of the caller."""

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, true
from sqlalchemy.orm import aliased

from baseline.models.errors import StoreError
from baseline.store.bulk import batches
from baseline.store.canonical import canonical_json, storable_text
from baseline.store.contents import decompressed
from baseline.store.drift_tables import ApprovalRow, ApprovedStateRow, DriftStateRow
from baseline.store.evidence_rows import log_row
from baseline.store.tables import ArtefactRow, CheckRow, ResultRow, RunCheckRow, RunTargetRow, TargetRow


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found of a target: which facts (SHA-256), and which artefacts by name.

    ``unchanged`` says that the run left every verdict standing as the run before it.
    """

    target: str
    run: int
    collected_at: datetime
    facts: str
    manifest: str | None = None
    unchanged: bool = False


class Approved(msgspec.Struct, frozen=True, kw_only=True):
    """The approved state of a target, and who approved it when under which change ticket."""

    state: State
    approval: int
    ticket: str
    person: str
    approved_at: datetime


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """One decision. ``runs`` maps each target to the run whose state was approved."""

    id: int
    ticket: str
    person: str
    note: str
    approved_at: datetime
    runs: dict[str, int]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """How far a target was compared: the last state, the digest of its configuration, and what differs (JSON).

    ``approval`` is the number of the approval that it was compared with.
    """

    target: str
    approval: int
    collected_at: datetime
    facts: str
    configuration: str
    document: bytes


class Standing(msgspec.Struct, frozen=True):
    """A verdict at a moment. ``version`` is the number of the check's text in that run; None when it was not held."""

    status: str
    severity: str
    version: int | None


_MANIFEST = msgspec.json.Decoder(dict[str, str])

Verdicts = dict[tuple[str, str], Standing]
"""Check and subject -> verdict."""


def latest_states(connection: Connection, targets: Collection[str], run: int | None = None) -> dict[str, State]:
    """The last state in which each target was reached, or that in a run; none for one that was not reached."""
    newest = select(RunTargetRow.target_id, func.max(RunTargetRow.collected_at).label("at")).where(
        RunTargetRow.outcome == "reached"
    )
    if run is not None:
        newest = newest.where(RunTargetRow.run_id == run)
    last = newest.group_by(RunTargetRow.target_id).subquery()
    query = _states().join(
        last, (last.c.target_id == RunTargetRow.target_id) & (last.c.at == RunTargetRow.collected_at)
    )
    found: dict[str, State] = {}
    for some in batches(sorted(targets)):
        found |= {row.name: _state(row) for row in connection.execute(query.where(TargetRow.name.in_(some)))}
    return found


def new_states(connection: Connection) -> list[State]:
    """States of approved targets that were not compared yet, oldest first."""
    query = (
        _states()
        .join(ApprovedStateRow, ApprovedStateRow.target_id == RunTargetRow.target_id)
        .outerjoin(DriftStateRow, DriftStateRow.target_id == RunTargetRow.target_id)
        .where(
            RunTargetRow.outcome == "reached",
            RunTargetRow.facts_id.is_not(None),
            RunTargetRow.collected_at > ApprovedStateRow.collected_at,
            or_(DriftStateRow.collected_at.is_(None), RunTargetRow.collected_at > DriftStateRow.collected_at),
        )
        .order_by(RunTargetRow.collected_at, TargetRow.name)
    )
    return [_state(row) for row in connection.execute(query)]


def _states() -> Select[Any]:
    facts, manifest = aliased(ArtefactRow), aliased(ArtefactRow)
    return (
        select(TargetRow.name, RunTargetRow.run_id, RunTargetRow.collected_at, RunTargetRow.results_changed)
        .add_columns(facts.digest.label("facts"), manifest.digest.label("manifest"))
        .select_from(RunTargetRow)
        .join(TargetRow, TargetRow.id == RunTargetRow.target_id)
        .join(facts, facts.id == RunTargetRow.facts_id)
        .outerjoin(manifest, manifest.id == RunTargetRow.manifest_id)
    )


def _state(row: Row[Any]) -> State:
    return State(
        target=row.name,
        run=row.run_id,
        collected_at=row.collected_at,
        facts=row.facts.hex(),
        manifest=row.manifest.hex() if row.manifest else None,
        unchanged=not row.results_changed,
    )


def read_manifests(connection: Connection, digests: Collection[str]) -> dict[str, dict[str, str]]:
    """SHA-256 of a manifest -> artefact name -> SHA-256; one that is not there, or damaged, is left out."""
    found: dict[str, dict[str, str]] = {}
    for some in batches(sorted(digests)):
        query = select(ArtefactRow.digest, ArtefactRow.content).where(ArtefactRow.digest.in_(map(bytes.fromhex, some)))
        for digest, content in connection.execute(query):
            with contextlib.suppress(StoreError, msgspec.DecodeError):
                found[digest.hex()] = _MANIFEST.decode(decompressed(content, digest.hex()))
    return found


def approve(connection: Connection, states: Sequence[State], *, ticket: str, person: str, note: str = "") -> int:
    """Write that these states are right; give the number of the approval. What differed from older ones is forgotten."""
    row = insert(ApprovalRow).values(
        ticket=storable_text(ticket),
        person=storable_text(person),
        note=storable_text(note),
        approved_at=datetime.now(UTC),
        document=canonical_json({state.target: state.run for state in states}).decode(),
    )
    number = int(connection.execute(row.returning(ApprovalRow.id)).scalar_one())
    log_row(connection, ApprovalRow, id=number)
    targets = _numbers(connection, TargetRow.name, TargetRow.id, [state.target for state in states])
    digests = {bytes.fromhex(digest) for state in states for digest in (state.facts, state.manifest) if digest}
    contents = _numbers(connection, ArtefactRow.digest, ArtefactRow.id, sorted(digests))
    for some in batches(list(targets.values())):
        connection.execute(delete(ApprovedStateRow).where(ApprovedStateRow.target_id.in_(some)))
        connection.execute(delete(DriftStateRow).where(DriftStateRow.target_id.in_(some)))
    rows = [
        {
            "target_id": targets[state.target],
            "approval_id": number,
            "run_id": state.run,
            "collected_at": state.collected_at,
            "facts_id": contents[bytes.fromhex(state.facts)],
            "manifest_id": contents[bytes.fromhex(state.manifest)] if state.manifest else None,
        }
        for state in states
    ]
    if rows:
        connection.execute(insert(ApprovedStateRow), rows)
    return number


def _numbers(connection: Connection, name: Any, number: Any, wanted: Sequence[Any]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for some in batches(wanted):
        found.update(connection.execute(select(name, number).where(name.in_(some))).all())
    return found


def read_approved(connection: Connection) -> dict[str, Approved]:
    """The approved state of every target that has one."""
    facts, manifest = aliased(ArtefactRow), aliased(ArtefactRow)
    query = (
        select(TargetRow.name, ApprovedStateRow.run_id, ApprovedStateRow.collected_at, true().label("results_changed"))
        .add_columns(facts.digest.label("facts"), manifest.digest.label("manifest"))
        .add_columns(ApprovalRow.id.label("approval"), ApprovalRow.ticket, ApprovalRow.person, ApprovalRow.approved_at)
        .select_from(ApprovedStateRow)
        .join(TargetRow, TargetRow.id == ApprovedStateRow.target_id)
        .join(ApprovalRow, ApprovalRow.id == ApprovedStateRow.approval_id)
        .join(facts, facts.id == ApprovedStateRow.facts_id)
        .outerjoin(manifest, manifest.id == ApprovedStateRow.manifest_id)
        .order_by(TargetRow.name)
    )
    return {
        row.name: Approved(
            state=_state(row), approval=row.approval, ticket=row.ticket, person=row.person, approved_at=row.approved_at
        )
        for row in connection.execute(query)
    }


def read_approvals(connection: Connection, limit: int) -> list[Approval]:
    """The latest approvals, newest first."""
    query = select(ApprovalRow.__table__).order_by(ApprovalRow.id.desc()).limit(limit)
    return [
        Approval(
            id=row.id,
            ticket=row.ticket,
            person=row.person,
            note=row.note,
            approved_at=row.approved_at,
            runs=msgspec.json.decode(row.document, type=dict[str, int]),
        )
        for row in connection.execute(query)
    ]


def read_compared(connection: Connection) -> dict[str, Compared]:
    """How far each target was compared."""
    query = (
        select(TargetRow.name, DriftStateRow.collected_at, ArtefactRow.digest, ApprovedStateRow.approval_id)
        .add_columns(DriftStateRow.configuration, DriftStateRow.document)
        .join(TargetRow, TargetRow.id == DriftStateRow.target_id)
        .join(ApprovedStateRow, ApprovedStateRow.target_id == DriftStateRow.target_id)
        .join(ArtefactRow, ArtefactRow.id == DriftStateRow.facts_id)
    )
    return {
        name: Compared(
            target=name,
            approval=approval,
            collected_at=collected_at,
            facts=digest.hex(),
            configuration=configuration,
            document=document.encode(),
        )
        for name, collected_at, digest, approval, configuration, document in connection.execute(query)
    }


def write_compared(connection: Connection, compared: Mapping[str, Compared]) -> None:
    """Write how far these targets were compared, in place of what was there.

    One that was approved anew meanwhile is left alone: it differs from another state now.
    """
    approvals = {name: each.approval for name, each in read_approved(connection).items()}
    compared = {name: each for name, each in compared.items() if approvals.get(name) == each.approval}
    targets = _numbers(connection, TargetRow.name, TargetRow.id, sorted(compared))
    digests = sorted({bytes.fromhex(each.facts) for each in compared.values()})
    facts = _numbers(connection, ArtefactRow.digest, ArtefactRow.id, digests)
    for some in batches(list(targets.values())):
        connection.execute(delete(DriftStateRow).where(DriftStateRow.target_id.in_(some)))
    rows = [
        {
            "target_id": targets[name],
            "collected_at": each.collected_at,
            "facts_id": facts[bytes.fromhex(each.facts)],
            "configuration": each.configuration,
            "document": each.document.decode(),
        }
        for name, each in compared.items()
    ]
    if rows:
        connection.execute(insert(DriftStateRow), rows)


def verdicts_at(connection: Connection, state: State) -> Verdicts:
    """Every verdict that stood on a target when a run had looked at it, of the checks that the run held.

    Raises:
        StoreError: the store knows no such target.
    """
    target = connection.execute(select(TargetRow.id).where(TargetRow.name == state.target)).scalar()
    if target is None:
        raise StoreError(f"the store knows no target {state.target}")
    return dict(_verdicts(connection, target, state))


def _verdicts(connection: Connection, target: int, state: State) -> Iterator[tuple[tuple[str, str], Standing]]:
    query = (
        select(CheckRow.name, ResultRow.subject, ResultRow.status, ResultRow.severity, RunCheckRow.version_id)
        .join(CheckRow, CheckRow.id == ResultRow.check_id)
        .join(RunCheckRow, RunCheckRow.check_id == ResultRow.check_id)
        .where(ResultRow.target_id == target, RunCheckRow.run_id == state.run)
        .where(ResultRow.valid_from <= state.collected_at)
        .where(or_(ResultRow.valid_to.is_(None), ResultRow.valid_to > state.collected_at))
    )
    for check, subject, status, severity, version in connection.execute(query):
        yield (check, subject), Standing(status, severity, version)
