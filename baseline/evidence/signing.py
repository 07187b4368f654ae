"""Signs the checkpoints of a store. When a run ended and when that was signed are two times, and both are kept."""

from datetime import UTC, datetime

from baseline.evidence.keys import KeyRing
from baseline.store.canonical import canonical_json
from baseline.store.evidence_store import Checkpoint, Signature
from baseline.store.store import Store

HOW_TO_SIGN = "make a key with: baseline keys new"


def sign_checkpoints(store: Store, ring: KeyRing | None = None) -> str | None:
    """Sign what nobody signed yet, also what an earlier run left behind; what a person should know, or None.

    Raises:
        KeyRingError: the key cannot be read, or others can read it.
    """
    signer = (ring or KeyRing()).signer()
    if signer is None:
        return f"the evidence is logged, but not signed; {HOW_TO_SIGN}"
    waiting = store.evidence.unsigned()
    signatures = []
    for checkpoint in waiting:
        statement = statement_on(checkpoint, signer.id)
        signatures.append(Signature(checkpoint.number, signer.id, statement, signer.sign(statement)))
    if signatures:
        store.evidence.sign(signatures)
    return None


def statement_on(checkpoint: Checkpoint, key: str) -> bytes:
    """What a signature says: which checkpoint, by which key, when."""
    statement = {
        "checkpoint": checkpoint.digest.hex(),
        "key": key,
        "number": checkpoint.number,
        "signed": datetime.now(UTC),
    }
    return canonical_json(statement)
