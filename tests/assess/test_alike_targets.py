"""What was decided of one target is remembered for those like it, and for no others."""

from baseline.assess.plan import make_plan
from baseline.content.expression.engine import compile_expression
from baseline.content.expression.evaluation import EvaluationFailure
from baseline.content.expression.program import MAXIMUM_DECISIONS
from baseline.models.target import Target
from tests.shipped import shipped_checks

UNKNOWN = {"$unknown": "needs root"}


def decide(expression, **facts):
    return expression.decide({**facts, "params": {}, "target": {}, "now": 0})


def ssh(version):
    return {"ssh": {"version": version}}


def test_targets_that_differ_get_decisions_of_their_own():
    newest = compile_expression("management.ssh.version >= 2", "network")
    assert [decide(newest, management=ssh(version)) for version in (2, 1, 2, 1)] == [True, False, True, False]


def test_an_unknown_between_alike_targets_stays_unknown():
    newest = compile_expression("management.ssh.version >= 2", "network")
    found = [decide(newest, management=ssh(version)) for version in (2, UNKNOWN, 2, "2", True)]
    assert found[0] is found[2] is True
    assert all(isinstance(found[position], EvaluationFailure) for position in (1, 3, 4))


def test_long_facts_are_told_apart_too():
    strong = compile_expression("management.ssh.ciphers.all(c, c != 'weak')", "network")
    many = [f"cipher-{number}" for number in range(200)]
    assert decide(strong, management={"ssh": {"ciphers": many}}) is True
    assert decide(strong, management={"ssh": {"ciphers": [*many, "weak"]}}) is False


def test_what_was_decided_long_ago_is_forgotten_and_decided_again():
    newest = compile_expression("management.ssh.version >= 2", "network")
    found = [decide(newest, management=ssh(number)) for number in range(2 * MAXIMUM_DECISIONS)]
    assert found == [False, False] + [True] * (2 * MAXIMUM_DECISIONS - 2)
    assert decide(newest, management=ssh(1)) is False


def test_a_loop_variable_named_like_a_fact_of_another_expression_is_its_own():
    own = compile_expression("logging.servers.all(item, item.name != 'log')", "network")
    compile_expression("item.name == 'Gi1'", "network", each=("interfaces",))
    assert decide(own, logging={"servers": [{"name": "log"}]}) is False
    assert decide(own, logging={"servers": [{"name": "other"}]}) is True


def test_targets_of_one_platform_share_their_checks_but_for_their_own_parameters():
    checks = shipped_checks()
    name = next(name for name, one in checks.items() if one.check.id == "network-ssh-version-2")
    own = Target(name="c", kind="network", platform="cisco_ios", params={name: {"minimum_version": 3}})
    plain = [Target(name=each, kind="network", platform="cisco_ios") for each in ("a", "b")]
    first, second, third = make_plan([*plain, own], checks).targets
    assert first.checks is second.checks
    params = {one.compiled.check.id: one.params for one in third.checks}
    assert params[name]["minimum_version"] == 3
    assert {one.compiled.check.id: one.params for one in first.checks}[name]["minimum_version"] == 2
