"""Results as the log commits to them: one canonical document per result, a root per target and run.

A document says nothing that a later observation may change (since when, until when), so it can be made again from the
rows at any time. Its sources and artefacts are those of the run that found it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from baseline.store.bulk import batches
from baseline.store.canonical import canonical_json
from baseline.store.merkle import Peaks, leaf_hash, root_of
from baseline.store.records import ResultFilter
from baseline.store.result_query import results_query

NOTHING = msgspec.Raw(b"null")
TARGETS = 20
"""Targets whose results are read at a time."""
PAGE = 1000
"""Rows fetched at a time."""


class ResultLeaf(msgspec.Struct, frozen=True):
    """A result without its time. Fields in the order of canonical JSON."""

    artefacts: msgspec.Raw
    check: str
    expected: str
    found_by_run: int
    observed: msgspec.Raw
    reason: str
    severity: str
    sources: msgspec.Raw
    status: str
    subject: str
    target: str
    waiver: str | None


class Root(NamedTuple):
    """The root over so many documents."""

    number: int
    root: bytes

    def as_document(self) -> dict[str, Any]:
        """As it stands in the log."""
        return {"count": self.number, "root": self.root.hex()}


def root_over(documents: Collection[bytes]) -> Root:
    """The root over documents, in their order."""
    return Root(len(documents), root_of([leaf_hash(each) for each in documents]))


def digest_of_checks(checks: Collection[str]) -> bytes:
    """Tells one set of checks from another, whatever their versions."""
    return hashlib.sha256(canonical_json(sorted(checks))).digest()


def result_document(row: Sequence[Any]) -> bytes:
    """The canonical document of a row of ``results_query``."""
    target, check, subject, status, severity, expected, observed, reason, sources, artefacts, waiver, _, first_run = (
        row[:13]
    )
    return msgspec.json.encode(
        ResultLeaf(
            artefacts=msgspec.Raw(artefacts.encode()) if artefacts else NOTHING,
            check=check,
            expected=expected,
            found_by_run=first_run,
            observed=msgspec.Raw(observed.encode()),
            reason=reason or "",
            severity=severity,
            sources=msgspec.Raw(sources.encode()) if sources else NOTHING,
            status=status,
            subject=subject,
            target=target,
            waiver=waiver,
        )
    )


def result_documents(connection: Connection, run: int, targets: Sequence[int]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The documents of each target (by name) in a run, in order of check and subject; none without results is among them.

    They never stand in memory together: an imported target has hundreds of thousands.
    """
    for some in batches(targets, TARGETS):
        query = results_query(some, ResultFilter(run=run), None).execution_options(yield_per=PAGE)
        with connection.execute(query) as rows:
            for name, own in groupby(rows, lambda row: str(row[0])):
                yield name, map(result_document, own)


def result_roots(connection: Connection, run: int, targets: Sequence[int]) -> dict[str, Root]:
    """The root over the results of each target (by name) in a run; a target without results is not among them."""
    return {name: root_of_each(documents) for name, documents in result_documents(connection, run, targets)}


def root_of_each(documents: Iterable[bytes]) -> Root:
    """The root over documents, in their order, of which only one is in memory at a time."""
    tree = Peaks()
    for document in documents:
        tree.append(leaf_hash(document))
    return Root(tree.size, tree.root)
