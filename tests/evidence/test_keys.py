"""Keys are readable to their owner alone, and what a retired one signed stays verifiable."""

import shutil

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing, KeyRingError, holds
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.store_check import verify_store
from baseline.evidence.verifier import verify
from baseline.store.store import Store
from tests.evidence.stores import begin, fill, outcome


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path):
    ring = KeyRing(tmp_path / "keys")
    assert ring.signer() is None
    key = ring.new()
    assert (ring.folder.stat().st_mode & 0o777, (ring.folder / f"{key.id}.key").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    assert holds(key.public, b"message", ring.signer().sign(b"message"))
    with pytest.raises(KeyRingError, match="rotate"):
        ring.new()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o700, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    ring = KeyRing(tmp_path / "keys")
    path = ring.folder / f"{ring.new().id}.key"
    path.chmod(mode)
    with pytest.raises(KeyRingError, match="chmod 600"):
        ring.signer()


@pytest.mark.slow
def test_an_auditor_with_either_key_can_verify_across_a_rotation(tmp_path):
    ring = KeyRing(tmp_path / "keys")
    first = ring.new()
    with Store.open(tmp_path / "store.db") as store:
        fill(store)
        sign_checkpoints(store, ring)
        second = ring.rotate()
        run = begin(store)
        store.record_target(run, outcome("switch-1", 40))
        store.finish_run(run)
        sign_checkpoints(store, ring)
        export(store, EvidenceSelection(), load_catalogue(), tmp_path / "bundle", pseudonyms=None, ring=ring)
        for key in (first.public, second.public):
            assert verify(tmp_path / "bundle", key, holds).holds
            assert verify_store(store, ring, key).holds
    stranger = KeyRing(tmp_path / "stranger")
    public = stranger.new().public
    assert "does not vouch" in verify(tmp_path / "bundle", public, holds).broken[0]
    assert not verify_store(Store.open(tmp_path / "store.db"), ring, public).holds


def test_a_rotation_that_somebody_made_up_counts_for_nothing(tmp_path, filled):
    ring, thief = KeyRing(tmp_path / "keys"), KeyRing(tmp_path / "thief")
    first, stolen = ring.new(), thief.new()
    for path in thief.folder.glob("*.pem"):
        shutil.copy(path, ring.folder)
    ring.rotate()
    [rotation] = ring.folder.glob("*.rotation.json")
    rotation.write_bytes(rotation.read_bytes().replace(first.id.encode(), stolen.id.encode()))
    with Store.open(shutil.copy(filled, tmp_path)) as store:
        assert not verify_store(store, ring, first.public).holds


@pytest.fixture
def command(tmp_path, filled, pseudonym_key, monkeypatch):
    """Run ``baseline`` on a copy of the filled store, with keys of its own."""
    monkeypatch.setenv("BASELINE_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("BASELINE_PSEUDONYM_KEY", str(pseudonym_key))
    path = shutil.copy(filled, tmp_path / "store.db")
    return lambda *words: CliRunner().invoke(cli, ["--store", str(path), *map(str, words)])


def test_the_commands_from_key_to_proof(command, tmp_path):
    assert "baseline keys new" in command("keys", "list").stderr
    assert command("keys", "new").exit_code == 0
    assert command("keys", "rotate").exit_code == 0
    assert command("keys", "list").stdout.count("\n") == 3
    public = tmp_path / "public.pem"
    public.write_text(command("keys", "public").stdout)
    assert "is not known here" in command("evidence", "verify", "--store").stdout
    kept = tmp_path / "checkpoint.json"
    kept.write_text(command("evidence", "checkpoint", "--json").stdout)
    assert "still in the store" in command("evidence", "verify", "--store", "--checkpoint", kept).stdout
    kept.write_text(kept.read_text().replace('"digest":"', '"digest":"0'))
    assert "taken back" in command("evidence", "verify", "--store", "--checkpoint", kept).stdout
    assert "run ended" in command("evidence", "log").stdout
    bundle = tmp_path / "bundle.zip"
    assert command("evidence", "export", "--norm", "bio2", "--target", "switch-*", "-o", bundle).exit_code == 0
    done = command("evidence", "verify", bundle, "--key", public)
    assert (done.exit_code, "as given" in done.stdout) == (0, True)
    assert command("evidence", "verify", bundle).exit_code == 1
    assert command("evidence", "verify").exit_code == 2


def test_a_run_without_a_key_says_how_to_make_one(command, tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        run = begin(store)
        store.finish_run(run)
        assert "baseline keys new" in sign_checkpoints(store, KeyRing(tmp_path / "none"))
    assert "not signed" in command("evidence", "verify", "--store").stdout
    assert command("evidence", "sign").exit_code == 1
    command("keys", "new")
    assert command("evidence", "sign").stdout == "1 checkpoints signed.\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--period", "2026-Q5"), "write 2026"),
        (("--period", "2026-02-30"), "no such day"),
        (("--period", "2026-07..2026-06"), "ends before"),
        (("--period", "1999"), "no run of this period"),
        (("--norm", "bio3"), "catalogue has"),
        (("--control", "9.99.99"), "no control"),
    ],
)
def test_what_cannot_be_exported_is_explained(command, tmp_path, words, reason):
    done = command("evidence", "export", *words, "-o", tmp_path / "bundle")
    assert reason in str(done.exception)
    assert not (tmp_path / "bundle").exists()
