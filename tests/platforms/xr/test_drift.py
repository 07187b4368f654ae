"""Drift of an IOS XR configuration: what counts, and what does not."""

import pytest

from baseline.drift.configuration import compare
from baseline.drift.rules import rules_for
from tests.platforms.xr.routers import XR, recorded

TEXT = recorded("strict")
LISTS = " 10 permit ipv4 any 198.51.100.0 0.0.0.255\n 20 deny ipv4 any any log\n"


def lines(old, new):
    """What differs when a piece of the approved configuration was changed."""
    assert TEXT.count(old) == 1
    changes = compare(TEXT, TEXT.replace(old, new), XR, rules_for("cisco_iosxr")).changes
    return [(change.kind, change.line) for change in changes]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tue Mar  3 11:00:02.118 CET\nBuilding configuration...\n", "Wed Mar  4 09:00:00.001 CET\n"),
        ("at Tue Mar  3 09:12:44 2026 by j.devries", "at Wed Mar  4 09:12:44 2026 by p.jansen"),
        ("password6 45404947424a615c454659", "password6 99994947424a615c454659"),
        ("auth sha encrypted 06160E325F59060B01", "auth sha encrypted 0A160E325F59060B01"),
        (LISTS, LISTS.replace(" 10 ", " 100 ").replace(" 20 ", " 200 ")),
    ],
    ids=["time", "author", "key of a chain", "key of a user", "numbers of entries"],
)
def test_what_changes_by_itself_is_no_drift(old, new):
    assert lines(old, new) == []


def test_a_setting_that_changed_is_drift():
    assert lines(" maximum-prefix 1000 80", " maximum-prefix 9000 80") == [
        ("removed", "maximum-prefix 1000 80"),
        ("added", "maximum-prefix 9000 80"),
    ]


def test_how_a_secret_is_kept_counts():
    changed = lines("secret 10 $6$r4nd0mS4lt", "secret 5 $1$r4nd0mS4lt")
    assert [kind for kind, _ in changed] == ["removed", "added"]
    assert "r4nd0m" not in str(changed)


def test_the_order_of_what_is_read_from_the_top_counts():
    first, second, _ = LISTS.split("\n")
    swapped = f" 10{second[3:]}\n 20{first[3:]}\n"
    assert len(lines(LISTS, swapped)) == 2
    policy = "  if destination in EIGEN then\n    pass\n"
    assert len(lines(policy, "  pass\n  if destination in EIGEN then\n")) >= 2
