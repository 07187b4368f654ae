import cel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.content.checks.example_facts import example_document
from baseline.content.expression.engine import compile_expression
from baseline.content.expression.evaluation import EvaluationFailure
from baseline.content.expression.program import ExpressionError
from baseline.content.fact_schema import FACT_MODELS
from tests.shipped import shipped_checks

UNKNOWN = {"$unknown": "needs root"}


def decide(text, document, kind="network", **extra):
    return compile_expression(text, kind).decide({**document, "params": {}, "target": {}, "now": 0, **extra})


def ssh(**fields):
    return {"management": {"ssh": fields}}


def test_a_condition_over_known_facts_is_true_or_false():
    assert decide("management.ssh.version >= 2", ssh(version=2)) is True
    assert decide("management.ssh.version >= 2", ssh(version=1)) is False


def test_reading_an_unknown_fact_decides_nothing_and_says_why():
    outcome = decide("management.ssh.version >= 2", ssh(version=UNKNOWN))
    assert outcome == EvaluationFailure("management.ssh.version is unknown: needs root")


def test_a_fact_that_was_never_collected_is_unknown_too():
    outcome = decide("management.ssh.version >= 2", {})
    assert "not collected" in outcome.reason


@pytest.mark.parametrize("condition", ["{u} && false", "false && {u}"])
def test_an_unknown_side_does_not_matter_when_the_other_side_decides_false(condition):
    assert decide(condition.format(u="management.ssh.version == 2"), ssh(version=UNKNOWN)) is False


@pytest.mark.parametrize("condition", ["{u} || true", "true || {u}"])
def test_an_unknown_side_does_not_matter_when_the_other_side_decides_true(condition):
    assert decide(condition.format(u="management.ssh.version == 2"), ssh(version=UNKNOWN)) is True


@pytest.mark.parametrize(
    "condition",
    [
        "management.ssh.version != 2",
        "!(management.ssh.version == 2)",
        "size(management.ssh.ciphers) == 0",
        "!('3des-cbc' in management.ssh.ciphers)",
        "management.ssh.ciphers.all(c, c != 'x')",
        "!management.ssh.ciphers.exists(c, c == 'x')",
        "management.ssh.source_interface == null",
        "management.ssh.version == 2 ? true : true",
    ],
)
def test_no_way_of_asking_turns_unknown_into_true(condition):
    facts = ssh(version=UNKNOWN, ciphers=UNKNOWN, source_interface=UNKNOWN)
    assert isinstance(decide(condition, facts), EvaluationFailure)
    assert isinstance(decide(condition, {"management": UNKNOWN}), EvaluationFailure)
    assert isinstance(decide(condition, {}), EvaluationFailure)


def test_an_unknown_field_of_one_item_leaves_the_whole_undecided_unless_another_item_decides():
    items = [{"name": "a", "enabled": True}, {"name": "b", "enabled": UNKNOWN}]
    assert isinstance(decide("interfaces.all(i, i.enabled)", {"interfaces": items}), EvaluationFailure)
    items.append({"name": "c", "enabled": False})
    assert decide("interfaces.all(i, i.enabled)", {"interfaces": items}) is False


def test_an_unknown_value_under_a_key_is_unknown_and_a_missing_key_is_an_error():
    text = 'services["finger"].enabled == false'
    assert decide(text, {"services": {"finger": {"enabled": False}}}) is True
    assert isinstance(decide(text, {"services": {"finger": {"enabled": UNKNOWN}}}), EvaluationFailure)
    assert isinstance(decide(text, {"services": {}}), EvaluationFailure)


@pytest.mark.parametrize("value", ["2", 2.0, True, [2], {"a": 2}, None])
def test_a_value_of_the_wrong_type_is_unknown(value):
    assert isinstance(decide("management.ssh.version == 2", ssh(version=value)), EvaluationFailure)


def test_a_word_outside_an_enumeration_is_unknown():
    line = {"name": "vty 0 4", "type": "telepathy"}
    outcome = decide("management.lines.all(l, l.type != 'aux')", {"management": {"lines": [line]}})
    assert isinstance(outcome, EvaluationFailure)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("management.ssh.vresion >= 2", "undefined field 'vresion'"),
        ("management.ssh.version >= 'two'", "no matching overload"),
        ("managment.ssh.version >= 2", "undeclared reference to 'managment"),
        ("management.ssh.version", "returns int where bool is needed"),
        ("has(management.ssh.version)", "has() is not used"),
        ("dyn(management.ssh.version) == 'x'", "dyn() is not used"),
        ("management.ssh == management.ssh", "compares 'ssh' as a whole"),
        ("interfaces.all(a, interfaces.all(b, interfaces.all(c, a.name == c.name || b.enabled)))", "nests more than"),
        ("management.ssh.version >= 2 ||", "Syntax error"),
        ("true" + " || true" * 400, "is longer than"),
    ],
)
def test_an_expression_that_could_mislead_does_not_compile(text, message):
    with pytest.raises(ExpressionError) as raised:
        compile_expression(text, "network")
    assert message in raised.value.message


def test_a_loop_that_takes_the_engine_too_long_is_undecided_never_false():
    many = [{"name": str(number), "enabled": True} for number in range(200)]
    text = "interfaces.all(a, interfaces.all(b, a.enabled && b.enabled))"
    outcome = decide(text, {"interfaces": many})
    assert isinstance(outcome, EvaluationFailure)


def test_what_an_expression_reads_is_learned_from_its_syntax_tree():
    text = "interfaces.all(i, i.mode != 'access' || i.bpdu_guard) && services['cdp'].enabled == params.wanted"
    reads = compile_expression(text, "network").reads
    assert set(reads.longest) == {
        ("interfaces", "*", "mode"),
        ("interfaces", "*", "bpdu_guard"),
        ("services", "[cdp]", "enabled"),
        ("params", "wanted"),
    }


def test_a_computed_key_reads_every_entry_and_its_own_facts():
    reads = compile_expression("services[params.name].enabled", "network").reads
    assert set(reads.longest) == {("services", "*", "enabled"), ("params", "name")}


@pytest.mark.parametrize(
    ("text", "only_whether_null"),
    [
        ("banners.login != null", {("banners", "login")}),
        ("null == banners.login || banners.exec != null", {("banners", "login"), ("banners", "exec")}),
        ("banners.login != null && size(banners.login) > 0", set()),
        ("banners.login != 'null'", set()),
        ("interfaces.all(i, i.description != null)", {("interfaces", "*", "description")}),
        ("interfaces.all(i, i.description != null && i.description != i.name)", set()),
    ],
)
def test_a_fact_that_is_only_held_against_null_is_told_from_one_that_is_read(text, only_whether_null):
    assert compile_expression(text, "network").reads.only_whether_null == only_whether_null


@given(st.one_of(st.none(), st.text(max_size=20), st.just(UNKNOWN)))
def test_whether_a_fact_is_null_is_decided_alike_whatever_else_it_is(text):
    for expression, when_null in (("banners.login == null", True), ("null != banners.login", False)):
        compiled = compile_expression(expression, "network")
        [variable] = compiled.shared
        values = {"banners": {"login": {"$unknown": "why"} if text is UNKNOWN else text}}
        outcome = compiled.decide(values)
        if text is UNKNOWN:
            assert isinstance(outcome, EvaluationFailure)
        else:
            assert outcome is (when_null if text is None else not when_null)
            assert variable.take(values) in (None, "")


@given(
    st.sampled_from([True, False, UNKNOWN]),
    st.sampled_from([1, 2, UNKNOWN]),
    st.sampled_from(["&&", "||"]),
    st.booleans(),
)
def test_connectives_follow_three_valued_logic(enabled, version, connective, negate):
    text = f"management.ssh.enabled {connective} management.ssh.version == 2"
    outcome = decide(f"!({text})" if negate else text, ssh(enabled=enabled, version=version))
    left = None if enabled is UNKNOWN else enabled
    right = None if version is UNKNOWN else version == 2
    known = {left, right}
    decides = connective == "||"
    expected = decides if decides in known else (None if None in known else not decides)
    if expected is None:
        assert isinstance(outcome, EvaluationFailure)
    else:
        assert outcome is (expected is not negate)


@pytest.mark.slow
def test_a_second_engine_gives_the_same_verdict_on_every_shipped_example():
    compared = 0
    for compiled in shipped_checks().values():
        check = compiled.check
        if check.each:
            continue
        for example in check.examples:
            document = example_document(example.facts, FACT_MODELS[check.applies_to.kind])
            values = {**document, "params": {**check.params, **example.params}, "target": example.target, "now": 0}
            ours = compiled.expect.decide(values)
            if isinstance(ours, EvaluationFailure):
                continue
            assert cel.evaluate(check.expect, without_unknown(values)) is ours, (check.id, example.line)
            compared += 1
    assert compared > 20


def without_unknown(value):
    if isinstance(value, dict):
        return {k: without_unknown(v) for k, v in value.items() if not (isinstance(v, dict) and set(v) == {"$unknown"})}
    return [without_unknown(item) for item in value] if isinstance(value, list) else value
