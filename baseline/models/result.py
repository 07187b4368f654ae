"""Results: what a check says of a target, and one of its subjects, at a time."""

from datetime import datetime
from enum import StrEnum

import msgspec

from baseline.models.artefact import SourceLines


class Severity(StrEnum):
    """How bad it is when a check is not met."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 (low) to 3 (critical)."""
        return list(Severity).index(self)


class Status(StrEnum):
    """A result's status. ``waived`` is a fail that an approved waiver covers: still visible, counted apart."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What judging one check on one subject says; pure, so that the same facts give the same verdict.

    ``subject`` is empty for the target itself; ``item`` then too, else it is the item's name, key or index among the facts. ``observed`` maps each fact path that was read to its value
    (``{"$unknown": reason}`` where unknown). ``reason`` explains ``error`` and ``not_applicable``.
    """

    check: str
    subject: str
    status: Status
    observed: dict[str, object] = {}
    reason: str = ""
    item: str = ""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict with everything that is needed to retell it.

    ``expected`` is the check's condition with its parameters filled in. ``sources`` says which lines of which artefacts
    decided; ``artefacts`` maps artefact name to SHA-256. ``measured_at`` is when the facts were collected (UTC).
    """

    target: str
    check: str
    subject: str
    status: Status
    severity: Severity
    expected: str
    observed: dict[str, object] = {}
    reason: str = ""
    sources: tuple[SourceLines, ...] = ()
    artefacts: dict[str, str] = {}
    measured_at: datetime
    waiver: str | None = None
