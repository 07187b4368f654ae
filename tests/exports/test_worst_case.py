"""One answer per asset and requirement, in the formats whose readers keep one: OCSF and CISO Assistant's CSV."""

import csv
import json
import shutil
from io import StringIO

from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.content.catalogue import load_catalogue
from tests.exports.conftest import FORMULA

NUMBERS = {control.number for control in load_catalogue().controls.values()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def events(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_row_of_each_asset_and_requirement_is_the_worst_case(exported):
    found = rows(exported("ciso-assistant", "--norm", "digid", read=str))
    keys = [(row["asset"], row["framework"], row["ref_id"]) for row in found]
    assert len(keys) == len(set(keys))
    assert {(row["asset"], row["compliance_result"], row["status"]) for row in found if row["ref_id"] == "U/NW.06"} == {
        ("sw-good", "compliant", "pass"),
        ("sw-bad", "non_compliant", "fail"),
        ("sw-unknown", "not_assessed", "error"),
        ("sw-away", "not_assessed", "error"),
        ("sw-waived", "non_compliant", "waived"),
    }
    assert {row["ref_id"] for row in found} <= NUMBERS


def test_what_machines_see_only_in_part_is_not_called_compliant(exported):
    found = rows(exported("ciso-assistant", "--norm", "bio2", "--target", "sw-good", read=str))
    partly = {control.number for control in load_catalogue().controls.values() if control.automatable == "partly"}
    assert {row["compliance_result"] for row in found if row["ref_id"] in partly} <= {
        "partially_compliant",
        "not_applicable",
    }


def test_no_cell_starts_a_formula(exported):
    text = exported("ciso-assistant", read=str)
    assert FORMULA in text
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_an_event_of_each_asset_and_requirement_is_the_worst_case(exported):
    found = events(exported("ocsf", read=str))
    assert all(
        event["type_uid"] == event["class_uid"] * 100 + event["activity_id"] == 200301 and event["category_uid"] == 2
        for event in found
    )
    keys = [(event["resources"][0]["uid"], event["compliance"]["requirements"][0]) for event in found]
    assert len(keys) == len(set(keys)) == len({event["finding_info"]["uid"] for event in found})
    ssh = {key[0]: event for key, event in zip(keys, found, strict=True) if key[1] == "bio2:8.24.04"}
    assert {name: (event["compliance"]["status"], event["status"]) for name, event in ssh.items()} == {
        "sw-good": ("Pass", "New"),
        "sw-bad": ("Fail", "New"),
        "sw-unknown": ("Warning", "New"),
        "sw-away": ("Warning", "New"),
        "sw-waived": ("Fail", "Suppressed"),
    }
    assert ssh["sw-bad"]["severity"] == "High"
    assert ssh["sw-good"]["severity"] == "Informational"
    assert ssh["sw-bad"]["time"] == 1_772_366_400_000


def test_events_are_told_in_one_array_too(exported):
    assert json.loads(exported("ocsf", "--array", read=str)) == events(exported("ocsf", read=str))
    nothing = exported("ocsf", "--array", "--target", "sw-left-out")
    assert nothing == []


def test_every_result_is_a_line_of_json(exported):
    found = events(exported("json-lines", read=str))
    assert len(found) == 12
    assert {line["status"] for line in found} == {"pass", "fail", "error", "waived", "not_applicable"}
    assert all(line["controls"] and line["title"] for line in found)


SCANNED = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {"driver": {"name": "Semgrep", "version": "1", "rules": [{"id": "R1", "name": "Rule"}]}},
            "results": [{"ruleId": "R1", "level": "error", "message": {"text": "bad"}}],
        }
    ],
}


def test_a_check_that_answers_no_control_is_told_of_where_it_is_left_out(filled, tmp_path):
    store, scan = shutil.copy(filled, tmp_path / "copy.db"), tmp_path / "scan.sarif"
    scan.write_text(json.dumps(SCANNED))

    def run(*words: object):
        given = ["--store", str(store), *map(str, words)]
        return CliRunner().invoke(cli, given, env={"BASELINE_PSEUDONYM_KEY": str(tmp_path / "key")})

    inventory = tmp_path / "hosts.yml"
    inventory.write_text("all: {hosts: {web: {baseline_platform: linux}}}\n")
    imported = run("import", scan, "-i", inventory, "--target", "web", "--measured-at", "2026-03-02")
    assert imported.exit_code == 1, imported.output
    told = run("export", "ocsf", "-o", tmp_path / "events")
    assert told.stderr == "1 checks answer no control, so their results are left out.\n"
    assert run("export", "json-lines", "-o", tmp_path / "lines").stderr == ""
    assert any(line["check"] == "semgrep:R1" for line in events((tmp_path / "lines").read_text()))
