"""Configurations of EOS, compared with what was approved."""

import pytest

from baseline.collectors.network.platforms import platform
from baseline.drift.configuration import compare
from baseline.drift.rules import rules_for
from tests.platforms.vendors import recording
from tests.reference import reference_path

EOS = platform("arista_eos")
LEAF = recording("arista_eos", "leaf")


def changes(approved, found):
    return {(change.kind, change.line) for change in compare(approved, found, EOS, rules_for("arista_eos")).changes}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("! boot system flash:/EOS-4.28.3M.swi", "! boot system flash:/EOS.swi"),
        ("   10 permit tcp any host", "   15 permit tcp any host"),
        ("070E234F1F5B4A", "14141B180F0B"),
    ],
)
def test_comments_numbers_of_entries_and_secrets_are_no_difference(old, new):
    assert LEAF.count(old) == 1
    assert changes(LEAF, LEAF.replace(old, new)) == set()


def test_how_a_secret_is_stored_is_a_difference():
    found = LEAF.replace("tacacs-server key 7 ", "tacacs-server key 8a ")
    assert changes(LEAF, found) == {
        ("removed", "tacacs-server key 7 <redacted>"),
        ("added", "tacacs-server key 8a <redacted>"),
    }


def test_a_banner_is_one_line_whatever_its_text_looks_like():
    """It would otherwise give the device a second host name, which no comparison counts."""
    (removed, before), (added, after) = sorted(changes(LEAF, LEAF.replace("telt hier niet mee", "telt")), reverse=True)
    assert (removed, added) == ("removed", "added")
    assert before.startswith("banner login\n")
    assert before.replace("telt hier niet mee", "telt") == after


def test_a_real_configuration_differs_from_itself_in_nothing():
    text = reference_path("network/outputs/eos/show_running-config__d3.txt").read_text()
    assert changes(text, text) == set()
    assert changes(text, text.replace("spanning-tree mode mstp\n", "")) == {("removed", "spanning-tree mode mstp")}
