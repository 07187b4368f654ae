"""What a scanner's file says, in one form for all formats."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from baseline.imports.json_reader import JsonReader
from baseline.models.result import Severity, Status
from baseline.models.target import Kind

FindingClass = Literal["vulnerability", "misconfiguration", "secret", "licence", ""]
"""What sort of trouble a rule is about, as far as the format says so; empty: it does not."""

LONGEST_TEXT = 2000
"""Characters of a description that are kept; the file itself holds the rest."""


class Reference(msgspec.Struct, frozen=True):
    """A line of another norm that a scanner ties a rule to: ``CIS-2.0`` and ``1.5``, ``CWE`` and ``798``."""

    framework: str
    number: str


class Tool(msgspec.Struct, frozen=True):
    """A scanner. ``word`` begins the ids of its checks: ``prowler``. ``version`` is empty where the file has none."""

    word: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One check of a scanner. ``id`` is its own, without the tool's word."""

    id: str
    title: str
    severity: Severity
    rationale: str = ""
    remediation: str = ""
    references: tuple[Reference, ...] = ()
    links: tuple[str, ...] = ()
    finding_class: FindingClass = ""


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """What was scanned. ``name`` is what a person knows it by, ``also`` are other names and numbers of it.

    A target of the inventory or the store that bears any of these is meant.
    """

    kind: Kind
    name: str
    also: tuple[str, ...] = ()


class ForeignFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What a scanner says of one resource. ``subject`` is empty for the asset itself."""

    asset: Asset
    tool: Tool
    rule: str
    subject: str
    status: Status
    severity: Severity
    observed: dict[str, object] = {}
    reason: str = ""


class Receiver(Protocol):
    """Takes what a reader finds, in the order of the file."""

    def rule(self, tool: Tool, rule: Rule) -> None:
        """A rule; a later one of the same id counts."""
        ...

    def finding(self, finding: ForeignFinding) -> None:
        """A finding; of two about the same the worse counts."""
        ...

    def asset(self, asset: Asset, tool: Tool) -> None:
        """Something that was scanned, also when nothing was found."""
        ...

    def measured(self, at: datetime) -> None:
        """When the scanner worked; the latest counts."""
        ...

    def left_out(self, why: str) -> None:
        """One statement that is not a result, and why."""
        ...

    def unfinished(self, why: str) -> None:
        """The scanner did not look at all: what the file does not speak about is not gone."""
        ...


JsonFormat = Callable[[JsonReader, Receiver], None]


def shortened(text: object) -> str:
    """A text of a file, on as few lines as it has, no longer than is kept; empty when it is no text."""
    plain = text.strip() if isinstance(text, str) else ""
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - 4] + " ..."
