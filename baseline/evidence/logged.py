"""Reads the whole log of a store, holds it against its own hashes, and sorts what it says."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from baseline.evidence.verifier import Report
from baseline.store.canonical import canonical_json
from baseline.store.evidence_store import Checkpoint, Leaf, read_checkpoints, read_head, read_leaves
from baseline.store.merkle import Peaks, leaf_hash

NO_CHECKPOINT = ""


class Settled(NamedTuple):
    """What a run logged of one target's results."""

    position: int
    measured: datetime
    results: Mapping[str, Any]


class Retirement(NamedTuple):
    """Results that were closed outside a run."""

    position: int
    at: datetime
    closed: Mapping[str, frozenset[str]]
    later: Mapping[str, datetime]


class Logged:
    """What the log says, by what it is about."""

    def __init__(self) -> None:
        self.size = 0
        self.begun: dict[int, dict[str, Any]] = {}
        self.ended: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.last_of_run: dict[int, str] = {}
        self.unsealed: dict[int, int] = {}
        self.attributes: dict[str, str] = {}
        self.contents: dict[str, tuple[str, int]] = {}
        self.settled: dict[tuple[int, str], Settled] = {}
        self.retirements: list[Retirement] = []
        self.keys: dict[str, str | None] = {}
        self.rows: dict[str, dict[bytes, str | None]] = defaultdict(dict)
        self.destroyed: set[str] = set()
        self.adopted = False

    def take(self, leaf: Leaf, entry: Mapping[str, Any]) -> None:
        """Sort one entry."""
        body, run = entry["body"], entry["run"]
        match entry["kind"]:
            case "run begun":
                self.begun[run] = body
                self.last_of_run[run] = "running"
            case "run resumed":
                self.last_of_run[run] = "running"
            case "run ended":
                self.ended[run].append(body)
                self.last_of_run[run] = body["status"]
                self.unsealed[run] = leaf.position
            case "targets":
                self.attributes.update(body["attributes"])
            case "contents":
                for digest, media_type, size in body["contents"]:
                    self.contents.setdefault(digest, (media_type, size))
            case "target":
                measured = _moment(body["measured"])
                self.settled[run, body["target"]] = Settled(leaf.position, measured, body["results"])
                self.keys[body["target"]] = body["keys"]
            case "adoption":
                self._adopt(leaf.position, body)
            case "retirement":
                self._retire(leaf.position, body)
            case "row":
                self.rows[body["table"]][canonical_json(body["key"])] = body["digest"]
            case "destruction":
                self.destroyed.add(str(body.get("digest")))

    def _adopt(self, position: int, body: Mapping[str, Any]) -> None:
        """What was there before the log; earlier retirements are known by what they ended."""
        self.adopted = True
        self.keys.update(body["keys"])
        for target, moments in body["ends"].items():
            for at, checks in moments.items():
                self.retirements.append(Retirement(position, _moment(at), {target: frozenset(checks)}, {}))

    def _retire(self, position: int, body: Mapping[str, Any]) -> None:
        later = {target: _moment(at) for target, at in body["later"].items()}
        closed = {target: frozenset(checks) for target, checks in body["closed"].items()}
        self.retirements.append(Retirement(position, _moment(body["at"]), closed, later))
        self.keys.update(body["keys"])


def _moment(text: str) -> datetime:
    return msgspec.convert(text, datetime)


def read_log(connection: Connection, report: Report) -> Logged:
    """The log of a store; what does not hold goes into the report."""
    logged, peaks = Logged(), Peaks()
    checkpoints = read_checkpoints(connection)
    roots = {each.size: b"" for each in checkpoints}
    roots[0] = peaks.root
    for leaf in read_leaves(connection):
        _require_whole(leaf, peaks.size, report)
        peaks.append(leaf.digest)
        if peaks.size in roots:
            roots[peaks.size] = peaks.root
        _take(logged, leaf, report)
    logged.size = peaks.size
    _require_checkpoints(checkpoints, roots, logged, report)
    head = read_head(connection)
    last = checkpoints[-1].digest if checkpoints else b""
    if head is None or (head.size, bytes(head.peaks)) != (peaks.size, bytes(peaks)):
        report.broken.append("the log: entries were taken away or added at its end")
    elif (head.checkpoints, bytes(head.checkpoint)) != (len(checkpoints), last):
        report.broken.append("the log: checkpoints were taken away or added at its end")
    for run in logged.unsealed:
        report.broken.append(f"run {run}: its checkpoint was taken away")
    return logged


def _take(logged: Logged, leaf: Leaf, report: Report) -> None:
    try:
        logged.take(leaf, msgspec.json.decode(leaf.document))
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, AttributeError):
        report.broken.append(f"log entry {leaf.position}: it is not what the log holds")


def _require_whole(leaf: Leaf, position: int, report: Report) -> None:
    if leaf.position != position:
        report.broken.append(f"log entry {position}: missing")
    if leaf_hash(leaf.document) != leaf.digest:
        report.broken.append(f"log entry {leaf.position}: changed")
        return
    entry = msgspec.json.decode(leaf.document)
    if (entry["kind"], entry["run"]) != (leaf.kind, leaf.run):
        report.broken.append(f"log entry {leaf.position}: filed as something else")


def _require_checkpoints(
    checkpoints: list[Checkpoint], roots: Mapping[int, bytes], logged: Logged, report: Report
) -> None:
    previous = NO_CHECKPOINT
    for number, checkpoint in enumerate(checkpoints):
        if checkpoint.number != number or leaf_hash(checkpoint.document) != checkpoint.digest:
            report.broken.append(f"checkpoint {number}: missing or changed")
            return
        said = msgspec.json.decode(checkpoint.document)
        columns = {"number": number, "run": checkpoint.run, "size": checkpoint.size, "previous": previous}
        if any(said[name] != value for name, value in columns.items()):
            report.broken.append(f"checkpoint {number}: does not continue the one before")
        if said["root"] != roots[checkpoint.size].hex():
            report.broken.append(f"checkpoint {number}: the log was another when it was made")
        if checkpoint.run is not None and logged.unsealed.get(checkpoint.run, checkpoint.size) < checkpoint.size:
            del logged.unsealed[checkpoint.run]
        previous = checkpoint.digest.hex()
