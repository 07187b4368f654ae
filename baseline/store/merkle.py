"""Merkle trees as RFC 6962 (section 2.1) hashes them: 0x00 before a leaf, 0x01 before a node, so neither passes for the other."""

import hashlib
from collections.abc import Iterable, Sequence

HASH_SIZE = 32
"""Bytes of a SHA-256."""
EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(document: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + document).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        paired = [node_hash(level[index], level[index + 1]) for index in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


class Peaks:
    """A tree that only grows: the roots of the perfect trees in it, largest first. Appending costs a hash or two."""

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        self.size = size
        self._peaks = [peaks[start : start + HASH_SIZE] for start in range(0, len(peaks), HASH_SIZE)]

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        rest, node = self.size, leaf
        while rest & 1:
            node = node_hash(self._peaks.pop(), node)
            rest >>= 1
        self._peaks.append(node)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._peaks:
            return EMPTY
        *others, node = self._peaks
        for peak in reversed(others):
            node = node_hash(peak, node)
        return node

    def __bytes__(self) -> bytes:
        return b"".join(self._peaks)


class Tree:
    """A tree with all its nodes, to take proofs from."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            self._levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    def root(self, size: int) -> bytes:
        """The root over the first ``size`` leaves."""
        return self._root(0, size) if size else EMPTY

    def inclusion(self, position: int, size: int) -> list[bytes]:
        """The audit path of a leaf in the tree of the first ``size`` leaves, lowest first (RFC 6962, 2.1.1)."""
        return self._path(position, 0, size)

    def consistency(self, older: int, size: int) -> list[bytes]:
        """The proof that the tree of ``older`` leaves is the beginning of that of ``size`` (RFC 6962, 2.1.2)."""
        return self._subproof(older, 0, size, whole=True) if 0 < older < size else []

    def _root(self, start: int, end: int) -> bytes:
        """The root over a range that starts at a multiple of the power of two that holds it."""
        width = end - start
        if width & (width - 1) == 0:
            level = width.bit_length() - 1
            return self._levels[level][start >> level]
        split = start + _split(width)
        return node_hash(self._root(start, split), self._root(split, end))

    def _path(self, position: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        split = start + _split(end - start)
        if position < split:
            return [*self._path(position, start, split), self._root(split, end)]
        return [*self._path(position, split, end), self._root(start, split)]

    def _subproof(self, older: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        if older == end:
            return [] if whole else [self._root(start, end)]
        split = start + _split(end - start)
        if older <= split:
            return [*self._subproof(older, start, split, whole=whole), self._root(split, end)]
        return [*self._subproof(older, split, end, whole=False), self._root(start, split)]


def _split(width: int) -> int:
    """The largest power of two below ``width``."""
    return 1 << (width - 1).bit_length() - 1
