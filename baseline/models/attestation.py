"""Attestations: what a person states of a control that no machine can decide, or of the half that it cannot."""

from datetime import date
from typing import Literal

import msgspec

from baseline.models.control import Aspect, Domain

AttestedOutcome = Literal["met", "not_met", "not_occurred"]
"""``not_occurred``: what the control is about did not happen in the period, so that its operation shows nothing."""

SIGNED_AS = b"baseline attestation 1\n"
"""Begins what is signed, so that the signature of something else is never that of a statement."""

ASPECTS: tuple[Aspect, ...] = ("design", "existence", "operation")


class AttachedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that supports a statement: its name, and the SHA-256 of its content in hexadecimal."""

    name: str
    sha256: str


class AttestationSignature(msgspec.Struct, frozen=True, kw_only=True):
    """An Ed25519 signature over ``signed_bytes``: the id of the key, and the signature in hexadecimal.

    It is made by the key of the installation: it shows that the statement was not changed since it was written there.
    """

    key: str
    value: str


class Attestation(msgspec.Struct, frozen=True, kw_only=True):
    """A person's signed statement about one control.

    ``valid_until`` is the last day on which it counts; after it the control is open again ('not assessed'). ``aspects``
    says what the statement is about: design, existence, operation. ``domains`` are places where a machine could look
    but none does (``cloud``), for which this person answers. ``maturity`` is a person's own score from 1 to 5, as the Cbw
    control framework asks; no machine gives one.
    """

    id: str
    control: str
    outcome: AttestedOutcome
    statement: str
    signer: str
    role: str
    signed_on: date
    valid_until: date
    aspects: tuple[Aspect, ...] = ASPECTS
    domains: tuple[Domain, ...] = ()
    maturity: int | None = None
    documents: tuple[AttachedDocument, ...] = ()
    signature: AttestationSignature | None = None

    def signed_bytes(self) -> bytes:
        """What a signature covers: everything but the signature, as JSON with sorted keys, after a line that says what it is."""
        plain = msgspec.structs.replace(self, signature=None)
        return SIGNED_AS + msgspec.json.encode(plain, order="sorted")
