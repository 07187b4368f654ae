"""OSCAL documents: right by NIST's schemas, and where those are lax by rules of our own."""

import json
import re

import jsonschema_rs
import pytest

from baseline.content.catalogue import load_catalogue
from baseline.exporters.oscal.words import objective, token
from tests.exports.oscal_rules import METHODS, problems, walk
from tests.reference import reference_path

SCHEMAS = {
    "assessment-results": "oscal_assessment-results_schema.json",
    "poam": "oscal_poam_schema.json",
    "catalog": "oscal_catalog_schema.json",
    "mapping": "oscal_mapping_schema.json",
}
CONTROLS = load_catalogue().controls
TOKENS = {token(control) for control in CONTROLS}
OBJECTIVES = {objective(control) for control in CONTROLS}

EXPORTS = [
    ("assessment-results", ()),
    ("assessment-results", ("--run", 1, "--norm", "bio2", "--oscal-version", "1.1.2")),
    ("assessment-results", ("--norm", "digid", "--target", "sw-good")),
    ("poam", ()),
    ("poam", ("--run", 1, "--oscal-version", "1.1.2")),
    ("catalog", ("--norm", "bio2")),
    ("catalog", ("--norm", "iso27001", "--oscal-version", "1.1.2")),
    ("catalog", ("--norm", "digid")),
    ("mapping", ("--norm", "bio2")),
    ("mapping", ("--norm", "digid")),
]


def validator(model: str):
    schema = json.loads(reference_path(f"schemas/{SCHEMAS[model]}").read_text("utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)


@pytest.mark.parametrize(("model", "options"), EXPORTS, ids=str)
def test_a_document_is_right_by_nists_schema_and_by_the_rules_that_it_lacks(exported, inventory, model, options):
    document = exported("oscal", model, "-i", inventory / "hosts.yml", *options)
    found = [f"{error.instance_path}: {error.message}" for error in validator(model).iter_errors(document)]
    assert not found
    assert not problems(document, TOKENS, OBJECTIVES)
    versions = {value for key, value in walk(document) if key == "oscal-version"}
    assert versions == {"1.1.2" if "1.1.2" in options else "1.2.1"}


def test_the_rules_of_our_own_see_what_the_schema_lets_through(exported):
    document = exported("oscal", "assessment-results")
    result = document["assessment-results"]["results"][0]
    result["observations"][0]["methods"] = ["TEST-AUTOMATED"]
    result["findings"][0]["related-observations"][0]["observation-uuid"] = "0e1b8c0e-0000-4000-8000-000000000000"
    result["findings"][0]["target"]["target-id"] = "bio2-99.99.99_obj"
    assert validator("assessment-results").is_valid(document)
    assert len(problems(document, TOKENS, OBJECTIVES)) == 3


def test_a_finding_is_the_worst_case_over_all_targets_and_speaks_of_the_machines_part_only(exported):
    (result,) = exported("oscal", "assessment-results", "--norm", "bio2")["assessment-results"]["results"]
    states = {each["target"]["target-id"]: each["target"]["status"] for each in result["findings"]}
    assert states["bio2-8.24.04_obj.machine"] == {"state": "not-satisfied", "reason": "fail"}
    assert {each["target"]["type"] for each in result["findings"]} == {"objective-id"}
    told = {each["uuid"]: each for each in result["observations"]}
    finding = next(each for each in result["findings"] if "8.24.04" in each["target"]["target-id"])
    subjects = {told[each["observation-uuid"]]["subjects"][0]["title"] for each in finding["related-observations"]}
    assert subjects == {"sw-good", "sw-bad", "sw-unknown", "sw-waived", "sw-away"}


@pytest.mark.parametrize(
    ("target", "state"), [("sw-unknown", "other"), ("sw-waived", "other"), ("sw-bad", "fail"), ("sw-away", "other")]
)
def test_what_is_unknown_or_waived_is_never_satisfied(exported, target, state):
    document = exported("oscal", "assessment-results", "--target", target, "--norm", "digid")
    (result,) = document["assessment-results"]["results"]
    statuses = {each["target"]["target-id"]: each["target"]["status"] for each in result["findings"]}
    ssh = statuses[objective("digid:U/NW.06")]
    assert ssh == {"state": "not-satisfied", "reason": state}


def test_the_whole_population_is_told_with_why_a_target_was_left_out(exported):
    document = exported("oscal", "assessment-results", "--run", 1)
    items = document["assessment-results"]["results"][0]["local-definitions"]["inventory-items"]
    outcomes = {
        each["description"]: (prop["value"], each.get("remarks"))
        for each in items
        for prop in each["props"]
        if prop["name"] == "outcome"
    }
    assert outcomes["sw-left-out"] == ("excluded", "is being built")
    assert outcomes["sw-away"] == ("unreached", "no answer within 10 seconds")
    assert len(outcomes) == 6


def test_the_plan_of_action_holds_accepted_deviations_with_their_end_and_what_could_not_be_checked(exported, inventory):
    plan = exported("oscal", "poam", "-i", inventory / "hosts.yml")["plan-of-action-and-milestones"]
    risks = {each["title"].split(":")[0]: each for each in plan["risks"] if "version" in each["title"]}
    assert {name: each["status"] for name, each in risks.items()} == {
        "sw-bad": "open",
        "sw-unknown": "investigating",
        "sw-away": "investigating",
        "sw-waived": "deviation-approved",
    }
    assert risks["sw-waived"]["deadline"] == "2026-06-01T23:59:59Z"
    assert "W-2026-007" in risks["sw-waived"]["mitigating-factors"][0]["description"]
    assert len(plan["poam-items"]) == len(plan["risks"]) == 5


def test_a_plan_of_action_without_items_is_refused_and_nothing_is_written(baseline, tmp_path):
    file = tmp_path / "plan.json"
    ended = baseline("export", "oscal", "poam", "--target", "sw-good", "-o", file, code=2)
    assert "everything is met" in ended.stderr
    assert not file.exists()


def test_an_earlier_release_has_no_mapping(baseline):
    ended = baseline("export", "oscal", "mapping", "--norm", "bio2", "--oscal-version", "1.1.2", code=2)
    assert "OSCAL 1.1 has no mapping model" in ended.stderr


def test_the_same_store_gives_the_same_bytes(exported):
    assert exported("oscal", "assessment-results", read=str) == exported("oscal", "assessment-results", read=str)


def test_every_control_has_a_token_of_its_own():
    assert len(TOKENS) == len(CONTROLS)
    assert all(re.fullmatch(r"[a-z][\w.-]+", each) for each in TOKENS)
    assert METHODS
