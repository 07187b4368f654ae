"""Signs statements with the key of this installation, and says of each whether its signature holds."""

from typing import Literal

import msgspec

from baseline.models.attestation import Attestation, AttestationSignature
from baseline.models.errors import ContentError, Problem

SignatureState = Literal["valid", "altered", "unsigned", "key unknown"]
"""``altered``: the statement is not what was signed; ``key unknown``: the public key is not here to tell."""


def signed_attestation(attestation: Attestation) -> Attestation:
    """The statement, signed with the key in use; unsigned where there is none (`baseline keys` makes one)."""
    from baseline.evidence.keys import KeyRing  # noqa: PLC0415 - cryptography is heavy

    signer = KeyRing().signer()
    if signer is None:
        return attestation
    value = signer.sign(attestation.signed_bytes()).hex()
    return msgspec.structs.replace(attestation, signature=AttestationSignature(key=signer.id, value=value))


def signature_state(attestation: Attestation) -> SignatureState:
    """Whether the signature of a statement holds."""
    signature = attestation.signature
    if signature is None:
        return "unsigned"
    from baseline.evidence.keys import KeyRing, holds  # noqa: PLC0415 - cryptography is heavy

    public = KeyRing().public(signature.key)
    if public is None:
        return "key unknown"
    try:
        value = bytes.fromhex(signature.value)
    except ValueError:
        return "altered"
    return "valid" if holds(public, attestation.signed_bytes(), value) else "altered"


def refuse_altered(attestations: tuple[Attestation, ...], path: str) -> None:
    """Refuse statements that are not what was signed.

    Raises:
        ContentError: naming each.
    """
    problems = [
        Problem(
            path=path,
            message=f"{each.id} is not what key {each.signature.key} signed" if each.signature else "",
            hint="look in git who changed it; state it again with: baseline attest",
        )
        for each in attestations
        if signature_state(each) == "altered"
    ]
    if problems:
        raise ContentError(problems)
