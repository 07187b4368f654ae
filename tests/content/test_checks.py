import jsonschema_rs
import msgspec
import pytest
import yaml

from baseline.content.checks.folder import check_paths, load_checks, read_check_files
from baseline.content.checks.json_schema import check_schema, facts_schema
from baseline.content.checks.template import new_check_text
from baseline.content.location import content_folder
from baseline.models.errors import ContentError

CONTROLS = frozenset({"bio2:8.20.02", "iso27001:A.8.20"})

GOOD = """\
id: network-test-check
title: Something is so
title_nl: Iets is zo
controls: [bio2:8.20.02, iso27001:A.8.20]
severity: high
applies_to: {kind: network}
params: {minimum: 2}
expect: management.ssh.version >= params.minimum
rationale: Because.
remediation: {text: Do it.}
examples:
  pass: [{management: {ssh: {version: 2}}}]
  fail: [{management: {ssh: {version: 1}}}]
  error: [{management: {ssh: unknown}}]
"""

EACH = GOOD.replace(
    "expect: management.ssh.version >= params.minimum\n",
    "each: interfaces\nwhere: item.mode == 'access'\nsubject: item.name\nwhen_empty: not_applicable\n"
    "expect: item.bpdu_guard || params.minimum == 3\n",
).replace("{management: {ssh: {version: 2}}}", "{interfaces: [{name: a, mode: access, bpdu_guard: true}]}")


def problems_of(tmp_path, text, name="network-test-check.yaml"):
    path = tmp_path / name
    path.write_text(text)
    (file,) = read_check_files([path], CONTROLS)
    return [str(problem).replace(str(tmp_path) + "/", "") for problem in file.problems]


def test_a_right_check_has_no_problems(tmp_path):
    assert problems_of(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "management.ssh.version >=",
            "management.ssh.verison >=",
            "network-test-check.yaml:8:23: error: in 'expect': undefined field 'verison' not found in struct "
            "'facts.Ssh' (did you mean 'version'?)",
        ),
        (
            "expect: management",
            "expect: managment",
            "(did you mean 'management'?)",
        ),
        (
            "params.minimum",
            "params.minimun",
            "network-test-check.yaml:8:9: error: in 'expect': there is no parameter 'minimun'; did you mean 'minimum'?",
        ),
        ("title_nl: Iets", "titel_nl: Iets", "3:1: error: unknown key 'titel_nl' (did you mean 'title_nl'?)"),
        ("severity: high", "severity: hihg", "5:1: error: 'hihg' is not a value of 'severity' (did you mean 'high'?)"),
        ("bio2:8.20.02", "bio2:8.20.20", "4:12: error: there is no control 'bio2:8.20.20'"),
        ("bio2:8.20.02, ", "", "4:1: error: names no bio2 control"),
        ("id: network-test-check", "id: network-other-check", "but the file is 'network-test-check.yaml'"),
        ("ssh: {version: 1}", "ssh: {versoin: 1}", "13:30: error: there is no fact 'versoin' here"),
        ("ssh: {version: 1}", "ssh: {version: one}", "13:30: error: 'version' must be int, not 'one'"),
        ("  error: [{management: {ssh: unknown}}]\n", "", "has no example of: error"),
        ("management.ssh.version >= params.minimum", "1 < 2", "reads no fact"),
        ("{kind: network}", "{kind: netwrok}", "'netwrok' is not a value of 'kind'"),
        ("{kind: network}", "{kind: network, platforms: [cisco_isso]}", "is not a platform of kind network"),
        ("expect: management", "each: interfaces\nexpect: management", "'when_empty' is missing"),
        ("expect: management", "subject: item.name\nexpect: management", "'subject' goes with 'each'"),
        ("rationale: Because.", "rationale: 12", "'rationale' must be text, not a number (quote it)"),
    ],
)
def test_a_mistake_is_pointed_at_with_the_nearest_right_word(tmp_path, old, new, said):
    assert old in GOOD
    found = problems_of(tmp_path, GOOD.replace(old, new, 1))
    assert any(said in problem for problem in found), found


def test_a_word_that_an_enumeration_does_not_have_is_a_mistake(tmp_path):
    found = problems_of(tmp_path, EACH.replace("'access'", "'acess'"))
    assert any("7" not in p and "'mode' is never 'acess'; did you mean 'access'?" in p for p in found), found


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path):
    text = GOOD.replace("severity: high", "severity: x").replace("title_nl", "titel").replace("version >=", "vers >=")
    assert len(problems_of(tmp_path, text)) >= 4


def test_two_checks_with_one_id_are_refused(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "network-test-check.yaml").write_text(GOOD)
    files = read_check_files([tmp_path], CONTROLS)
    assert any("is also in" in problem.message for file in files for problem in file.problems)


@pytest.mark.slow
def test_loading_refuses_a_folder_with_any_mistake(tmp_path):
    (tmp_path / "network-test-check.yaml").write_text(GOOD.replace("version >=", "vers >="))
    with pytest.raises(ContentError, match="undefined field 'vers'"):
        load_checks([tmp_path])


@pytest.mark.parametrize("kind", ["network", "host"])
def test_a_new_check_is_right_before_it_is_filled_in(tmp_path, kind):
    text = new_check_text(f"{kind}-new-check", kind)
    assert problems_of(tmp_path, text, f"{kind}-new-check.yaml") == []


@pytest.mark.slow
def test_the_schema_for_editors_accepts_every_shipped_check_and_refuses_a_misspelt_key():
    validator = jsonschema_rs.validator_for(check_schema())
    paths = list(check_paths([content_folder("checks")]))
    assert len(paths) >= 30
    for path in paths:
        document = yaml.safe_load(path.read_text())
        assert validator.is_valid(document), (path.name, [error.message for error in validator.iter_errors(document)])
    assert not validator.is_valid({**document, "titel": "x"})


@pytest.mark.parametrize("kind", ["network", "host"])
def test_the_schema_of_facts_accepts_what_an_empty_collector_gives(kind):
    from baseline.content.fact_schema import FACT_MODELS

    validator = jsonschema_rs.validator_for(facts_schema(kind))
    assert validator.is_valid(msgspec.to_builtins(FACT_MODELS[kind]()))
    assert not validator.is_valid(["not", "facts"])
