"""Small targets, checks and outcomes for the tests of the store."""

import hashlib
from datetime import UTC, datetime, timedelta

import msgspec

from baseline.models.artefact import Artefact, SourceLines
from baseline.models.result import Result, Severity, Status
from baseline.models.target import Target
from baseline.store.canonical import canonical_json
from baseline.store.records import CheckVersion, FactsDocument, TargetOutcome, Unreached

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SSH = "network-ssh-version-2"
PORTS = "network-access-ports-guarded"
CONFIGURATION = Artefact(name="show running-config", content=b"hostname switch\nip ssh version 2\n")


def later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def switch(name: str = "switch-1", **attributes) -> Target:
    return Target(**{"name": name, "kind": "network", "platform": "cisco_ios", "site": "utrecht", **attributes})


def version(check: str, text: str = "") -> CheckVersion:
    document = f"id: {check}\n{text}"
    return CheckVersion(id=check, digest=hashlib.sha256(document.encode()).hexdigest(), document=document)


def result(check: str = SSH, status: Status = Status.PASS, subject: str = "", **changes) -> Result:
    given = Result(
        target="switch-1",
        check=check,
        subject=subject,
        status=status,
        severity=Severity.HIGH,
        expected="management.ssh.version >= 2",
        observed={"management.ssh.version": 2 if status is Status.PASS else 1},
        sources=(SourceLines(artefact=CONFIGURATION.name, lines=(2,)),),
        artefacts={CONFIGURATION.name: CONFIGURATION.digest},
        measured_at=NOON,
    )
    return msgspec.structs.replace(given, **changes)


def facts(**values) -> FactsDocument:
    content = canonical_json(values)
    return FactsDocument(content=content, digest=hashlib.sha256(content).hexdigest())


def reached(
    *results: Result, target: str = "switch-1", at: datetime = NOON, key: str = "key", **changes
) -> TargetOutcome:
    """An outcome in which the checks of these results were judged, all with the same key."""
    given = TargetOutcome(
        target=target,
        collected_at=at,
        duration_seconds=0.25,
        round_trips=3,
        facts=facts(hostname=target),
        artefacts=(CONFIGURATION,),
        judged={each.check: key for each in results},
        results=tuple(msgspec.structs.replace(each, target=target, measured_at=at) for each in results),
    )
    return msgspec.structs.replace(given, **changes)


def unreached(*results: Result, target: str = "switch-1", at: datetime = NOON) -> TargetOutcome:
    return reached(
        *results,
        target=target,
        at=at,
        key="unreached",
        facts=None,
        artefacts=(),
        unreached=Unreached(code="timeout", reason="no answer within 10 seconds"),
    )
