"""A hardened device meets every check, and one weakened line fails exactly the checks that are about it."""

import pytest

from baseline.collectors.network.platforms import platform
from baseline.models.result import Status
from tests.platforms.aoscx.weaknesses import HARDENED as AOSCX
from tests.platforms.eos.weaknesses import HARDENED as EOS
from tests.platforms.hardened import RUNNING, expected_verdicts
from tests.platforms.xr.weaknesses import HARDENED as XR

DEVICES = (AOSCX, EOS, XR)
LINES = [
    pytest.param(device, *row, id=f"{device.platform} {row[2][:30]}{row[0].strip()[:20]}")
    for device in DEVICES
    for row in device.lines
]
ANSWERS = [
    pytest.param(device, *row, id=f"{device.platform} {row[3][:30] or row[1][:20]}{row[0]}")
    for device in DEVICES
    for row in device.answers
]
COMMANDS = [
    pytest.param(device, command.text, id=f"{device.platform} {command.text}")
    for device in DEVICES
    for command in platform(device.platform).commands
]

each_device = pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.platform)


@pytest.mark.slow
@each_device
def test_a_hardened_device_meets_every_check_that_applies(device):
    by_status = {status: {name for name, found in device.verdicts.items() if found == status} for status in Status}
    assert by_status[Status.ERROR] == set()
    assert by_status[Status.FAIL] == device.weak
    assert by_status[Status.NOT_APPLICABLE] == device.not_asked


@pytest.mark.parametrize(("device", "old", "new", "expected"), LINES)
def test_a_weakened_line_fails_exactly_the_checks_that_are_about_it(device, old, new, expected):
    found = device.worse(device.weakened(RUNNING, old, new))
    asked = {name: Status.PASS for name in found if device.verdicts[name] == Status.NOT_APPLICABLE}
    assert found == asked | expected_verdicts(expected)


@pytest.mark.parametrize(("device", "command", "old", "new", "expected"), ANSWERS)
def test_a_changed_answer_fails_exactly_the_checks_that_are_about_it(device, command, old, new, expected):
    assert device.worse(device.weakened(command, old, new)) == expected_verdicts(expected)


@each_device
def test_every_check_can_fail_but_for_those_that_are_named(device):
    failing = device.failing()
    assert set(device.verdicts) - failing - device.weak == device.unfailed | (device.not_asked - failing)


@pytest.mark.parametrize(("device", "missing"), COMMANDS)
def test_what_the_device_did_not_answer_never_passes(device, missing):
    """Without an answer a check keeps its verdict, when something else tells, or becomes an error."""
    found = device.worse(device.without(missing))
    assert set(found.values()) <= {Status.ERROR}
    assert bool(found) == (missing in device.rested_on)


@each_device
def test_without_a_configuration_only_the_other_answers_are_believed(device):
    told = device.bench.verdicts(device.without(RUNNING))
    assert {name for name, status in told.items() if status == Status.PASS} == device.told_without_configuration
