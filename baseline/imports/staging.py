"""Holds what was read of a file, on disk, until all of it was found right."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import msgspec
import zstandard

from baseline.imports.finding import Asset, ForeignFinding, Rule, Tool
from baseline.imports.plain_text import plain_asset, plain_finding, plain_rule, plain_tool
from baseline.imports.refused import MalformedError
from baseline.models.result import Severity, Status

PART = 8 << 20
"""Bytes of one part of a file that is kept: 8 MiB."""
TOGETHER = 500
"""Findings that wait in memory before they are written."""
MOST_ASSETS = 50_000
"""Hosts, accounts and images in one file at most."""

_TABLES = """
CREATE TABLE asset (id INTEGER PRIMARY KEY, document BLOB UNIQUE, target TEXT);
CREATE TABLE rule (id TEXT PRIMARY KEY, tool TEXT, document BLOB) WITHOUT ROWID;
CREATE TABLE finding (asset INTEGER, rule TEXT, subject TEXT, rank INTEGER, document BLOB,
    PRIMARY KEY (asset, rule, subject)) WITHOUT ROWID;
CREATE TABLE part (number INTEGER PRIMARY KEY, content BLOB);
"""
_KEEP_WORST = """
INSERT INTO finding VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET rank = excluded.rank, document = excluded.document WHERE excluded.rank > rank
"""
_WORST_LAST = (Status.NOT_APPLICABLE, Status.PASS, Status.ERROR, Status.FAIL)


class Said(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a finding beside its place."""

    status: Status
    severity: Severity
    observed: dict[str, object]
    reason: str


class Staged(NamedTuple):
    """A finding with its target, and its rule when the file describes it."""

    target: str
    rule: str
    subject: str
    said: Said
    description: Rule | None


class Staging:
    """A Receiver that writes to a file of its own, which is gone afterwards."""

    def __init__(self) -> None:
        self.tools: dict[str, Tool] = {}
        self.measured_at: datetime | None = None
        self.left: dict[str, int] = {}
        self.whole = True
        self._folder = tempfile.TemporaryDirectory(prefix="baseline-import-")
        self._database = sqlite3.connect(Path(self._folder.name) / "staged.db", isolation_level=None)
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _TABLES)
        self._assets: dict[Asset, int] = {}
        self._waiting: list[tuple[int, str, str, int, bytes]] = []
        self._known: dict[str, Rule] = {}
        self._encode: Callable[[object], bytes] = msgspec.json.Encoder(order="sorted").encode

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def rule(self, tool: Tool, rule: Rule) -> None:
        """Keep a rule; one that was just kept costs nothing."""
        rule, tool = plain_rule(rule), plain_tool(tool)
        name = f"{tool.word}:{rule.id}"
        if self._known.get(name) == rule:
            return
        if len(self._known) >= TOGETHER:
            self._known.clear()
        self._known[name] = rule
        self._database.execute("INSERT OR REPLACE INTO rule VALUES (?, ?, ?)", (name, tool.word, self._encode(rule)))

    def finding(self, finding: ForeignFinding) -> None:
        """Keep a finding; of two about the same the worse."""
        finding = plain_finding(finding)
        said = Said(finding.status, finding.severity, finding.observed, finding.reason)
        rule = f"{finding.tool.word}:{finding.rule}"
        rank = _WORST_LAST.index(finding.status)
        self.tools[finding.tool.word] = finding.tool
        self._waiting.append((self._number(finding.asset), rule, finding.subject, rank, self._encode(said)))
        if len(self._waiting) >= TOGETHER:
            self._write()

    def asset(self, asset: Asset, tool: Tool) -> None:
        """Keep what was scanned."""
        self.tools[tool.word] = plain_tool(tool)
        self._number(plain_asset(asset))

    def measured(self, at: datetime) -> None:
        """Keep the latest time."""
        self.measured_at = max(self.measured_at or at, at)

    def left_out(self, why: str) -> None:
        """Count what is no result."""
        self.left[why] = self.left.get(why, 0) + 1

    def unfinished(self, why: str) -> None:
        """Keep that the scanner did not look at all."""
        self.whole = False
        self.left_out(why)

    def part(self, content: bytes) -> None:
        """Keep the next part of the file."""
        self._database.execute("INSERT INTO part (content) VALUES (?)", (zstandard.compress(content),))

    def parts(self) -> Iterator[bytes]:
        """The parts of the file, in order."""
        for (content,) in self._database.execute("SELECT content FROM part ORDER BY number"):
            yield zstandard.decompress(content)

    def assets(self) -> list[Asset]:
        """Everything that was scanned."""
        return list(self._assets)

    def assign(self, targets: Mapping[Asset, str]) -> None:
        """Say which target each asset is."""
        self._write()
        rows = [(targets[asset], number) for asset, number in self._assets.items()]
        self._database.executemany("UPDATE asset SET target = ? WHERE id = ?", rows)

    def rules(self) -> Iterator[tuple[str, Rule | None]]:
        """The rules that findings name, by check id; None for one that the file does not describe."""
        self._write()
        query = "SELECT named.rule, document FROM (SELECT DISTINCT rule FROM finding) named LEFT JOIN rule ON rule.id = named.rule"
        for name, document in self._database.execute(f"{query} ORDER BY named.rule"):
            yield name, _described(document)

    def findings(self) -> Iterator[Staged]:
        """Every finding, ordered by target, rule and subject; each place once."""
        self._write()
        query = """
            SELECT asset.target, finding.rule, subject, finding.document, rule.document
            FROM finding JOIN asset ON asset.id = finding.asset LEFT JOIN rule ON rule.id = finding.rule
            ORDER BY asset.target, finding.rule, subject, rank DESC
        """
        decoder = msgspec.json.Decoder(Said)
        place: tuple[str, str, str] | None = None
        for target, rule, subject, document, description in self._database.execute(query):
            if place != (target, rule, subject):
                place = (target, rule, subject)
                yield Staged(*place, decoder.decode(document), _described(description))

    def _write(self) -> None:
        self._database.executemany(_KEEP_WORST, self._waiting)
        self._waiting.clear()

    def _number(self, asset: Asset) -> int:
        if asset not in self._assets:
            if len(self._assets) >= MOST_ASSETS:
                raise MalformedError(f"speaks about more than {MOST_ASSETS} hosts, accounts or images")
            self._assets[asset] = len(self._assets) + 1
            self._database.execute(
                "INSERT INTO asset (id, document) VALUES (?, ?)", (self._assets[asset], self._encode(asset))
            )
        return self._assets[asset]


_RULE = msgspec.json.Decoder(Rule)


def _described(document: bytes | None) -> Rule | None:
    return None if document is None else _RULE.decode(document)
