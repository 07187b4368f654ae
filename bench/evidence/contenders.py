"""What is measured. The store and the bundle are made once and kept for the other contenders."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from baseline.content.catalogue import load_catalogue
from baseline.content.pseudonyms import Pseudonyms
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.store_check import verify_store
from baseline.evidence.teller import Teller
from baseline.evidence.telling import tell_latest, telling_of
from baseline.evidence.verifier import verify
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.result import Result, Severity, Status
from baseline.models.target import Target
from baseline.store.bulk import batches
from baseline.store.canonical import canonical_json
from baseline.store.records import CheckVersion, FactsDocument, TargetOutcome
from baseline.store.store import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PSEUDONYMS = Pseudonyms(b"the key of the pseudonyms of this")
Work = Callable[[], dict[str, float]]


def floor(*, targets: int, checks: int, runs: int) -> Work:
    """Read and hash every file."""
    bundle = _made(targets, checks, runs) / "bundle"

    def work() -> dict[str, float]:
        size = 0
        for path in bundle.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                hashlib.sha256(content).digest()
                size += len(content)
        return {"megabytes": size / 1e6}

    return work


def verify_folder(*, targets: int, checks: int, runs: int) -> Work:
    """As ``baseline evidence verify`` does."""
    return _verifying(_made(targets, checks, runs), "bundle")


def verify_archive(*, targets: int, checks: int, runs: int) -> Work:
    """The same, of the archive."""
    return _verifying(_made(targets, checks, runs), "bundle.zip")


def _verifying(folder: Path, name: str) -> Work:
    public = KeyRing(folder / "keys").keys()[0].public

    def work() -> dict[str, float]:
        report = verify(folder / name, public)
        if not report.holds:
            raise RuntimeError(report.broken + report.open)
        return {}

    return work


def export_folder(*, targets: int, checks: int, runs: int) -> Work:
    """As ``baseline evidence export`` does."""
    return _exporting(_made(targets, checks, runs), "again", PSEUDONYMS)


def export_named(*, targets: int, checks: int, runs: int) -> Work:
    """As ``baseline evidence export --names`` does."""
    return _exporting(_made(targets, checks, runs), "again", None)


def export_archive(*, targets: int, checks: int, runs: int) -> Work:
    """The same, to an archive."""
    return _exporting(_made(targets, checks, runs), "again.zip", PSEUDONYMS)


def _exporting(folder: Path, name: str, pseudonyms: Pseudonyms | None) -> Work:
    catalogue, output = load_catalogue(), folder / f"{os.getpid()}-{name}"

    def work() -> dict[str, float]:
        with Store.open(folder / "store.db", read_only=True) as store:
            made = export(
                store, EvidenceSelection(), catalogue, output, pseudonyms=pseudonyms, ring=KeyRing(folder / "keys")
            )
        shutil.rmtree(output) if output.is_dir() else output.unlink()
        return {"files": made.files}

    return work


def verify_the_store(*, targets: int, checks: int, runs: int) -> Work:
    """As ``baseline evidence verify --store`` does."""
    folder = _made(targets, checks, runs)

    def work() -> dict[str, float]:
        with Store.open(folder / "store.db", read_only=True) as store:
            report = verify_store(store, KeyRing(folder / "keys"))
        if not report.holds:
            raise RuntimeError(report.broken + report.open)
        return {}

    return work


def tell_first(*, targets: int, checks: int, runs: int) -> Work:
    """Tell the first run: of nothing is known how it is told."""
    return _telling(_made(targets, checks, runs), 1, Pseudonyms(b"another key"))


def tell_later(*, targets: int, checks: int, runs: int) -> Work:
    """Tell the last run, which changed one target in a hundred."""
    return _telling(_made(targets, checks, runs), runs, PSEUDONYMS)


def _telling(folder: Path, run: int, pseudonyms: Pseudonyms) -> Work:
    def work() -> dict[str, float]:
        with Store.open(folder / "store.db", read_only=True) as store, store.evidence.reading() as connection:
            telling_of(connection, run, Teller(connection, pseudonyms))
        return {}

    return work


def record(*, targets: int, checks: int, runs: int) -> Work:
    """The first run: record, log, close with a checkpoint."""
    del runs
    folder = Path(tempfile.mkdtemp())
    outcomes = [_outcome(number, checks, 0) for number in range(targets)]

    def work() -> dict[str, float]:
        with Store.open(folder / "store.db") as store:
            _record(store, targets, checks, outcomes)
        shutil.rmtree(folder)
        return {}

    return work


def _made(targets: int, checks: int, runs: int) -> Path:
    """The folder with store, keys and bundles; made by a process of its own, so that its memory does not count."""
    folder = Path(tempfile.gettempdir()) / f"baseline-bench-evidence-{os.getppid()}"
    if not (folder / "bundle.zip").exists():
        shutil.rmtree(folder, ignore_errors=True)
        words = [sys.executable, "-m", "bench.evidence.contenders", str(folder), str(targets), str(checks), str(runs)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return folder


def make(folder: Path, targets: int, checks: int, runs: int) -> None:
    """Fill a store with runs, of which the first holds everything and the others change one target in a hundred."""
    ring = KeyRing(folder / "keys")
    ring.new()
    with Store.open(folder / "store.db") as store:
        for run in range(runs):
            keys = store.judge_keys([_name(number) for number in range(targets)])
            outcomes = [_outcome(number, checks, run, keys.get(_name(number))) for number in range(targets)]
            _record(store, targets, checks, outcomes)
            tell_latest(store, PSEUDONYMS)
        sign_checkpoints(store, ring)
        for name in ("bundle", "bundle.zip"):
            export(store, EvidenceSelection(), load_catalogue(), folder / name, pseudonyms=PSEUDONYMS, ring=ring)


def _name(number: int) -> str:
    return f"switch-{number:05}"


def _record(store: Store, targets: int, checks: int, outcomes: list[TargetOutcome]) -> None:
    everyone = [Target(name=_name(number), kind="network", platform="cisco_ios") for number in range(targets)]
    documents = [f"id: network-check-{number}\ncontrols: [bio2:8.20.02]\n" for number in range(checks)]
    versions = [
        CheckVersion(id=f"network-check-{number}", digest=hashlib.sha256(text.encode()).hexdigest(), document=text)
        for number, text in enumerate(documents)
    ]
    run = store.begin_run({}, "0.2.0", everyone, versions)
    for some in batches(outcomes, 8):
        if store.record_targets(run, some):
            raise RuntimeError("a target was refused")
    store.finish_run(run)


def _outcome(number: int, checks: int, run: int, keys: dict[str, str] | None = None) -> TargetOutcome:
    name, at = _name(number), NOON + timedelta(days=run, seconds=number)
    if keys and number % 100 != run:
        return TargetOutcome(target=name, collected_at=at, facts=_facts(name, 0), unchanged=keys)
    text = random.Random(f"{name} {run}").randbytes(8000).hex()
    accounts = "".join(f"username {person} privilege 15\n" for person in _people(name))
    artefact = Artefact(name="show running-config", content=f"hostname {name}\n{accounts}{text}\n".encode())
    people = _people(name)
    results = tuple(
        Result(
            target=name,
            check=f"network-check-{check}",
            subject=people[check % 10] if check % 10 < len(people) else "",
            status=Status.FAIL if (check + run) % 4 == 0 else Status.PASS,
            severity=Severity.HIGH,
            expected=f"setting_{check} == true",
            observed={f"setting_{check}": (check + run) % 4 != 0, "host": name},
            sources=(SourceLines(artefact=artefact.name, lines=(check,)),),
            artefacts={artefact.name: artefact.digest},
            measured_at=at,
        )
        for check in range(checks)
    )
    judged = {each.check: f"key {run}" for each in results}
    facts = _facts(name, run)
    return TargetOutcome(
        target=name, collected_at=at, facts=facts, artefacts=(artefact,), judged=judged, results=results
    )


def _people(name: str) -> list[str]:
    """Accounts of a switch; a tenth of the checks is about each."""
    return ["a.bakker", "p.jansen", f"w.{name}"]


def _facts(name: str, run: int) -> FactsDocument:
    users = [{"name": person} for person in _people(name)]
    ports = [f"Gi0/{port}" for port in range(48)]
    content = canonical_json({"host": name, "run": run, "interfaces": ports, "users": users})
    return FactsDocument(content=content, digest=hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    make(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:]))
