"""JUnit XML for pipelines."""

import os
from collections import Counter

from defusedxml import ElementTree

from tests.exports.conftest import SSH


def cases(exported, *options) -> dict[tuple[str, str], str]:
    """(target, name) -> ``passed`` or the word of the element in the case."""
    root = ElementTree.fromstring(exported("junit", *options, read=str))
    return {
        (suite.get("name"), case.get("name")): case[0].tag if len(case) else "passed"
        for suite in root
        for case in suite
    }


def test_waived_and_not_applicable_are_skipped_and_unknown_is_an_error(exported, inventory):
    text = exported("junit", "-i", inventory / "hosts.yml", read=str)
    root = ElementTree.fromstring(text)
    suites = {suite.get("name"): suite for suite in root}
    ssh = {name: next(case for case in suite if case.get("classname") == SSH) for name, suite in suites.items()}
    assert {name: case[0].tag if len(case) else "passed" for name, case in ssh.items()} == {
        "sw-good": "passed",
        "sw-bad": "failure",
        "sw-unknown": "error",
        "sw-away": "error",
        "sw-waived": "skipped",
    }
    assert "The switch is replaced in May." in ssh["sw-waived"][0].get("message")
    assert ssh["sw-away"][0].get("message") == "error: no answer within 10 seconds"
    assert suites["sw-good"].get("skipped") == "1"


def test_the_counts_of_a_suite_are_those_of_its_cases(exported):
    root = ElementTree.fromstring(exported("junit", read=str))
    for suite in root:
        tags = Counter(case[0].tag for case in suite if len(case))
        told = {"failure": suite.get("failures"), "error": suite.get("errors"), "skipped": suite.get("skipped")}
        assert {tag: str(tags[tag]) for tag in told} == told
        assert suite.get("tests") == str(len(suite))


def test_a_pipe_is_written_to_and_a_link_leads_to_its_file(baseline, tmp_path):
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "file"
    os.mkfifo(pipe)
    link.symlink_to(file)
    file.write_bytes(b"old")
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    baseline("export", "junit", "-o", pipe)
    assert os.read(reading, 5) == b"<?xml"
    assert pipe.is_fifo()
    os.close(reading)
    baseline("export", "junit", "-o", link)
    assert file.read_bytes().startswith(b"<?xml")
    assert link.is_symlink()


def test_hostile_names_leave_the_xml_whole(exported):
    names = [name for target, name in cases(exported) if target == "sw-bad"]
    assert any("<script>&\"'" in name for name in names)
    assert not any("\x1b" in name for name in names)
