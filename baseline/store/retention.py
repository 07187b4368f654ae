"""What a store could destroy: every content with its last use, and destruction that the log keeps a record of.

A content is used by the runs that collected it. What the latest collection of a target, what stands for it, or what was
approved refers to is in use, and is never destroyed, however old.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, update

from baseline.models.errors import StoreError
from baseline.models.retention import Category
from baseline.store.bulk import batches
from baseline.store.contents import read_content
from baseline.store.database import Database
from baseline.store.drift_tables import ApprovedStateRow
from baseline.store.evidence_log import append, request_checkpoint
from baseline.store.evidence_told import read_told
from baseline.store.imported_records import INDEX
from baseline.store.merkle import HASH_SIZE
from baseline.store.reassessments import MEDIA_TYPE, made_at
from baseline.store.tables import ArtefactRow, DetailRow, ResultRow, RunTargetRow, TargetRow

GONE = b""
"""What is left of a destroyed content: its digest and size stay, since runs and the log name them."""

Span = tuple[datetime, datetime]
"""The first and the last moment of something."""


class Kept(msgspec.Struct, kw_only=True):
    """A content that could be destroyed. ``used`` are its uses: the first and the last of each target."""

    digest: str
    category: Category
    size: int
    used: dict[str, Span]
    in_use: bool = False

    @property
    def last_used(self) -> datetime:
        """When it was collected last, of any target."""
        return max(last for _, last in self.used.values())


class Destruction(msgspec.Struct, frozen=True, kw_only=True):
    """What the log says of one destroyed content; it names nobody."""

    digest: str
    category: Category
    last_used: datetime
    term: str
    source: str


class RetentionStore:
    """Lists what could be destroyed, and destroys it. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kept(self) -> list[Kept]:
        """Every content of the categories that is still there, ordered by digest."""
        with self._database.reading() as connection:
            return sorted(_kept(connection), key=lambda kept: kept.digest)

    def destroy(self, destructions: Iterable[Destruction]) -> int:
        """Destroy contents, and write in the log that and why; all in one transaction. Give how many there were.

        Raises:
            StoreError: one of them is not there any more; nothing is destroyed then.
        """
        every = list(destructions)
        with self._database.writing() as connection:
            for some in batches([bytes.fromhex(each.digest) for each in every]):
                wiped = update(ArtefactRow).where(ArtefactRow.digest.in_(some), ArtefactRow.content != GONE)
                if connection.execute(wiped.values(content=GONE)).rowcount != len(some):
                    raise StoreError("somebody destroyed some of this meanwhile; make the plan again")
            for each in every:
                append(connection, "destruction", msgspec.to_builtins(each))
            for told in _as_told(connection, every):
                append(connection, "told destruction", msgspec.to_builtins(told))
            request_checkpoint(connection, None)
        self._database.forget_deleted()
        return len(every)


def _as_told(connection: Connection, every: Iterable[Destruction]) -> Iterator[Destruction]:
    """The same destructions, by the SHA-256 under which the contents were told without names of people."""
    by_digest = {bytes.fromhex(each.digest): each for each in every}
    known = read_told(connection, by_digest.keys())
    for digest, told in sorted({(digest, told[:HASH_SIZE]) for (digest, _), told in known.items()}):
        yield msgspec.structs.replace(by_digest[digest], digest=told.hex())


def _kept(connection: Connection) -> Iterator[Kept]:
    in_use = _in_use(connection)
    found: dict[str, Kept] = {}
    sizes = _sizes(connection)
    for digest, target, span in _collected(connection, RunTargetRow.facts_id):
        _add(found, digest, "facts", target, span, sizes)
    for manifest, target, span in _collected(connection, RunTargetRow.manifest_id):
        for digest in _named_in(connection, manifest):
            _add(found, digest, "raw-answers", target, span, sizes)
    for digest, kept in found.items():
        kept.in_use = digest in in_use
        yield kept
    yield from _reassessments(connection)


def _add(
    found: dict[str, Kept], digest: str, category: Category, target: str, span: Span, sizes: Mapping[str, int]
) -> None:
    if digest not in sizes:
        return
    kept = found.setdefault(digest, Kept(digest=digest, category=category, size=sizes[digest], used={}))
    first, last = kept.used.get(target, span)
    kept.used[target] = (min(first, span[0]), max(last, span[1]))


def _sizes(connection: Connection) -> dict[str, int]:
    """Bytes of each content that is still there."""
    query = select(ArtefactRow.digest, ArtefactRow.size).where(ArtefactRow.content != GONE)
    return {bytes(digest).hex(): size for digest, size in connection.execute(query)}


def _collected(connection: Connection, column: Any) -> list[tuple[str, str, Span]]:
    """Contents that a column of the population refers to: SHA-256, target, and when it was collected first and last."""
    first, last = func.min(RunTargetRow.collected_at), func.max(RunTargetRow.collected_at)
    query = (
        select(ArtefactRow.digest, TargetRow.name, first, last)
        .join(RunTargetRow, column == ArtefactRow.id)
        .join(TargetRow, TargetRow.id == RunTargetRow.target_id)
        .group_by(ArtefactRow.digest, TargetRow.name)
    )
    rows = connection.execute(query).all()
    return [(bytes(digest).hex(), target, (begin, end)) for digest, target, begin, end in rows if begin and end]


def _named_in(connection: Connection, manifest: str) -> Iterable[str]:
    return msgspec.json.decode(read_content(connection, manifest), type=dict[str, str]).values()


def _reassessments(connection: Connection) -> Iterator[Kept]:
    moments = made_at(connection)
    query = select(ArtefactRow.digest, ArtefactRow.size).where(
        ArtefactRow.media_type == MEDIA_TYPE, ArtefactRow.content != GONE
    )
    for digest, size in connection.execute(query):
        name = bytes(digest).hex()
        if name in moments:
            yield Kept(digest=name, category="reassessments", size=size, used={"": (moments[name], moments[name])})


def _in_use(connection: Connection) -> set[str]:
    """Contents that the latest collection of a target, what stands, or what was approved refers to."""
    latest = (
        select(RunTargetRow.target_id, func.max(RunTargetRow.collected_at).label("at"))
        .where(RunTargetRow.facts_id.is_not(None))
        .group_by(RunTargetRow.target_id)
        .subquery()
    )
    rows: list[Any] = list(
        connection.execute(
            select(RunTargetRow.facts_id, RunTargetRow.manifest_id).join(
                latest, (latest.c.target_id == RunTargetRow.target_id) & (latest.c.at == RunTargetRow.collected_at)
            )
        )
    )
    rows += connection.execute(select(ApprovedStateRow.facts_id, ApprovedStateRow.manifest_id)).all()
    numbers = {number for row in rows for number in row if number is not None}
    digests: set[str] = set()
    for some in batches(sorted(numbers)):
        query = select(ArtefactRow.digest, ArtefactRow.media_type).where(ArtefactRow.id.in_(some))
        digests |= {bytes(digest).hex() for digest, _ in connection.execute(query)}
    manifests = {digest for digest, _, _ in _collected(connection, RunTargetRow.manifest_id)} & digests
    named = {digest for manifest in manifests for digest in _named_in(connection, manifest)}
    return digests | named | _standing(connection)


def _standing(connection: Connection) -> set[str]:
    """Raw answers that results which stand now were read from, with the parts of those that are kept in parts."""
    query = (
        select(DetailRow.content)
        .join(ResultRow, ResultRow.artefacts_id == DetailRow.id)
        .where(ResultRow.valid_to.is_(None))
        .distinct()
    )
    found = {
        digest
        for content in connection.scalars(query)
        for digest in msgspec.json.decode(content, type=dict[str, str]).values()
    }
    there = (ArtefactRow.media_type == INDEX, ArtefactRow.content != GONE)
    indexes = {bytes(digest).hex() for digest in connection.scalars(select(ArtefactRow.digest).where(*there))}
    parts = (msgspec.json.decode(read_content(connection, index))["parts"] for index in indexes & found)
    return found.union(*parts)
