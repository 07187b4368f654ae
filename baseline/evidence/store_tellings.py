"""Holds what the log tells of runs without names of people against what is in the store."""

from sqlalchemy import Connection

from baseline.content.pseudonyms import Pseudonyms
from baseline.evidence.teller import Teller
from baseline.evidence.telling import outdated, says_the_same, telling_of
from baseline.evidence.verifier import Report
from baseline.models.errors import StoreError
from baseline.store.evidence_told import Telling, read_destroyed, read_ends, read_tellings


def verify_tellings(connection: Connection, report: Report, pseudonyms: Pseudonyms | None) -> None:
    """Say how many runs are told, and with the key whether they are told as they are."""
    ends, tellings = read_ends(connection), read_tellings(connection)
    for run in sorted(tellings.keys() - ends.keys()):
        report.broken.append(f"run {run}: it is told, and never ended")
    if untold := len(ends.keys() - tellings.keys()):
        report.notes.append(f"{untold} runs are not told without names of people: baseline evidence tell")
    if tellings and pseudonyms is None:
        report.notes.append(f"that {len(tellings)} runs tell the same without names is proven with --pseudonym-key")
    if pseudonyms is None or report.broken:
        return
    proven = [
        run for run, telling in sorted(tellings.items()) if _is_proven(connection, run, telling, report, pseudonyms)
    ]
    report.proven.append(f"{len(proven)} runs tell without names what they found")


def _is_proven(connection: Connection, run: int, telling: Telling, report: Report, pseudonyms: Pseudonyms) -> bool:
    teller = Teller(connection, pseudonyms, remembers=False)
    if reason := outdated(telling, teller.key):
        report.notes.append(f"run {run}: whether it tells the same is not proven: {reason}")
        return False
    try:
        told = telling_of(connection, run, teller)
    except StoreError as error:
        report.broken.append(f"run {run}: {error}")
        return False
    if says_the_same(told, telling):
        return True
    if read_destroyed(connection):
        report.notes.append(f"run {run}: whether it tells the same cannot be proven since contents were destroyed")
    else:
        report.broken.append(f"run {run}: what it tells without names is not what it found")
    return False
