"""Which results a waiver is about: names with ``*`` and ``?`` in them, and no more than those."""

from datetime import UTC, date, datetime

import pytest

from baseline.assess.waive import Waivers, waive
from baseline.models.pattern import fits
from baseline.models.result import Result, Severity, Status
from tests.waivers.examples import waiver

DAY = date(2026, 6, 1)


def waived(target: str, subject: str) -> bool:
    """Whether a fail is waived by a waiver that names ``App [ios]`` on ``fw-[1]``."""
    only = waiver(checks=("m365-app-protection-pin",), targets=("fw-[1]",), subjects=("App [ios]",))
    result = Result(
        target=target,
        check="m365-app-protection-pin",
        subject=subject,
        status=Status.FAIL,
        severity=Severity.HIGH,
        expected="",
        observed={},
        measured_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    return waive(result, Waivers([only], DAY).covering(result.check, target)).status is Status.WAIVED


@pytest.mark.parametrize(
    ("target", "subject", "expected"),
    [
        ("fw-[1]", "App [ios]", True),
        ("fw-[1]", "App i", False),
        ("fw-1", "App [ios]", False),
    ],
)
def test_a_bracket_in_the_name_of_a_waiver_is_a_bracket(target, subject, expected):
    assert waived(target, subject) is expected


def test_stars_and_question_marks_stand_for_other_letters():
    assert fits("sw-12 [a]", ["x", "sw-?? [*]"])
    assert not fits("sw-12", ["SW-12", "sw-?"])
