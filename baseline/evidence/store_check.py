"""Holds a store against its own log: whether anything was added, taken away or changed behind the tool's back."""

import msgspec
from sqlalchemy import Connection

from baseline.content.pseudonyms import Pseudonyms
from baseline.evidence.keys import KeyRing
from baseline.evidence.logged import read_log
from baseline.evidence.store_results import ResultsCheck
from baseline.evidence.store_rows import verify_rows
from baseline.evidence.store_signatures import verify_signatures
from baseline.evidence.store_tellings import verify_tellings
from baseline.evidence.verifier import Report
from baseline.store.evidence_store import read_checkpoints
from baseline.store.store import Store


def verify_store(
    store: Store,
    ring: KeyRing | None = None,
    key: bytes | None = None,
    kept: bytes | None = None,
    pseudonyms: Pseudonyms | None = None,
) -> Report:
    """What is proven of a store, what is not, and where it is broken. Nothing is written.

    ``key`` is a public key (PEM) got another way; without it, the keys of this machine count.
    With ``pseudonyms``, runs are told again, to prove that what the log tells of them without names is the same.
    ``kept`` is what ``baseline evidence checkpoint --json`` said before; it must still be in the store.

    Raises:
        StoreError: the store cannot be read.
    """
    with store.evidence.reading() as connection:
        report = verify_connection(connection, ring or KeyRing(), key)
        if kept is not None:
            _require_kept(connection, kept, report)
        verify_tellings(connection, report, pseudonyms)
        return report


class _Kept(msgspec.Struct):
    number: int
    digest: str


def _require_kept(connection: Connection, kept: bytes, report: Report) -> None:
    """The checkpoint is still there; as later ones are held against it, so is all that it covered."""
    try:
        wanted = msgspec.json.decode(kept, type=_Kept)
    except msgspec.MsgspecError:
        report.open.append(
            "the checkpoint given cannot be read; keep what this prints: baseline evidence checkpoint --json"
        )
        return
    if {each.number: each.digest.hex() for each in read_checkpoints(connection)}.get(wanted.number) != wanted.digest:
        report.broken.append(
            f"checkpoint {wanted.number}, that was kept, is not in the store: it was taken back or replaced"
        )
    else:
        report.proven.append(f"checkpoint {wanted.number}, that was kept, is still in the store")


def verify_connection(connection: Connection, ring: KeyRing, key: bytes | None = None) -> Report:
    """Like ``verify_store``, for what a connection sees."""
    report = Report()
    logged = read_log(connection, report)
    verify_signatures(connection, report, ring, key)
    held = list(verify_rows(connection, logged, report))
    results = ResultsCheck(connection, logged, report).verify()
    if logged.adopted:
        report.notes.append("runs from before the log are proven only from the moment that the log began")
    if not report.broken:
        report.proven.append(f"{logged.size} entries of the log are whole, and in order")
        report.proven.extend(f"{each} are as logged" for each in (f"{results} results over time", *held))
    return report
