"""Names of people do not leave the store, unless that is asked for."""

import re
import stat

import pytest

from baseline.content.name_shield import NameShield
from baseline.content.pseudonyms import PSEUDONYM, PseudonymError, Pseudonyms, load_pseudonyms

pytestmark = pytest.mark.slow

FORMATS = [
    ("oscal", "assessment-results"),
    ("oscal", "poam"),
    ("ocsf",),
    ("ciso-assistant",),
    ("junit",),
    ("json-lines",),
]


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_names_are_pseudonyms_unless_asked_otherwise(exported, format_):
    text = exported(*format_, read=str)
    assert "jansen" not in text
    assert "p.jansen" in exported(*format_, "--names", read=str)


def test_accounts_of_nobody_in_particular_keep_their_names(exported):
    assert "admin" in exported("json-lines", read=str)


def test_the_same_person_has_one_pseudonym_everywhere_and_another_under_another_key(exported, tmp_path):
    found = {PSEUDONYM.search(exported(*each, read=str))[0] for each in FORMATS}
    assert len(found) == 1
    other = exported("json-lines", "--pseudonym-key", tmp_path / "other.key", read=str)
    assert not found & set(PSEUDONYM.findall(other))


def test_the_key_is_for_its_owner_alone(tmp_path):
    file = tmp_path / "keys" / "pseudonyms.key"
    pseudonyms = load_pseudonyms(file, create=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_pseudonyms(file, create=False).of("p.jansen") == pseudonyms.of("p.jansen")
    file.chmod(0o640)
    with pytest.raises(PseudonymError, match=re.escape(f"chmod 600 {file}")):
        load_pseudonyms(file, create=False)


@pytest.mark.parametrize("content", ["", "not hexadecimal", "ab" * 31])
def test_a_file_without_a_key_is_refused(tmp_path, content):
    file = tmp_path / "key"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(PseudonymError, match="holds no key"):
        load_pseudonyms(file, create=False)


def test_a_name_is_replaced_as_a_whole_word_only():
    pseudonyms = Pseudonyms(bytes(32))
    shield = NameShield(pseudonyms, {"jan", "jan.smit"})
    assert shield.text("jan.smit and /home/jan, not january") == (
        f"{pseudonyms.of('jan.smit')} and /home/{pseudonyms.of('jan')}, not january"
    )
    assert shield.value({"jan": ["x", {"y": "jan"}], "n": 3}) == {
        pseudonyms.of("jan"): ["x", {"y": pseudonyms.of("jan")}],
        "n": 3,
    }


@pytest.mark.parametrize("kind", ["audit", "actions", "changes"])
def test_reports_tell_pseudonyms_unless_asked_otherwise(baseline, tmp_path, kind):
    files = [tmp_path / name for name in ("report.html", "report.csv", "report.json")]
    outputs = [word for file in files for word in ("-o", file)]
    words = ["report", kind, "--target", "sw-bad", *(["--since", "2026-02-01"] if kind == "changes" else []), *outputs]
    baseline(*words)
    told = [file.read_text("utf-8") for file in files]
    assert not any("jansen" in text for text in told)
    baseline(*words, "--names")
    named = [file.read_text("utf-8") for file in files]
    assert any("p.jansen" in text for text in named)
    pseudonym = load_pseudonyms(tmp_path / "pseudonyms.key", create=False).of("p.jansen")
    assert [text.count("p.jansen") for text in named] == [text.count(pseudonym) for text in told]
