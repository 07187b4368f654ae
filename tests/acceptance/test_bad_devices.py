"""One fleet with every kind of bad device in it: each is an error that explains itself, and the good ones are whole."""

import pytest

from baseline.lab.faults import FAULTS
from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet, checks_for, switch

pytestmark = pytest.mark.slow

TIMEOUT_SECONDS = 12
MAXIMUM_BYTES = 400_000_000

REASONS = {
    "hang": ("not finished within 12 s", "before the first prompt"),
    "hang_handshake": ("not finished within 12 s", "while connecting"),
    "hang_mid_command": ("not finished within 12 s", "after sending 'show "),
    "disconnect": ("the device ended the session", "after sending 'show "),
    "flood": ("the device sent more than 16777216 bytes",),
    "binary": ("binary data instead of text",),
    "slow": (),
    "wrong_password": ("refused the login of auditor", "key file", "it is not tried again"),
    "weak_ssh": ("it offers only diffie-hellman-group1-sha1", "baseline_legacy_algorithms: true"),
    "truncated": ("the running configuration is cut off after line",),
    "wrong_vendor": ("before the first prompt", "is its platform really cisco_ios?"),
    "changed_host_key": ("changed: it presents", "baseline trust --replace bad-changed-host-key"),
}
"""Fault -> what the reason says of it."""

TOLD_OTHERWISE = {"network-ssh-version-2": "pass", "network-ssh-algorithms-strong": "pass"}
"""What ``show ip ssh`` tells all the same when only the configuration is cut off."""

GOOD = tuple(f"good-{number}" for number in range(1, 11))


def name_of(fault):
    return "bad-" + fault.replace("_", "-")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One run over all of them, with the lab's own counts afterwards."""
    folder = tmp_path_factory.mktemp("bad")
    baseline = Command(folder)
    bad = [switch(name_of(fault), number=10 + number, faults=(fault,)) for number, fault in enumerate(FAULTS)]
    good = [switch(name, number=100 + number) for number, name in enumerate(GOOD)]
    mixed = [device for pair in zip(bad, [*good, *bad[len(good) :]], strict=True) for device in pair]
    with Fleet(folder / "lab", *dict.fromkeys(mixed)) as fleet:
        ended = baseline("check", "-i", fleet.inventory, "--json", "--timeout", TIMEOUT_SECONDS, "--concurrency", 8)
        yield ended, fleet.status


def test_the_exit_code_says_that_the_picture_is_not_whole(run):
    ended, _ = run
    assert ended.code == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_device_is_an_error_with_a_reason_that_helps(run, fault):
    ended, _ = run
    statuses = {each["check"]: each["status"] for each in ended.results if each["target"] == name_of(fault)}
    assert statuses.keys() == checks_for("cisco_ios")
    if fault == "truncated":
        assert statuses.items() >= TOLD_OTHERWISE.items()
        assert statuses["network-lines-ssh-only"] == "error"
    else:
        assert set(statuses.values()) == {"error"}
    said = " | ".join(ended.reasons(name_of(fault)))
    for words in REASONS[fault]:
        assert words in said


@pytest.mark.parametrize("name", GOOD)
def test_a_good_device_between_bad_ones_is_checked_whole(run, name):
    ended, _ = run
    assert set(ended.of(name).values()) == {"pass", "not_applicable"}
    (entry,) = [entry for entry in ended.document["population"] if entry["target"] == name]
    assert (entry["outcome"], entry["judged"]) == ("reached", len(checks_for("cisco_ios")))


def test_bad_devices_cost_no_more_time_than_the_limit(run):
    ended, _ = run
    slow = 6  # of the bad devices wait for the limit, 8 at once
    assert ended.seconds < 2 * (TIMEOUT_SECONDS + 5) + slow


def test_bad_devices_cost_no_more_memory_than_a_good_fleet(run):
    ended, _ = run
    assert ended.peak_bytes < MAXIMUM_BYTES


def test_a_refused_login_and_a_refused_key_are_not_tried_again(run):
    _, status = run
    connections = {device.name: device.connections for device in status.devices}
    assert connections[name_of("wrong_password")] == 1
    assert connections[name_of("changed_host_key")] == 1
    assert connections[name_of("weak_ssh")] == 1


def test_no_device_however_bad_was_asked_to_change_anything(run):
    _, status = run
    assert status.violations == 0
