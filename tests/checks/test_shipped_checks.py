"""House rules that every shipped check keeps."""

import re
from collections import Counter

from baseline.assess.examples import try_examples
from baseline.content.checks.folder import check_paths
from baseline.content.fact_schema import FACT_MODELS, ListOf, MapOf, Scalar, section_fields, sections_used
from baseline.content.location import content_folder
from baseline.models.facts.host_names import KERNEL_PARAMETERS
from baseline.models.facts.host_names import SERVICES as HOST_SERVICES
from baseline.models.facts.network import SERVICE_NAMES as NETWORK_SERVICES
from baseline.models.platforms import PLATFORMS
from tests.checks.every_check import of_every_check

LEVELS = {"level-basis", "level-plus"}
TRIED = {
    "network": ("cisco_ios", "frr"),
    "host": ("linux",),
    "workplace": ("windows_image",),
    "aws": ("aws",),
    "azure": ("azure",),
    "m365": ("microsoft365",),
}
FOLDER_OF_KIND = {
    "network": "network",
    "host": "host",
    "workplace": "workplace",
    "aws": "aws",
    "azure": "azure",
    "m365": "m365",
}


def expressions(check):
    return f"{check.applies_to.when} {check.where} {check.subject} {check.expect}"


@of_every_check
def test_every_check_lints_clean_against_the_real_catalogue(check_file):
    assert [str(problem) for problem in check_file.problems] == []


@of_every_check
def test_every_example_gets_the_verdict_that_it_expects(check_file):
    wrong = [
        f"line {outcome.example.line}: expects {outcome.example.expectation}, got "
        + "; ".join(f"{verdict.subject} {verdict.status} {verdict.reason}" for verdict in outcome.verdicts)
        for outcome in try_examples(check_file.compiled)
        if not outcome.met
    ]
    assert wrong == []


def test_ids_are_unique_and_equal_to_the_file_name_in_the_folder_of_their_kind(check_files):
    paths = list(check_paths([content_folder("checks")]))
    checks = [file.compiled.check for file in check_files.values()]
    assert len(paths) == len({path.stem for path in paths}) == len({check.id for check in checks})
    for file in check_files.values():
        found = file.compiled.check
        folder = FOLDER_OF_KIND[found.applies_to.kind]
        assert (found.id, file.path.parent.name) == (file.path.stem, folder)
        assert found.id.startswith(f"{folder}-")


@of_every_check
def test_every_check_speaks_both_languages(check):
    assert check.title != check.title_nl
    assert check.rationale != check.rationale_nl
    assert check.remediation.text != check.remediation.text_nl
    assert all((check.title_nl, check.rationale_nl, check.remediation.text, check.remediation.text_nl))
    assert not any(text.endswith(".") for text in (check.title, check.title_nl)), "a title is no sentence"
    assert max(len(check.title), len(check.title_nl)) <= 100, "a title fits on one line of a report"


@of_every_check
def test_every_check_says_its_level_its_topic_and_where_it_comes_from(check):
    assert len(LEVELS & set(check.tags)) == 1
    assert set(check.tags) - LEVELS
    assert check.references


@of_every_check
def test_every_platform_of_a_check_has_a_remedy(check):
    """A check that names no platforms needs lines for those that it was tried on."""
    tried = [
        name for name in TRIED[check.applies_to.kind] if f'target.platform != "{name}"' not in check.applies_to.when
    ]
    for platform in check.applies_to.platforms or tried:
        remedy = check.remediation.platforms[platform]
        assert remedy.lines or remedy.commands


@of_every_check
def test_platforms_in_conditions_are_platforms_that_exist(check):
    """A misspelt platform would leave nothing out, in silence."""
    found = re.findall(r'target\.platform (?:==|!=) "(\w+)"|target\.platform in \[([^\]]*)\]', expressions(check))
    named = {name for one, many in found for name in (one, *re.findall(r"\w+", many)) if name}
    assert named <= {name for name, kind in PLATFORMS.items() if kind == check.applies_to.kind}


@of_every_check
def test_every_parameter_is_used(check):
    assert set(check.params) == set(re.findall(r"params\.(\w+)", expressions(check)))


def test_no_two_checks_decide_the_same(check_files):
    conditions = Counter(
        (check.applies_to.kind, check.each, *re.sub(r"\s+", "", expressions(check)).split("params."))
        for check in (file.compiled.check for file in check_files.values())
    )
    assert [condition for condition, count in conditions.items() if count > 1] == []


@of_every_check
def test_every_check_has_examples_enough(check):
    counts = Counter(example.expectation for example in check.examples)
    assert counts["pass"] >= 2
    assert counts["fail"] >= 2
    assert counts["error"] >= 1
    assert bool(counts["not_applicable"]) == bool(check.applies_to.when or check.when_empty == "not_applicable")


@of_every_check
def test_a_check_of_each_subject_has_an_example_with_more_than_one(check_file):
    if check_file.compiled.check.each:
        assert any(len(outcome.verdicts) > 1 for outcome in try_examples(check_file.compiled))


@of_every_check
def test_every_check_names_measures_in_force_or_says_why_not(check, catalogue):
    own = [catalogue.control(identifier) for identifier in check.controls if identifier.startswith("bio2:")]
    assert own
    assert all(control.status in ("measure", "none") for control in own), "moved and withdrawn measures ask nothing"
    if all(control.status == "none" for control in own):
        assert "the ISO control applies" in " ".join(check.source.replace("#", " ").split())


@of_every_check
def test_a_check_names_the_iso_controls_that_its_bio2_measures_elaborate(check, catalogue):
    own = [catalogue.control(identifier) for identifier in check.controls if identifier.startswith("bio2:")]
    assert {iso for control in own for iso in control.iso} <= set(check.controls)


@of_every_check
def test_words_in_parameters_are_words_that_facts_can_have(check):
    """A misspelt word in a list of accepted values would fail every target, one in a list of refused values none."""
    choices = enumerations(check.applies_to.kind)
    for field, param in re.findall(r"(\w+) in params\.(\w+)", expressions(check)):
        known = choices.get(field)
        if known:
            assert set(check.params[param]) <= known, param


def enumerations(kind):
    found = {}
    for model in sections_used(FACT_MODELS[kind]):
        for name, field in section_fields(model).items():
            scalar = field.type
            while isinstance(scalar, ListOf | MapOf):
                scalar = scalar.item if isinstance(scalar, ListOf) else scalar.value
            if isinstance(scalar, Scalar) and scalar.choices:
                found.setdefault(name, set()).update(scalar.choices)
    return found


@of_every_check
def test_keys_in_parameters_are_keys_that_facts_always_hold(check):
    """``where: key in params.services`` would skip a misspelt key in silence."""
    if check.each == "services" and check.applies_to.kind != "workplace":
        known = NETWORK_SERVICES if check.applies_to.kind == "network" else HOST_SERVICES
        assert set(check.params["services"]) <= set(known)
    if check.each == "kernel_parameters":
        assert {entry.partition("=")[0] for entry in check.params["accepted"]} <= set(KERNEL_PARAMETERS)
