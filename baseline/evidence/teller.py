"""Makes the told form of facts, raw answers and results: the same, with pseudonyms in place of names of people.

It is made from what the store holds and the key of the pseudonyms, again and again with the same outcome: the log commits
to it when a run ends, and a bundle must tell just that.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from baseline.content.name_shield import FORM, NameShield
from baseline.content.person_names import person_names
from baseline.content.pseudonyms import Pseudonyms
from baseline.store.canonical import canonical_json
from baseline.store.contents import read_content, read_media_type
from baseline.store.evidence_results import ResultLeaf, Root
from baseline.store.evidence_runs import PopulationLeaf
from baseline.store.evidence_told import Told, read_facts_before, read_gone, read_told
from baseline.store.imported_records import INDEX

KEY_ID_DIGITS = 32
NULL, EMPTY = msgspec.Raw(b"null"), msgspec.Raw(b"{}")
_INDEX_BEGINS = b'{"name":"'
SHIELDS = 256
"""Shields that stand in memory; each holds the names of one target."""
WITHHELD = "not told: the facts that say which names are of people were destroyed when their retention term was over"


class Place(NamedTuple):
    """Under what something is told: the id of a shield, and the facts (SHA-256) of which it holds the names.

    ``known`` is false where those facts were destroyed: then no text is told.
    """

    shield: bytes
    facts: str | None
    known: bool = True


class Source(NamedTuple):
    """What a told content was made of."""

    digest: str
    place: Place
    make: Callable[[bytes, Place], bytes]


class Teller:
    """Tells under one key. ``sources`` lead from told forms back to contents."""

    def __init__(self, connection: Connection, pseudonyms: Pseudonyms, *, remembers: bool = True) -> None:
        """``remembers`` uses what was worked out before, also of contents that were destroyed since."""
        self._remembers = remembers
        self._connection, self._pseudonyms = connection, pseudonyms
        self.key = key_id(pseudonyms)
        self._tag = hashlib.sha256(f"{FORM} {self.key}".encode()).digest()
        self._shields: OrderedDict[bytes, NameShield] = OrderedDict()
        self._learned: Told = {}
        self.forget()
        self._nobody = self._place(frozenset(), None)

    def forget(self) -> Told:
        """Give the digests of told forms that were worked out since, and start anew: nothing of what was told is needed."""
        learned = self._learned
        self._known: Told = {}
        self._asked: set[bytes] = set()
        self._gone: set[str] = set()
        self._cited: dict[tuple[str, bytes], str] = {}
        self._learned = {}
        self.sources: dict[str, Source] = {}
        return learned

    def place(self, target: int, leaf: PopulationLeaf) -> Place:
        """Under what a target in a run is told: the people in its facts then, or in the latest before, if any."""
        facts = leaf.facts
        if facts is None and leaf.collected_at is not None:
            facts = read_facts_before(self._connection, target, leaf.collected_at)
        return self._facts(facts)[1] if facts else self._nobody

    def population(self, leaf: PopulationLeaf, place: Place) -> PopulationLeaf:
        """A target in a run, told."""
        return msgspec.structs.replace(
            leaf,
            facts=self._told_facts(leaf.facts) if leaf.facts else None,
            manifest=self._content(leaf.manifest, place, self._manifest) if leaf.manifest else None,
            reason=self._text(leaf.reason, place) if leaf.reason else leaf.reason,
        )

    def load(self, digests: Iterable[str]) -> None:
        """Look up at once what was told before of contents, or of roots over results."""
        wanted = {bytes.fromhex(digest) for digest in digests} - self._asked
        self._gone |= read_gone(self._connection, wanted)
        if self._remembers:
            self._known |= read_told(self._connection, wanted)
        self._asked |= wanted

    def result(self, document: bytes, place: Place) -> bytes:
        """The document of a result, told; the very same where there is nothing to replace."""
        for digest in set((_CITED.decode(document).artefacts or {}).values()):
            told = self._answer(digest, place)
            if told != digest:
                document = document.replace(digest.encode(), told.encode())
        if place.known and not self._shield(place).touches(document.decode()):
            return document
        return self._result(_RESULT.decode(document), place)

    def known_root(self, root: Root, place: Place) -> Root | None:
        """The root over the told results of a target, where it was worked out before."""
        told = self._lookup(root.root, place.shield)
        return Root(root.number, told) if told else None

    def learn_root(self, root: Root, place: Place, told: Root) -> None:
        """Remember the root over told results."""
        self._learn(root.root, place.shield, told.root)

    def content(self, told: str) -> bytes | None:
        """The told content with this SHA-256, which something told before names; None where it was destroyed.

        Raises:
            StoreError: the store does not hold what it was made of.
        """
        source = self.sources[told]
        content = self._read(source.digest)
        return source.make(content, source.place) if content is not None and source.place.known else None

    def _facts(self, digest: str) -> tuple[str, Place]:
        """Told digest of facts, and under what: the people whom they name."""
        known = self._lookup(bytes.fromhex(digest), self._tag)
        known = None if digest in self._gone else known
        if known is None:
            known = self._tell_facts(digest)
        told, shield = known[:32].hex(), known[32:]
        return told, Place(shield, digest, known=shield != self._tag)

    def _tell_facts(self, digest: str) -> bytes:
        """What ``_facts`` gives, worked out; of facts that were destroyed nothing is known any more."""
        content = self._read(digest)
        if content is None:
            return self._pseudonyms.opaque(digest) + self._tag
        place = self._place(person_names(msgspec.json.decode(content, type=dict[str, Any])), digest)
        known = hashlib.sha256(self._facts_document(content, place)).digest() + place.shield
        self._learn(bytes.fromhex(digest), self._tag, known)
        return known

    def _told_facts(self, digest: str) -> str:
        told, place = self._facts(digest)
        self.sources[told] = Source(digest, place, self._facts_document)
        return told

    def _content(self, digest: str, place: Place, make: Callable[[bytes, Place], bytes]) -> str:
        """Told digest of a content under a place."""
        known = self._lookup(bytes.fromhex(digest), place.shield)
        if known is None:
            content = self._read(digest) if place.known else None
            known = self._pseudonyms.opaque(digest)
            if content is not None:
                known = hashlib.sha256(make(content, place)).digest()
            self._learn(bytes.fromhex(digest), place.shield, known)
        self.sources[known.hex()] = Source(digest, place, make)
        return known.hex()

    def _answer(self, digest: str, place: Place) -> str:
        key = (digest, place.shield)
        if key not in self._cited:
            self._cited[key] = self._content(digest, place, self._answer_content)
        return self._cited[key]

    def _facts_document(self, content: bytes, place: Place) -> bytes:
        shield = self._shield(place)
        if not shield.touches(content.decode()):
            return content
        return canonical_json(shield.value(msgspec.json.decode(content)))

    def _manifest(self, content: bytes, place: Place) -> bytes:
        named = msgspec.json.decode(content, type=dict[str, str])
        self.load(named.values())
        return canonical_json({self._text(name, place): self._answer(digest, place) for name, digest in named.items()})

    def _answer_content(self, content: bytes, place: Place) -> bytes:
        if content.startswith(_INDEX_BEGINS) and self._is_index(content):
            return self._index(content, place)
        shield = self._shield(place)
        try:
            return shield.answer(content.decode()).encode()
        except UnicodeDecodeError:
            return shield.answer(content.decode("latin-1")).encode("latin-1", "replace")

    def _is_index(self, content: bytes) -> bool:
        return read_media_type(self._connection, hashlib.sha256(content).hexdigest()) == INDEX

    def _index(self, content: bytes, place: Place) -> bytes:
        """The index of a file in parts, told: with the parts as they are told, and no digest of what holds names."""
        index = msgspec.json.decode(content)
        parts = [self._answer(digest, place) for digest in index["parts"]]
        return canonical_json({"name": self._text(index["name"], place), "parts": parts})

    def _result(self, result: ResultLeaf, place: Place) -> bytes:
        if not place.known:
            subject = self._pseudonyms.of(result.subject) if result.subject else ""
            told = {"artefacts": NULL, "observed": EMPTY, "sources": NULL, "expected": "", "reason": WITHHELD}
            return canonical_json(msgspec.structs.replace(result, subject=subject, **told))
        shield = self._shield(place)
        return canonical_json(
            msgspec.structs.replace(
                result,
                artefacts=_told_value(result.artefacts, shield),
                expected=shield.text(result.expected),
                observed=_told_value(result.observed, shield),
                reason=shield.text(result.reason),
                sources=_told_value(result.sources, shield),
                subject=shield.name(result.subject),
            )
        )

    def _text(self, text: str, place: Place) -> str:
        return self._shield(place).text(text) if place.known else WITHHELD

    def _place(self, names: frozenset[str], facts: str | None) -> Place:
        shield = hashlib.sha256(canonical_json([FORM, self.key, sorted(names)])).digest()
        self._keep(shield, names)
        return Place(shield, facts)

    def _shield(self, place: Place) -> NameShield:
        found = self._shields.get(place.shield)
        if found is None:
            content = read_content(self._connection, place.facts) if place.facts else b"{}"
            found = self._keep(place.shield, person_names(msgspec.json.decode(content, type=dict[str, Any])))
        return found

    def _keep(self, shield: bytes, names: frozenset[str]) -> NameShield:
        made = self._shields[shield] = NameShield(self._pseudonyms, names, mail=True)
        if len(self._shields) > SHIELDS:
            self._shields.popitem(last=False)
        return made

    def _lookup(self, digest: bytes, shield: bytes) -> bytes | None:
        if digest not in self._asked:
            self.load([digest.hex()])
        return self._learned.get((digest, shield)) or self._known.get((digest, shield))

    def _learn(self, digest: bytes, shield: bytes, told: bytes) -> None:
        self._learned[digest, shield] = told

    def _read(self, digest: str) -> bytes | None:
        """A content; None where it was destroyed when its term was over."""
        self.load([digest])
        return None if digest in self._gone else read_content(self._connection, digest)


class _Cited(msgspec.Struct):
    artefacts: dict[str, str] | None


_CITED, _RESULT = msgspec.json.Decoder(_Cited), msgspec.json.Decoder(ResultLeaf)


def _told_value(value: msgspec.Raw, shield: NameShield) -> msgspec.Raw:
    """A JSON value as it stands in a document, told; most hold nothing to replace."""
    if not shield.touches(bytes(value).decode()):
        return value
    return msgspec.Raw(canonical_json(shield.value(msgspec.json.decode(value))))


def key_id(pseudonyms: Pseudonyms) -> str:
    """Tells one key from another, and nothing about it."""
    return pseudonyms.opaque("key").hex()[:KEY_ID_DIGITS]
