"""A switch that was assessed twice, and checks and norms in two versions."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from baseline.assess.outcome import judged_outcome
from baseline.assess.plan import make_plan
from baseline.assess.waive import Waivers
from baseline.content.checks.folder import read_check_files
from baseline.content.location import content_folder
from baseline.models.collection import Collection
from baseline.models.facts.network import Management, NetworkFacts, Ssh
from baseline.models.target import Target
from baseline.models.waiver import Waiver
from baseline.store.records import CheckVersion
from baseline.store.store import Store

SPRING, AUTUMN = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 9, 1, 12, tzinfo=UTC)
CHECK = """\
id: {id}
title: {id}
title_nl: {id}
controls: [{controls}]
severity: high
applies_to: {{kind: network}}
params: {{least: {least}}}
expect: {expect}
rationale: Because.
remediation: {{text: Set it.}}
examples:
  pass: [{example}]
  fail: [{counter}]
  error: [{{management: {{ssh: unknown}}}}]
"""
SSH = {"example": "{management: {ssh: {version: 9}}}", "counter": "{management: {ssh: {version: 1}}}"}
KEY = {
    "example": "{management: {ssh: {minimum_dh_bits: 9000}}}",
    "counter": "{management: {ssh: {minimum_dh_bits: 100}}}",
}


def write_check(
    folder: Path, identifier: str, least: int, fact: str = "version", controls: str = "bio2:8.24.04"
) -> None:
    """Write a check that demands a least value of a fact of SSH."""
    folder.mkdir(exist_ok=True)
    text = CHECK.format(
        id=identifier,
        least=least,
        controls=controls,
        expect=f"management.ssh.{fact} >= params.least",
        **(SSH if fact == "version" else KEY),
    )
    (folder / f"{identifier}.yaml").write_text(text)


def switch(name: str) -> Target:
    return Target(name=name, kind="network", platform="cisco_ios", site="utrecht")


def assess(store: Store, folder: Path, at: datetime, versions: dict[str, int], waivers: tuple[Waiver, ...] = ()) -> int:
    """One run of the checks in a folder over switches, each with its version of SSH."""
    checks = {file.compiled.check.id: file.compiled for file in read_check_files((folder,), None) if file.compiled}
    targets = [switch(name) for name in versions]
    plan = make_plan(targets, checks)
    held = [
        CheckVersion(id=name, digest=each.check.digest, document=each.check.source) for name, each in checks.items()
    ]
    run = store.begin_run({}, "0.1.0", targets, held)
    for each in plan.targets:
        facts = NetworkFacts(management=Management(ssh=Ssh(version=versions[each.target.name])))
        collection = Collection(facts=facts, collected_at=at)
        store.record_target(run, judged_outcome(each, collection, {}, Waivers(waivers, date(2026, 3, 1))))
    store.finish_run(run)
    return run


@pytest.fixture(scope="session")
def spring(tmp_path_factory) -> Path:
    """The checks of the spring."""
    folder = tmp_path_factory.mktemp("spring")
    write_check(folder, "network-demo-version", 2)
    write_check(folder, "network-demo-steady", 1)
    write_check(folder, "network-demo-dropped", 1)
    return folder


@pytest.fixture
def autumn(tmp_path) -> Path:
    """Those of the autumn: one stricter, one for another control, one dropped, one that asks for more."""
    folder = tmp_path / "autumn"
    write_check(folder, "network-demo-version", 3)
    write_check(folder, "network-demo-steady", 1, controls="bio2:8.20.02")
    write_check(folder, "network-demo-key", 3072, fact="minimum_dh_bits")
    return folder


@pytest.fixture(scope="session")
def assessed(tmp_path_factory, spring) -> Path:
    """A store with a run in spring and one in autumn; in between, one switch changed."""
    path = tmp_path_factory.mktemp("assessed") / "store.db"
    with Store.open(path) as store:
        assess(store, spring, SPRING, {"sw-same": 2, "sw-better": 2})
        assess(store, spring, AUTUMN, {"sw-same": 2, "sw-better": 3})
    return path


@pytest.fixture
def store_path(tmp_path, assessed) -> Path:
    """That store, to change."""
    return Path(shutil.copy(assessed, tmp_path / "store.db"))


@pytest.fixture
def norms(tmp_path) -> Path:
    """The norms as they are, in a folder that may be changed."""
    folder = tmp_path / "norms"
    shutil.copytree(content_folder("checks") / "catalogue", folder)
    return folder
