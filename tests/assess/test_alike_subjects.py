"""Subjects that are alike are decided once; each still gets a verdict of its own."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from baseline.assess.judge import Judged, judge
from baseline.content.checks.compiled import compile_check
from baseline.models.check import AppliesTo, Check
from baseline.models.result import Severity, Status

VLANS = compile_check(
    Check(
        id="network-test-check",
        title="t",
        title_nl="t",
        controls=(),
        severity=Severity.HIGH,
        applies_to=AppliesTo(kind="network"),
        rationale="r",
        each="interfaces",
        where="item.enabled",
        subject="item.name",
        expect="item.access_vlan == 10 && size(item.addresses) == 0",
        when_empty="error",
    )
)
UNKNOWN = {"$unknown": "show running-config was refused"}


def port(name, **fields):
    return {"name": name, "enabled": True, "access_vlan": 10, "addresses": [], **fields}


def verdicts(*ports):
    found = judge(VLANS, Judged({"interfaces": list(ports)}, {}, 0), {})
    return {verdict.subject: verdict for verdict in found}


def test_alike_subjects_keep_their_own_names_and_observations():
    found = verdicts(port("Gi1"), port("Gi2"), port("Gi3", access_vlan=20), port("Gi4"))
    assert [verdict.status for verdict in found.values()] == [Status.PASS, Status.PASS, Status.FAIL, Status.PASS]
    assert found["Gi3"].observed == {"item.access_vlan": 20, "item.addresses": []}
    assert [verdict.item for verdict in found.values()] == ["Gi1", "Gi2", "Gi3", "Gi4"]


def test_an_unknown_subject_between_alike_ones_is_an_error_with_its_own_reason():
    found = verdicts(port("Gi1"), port("Gi2", access_vlan=UNKNOWN), port("Gi3"))
    assert [verdict.status for verdict in found.values()] == [Status.PASS, Status.ERROR, Status.PASS]
    assert "show running-config was refused" in found["Gi2"].reason


@pytest.mark.parametrize("strange", [2**70, True, "10", 10.5, None, [10], {"vlan": 10}])
def test_a_strange_value_is_never_taken_for_the_one_before_it(strange):
    found = verdicts(port("Gi1"), port("Gi2", access_vlan=strange))
    assert found["Gi1"].status is Status.PASS
    assert found["Gi2"].status is not Status.PASS


NAMED = compile_check(
    msgspec.structs.replace(
        VLANS.check,
        where='item.enabled && !(item.kind == "vlan" && item.name == "Gi1")',
        expect='item.description != null && (item.access_vlan == 10 || item.name.startsWith("Gi"))',
        when_empty="not_applicable",
    )
)
VALUES: dict[str, list[Any]] = {
    "name": ["Gi1", "Gi2", "Te1", UNKNOWN],
    "enabled": [True, False, UNKNOWN, 1],
    "kind": ["vlan", "physical", UNKNOWN, None],
    "access_vlan": [10, 20, None, UNKNOWN, True, 10.0],
    "description": ["10", None, UNKNOWN, 10],
}
PORTS = some.lists(
    some.fixed_dictionaries({}, optional={k: some.sampled_from(v) for k, v in VALUES.items()}), max_size=8
)


@given(PORTS)
def test_every_subject_gets_the_verdict_that_it_gets_alone(ports):
    """Alone it shares no decision with another subject; whatever is decided without its name holds with it."""
    together = judge(NAMED, Judged({"interfaces": ports}, {}, 0), {})
    alone = [verdict for one in ports for verdict in judge(NAMED, Judged({"interfaces": [one]}, {}, 0), {})]
    meant = [verdict for verdict in alone if verdict.status is not Status.NOT_APPLICABLE]
    assert [(v.status, v.observed, v.reason) for v in together if v.status is not Status.NOT_APPLICABLE] == [
        (v.status, v.observed, v.reason) for v in meant
    ]


@given(PORTS)
def test_what_is_decided_without_a_name_is_decided_with_it(ports):
    for expression in (NAMED.where, NAMED.expect):
        for one in ports:
            values = {"item": one, "key": "", "params": {}, "target": {}, "now": 0}
            whole = msgspec.structs.replace(expression, unnamed=())
            assert expression.decide(values) == whole.decide(values)
