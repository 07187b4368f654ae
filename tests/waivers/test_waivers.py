"""Kinds of waivers, what may not be accepted, and what ``baseline waivers`` says."""

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.content.catalogue import load_catalogue
from baseline.content.waivers import government_measures, load_waivers
from baseline.models.errors import ContentError
from baseline.models.waiver import Standing, standing_of
from tests.shipped import shipped_checks

pytestmark = pytest.mark.slow

WAIVER = """\
waivers:
  - id: W-2026-001
    kind: temporary
    checks: [network-ssh-version-2]
    targets: [sw-*]
    owner: Team netwerk
    requester: J. Jansen
    approver: P. Pietersen
    ciso_advice: Akkoord tot vervanging
    reason: Vervanging gepland
    risk_reference: RA-2026-12
    follow_up: {action: Switch vervangen, owner: Team netwerk, due: 2026-06-01}
    starts: 2026-01-01
    ends: 2026-06-30
"""


@pytest.fixture(scope="session")
def measures():
    catalogue = load_catalogue()
    return government_measures((check.check for check in shipped_checks().values()), catalogue)


@pytest.fixture
def inventory(tmp_path):
    (tmp_path / "hosts.yml").write_text("all: {hosts: {sw-1: {}}}\n")
    (tmp_path / "waivers.yml").write_text(WAIVER)
    return tmp_path / "hosts.yml"


def problems_of(tmp_path, text, measures):
    path = tmp_path / "waivers.yml"
    path.write_text(text)
    with pytest.raises(ContentError) as raised:
        load_waivers([path], measures)
    return [str(problem).removeprefix(f"{path}:") for problem in raised.value.problems]


def test_a_temporary_waiver_says_who_repairs_what_and_when(inventory, measures):
    (waiver,) = load_waivers([inventory.parent / "waivers.yml"], measures)
    assert waiver.follow_up.action == "Switch vervangen"
    assert waiver.follow_up.due == date(2026, 6, 1)


@pytest.mark.parametrize("checks", ["[network-ssh-version-2]", "network-ssh-*", '["*"]'])
@pytest.mark.parametrize("kind", ["    kind: risk_accepted\n", ""])
def test_the_risk_of_a_government_measure_cannot_be_accepted_however_the_check_is_named(
    tmp_path, measures, checks, kind
):
    text = WAIVER.replace("    kind: temporary\n", kind).replace("[network-ssh-version-2]", checks)
    (problem,) = problems_of(tmp_path, text, measures)
    line = text.splitlines().index(f"    checks: {checks}") + 1
    assert problem.startswith(f"{line}:")
    assert "answers government measure bio2:" in problem
    assert "kind: cannot_apply, or temporary with a follow_up" in problem


@pytest.mark.parametrize(
    "approver", ["J.  Jansen", "j jansen", "'\u00a0J. Jansen'", "J.\u200b Jansen", "\uff2a. Jansen", "J.Jansen"]
)
def test_who_asks_does_not_approve_however_the_name_is_written(tmp_path, measures, approver):
    text = WAIVER.replace("P. Pietersen", approver)
    assert "the approver is the requester" in problems_of(tmp_path, text, measures)[0]


@pytest.mark.parametrize("key", ["owner", "requester", "approver", "ciso_advice", "reason", "risk_reference"])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u200b", "\\t"])
def test_a_text_that_nobody_can_see_is_missing(tmp_path, measures, key, blank):
    text = re.sub(f"    {key}: .*", f'    {key}: "{blank}"'.replace("\\", r"\\"), WAIVER)
    assert any(f"'{key}' is missing" in problem for problem in problems_of(tmp_path, text, measures))


def test_a_waiver_of_everything_is_refused(tmp_path, measures):
    text = WAIVER.replace("[network-ssh-version-2]", '["*"]')
    (problem,) = problems_of(tmp_path, text.replace("[sw-*]", '["**"]'), measures)
    assert "waives every check on every target" in problem
    (tmp_path / "waivers.yml").write_text(text)
    assert len(load_waivers([tmp_path / "waivers.yml"], measures)) == 1


def test_an_iso_control_that_is_no_government_measure_may_be_risk_accepted(tmp_path):
    path = tmp_path / "waivers.yml"
    path.write_text(WAIVER.replace("kind: temporary", "kind: risk_accepted"))
    (waiver,) = load_waivers([path], {"another-check": ("bio2:8.20.02",)})
    assert waiver.kind == "risk_accepted"


def test_cannot_apply_needs_no_follow_up(tmp_path, measures):
    lines = WAIVER.replace("temporary", "cannot_apply").splitlines()
    path = tmp_path / "waivers.yml"
    path.write_text("\n".join(line for line in lines if "follow_up" not in line))
    assert load_waivers([path], measures)[0].follow_up is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (WAIVER[WAIVER.index("    follow_up") : WAIVER.index("    starts")], "", "is temporary and has no 'follow_up'"),
        ("due: 2026-06-01", "due: 2026-07-01", "is after the waiver ends"),
        ("due: 2026-06-01", "due: later", "'later' is not a date"),
        ("owner: Team netwerk, due", "due", "'owner' is missing"),
        ("kind: temporary", "kind: temporarily", "'temporarily' is not a value of 'kind'"),
        ("ends: 2026-06-30", "ends: 2026-W27-2", "'2026-W27-2' is not a date (write it as 2026-06-30)"),
    ],
)
def test_a_waiver_that_says_too_little_is_refused(tmp_path, measures, old, new, said):
    assert any(said in problem for problem in problems_of(tmp_path, WAIVER.replace(old, new), measures))


def test_an_id_is_used_once_even_over_two_files(tmp_path, measures):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "waivers.yml").write_text(WAIVER)
    with pytest.raises(ContentError, match="is used twice"):
        load_waivers([tmp_path / "a" / "waivers.yml", tmp_path / "b" / "waivers.yml"], measures)


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2025, 12, 31), Standing.FUTURE),
        (date(2026, 1, 1), Standing.STANDING),
        (date(2026, 5, 30), Standing.STANDING),
        (date(2026, 5, 31), Standing.EXPIRING),
        (date(2026, 6, 30), Standing.EXPIRING),
        (date(2026, 7, 1), Standing.EXPIRED),
    ],
)
def test_the_last_day_still_counts_and_thirty_days_before_it_is_soon(today, standing):
    assert standing_of(date(2026, 1, 1), date(2026, 6, 30), today, 30) is standing


@pytest.mark.parametrize(
    ("day", "code", "standing"), [("2026-02-01", 0, None), ("2026-06-10", 1, "expiring"), ("2026-07-01", 1, "expired")]
)
def test_the_command_fails_where_a_waiver_has_expired_or_soon_will(inventory, day, code, standing):
    arguments = ["waivers", "check", "-i", str(inventory), "--as-of", day, "--json"]
    ended = CliRunner().invoke(cli, arguments)
    assert ended.exit_code == code
    assert [each["standing"] for each in json.loads(ended.stdout)] == ([standing] if standing else [])


def test_the_list_says_what_was_accepted_by_whom_and_until_when(inventory):
    ended = CliRunner().invoke(cli, ["waivers", "list", "-i", str(inventory), "--as-of", "2026-02-01"])
    (row,) = [line.split("\t") for line in ended.stdout.splitlines()[1:]]
    assert row == [
        "standing",
        "2026-06-30",
        "W-2026-001",
        "temporary",
        "network-ssh-version-2",
        "sw-*",
        "Team netwerk",
        "P. Pietersen",
        "Vervanging gepland",
    ]


def test_a_command_without_an_inventory_says_that_one_is_needed():
    ended = CliRunner().invoke(cli, ["waivers", "list"], env={"BASELINE_INVENTORY": ""})
    assert ended.exit_code == 2
    assert "name the inventory" in ended.output
