"""Causes as they may be told to others: with pseudonyms in place of names of people."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from baseline.content.name_shield import NameShield
from baseline.content.person_names import person_names
from baseline.content.pseudonyms import DEFAULT_KEY_FILE, load_pseudonyms
from baseline.drift.causes import Cause
from baseline.drift.changes import Change
from baseline.models.errors import StoreError
from baseline.store.store import Store


def without_names(store: Store, causes: Iterable[Cause], key_file: Path = DEFAULT_KEY_FILE) -> list[Cause]:
    """The causes, each with pseudonyms for the people whom the facts of its targets name, now or when approved.

    Raises:
        PseudonymError: the key of the pseudonyms cannot be used.
    """
    found = list(causes)
    if not found:
        return []
    pseudonyms = load_pseudonyms(key_file.expanduser(), create=True)
    people = _People(store)
    return [_masked(cause, NameShield(pseudonyms, people.of(cause))) for cause in found]


def _masked(cause: Cause, shield: NameShield) -> Cause:
    changes = shield.value(msgspec.to_builtins(cause.changes))
    return msgspec.structs.replace(cause, changes=msgspec.convert(changes, tuple[Change, ...]))


class _People:
    """Names of people in facts; each document is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._approved = store.drift.approved()
        self._names: dict[str, frozenset[str]] = {}

    def of(self, cause: Cause) -> set[str]:
        """Every name that the facts of the targets of a cause hold."""
        latest = self._store.drift.latest(cause.targets)
        digests = {state.facts for state in latest.values()}
        digests |= {self._approved[name].state.facts for name in cause.targets if name in self._approved}
        return {name for digest in digests for name in self._of_document(digest)}

    def _of_document(self, digest: str) -> frozenset[str]:
        if digest not in self._names:
            self._names[digest] = frozenset(self._read(digest))
        return self._names[digest]

    def _read(self, digest: str) -> Iterator[str]:
        try:
            document = msgspec.json.decode(self._store.artefact(digest), type=dict[str, Any])
        except StoreError:  # destroyed when its term was over: then its names are nowhere else either
            return
        yield from person_names(document)
