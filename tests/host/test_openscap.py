"""OpenSCAP and baseline say the same of the same Debian, or docs/openscap.md explains why not."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.host.openscap import comparison
from tests.host.openscap.comparison import SHAPES

DOCUMENT = (Path(__file__).parents[2] / "docs" / "openscap.md").read_text()
TREE = os.environ.get("BASELINE_BULLSEYE_TREE", "")
TABLE = comparison.read_table()


@pytest.fixture(scope="module")
def tree():
    """Debian 11; made where BASELINE_BULLSEYE_TREE says, when nothing is there yet."""
    if not TREE:
        pytest.skip("BASELINE_BULLSEYE_TREE does not name a folder with a Debian 11 (about two minutes to make)")
    if reason := comparison.why_not():
        pytest.skip(reason)
    if not Path(TREE, "etc", "debian_version").exists():
        if not shutil.which("debootstrap"):
            pytest.skip("no Debian 11 to look at, and no debootstrap to make it with")
        comparison.make_tree(Path(TREE))
    return Path(TREE)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_verdicts_agree_with_those_of_openscap(tree, shape, tmp_path):
    found = comparison.look(tree, shape, tmp_path, TABLE)
    expected = {_name(entry): entry.expected(shape) for entry in TABLE.same}
    assert {_name(entry): found.both(entry) for entry in TABLE.same} == expected


def test_checks_that_are_compared_exist():
    checks = comparison.load_host_checks()
    assert {entry.check for entry in TABLE.same} <= set(checks)


def test_rules_that_are_compared_exist():
    if not comparison.CONTENT.exists():
        pytest.skip(f"no {comparison.CONTENT.name} (apt-get install ssg-debian)")
    named = TABLE.rules() | set(TABLE.alike)
    assert named - comparison.known_rules() == set()


def test_every_disagreement_is_explained():
    """By a paragraph that names the check and each of its rules, under the heading that the table gives."""
    paragraphs = dict(re.findall(r"^### (.+)\n((?:(?!^#).*\n)*)", DOCUMENT, re.MULTILINE))
    missing = [
        (entry.check, entry.because, word)
        for entry in TABLE.same
        if entry.differs()
        for word in (entry.check, *entry.rules)
        if f"`{word}`" not in paragraphs.get(entry.because, "")
    ]
    assert missing == []


def test_only_disagreements_are_explained():
    assert [entry.check for entry in TABLE.same if entry.because and not entry.differs()] == []


def test_rules_that_only_look_alike_are_in_the_document():
    assert [rule for rule in TABLE.alike if f"`{rule}`" not in DOCUMENT] == []


def _name(entry: comparison.Entry) -> str:
    return " ".join([entry.check, *entry.subjects, *entry.rules[:1]])
