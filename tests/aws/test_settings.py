"""Every setting of an account, flipped: the check of it flips, and nothing becomes an error."""

import pytest

from tests.aws.asking import checks, collect, verdicts
from tests.aws.settings import SETTINGS, build, chosen, expected


@pytest.mark.slow
def test_each_setting_that_is_flipped_flips_its_check(moto, proxy):
    states = chosen(1)
    for given in (states, {builder: not state for builder, state in states.items()}):
        subjects = build(moto, proxy, given)
        found = verdicts(collect(proxy.endpoint))
        statuses = {check: found.get((check, subject), ("no result",))[0] for check, subject in subjects.items()}
        assert statuses == {check: expected(check, given) for check in SETTINGS}
        assert {key: reason for key, (status, reason) in found.items() if status == "error"} == {}
    assert len(SETTINGS) >= 60
    assert set(SETTINGS) <= set(checks())
