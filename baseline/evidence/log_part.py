"""The part of the log that a bundle needs: entries with their proofs, checkpoints and who signed them."""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

import msgspec
from sqlalchemy import Connection, or_

from baseline.evidence.disclosure import Chain
from baseline.evidence.keys import KeyRing
from baseline.evidence.selection import SelectionError
from baseline.store.canonical import canonical_json
from baseline.store.evidence_store import Leaf, Signature, read_hashes, read_leaves, read_signatures
from baseline.store.evidence_tables import LeafRow, SignatureRow
from baseline.store.evidence_told import read_destroyed
from baseline.store.merkle import Tree

OF_RUNS = ("run begun", "run ended", "run resumed")
NOT_SHOWN = ("adoption", "contents", "target", "targets", "row", "retirement", "told", "told destruction", *OF_RUNS)
"""Kinds that name targets outside the selection, or that only the store can be held against."""
WITH_NAMES = ("run ended", "destruction", "reassessment")
"""Kinds that hold digests of what may hold names: a bundle without names shows what was told in their place, if anything."""


class LogPart:
    """Entries about the runs of a chain, and every decision of people (waivers, attestations, destructions).

    ``tellings`` are positions of what was told of those runs, for a bundle without names; None for one with names.
    """

    def __init__(self, connection: Connection, chain: Chain, tellings: Collection[int] | None) -> None:
        self.chain, self._connection = chain, connection
        of_runs = LeafRow.run_id.in_(chain.runs) & LeafRow.kind.in_(OF_RUNS)
        wanted = or_(of_runs, LeafRow.kind.not_in(NOT_SHOWN))
        if tellings is not None:
            told = or_(LeafRow.position.in_(tellings), LeafRow.kind == "told destruction")
            wanted = or_(wanted & LeafRow.kind.not_in(WITH_NAMES), told)
        last = chain.checkpoints[-1]
        self.leaves: list[Leaf] = list(read_leaves(connection, wanted, LeafRow.position < last.size))
        if tellings is not None:
            _refuse_digests(self.leaves)
        self._tree = Tree(read_hashes(connection))
        numbers = [each.number for each in chain.checkpoints]
        self.signatures: list[Signature] = [
            each
            for each in read_signatures(connection, SignatureRow.checkpoint.between(numbers[0], numbers[-1]))
            if each.checkpoint in set(numbers)
        ]

    def inclusion(self) -> Iterator[bytes]:
        """The audit path of each entry to the root of the last checkpoint."""
        size = self.chain.checkpoints[-1].size
        for leaf in self.leaves:
            path = [node.hex() for node in self._tree.inclusion(leaf.position, size)]
            yield canonical_json({"path": path, "position": leaf.position})

    def consistency(self) -> Iterator[bytes]:
        """The proof between each checkpoint and the next."""
        sizes = [checkpoint.size for checkpoint in self.chain.checkpoints]
        for older, newer in pairwise(sizes):
            yield canonical_json([node.hex() for node in self._tree.consistency(older, newer)])

    def signature_lines(self) -> Iterator[bytes]:
        """Each signature with what it says."""
        for each in self.signatures:
            yield canonical_json({"signature": each.signature.hex(), "statement": each.statement.decode()})

    def contents(self) -> dict[str, str]:
        """Name -> SHA-256 of all that the runs were held against."""
        found: dict[str, str] = {}
        for leaf in self.leaves:
            if leaf.kind == "run begun":
                for name, digest in msgspec.json.decode(leaf.document)["body"]["contents"].items():
                    found[_with_digest(name, digest)] = digest
        return found

    def destroyed(self) -> frozenset[str]:
        """SHA-256 of contents that were destroyed on purpose, also after the period."""
        return read_destroyed(self._connection)

    def keys(self, ring: KeyRing, signer: str | None) -> dict[str, bytes]:
        """The public keys that signed something here, or took part in a rotation."""
        wanted = {each.key for each in self.signatures} | ({signer} if signer else set())
        for rotation in ring.rotations():
            statement = msgspec.json.decode(msgspec.json.decode(rotation)["statement"])
            wanted |= {statement["old"], statement["new"]}
        found = {each: ring.public(each) for each in sorted(wanted)}
        return {identifier: public for identifier, public in found.items() if public is not None}

    def known_signatures(self, keys: dict[str, bytes]) -> None:
        """Leave out signatures of keys that this machine does not have."""
        self.signatures = [each for each in self.signatures if each.key in keys]


def _refuse_digests(leaves: Iterable[Leaf]) -> None:
    """Refuse imports that were logged with digests of a file that may hold names, as was done at first.

    Raises:
        SelectionError: there is one.
    """
    for leaf in leaves:
        if leaf.kind == "run begun":
            selection = msgspec.json.decode(leaf.document)["body"]["selection"]
            if "digest" in (selection.get("import") or {}):
                raise SelectionError(
                    f"run {leaf.run}: the log tells digests of the file that it imported, against which names could be tried; "
                    "choose a period without it, or --names"
                )


def _with_digest(name: str, digest: str) -> str:
    """A file name that tells versions apart: ``catalogue/bio2.yaml`` -> ``contents/catalogue-bio2-0123abcd.yaml``."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.replace(".", "\0"))
    stem, _, ending = plain.replace("\0", "-").strip("-").rpartition("-")
    return f"contents/{stem or 'content'}-{digest[:16]}.{ending or 'bin'}"
