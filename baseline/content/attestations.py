"""Reads the attestations that stand beside an inventory."""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import cast, get_args

from baseline.content.beside_inventory import files_beside
from baseline.content.document import load_document, parse_document
from baseline.content.nearest import did_you_mean
from baseline.content.reading import NO_DAY, Reading
from baseline.models.attestation import (
    ASPECTS,
    AttachedDocument,
    Attestation,
    AttestationSignature,
    AttestedOutcome,
)
from baseline.models.control import Aspect, Domain
from baseline.models.errors import ContentError, Problem

FILE_NAME = "attestations.yml"
"""The file in an inventory's folder that holds its attestations."""
LONGEST_TERM = timedelta(days=366)
"""A statement is renewed within a year, as the in-control statement is yearly (BIO2 measure 5.36.01)."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEYS = (
    "id",
    "control",
    "outcome",
    "statement",
    "signer",
    "role",
    "signed_on",
    "valid_until",
    "aspects",
    "domains",
    "maturity",
    "documents",
    "signature",
)


def attestation_files(inventories: Iterable[Path]) -> list[Path]:
    """The attestation files that stand beside these inventories, each once."""
    return files_beside(inventories, FILE_NAME)


def load_attestations(files: Iterable[Path], controls: Iterable[str]) -> tuple[Attestation, ...]:
    """All attestations in these files, expired ones included. ``controls`` are the ids that one may be about.

    Raises:
        ContentError: one lacks something or contradicts itself; it holds every problem.
    """
    problems: list[Problem] = []
    documents = [document for file in files if (document := load_document(file, problems)) is not None]
    readings = [Reading(document, problems) for document in documents if document.data is not None]
    found = _read(readings, frozenset(controls))
    if problems:
        raise ContentError(problems)
    return found


def parse_attestations(content: bytes, path: str, controls: Iterable[str]) -> tuple[Attestation, ...]:
    """The attestations in the content of one file.

    Raises:
        ContentError: as ``load_attestations``.
    """
    problems: list[Problem] = []
    document = parse_document(content, path, problems)
    readings = [] if document is None or document.data is None else [Reading(document, problems)]
    found = _read(readings, frozenset(controls))
    if problems:
        raise ContentError(problems)
    return found


def _read(readings: Iterable[Reading], controls: frozenset[str]) -> tuple[Attestation, ...]:
    found: dict[str, Attestation] = {}
    for reading in readings:
        reading.only(("attestations",))
        for item in reading.mappings("attestations"):
            attestation = _attestation(item, controls)
            if attestation.id in found:
                item.report(("id",), f"the id '{attestation.id}' is used twice")
            found[attestation.id] = attestation
    return tuple(found.values())


def _attestation(reading: Reading, controls: frozenset[str]) -> Attestation:
    reading.only(_KEYS)
    attestation = Attestation(
        id=reading.text("id", required=True),
        control=reading.text("control", required=True),
        outcome=cast("AttestedOutcome", reading.choice("outcome", get_args(AttestedOutcome), required=True)),
        statement=reading.text("statement", required=True),
        signer=reading.text("signer", required=True),
        role=reading.text("role", required=True),
        signed_on=reading.day("signed_on", required=True),
        valid_until=reading.day("valid_until", required=True),
        aspects=cast("tuple[Aspect, ...]", _words(reading, "aspects", get_args(Aspect))) or ASPECTS,
        domains=cast("tuple[Domain, ...]", _words(reading, "domains", get_args(Domain))),
        maturity=_maturity(reading),
        documents=tuple(_document(each) for each in reading.mappings("documents")),
        signature=_signature(reading),
    )
    _contradictions(reading, attestation, controls)
    return attestation


def _words(reading: Reading, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    words = reading.texts(key)
    for word in words:
        if word not in choices:
            reading.report((key,), f"'{word}' is not one of the {key}", did_you_mean(word, choices))
    return words


def _maturity(reading: Reading) -> int | None:
    value = reading.data.get("maturity")
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5):
        return value
    reading.report(("maturity",), "'maturity' must be a whole number from 1 to 5")
    return None


def _document(reading: Reading) -> AttachedDocument:
    reading.only(("name", "sha256"))
    digest = reading.text("sha256", required=True)
    if digest and not _SHA256.fullmatch(digest):
        reading.report(("sha256",), "is not a SHA-256", "64 hexadecimal digits in lower case, as sha256sum prints")
    return AttachedDocument(name=reading.text("name", required=True), sha256=digest)


def _signature(reading: Reading) -> AttestationSignature | None:
    block = reading.mapping("signature")
    if block is None:
        return None
    block.only(("key", "value"))
    return AttestationSignature(key=block.text("key", required=True), value=block.text("value", required=True))


def _contradictions(reading: Reading, attestation: Attestation, controls: frozenset[str]) -> None:
    if attestation.control and attestation.control not in controls:
        hint = did_you_mean(attestation.control, controls)
        reading.report(("control",), f"there is no control '{attestation.control}' in force", hint)
    if NO_DAY in (attestation.signed_on, attestation.valid_until):
        return
    if attestation.valid_until < attestation.signed_on:
        reading.report(("valid_until",), "is before the statement was made")
    elif attestation.valid_until - attestation.signed_on > LONGEST_TERM:
        reading.report(("valid_until",), "is more than a year after the statement", "state it again within a year")
