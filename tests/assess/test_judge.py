import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.assess.judge import Judged, expected_text, judge
from baseline.content.checks.compiled import compile_check
from baseline.models.check import AppliesTo, Check
from baseline.models.result import Severity, Status

UNKNOWN = {"$unknown": "show running-config was refused"}


def check(**fields):
    defaults = {
        "id": "network-test-check",
        "title": "t",
        "title_nl": "t",
        "controls": (),
        "severity": Severity.HIGH,
        "applies_to": AppliesTo(kind="network"),
        "rationale": "r",
    }
    return compile_check(Check(**{**defaults, **fields}))


def verdicts(compiled, document, params=None, **target):
    return judge(compiled, Judged(document, target, 0), {**compiled.check.params, **(params or {})})


PORTS = check(
    each="interfaces",
    where="item.mode == 'access'",
    subject="item.name",
    expect="item.bpdu_guard",
    when_empty="not_applicable",
)


def port(name, **fields):
    return {"name": name, "mode": "access", "bpdu_guard": True, **fields}


def test_a_verdict_keeps_what_was_observed():
    (verdict,) = verdicts(
        check(expect="management.ssh.version >= params.least", params={"least": 2}),
        {"management": {"ssh": {"version": 1}}},
    )
    assert (verdict.status, verdict.observed) == (Status.FAIL, {"management.ssh.version": 1})


def test_each_item_is_a_subject_of_its_own():
    document = {"interfaces": [port("Gi1"), port("Gi2", bpdu_guard=False), port("Gi3", mode="trunk")]}
    found = {verdict.subject: verdict.status for verdict in verdicts(PORTS, document)}
    assert found == {"Gi1": Status.PASS, "Gi2": Status.FAIL}


def test_an_item_that_may_or_may_not_be_meant_is_an_error():
    (verdict,) = verdicts(PORTS, {"interfaces": [port("Gi1", mode=UNKNOWN)]})
    assert verdict.status is Status.ERROR
    assert "item.mode is unknown: show running-config was refused" in verdict.reason


def test_an_unknown_list_is_one_error():
    (verdict,) = verdicts(PORTS, {"interfaces": UNKNOWN})
    assert (verdict.status, verdict.subject) == (Status.ERROR, "")
    assert verdict.reason == "interfaces is unknown: show running-config was refused"


@pytest.mark.parametrize("status", ["pass", "fail", "error", "not_applicable"])
def test_an_empty_list_gets_the_stated_verdict(status):
    compiled = check(each="interfaces", subject="item.name", expect="item.enabled", when_empty=status)
    (verdict,) = verdicts(compiled, {"interfaces": []})
    assert verdict.status == status


def test_two_items_of_one_name_stay_two_results():
    found = [verdict.subject for verdict in verdicts(PORTS, {"interfaces": [port("Gi1"), port("Gi1")]})]
    assert found == ["Gi1", "Gi1 (2)"]


def test_an_item_without_a_name_is_numbered():
    document = {"interfaces": [{"mode": "access", "bpdu_guard": True}]}
    assert [verdict.subject for verdict in verdicts(PORTS, document)] == ["number 1"]


WHEN = check(expect="management.ssh.version == 2", applies_to=AppliesTo(kind="network", when="management.ssh.enabled"))


def test_a_check_that_does_not_apply_says_on_what_ground():
    (verdict,) = verdicts(WHEN, {"management": {"ssh": {"enabled": False}}})
    assert verdict.status is Status.NOT_APPLICABLE
    assert verdict.reason == "this does not hold here: management.ssh.enabled"


def test_whether_a_check_applies_is_never_guessed():
    (verdict,) = verdicts(WHEN, {"management": {"ssh": {"enabled": UNKNOWN, "version": 2}}})
    assert verdict.status is Status.ERROR


def test_the_expected_condition_shows_the_parameters():
    compiled = check(expect="size(snmp.communities) <= params.most", params={"most": 0})
    assert expected_text(compiled.check, {"most": 3}) == "size(snmp.communities) <= 3"


def test_a_check_may_ask_where_a_target_is():
    compiled = check(expect="target.exposure != 'internet' || management.ssh.version == 2")
    assert verdicts(compiled, {}, exposure="internal")[0].status is Status.PASS
    assert verdicts(compiled, {}, exposure="internet")[0].status is Status.ERROR


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.just(UNKNOWN),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "mode", "bpdu_guard", "ssh", "version", "enabled"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["management", "interfaces"]), json_values))
def test_whatever_the_facts_are_every_check_gives_a_verdict_and_no_pass_without_the_facts(document):
    for compiled in (PORTS, WHEN):
        found = verdicts(compiled, document)
        assert found
        for verdict in found:
            if verdict.status is Status.PASS:
                assert UNKNOWN not in verdict.observed.values()
                assert None not in verdict.observed.values()
