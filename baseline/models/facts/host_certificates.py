"""Facts of certificates and private keys of servers on a host."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section

X509 = "RFC 5280"


class Certificate(Section, frozen=True, kw_only=True):
    """The first certificate of one file: that of the server, not those of its issuers."""

    name: Annotated[str, About("path of the file")]
    valid_until: Annotated[Fact[str], About("ISO date on which it ends", source=X509)] = NOT_COLLECTED
    days_left: Annotated[Fact[int], About("whole days until it ends; negative when it has", unit="days")] = (
        NOT_COLLECTED
    )
    key_type: Annotated[Fact[str], About("RSA, ECDSA, ED25519, ED448, DSA or other", source=X509)] = NOT_COLLECTED
    key_bits: Annotated[Fact[int], About("key length", unit="bits")] = NOT_COLLECTED
    signature_hash: Annotated[Fact[str], About("md5, sha1, sha256 ..., ed25519, other", source=X509)] = NOT_COLLECTED
    self_signed: Annotated[Fact[bool], About("issuer and subject are the same")] = NOT_COLLECTED


class PrivateKey(Section, frozen=True, kw_only=True):
    """One file that holds a private key, of which nothing but this is read."""

    name: Annotated[str, About("path of the file")]
    owner: Annotated[Fact[str], About("owner")] = NOT_COLLECTED
    group: Annotated[Fact[str], About("group")] = NOT_COLLECTED
    mode: Annotated[Fact[str], About("permissions as four octal digits")] = NOT_COLLECTED
    group_readable: Annotated[Fact[bool], About("the group may read it")] = NOT_COLLECTED
    other_readable: Annotated[Fact[bool], About("everyone may read it")] = NOT_COLLECTED
    writable: Annotated[Fact[bool], About("the group or everyone may write it")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("every key in it asks a pass phrase")] = NOT_COLLECTED


class Certificates(Section, frozen=True, kw_only=True):
    """Certificates that servers are told to use, and those of usual places."""

    installed: Annotated[Fact[list[Certificate]], About("the first certificate of each file")] = NOT_COLLECTED
    private_keys: Annotated[Fact[list[PrivateKey]], About("files that hold a private key")] = NOT_COLLECTED
