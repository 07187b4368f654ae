"""Files of keys that are not as we wrote them: said, and never used."""

import os

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.evidence.keys import KeyRing, KeyRingError

ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4=\n-----END ENCRYPTED PRIVATE KEY-----\n"


@pytest.fixture
def ring(tmp_path) -> KeyRing:
    made = KeyRing(tmp_path / "keys")
    made.new()
    return made


@pytest.mark.parametrize("content", [b"", b"junk", b"\xff\x00", ENCRYPTED])
def test_a_private_key_that_is_none_is_said_in_one_line(ring, content, monkeypatch, tmp_path):
    (path,) = ring.folder.glob("*.key")
    path.write_bytes(content)
    with pytest.raises(KeyRingError, match=r"\.key: not a key, or one with a password"):
        ring.signer()
    monkeypatch.setenv("BASELINE_KEYS", str(ring.folder))
    ended = CliRunner().invoke(cli, ["--store", str(tmp_path / "store.db"), "evidence", "sign"])
    assert isinstance(ended.exception, KeyRingError)


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o702])
def test_a_folder_in_which_others_may_write_signs_nothing(ring, mode):
    ring.folder.chmod(mode)
    with pytest.raises(KeyRingError, match="others may put a key of theirs in it: chmod 700"):
        ring.signer()


def test_a_key_is_never_written_through_a_link_or_over_a_file(tmp_path):
    ring = KeyRing(tmp_path)
    (tmp_path / "0.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyRingError, match="File exists"):
        ring._write("0.key", b"secret", 0o600)
    assert not (tmp_path / "elsewhere").exists()
    (tmp_path / "active.new").write_text("of a run that was killed")
    assert ring.new().active


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_only_its_owner_reads_a_key_whatever_the_mask(tmp_path, mask):
    before = os.umask(mask)
    try:
        KeyRing(tmp_path / "keys").new()
    finally:
        os.umask(before)
    (path,) = (tmp_path / "keys").glob("*.key")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
