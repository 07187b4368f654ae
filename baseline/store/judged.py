"""Judge keys: what the results that stand were judged on."""

from collections.abc import Collection, Mapping

import msgspec
from sqlalchemy import Connection, delete, insert, select

from baseline.store.bulk import batches
from baseline.store.canonical import canonical_json
from baseline.store.contents import compressed, decompressed
from baseline.store.tables import JudgedRow, TargetRow

Keys = dict[str, str]
"""Check name -> judge key."""


def read_keys(connection: Connection, targets: Collection[int]) -> dict[int, Keys]:
    """The keys of each target; one that was never judged has none."""
    keys: dict[int, Keys] = {target: {} for target in targets}
    for some in batches(list(targets)):
        rows = connection.execute(select(JudgedRow.target_id, JudgedRow.keys).where(JudgedRow.target_id.in_(some)))
        for target, frame in rows:
            keys[target] = msgspec.json.decode(decompressed(frame, "a list of judge keys"), type=Keys)
    return keys


def read_keys_by_name(connection: Connection, targets: Collection[str]) -> dict[str, Keys]:
    """The keys of each target by its name; one that the store does not know, or that was never judged, has none."""
    numbers: dict[int, str] = {}
    for some in batches(list(targets)):
        query = select(TargetRow.id, TargetRow.name).where(TargetRow.name.in_(some))
        numbers.update(connection.execute(query).all())
    keys = read_keys(connection, numbers)
    return {**{name: {} for name in targets}, **{numbers[number]: each for number, each in keys.items()}}


def write_keys(connection: Connection, keys: Mapping[int, Keys]) -> None:
    """Replace the keys of these targets."""
    for some in batches(list(keys)):
        connection.execute(delete(JudgedRow).where(JudgedRow.target_id.in_(some)))
        rows = [{"target_id": target, "keys": compressed(canonical_json(keys[target]))} for target in some]
        connection.execute(insert(JudgedRow), rows)
