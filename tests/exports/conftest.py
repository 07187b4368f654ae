"""A store with every kind of result, as exports meet it: hostile names, waived fails, targets that were not reached."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.content.location import content_folder
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.errors import BaselineError
from baseline.models.result import Result, Severity, Status
from baseline.models.target import Target
from baseline.store.canonical import canonical_json
from baseline.store.records import CheckVersion, FactsDocument, TargetOutcome, Unreached
from baseline.store.store import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SSH = "network-ssh-version-2"
USERS = "network-users-default-absent"
FORMULA = "=cmd|' /C calc'!A0"
NOT_XML = "port \x00\x1b[31m <script>&\"'\ufffe"
CONFIGURATION = Artefact(name="show running-config", content=b"hostname switch\nip ssh version 2\n")

WAIVER = """
waivers:
  - id: W-2026-007
    kind: temporary
    checks: [network-ssh-version-2]
    targets: [sw-waived]
    owner: Team Netwerk
    requester: Team Netwerk
    approver: Directeur Bedrijfsvoering
    ciso_advice: Akkoord tot de vervanging.
    reason: The switch is replaced in May.
    risk_reference: RA-2026-12
    compensating_measure: Reachable from the management network only.
    follow_up: {action: Replace the switch, owner: Team Netwerk, due: 2026-05-01}
    starts: 2026-02-01
    ends: 2026-06-01
"""


def version_of(check: str) -> CheckVersion:
    """A shipped check as a run keeps it."""
    document = next(content_folder("checks").rglob(f"{check}.yaml")).read_text("utf-8")
    return CheckVersion(id=check, digest=hashlib.sha256(document.encode()).hexdigest(), document=document)


def facts_of(**values) -> FactsDocument:
    content = canonical_json(values)
    return FactsDocument(content=content, digest=hashlib.sha256(content).hexdigest())


def result(target: str, check: str, status: Status, subject: str = "", **changes) -> Result:
    given = {
        "severity": Severity.HIGH,
        "expected": "management.ssh.version >= 2",
        "observed": {"management.ssh.version": 2 if status is Status.PASS else 1},
        "sources": (SourceLines(artefact=CONFIGURATION.name, lines=(2, 7)),),
        "artefacts": {CONFIGURATION.name: CONFIGURATION.digest},
        "measured_at": NOON,
        "reason": {Status.ERROR: "`show ip ssh` was refused", Status.NOT_APPLICABLE: "there is nothing in users"}.get(
            status, ""
        ),
    }
    return Result(target=target, check=check, subject=subject, status=status, **(given | changes))


RESULTS = {
    "sw-good": (result("sw-good", SSH, Status.PASS), result("sw-good", USERS, Status.NOT_APPLICABLE)),
    "sw-bad": (
        result("sw-bad", SSH, Status.FAIL, reason="first line\nsecond line"),
        result("sw-bad", USERS, Status.PASS, "admin"),
        result(
            "sw-bad", USERS, Status.FAIL, "p.jansen", observed={"item.name": "p.jansen", "note": "home of p.jansen"}
        ),
        result("sw-bad", SSH, Status.FAIL, NOT_XML),
        result("sw-bad", SSH, Status.FAIL, FORMULA, reason=FORMULA),
    ),
    "sw-unknown": (result("sw-unknown", SSH, Status.ERROR), result("sw-unknown", USERS, Status.PASS, "admin")),
    "sw-waived": (
        result("sw-waived", SSH, Status.WAIVED, waiver="W-2026-007"),
        result("sw-waived", USERS, Status.PASS, "admin"),
    ),
}
FACTS = facts_of(users=[{"name": "admin"}, {"name": "p.jansen"}])


def outcome(target: str, results: tuple[Result, ...], at: datetime = NOON) -> TargetOutcome:
    return TargetOutcome(
        target=target,
        collected_at=at,
        facts=FACTS,
        artefacts=(CONFIGURATION,),
        judged={each.check: f"{target} {at}" for each in results},
        results=results,
    )


def fill(store: Store) -> int:
    """One run over all targets; one is not reached and one is excluded."""
    names = (*RESULTS, "sw-away", "sw-left-out")
    targets = [
        Target(
            name=name,
            kind="network",
            platform="cisco_ios",
            site="utrecht",
            excluded="is being built" if name == "sw-left-out" else None,
        )
        for name in names
    ]
    run = store.begin_run({}, "0.1.0", targets, [version_of(SSH), version_of(USERS)])
    for name, results in RESULTS.items():
        store.record_target(run, outcome(name, results))
    away = result("sw-away", SSH, Status.ERROR, reason="no answer within 10 seconds", artefacts={}, sources=())
    missed = TargetOutcome(
        target="sw-away",
        collected_at=NOON + timedelta(minutes=1),
        unreached=Unreached(code="timeout", reason="no answer within 10 seconds"),
        judged={SSH: "away"},
        results=(away,),
    )
    store.record_target(run, missed)
    store.finish_run(run)
    return run


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """A store with a run in it, which exports only read."""
    path = tmp_path_factory.mktemp("exports") / "store.db"
    with Store.open(path) as store:
        fill(store)
    return path


@pytest.fixture
def baseline(filled, tmp_path):
    """A function that runs the command on that store, in this process."""

    def run(*arguments: object, code: int = 0):
        given = ["--store", str(filled), *map(str, arguments)]
        environment = {"BASELINE_PSEUDONYM_KEY": str(tmp_path / "pseudonyms.key")}
        ended = CliRunner().invoke(cli, given, env=environment)
        if isinstance(ended.exception, BaselineError):
            ended.exit_code, ended.stderr_bytes = 2, str(ended.exception).encode()
        assert ended.exit_code == code, (ended.output, ended.exception)
        return ended

    return run


@pytest.fixture
def inventory(tmp_path) -> Path:
    """An inventory with a waiver beside it."""
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "hosts.yml").write_text("all: {hosts: {sw-waived: {}}}\n")
    (folder / "waivers.yml").write_text(WAIVER)
    return folder


@pytest.fixture
def exported(baseline, tmp_path):
    """A function that exports and reads what came of it."""

    def export(*arguments: object, read=json.loads):
        file = tmp_path / "exported"
        baseline("export", *arguments, "-o", file)
        return read(file.read_text("utf-8"))

    return export
