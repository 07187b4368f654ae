"""Saved files are read within bounds, and never from outside their folder."""

import os
from datetime import UTC, datetime

import pytest

from baseline.collectors.files.reading import read_saved
from baseline.models.errors import CollectError
from tests.offline.conftest import SAVED_AT

LIMIT = 10_000


def code_of(saved, path, maximum=LIMIT):
    with pytest.raises(CollectError) as caught:
        read_saved(saved.root, path, maximum)
    assert str(caught.value).startswith(f"{path}: ")
    return caught.value.code


def test_a_file_is_read_with_its_time_and_single_line_ends(saved):
    saved.write("a", "one\r\ntwo\x1b[0m\r\n")
    file = read_saved(saved.root, "a", LIMIT)
    assert (file.text, file.modified) == ("one\ntwo\n", datetime.fromtimestamp(SAVED_AT, UTC))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_what_windows_programs_write_is_read(saved, encoding):
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    saved.write("a", f"{mark}hostname café\n".encode(encoding))
    assert read_saved(saved.root, "a", LIMIT).text == "hostname café\n"


def test_a_link_out_of_the_folder_is_refused(saved, tmp_path):
    (tmp_path / "secret").write_text("x")
    (saved.root / "out").symlink_to(tmp_path / "secret")
    (saved.root / "absolute").symlink_to("/etc/hostname")
    assert code_of(saved, "out") == "not_allowed"
    assert code_of(saved, "absolute") == "not_allowed"
    assert code_of(saved, "../secret") == "not_allowed"


def test_a_link_within_the_folder_is_followed(saved):
    saved.write("a", "x")
    (saved.root / "b").symlink_to("a")
    assert read_saved(saved.root, "b", LIMIT).text == "x"


def test_a_link_to_itself_or_to_nothing_is_told(saved):
    (saved.root / "self").symlink_to("self")
    (saved.root / "gone").symlink_to("nothing")
    assert code_of(saved, "self") == "unparsable"
    assert code_of(saved, "gone") == "unparsable"


def test_a_pipe_is_refused_without_waiting(saved):
    os.mkfifo(saved.root / "pipe")
    assert code_of(saved, "pipe") == "not_allowed"


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(saved):
    with (saved.root / "big").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert code_of(saved, "big") == "too_much_output"
    saved.write("exact", "x" * LIMIT)
    assert len(read_saved(saved.root, "exact", LIMIT).text) == LIMIT


@pytest.mark.parametrize("content", [b"\0" * 50, b"\x1f\x8b\x08" + os.urandom(4000), bytes(range(256)) * 4])
def test_what_is_not_text_is_refused(saved, content):
    saved.write("binary", content)
    assert code_of(saved, "binary") == "unparsable"
