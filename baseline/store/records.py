"""What goes into the store and what comes out. Every moment has a time zone; those that come out are in UTC."""

import hashlib
from datetime import datetime
from typing import Literal, Self

import msgspec

from baseline.models.artefact import Artefact
from baseline.models.facts.fact import Section
from baseline.models.result import Result, Severity, Status
from baseline.store.canonical import canonical_json

RunStatus = Literal["running", "finished", "interrupted"]
Outcome = Literal["planned", "reached", "unreached", "excluded"]
Dimension = Literal["status", "severity", "check", "target", "kind", "platform", "site", "zone", "owner"]


class CheckVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A check as it was in a run. ``digest`` identifies ``document`` (its source text), so that results keep it."""

    id: str
    digest: str
    document: str


class FactsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of one target as canonical JSON (UTF-8, sorted keys); ``digest`` is its SHA-256 in hexadecimal."""

    content: bytes
    digest: str

    @classmethod
    def of(cls, facts: Section) -> Self:
        """The document of a fact model."""
        content = canonical_json(msgspec.to_builtins(facts))
        return cls(content=content, digest=hashlib.sha256(content).hexdigest())


class Unreached(msgspec.Struct, frozen=True, kw_only=True):
    """Why a target could not be asked: ``code`` of the CollectError, and its message for a person."""

    code: str
    reason: str


class RemediationRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One repair of targets. ``status`` is ``begun`` while it goes on, or when it was killed.

    ``document`` holds what was planned (``repairs``, ``playbooks`` with their SHA-256) and what every task did
    (``outcomes``). The facts and results before and after it are those of the two runs.
    """

    id: int
    status: Literal["begun", "repaired", "partly", "failed"]
    ticket: str
    person: str
    started: datetime
    finished: datetime | None = None
    run_before: int
    run_after: int | None = None
    document: dict[str, object] = {}


class TargetOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one run learned of one target; it is written whole or not at all.

    ``collected_at`` is when the facts were collected, or when asking failed; the results count from that moment,
    whatever their own ``measured_at`` says. Exactly one of ``facts`` and ``unreached`` is given.

    ``judged`` maps each check that was judged (or that became ``error`` because the target was unreached) to its judge
    key: a digest of all that decides its results. ``results`` are those checks' results, all of them: subjects that are
    not among them any more are closed. ``unchanged`` maps each check that was not judged again, because its key equals
    the one of what stands, to that key. A check of the run in neither (it does not apply here any more) is closed.
    """

    target: str
    collected_at: datetime
    duration_seconds: float = 0.0
    round_trips: int = 0
    facts: FactsDocument | None = None
    artefacts: tuple[Artefact, ...] = ()
    unreached: Unreached | None = None
    judged: dict[str, str] = {}
    unchanged: dict[str, str] = {}
    results: tuple[Result, ...] = ()


class RunCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Targets of a run by outcome, how many of the reached were ``unchanged``, and results by status."""

    planned: int = 0
    reached: int = 0
    unreached: int = 0
    excluded: int = 0
    unchanged: int = 0
    statuses: dict[Status, int] = {}


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One assessment. ``finished`` of an interrupted run is its last sign of life. ``counts`` is None until it ends."""

    id: int
    status: RunStatus
    started: datetime
    finished: datetime | None
    heartbeat: datetime
    selection: dict[str, object]
    tool_version: str
    host: str
    pid: int
    counts: RunCounts | None


class ResumedRun(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of an interrupted run: its selection, and the targets that have no outcome yet."""

    id: int
    selection: dict[str, object]
    remaining: tuple[str, ...]


class PopulationEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One target in a run's population.

    ``planned`` in a run that ended means *not assessed*. ``reason`` explains unreached and excluded; ``code`` is the
    stable word for it. ``judged`` counts checks judged; ``unchanged`` says that all of its checks were left standing.
    """

    target: str
    outcome: Outcome
    code: str = ""
    reason: str = ""
    facts_digest: str | None = None
    collected_at: datetime | None = None
    duration_seconds: float = 0.0
    round_trips: int = 0
    judged: int = 0
    unchanged: bool = False


class StoredFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of a target as collected in a run. ``artefacts`` maps artefact name to SHA-256."""

    target: str
    run: int
    collected_at: datetime
    digest: str
    document: dict[str, object]
    artefacts: dict[str, str]


class ResultFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which results to read; an empty tuple does not filter.

    ``run`` asks for the results as they stood in that run: of the targets that it assessed and the checks that it held.
    """

    targets: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    severities: tuple[Severity, ...] = ()
    kinds: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    run: int | None = None


EVERYTHING = ResultFilter()


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A result with the time over which it stood: from ``valid_from`` until just before ``valid_to`` (None: it stands).

    ``first_run`` is the run that found it. The result's sources and artefacts are those of ``valid_from``; its
    ``measured_at`` is the last time that collected facts said the same.
    """

    result: Result
    first_run: int
    valid_from: datetime
    valid_to: datetime | None


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A number of results that share the values in ``group``, in the order of the dimensions asked for."""

    group: tuple[str | None, ...]
    number: int
