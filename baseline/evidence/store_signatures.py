"""Whether the checkpoints of a store are signed, and by whom."""

import msgspec
from sqlalchemy import Connection

from baseline.evidence.keys import KeyRing, holds
from baseline.evidence.verifier import Broken, Report, key_id
from baseline.store.evidence_store import Signature, read_checkpoints, read_signatures


class Statement(msgspec.Struct):
    """What a signature says."""

    checkpoint: str
    key: str
    number: int


def verify_signatures(connection: Connection, report: Report, ring: KeyRing, key: bytes | None) -> None:
    """Hold the signatures against the public key given, and those that it vouches for; or those of this machine."""
    try:
        keys = trusted_keys(ring, key)
    except Broken as error:
        report.broken.append(str(error))
        return
    checkpoints = {each.digest.hex(): each.number for each in read_checkpoints(connection)}
    signed: set[int] = set()
    seen: set[int] = set()
    for signature in read_signatures(connection):
        seen.add(signature.checkpoint)
        number = _signed_checkpoint(signature, keys, checkpoints, report)
        signed |= {number} if number is not None else set()
    for number in sorted(set(range(max(seen, default=0))) - seen):
        report.broken.append(f"checkpoint {number}: its signature was taken away")
    whose = "the key given, or one that it vouches for" if key else "keys of this machine"
    if not checkpoints:
        report.open.append("no run has ended since the log began")
        return
    report.proven.append(f"{len(signed)} of {len(checkpoints)} checkpoints are signed by {whose}")
    last = len(checkpoints) - 1
    if last not in signed:
        since = max(signed, default=-1) + 1
        which = f"checkpoint {last} is" if since == last else f"checkpoints {since} to {last} are"
        report.open.append(f"{which} not signed: anyone who can write the store can remake the log")


def trusted_keys(ring: KeyRing, key: bytes | None) -> dict[str, bytes]:
    """Public keys by id: the one given with those that it vouches for, or every one of the ring."""
    known = {each.id: each.public for each in ring.keys()}  # noqa: SIM118 - a method
    if key is None:
        return known
    trusted = {key_id(key): key}
    links = [pair for rotation in ring.rotations() if (pair := _link(rotation, known | trusted))]
    for _ in links:
        for pair in links:
            if pair & trusted.keys():
                trusted |= {each: known[each] for each in pair if each in known}
    return trusted


def _link(rotation: bytes, keys: dict[str, bytes]) -> set[str]:
    content = msgspec.json.decode(rotation, type=dict[str, str])
    statement = msgspec.json.decode(content["statement"], type=dict[str, str])
    pair = {"old": statement["old"], "new": statement["new"]}
    for word, identifier in pair.items():
        public = keys.get(identifier)
        if public is None or not holds(public, content["statement"].encode(), bytes.fromhex(content[word])):
            return set()
    return set(pair.values())


def _signed_checkpoint(
    each: Signature, keys: dict[str, bytes], checkpoints: dict[str, int], report: Report
) -> int | None:
    """The checkpoint that a signature holds for; None where it does not, or nothing is known of its key."""
    public = keys.get(each.key)
    try:
        said = msgspec.json.decode(each.statement, type=Statement)
    except msgspec.MsgspecError:
        said = Statement("", "", -1)
    number = checkpoints.get(said.checkpoint)
    if number is not None and public is None and said.key == each.key:
        report.open.append(f"checkpoint {each.checkpoint} is signed by key {each.key}, which is not known here")
        return None
    as_filed = (number, said.key, said.number) == (each.checkpoint, each.key, each.checkpoint)
    if not as_filed or public is None or not holds(public, each.statement, each.signature):
        report.broken.append(f"checkpoint {each.checkpoint}: the signature does not hold")
        return None
    return number
