from datetime import UTC, date, datetime

from baseline.assess.waive import Waivers, digest_of, waive
from baseline.models.result import Result, Severity, Status
from tests.waivers.examples import waiver

WAIVER = waiver(checks=("network-*",), subjects=("Gi1/0/*",))


def result(status=Status.FAIL, subject="Gi1/0/1"):
    return Result(
        target="sw-01",
        check="network-x-y",
        subject=subject,
        status=status,
        severity=Severity.HIGH,
        expected="e",
        measured_at=datetime(2026, 2, 1, tzinfo=UTC),
    )


def covering(day):
    return Waivers([WAIVER], day).covering("network-x-y", "sw-01")


def test_a_fail_that_is_covered_stays_visible_as_waived():
    waived = waive(result(), covering(date(2026, 2, 1)))
    assert (waived.status, waived.waiver) == (Status.WAIVED, "W-1")


def test_an_expired_waiver_counts_for_nothing():
    assert covering(date(2026, 6, 30))
    assert covering(date(2026, 7, 1)) == ()


def test_only_fails_of_covered_subjects_are_waived():
    standing = covering(date(2026, 2, 1))
    assert waive(result(status=Status.ERROR), standing).status is Status.ERROR
    assert waive(result(status=Status.PASS), standing).status is Status.PASS
    assert waive(result(subject="Te1/1/1"), standing).status is Status.FAIL


def test_other_targets_are_not_covered():
    assert Waivers([WAIVER], date(2026, 2, 1)).covering("network-x-y", "sw-02") == ()


def test_another_waiver_is_another_digest_so_that_its_result_is_judged_again():
    assert digest_of(()) == b""
    assert digest_of((WAIVER,)) != b""
