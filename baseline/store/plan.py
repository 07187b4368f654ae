"""Writes what a run is going to do: its targets and its checks."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from baseline.models.errors import StoreError
from baseline.models.target import Target
from baseline.store.bulk import batches, insert_missing
from baseline.store.canonical import canonical_json, storable_text
from baseline.store.evidence_recording import log_attributes
from baseline.store.records import CheckVersion
from baseline.store.tables import CheckRow, CheckVersionRow, RunCheckRow, RunTargetRow, TargetRow
from baseline.store.target_states import plan_states

ATTRIBUTE_COLUMNS = ("kind", "platform", "site", "zone", "owner", "attributes")


def write_targets(connection: Connection, run: int, targets: Sequence[Target]) -> None:
    """Write the population of a run, and what is new or changed about its targets.

    Raises:
        StoreError: two targets have one name.
    """
    by_name = {target.name: target for target in targets}
    if len(by_name) < len(targets):
        raise StoreError("two targets of one name cannot be in one run")
    rows = {name: _row(by_name[name]) for name in sorted(by_name)}
    known = _known_targets(connection, rows)
    new = [row for name, row in rows.items() if name not in known]
    changed = [name for name in known if known[name][1] != rows[name]["attributes"]]
    insert_missing(connection, TargetRow, new)
    _update_targets(connection, [(known[name][0], rows[name]) for name in changed])
    log_attributes(connection, run, [*new, *(rows[name] for name in changed)])
    numbers = _known_targets(connection, rows)
    planned = [_planned(run, numbers[name][0], by_name[name]) for name in rows]
    if planned:
        connection.execute(insert(RunTargetRow), planned)
        plan_states(connection, {numbers[name][0]: by_name[name].excluded is not None for name in rows})


def write_checks(connection: Connection, run: int, checks: Sequence[CheckVersion]) -> None:
    """Write the checks of a run as they are now.

    Raises:
        StoreError: two checks have one id.
    """
    by_name = {check.id: check for check in checks}
    if len(by_name) < len(checks):
        raise StoreError("two checks of one id cannot be in one run")
    numbers = _check_numbers(connection, by_name)
    rows: list[dict[str, Any]] = [
        {"check_id": numbers[name], "digest": by_name[name].digest, "document": storable_text(by_name[name].document)}
        for name in sorted(by_name)
    ]
    known = _known_versions(connection, rows)
    insert_missing(connection, CheckVersionRow, [row for row in rows if (row["check_id"], row["digest"]) not in known])
    versions = _known_versions(connection, rows)
    held = [
        {"run_id": run, "check_id": row["check_id"], "version_id": versions[row["check_id"], row["digest"]]}
        for row in rows
    ]
    if held:
        connection.execute(insert(RunCheckRow), held)


def read_checks(connection: Connection, run: int) -> list[CheckVersion]:
    """The checks that a run held, as they were, ordered by id."""
    query = (
        select(CheckRow.name, CheckVersionRow.digest, CheckVersionRow.document)
        .join(CheckVersionRow, CheckVersionRow.check_id == CheckRow.id)
        .join(RunCheckRow, RunCheckRow.version_id == CheckVersionRow.id)
        .where(RunCheckRow.run_id == run)
        .order_by(CheckRow.name)
    )
    return [CheckVersion(id=name, digest=digest, document=text) for name, digest, text in connection.execute(query)]


def read_targets(connection: Connection) -> dict[str, Target]:
    """Every target by name, as the latest run knew it."""
    rows = connection.execute(select(TargetRow.name, TargetRow.attributes).order_by(TargetRow.name))
    return {name: msgspec.json.decode(attributes, type=Target) for name, attributes in rows}


def _row(target: Target) -> dict[str, Any]:
    attributes: dict[str, Any] = msgspec.to_builtins(target)
    attributes["connection"].pop("credentials")
    return {
        "name": target.name,
        "kind": target.kind,
        "platform": target.platform,
        "site": target.site,
        "zone": target.zone,
        "owner": target.owner,
        "attributes": canonical_json(attributes).decode(),
    }


def _known_targets(connection: Connection, names: Collection[str]) -> dict[str, tuple[int, str]]:
    known: dict[str, tuple[int, str]] = {}
    for some in batches(list(names)):
        query = select(TargetRow.name, TargetRow.id, TargetRow.attributes).where(TargetRow.name.in_(some))
        known.update((name, (number, attributes)) for name, number, attributes in connection.execute(query))
    return known


def _update_targets(connection: Connection, changed: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Update targets in the order of their numbers: two runs that begin together never wait for each other."""
    if changed:
        new: dict[str, Any] = {column: bindparam(f"new_{column}") for column in ATTRIBUTE_COLUMNS}
        rows = [
            {"this": number, **{f"new_{column}": row[column] for column in ATTRIBUTE_COLUMNS}}
            for number, row in sorted(changed, key=lambda each: each[0])
        ]
        connection.execute(update(TargetRow).where(TargetRow.id == bindparam("this")).values(new), rows)


def _planned(run: int, number: int, target: Target) -> dict[str, Any]:
    return {
        "run_id": run,
        "target_id": number,
        "outcome": "planned" if target.excluded is None else "excluded",
        "reason": None if target.excluded is None else storable_text(target.excluded),
    }


def _check_numbers(connection: Connection, names: Collection[str]) -> dict[str, int]:
    known = _known_checks(connection, names)
    insert_missing(connection, CheckRow, [{"name": name} for name in sorted(set(names) - known.keys())])
    return _known_checks(connection, names)


def _known_checks(connection: Connection, names: Collection[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for some in batches(list(names)):
        query = select(CheckRow.name, CheckRow.id).where(CheckRow.name.in_(some))
        known.update(connection.execute(query).all())
    return known


def _known_versions(connection: Connection, rows: Sequence[dict[str, Any]]) -> dict[tuple[int, str], int]:
    known: dict[tuple[int, str], int] = {}
    for some in batches([row["digest"] for row in rows]):
        query = select(CheckVersionRow.check_id, CheckVersionRow.digest, CheckVersionRow.id)
        for check, digest, version in connection.execute(query.where(CheckVersionRow.digest.in_(some))):
            known[check, digest] = version
    return known
