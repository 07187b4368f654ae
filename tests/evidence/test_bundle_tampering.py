"""Whatever is changed, cut, added, dropped or swapped in a bundle is found, down to one bit."""

import hashlib
import random
import shutil
import struct
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.keys import holds
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.verifier import verify
from baseline.store.store import Store

TIMES = 3000


@pytest.fixture
def work(bundle, tmp_path) -> Path:
    """A copy of the bundle, to change."""
    return Path(shutil.copytree(bundle, tmp_path / "bundle"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory, filled, ring, pseudonyms) -> bytes:
    path = tmp_path_factory.mktemp("archive") / "bundle.zip"
    with Store.open(filled, read_only=True) as store:
        export(
            store, EvidenceSelection(targets=("switch-1",)), load_catalogue(), path, pseudonyms=pseudonyms, ring=ring
        )
    return path.read_bytes()


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def is_caught(folder: Path, public: bytes) -> bool:
    return not verify(folder, public, holds).holds


def mutate(content: bytes, chance: random.Random) -> bytes:
    """A bit flipped, a piece cut out, put in, doubled or moved; or two lines that changed places."""
    place, lines = chance.randrange(len(content) + 1), content.splitlines(keepends=True)
    length = chance.randrange(1, 40)
    ways = [
        lambda: content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :],
        lambda: content[:place] + content[place + length :],
        lambda: content[:place] + chance.randbytes(length) + content[place:],
        lambda: content[:place] + content[place : place + length] + content[place:],
        lambda: content[:place],
        lambda: b"".join(chance.sample(lines, len(lines))),
        lambda: b"".join(chance.sample(lines, len(lines) - 1)),
    ]
    try:
        return chance.choice(ways)()
    except (IndexError, ValueError):
        return content + b"\n"


def test_an_untouched_bundle_holds(bundle, public):
    report = verify(bundle, public, holds)
    assert (report.broken, report.open) == ([], [])


@pytest.mark.parametrize("times", [150, pytest.param(TIMES, marks=pytest.mark.slow)])
def test_any_change_to_any_file_is_found(work, public, times):
    chance = random.Random(times)
    files = files_of(work)
    passed = []
    for _ in range(times):
        path = chance.choice(files)
        content = path.read_bytes()
        changed = mutate(content, chance)
        if changed == content:
            continue
        path.write_bytes(changed)
        if not is_caught(work, public):
            passed.append((path.name, content, changed))
        path.write_bytes(content)
    assert passed == []


def test_a_file_that_is_dropped_added_renamed_or_swapped_is_found(work, public):
    files = files_of(work)
    for path in files:
        moved = path.with_name("moved")
        path.rename(moved)
        assert is_caught(work, public), f"renamed {path}"
        content = moved.read_bytes()
        moved.unlink()
        assert is_caught(work, public), f"dropped {path}"
        path.write_bytes(content)
    for first, second in pairwise(files):
        contents = first.read_bytes(), second.read_bytes()
        if contents[0] != contents[1]:
            first.write_bytes(contents[1])
            second.write_bytes(contents[0])
            assert is_caught(work, public), f"swapped {first} and {second}"
            first.write_bytes(contents[0])
            second.write_bytes(contents[1])
    for name in ("extra.txt", "artefacts/" + "0" * 64, "SHA256SUMS.p7s", "SIGNATURES", "keys/stranger.pem"):
        (work / name).write_bytes(b"x")
        assert is_caught(work, public), name
        (work / name).unlink()
    assert not is_caught(work, public)


INNER = ("results", "population", "targets", "trees", "facts", "manifests", "checks", "log/leaves", "log/checkpoints")


@pytest.mark.parametrize("name", [*(f"{each}.jsonl" for each in INNER), "log/inclusion.jsonl", "log/signatures.jsonl"])
def test_who_makes_the_sums_again_is_still_found_by_the_log(work, public, name):
    """Even without the outer signature, what runs recorded cannot be changed."""
    chance = random.Random(name)
    path, sums = work / name, work / "SHA256SUMS"
    content, listed = path.read_bytes(), sums.read_text()
    for _ in range(30):
        changed = mutate(content, chance)
        if sorted(changed.lower().splitlines()) == sorted(content.lower().splitlines()):
            continue
        path.write_bytes(changed)
        sums.write_text(listed.replace(digest(content), digest(changed)))
        report = verify(
            work,
            public,
            lambda key, message, signature: b"  results.jsonl\n" in message or holds(key, message, signature),
        )
        assert report.broken, changed
    path.write_bytes(content)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("times", [300, pytest.param(TIMES, marks=pytest.mark.slow)])
def test_any_change_to_an_archive_is_found(archive, public, tmp_path, times):
    chance, path = random.Random(times), tmp_path / "bundle.zip"
    path.write_bytes(archive)
    assert not is_caught(path, public)
    for _ in range(times):
        changed = mutate(archive, chance)
        path.write_bytes(changed)
        assert changed == archive or is_caught(path, public)


def test_an_archive_with_a_bomb_a_way_out_a_link_or_a_double_is_refused(tmp_path, public):
    def refused(fill) -> str:
        path = tmp_path / "hostile.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            fill(made)
        [reason] = verify(path, public, holds).broken
        path.unlink()
        return reason

    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert "plainly" in refused(lambda made: made.writestr("bundle.json", b"\0" * 50_000_000))
    assert "plainly" in refused(lambda made: made.writestr(link, "/etc/passwd"))
    assert "plainly" in refused(lambda made: made.writestr("../../escape", "x"))
    with pytest.warns(UserWarning, match="Duplicate"):
        assert "two files" in refused(lambda made: [made.writestr("a", "x"), made.writestr("a", "y")])


def of_a_version_to_come(directory: bytearray) -> bytearray:
    directory[6:8] = struct.pack("<H", 99)
    return directory


def of_five_gibibytes(directory: bytearray) -> bytearray:
    extra = struct.pack("<HHQQ", 1, 16, 5 << 30, 5 << 30)
    directory[20:28] = b"\xff" * 8
    directory[30:32] = struct.pack("<H", len(extra))
    return directory + extra


@pytest.mark.parametrize("change", [of_a_version_to_come, of_five_gibibytes])
def test_an_archive_that_python_cannot_read_is_told_without_a_traceback(tmp_path, public, change):
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("SHA256SUMS", b"")
    content = path.read_bytes()
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    directory = change(bytearray(content[start:end]))
    tail = bytearray(content[end:])
    tail[12:16] = struct.pack("<I", len(directory))
    path.write_bytes(content[:start] + directory + tail)
    assert verify(path, public).broken


def test_a_bundle_with_endless_rotations_of_keys_is_refused_before_they_are_looked_at(work, public):
    path, sums = work / "log" / "rotations.jsonl", work / "SHA256SUMS"
    before, after = path.read_bytes(), b'{"new":"","old":"","statement":"{}"}\n' * 1001
    path.write_bytes(after)
    sums.write_text(sums.read_text().replace(f"{digest(before)}  log/rot", f"{digest(after)}  log/rot"))
    assert verify(work, public).broken == ["log/rotations.jsonl: more than 1000 rotations"]


def test_a_folder_with_a_link_or_a_strange_name_is_refused(work, public):
    (work / "link").symlink_to("/etc/passwd")
    assert "link" in verify(work, public, holds).broken[0]
    (work / "link").unlink()
    (work / "bl ank").write_text("")
    assert "no bundle has" in verify(work, public, holds).broken[0]
