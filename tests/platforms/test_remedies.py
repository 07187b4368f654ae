"""What a check says to type repairs what it finds, on a hardened device with one weakened line."""

import pytest

from baseline.models.result import Status
from tests.platforms.aoscx import remedies as aoscx
from tests.platforms.aoscx.weaknesses import HARDENED as AOSCX
from tests.platforms.eos import remedies as eos
from tests.platforms.eos.weaknesses import HARDENED as EOS
from tests.platforms.hardened import RUNNING, SAVED, Hardened

DEVICES = {
    "aoscx": (AOSCX, aoscx.repaired, aoscx.NOT_TYPED, aoscx.NOT_TYPED | aoscx.SHOWN_ELSEWHERE),
    "eos": (EOS, eos.repaired, eos.SHOWN_AS_A_COMMENT, eos.SHOWN_AS_A_COMMENT),
}
"""Name -> device, how a remedy is typed on it, checks without a remedy, and checks whose remedy shows nowhere."""
MET = {Status.PASS, Status.NOT_APPLICABLE}


def failing(device: Hardened) -> set[str]:
    return {name for row in device.lines for name in row[-1].split() if not name.startswith("?")}


CASES = [
    pytest.param(device, repaired, name, id=f"{label} {name}")
    for label, (device, repaired, _, hidden) in DEVICES.items()
    for name in sorted(failing(device) - hidden)
]


@pytest.mark.parametrize("label", DEVICES)
def test_every_check_that_can_fail_has_a_remedy(label):
    device, _, without, _ = DEVICES[label]
    assert failing(device) - set(device.bench.remedies()) <= without


@pytest.mark.parametrize(("device", "repaired", "name"), CASES)
def test_typing_the_remedy_repairs_the_weakened_line(device, repaired, name):
    lines = device.bench.remedies()[name]
    rows = [(old, new) for old, new, expected in device.lines if name in expected.split()]
    for old, new in rows:
        weakened = device.weakened(RUNNING, old, new)
        assert device.bench.verdicts(weakened, only=name) == {name: Status.FAIL}
        better = repaired(weakened[RUNNING], name, lines)
        outputs = weakened | {RUNNING: better, SAVED: better}
        if device.bench.verdicts(outputs, only=name)[name] in MET:
            return
    pytest.fail("\n".join([f"typing repairs none of {len(rows)}:", *lines]))
