"""Holds a store against its own log: whether anything was added, taken away or changed behind the tool's back."""

from sqlalchemy import Connection

from baseline.evidence.keys import KeyRing
from baseline.evidence.logged import read_log
from baseline.evidence.store_results import ResultsCheck
from baseline.evidence.store_rows import verify_rows
from baseline.evidence.store_signatures import verify_signatures
from baseline.evidence.verifier import Report
from baseline.store.store import Store


def verify_store(store: Store, ring: KeyRing | None = None, key: bytes | None = None) -> Report:
    """What is proven of a store, what is not, and where it is broken. Nothing is written.

    ``key`` is a public key (PEM) got another way; without it, the keys of this machine count.

    Raises:
        StoreError: the store cannot be read.
    """
    with store.evidence.reading() as connection:
        return verify_connection(connection, ring or KeyRing(), key)


def verify_connection(connection: Connection, ring: KeyRing, key: bytes | None = None) -> Report:
    """Like ``verify_store``, for what a connection sees."""
    report = Report()
    logged = read_log(connection, report)
    verify_signatures(connection, report, ring, key)
    held = list(verify_rows(connection, logged, report))
    results = ResultsCheck(connection, logged, report).verify()
    if not report.broken:
        report.proven.append(f"{logged.size} entries of the log are whole, and in order")
        report.proven.extend(f"{each} are as logged" for each in (f"{results} results over time", *held))
    return report
