"""Subjects that are alike are decided once; each still gets a verdict of its own."""

import pytest

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
