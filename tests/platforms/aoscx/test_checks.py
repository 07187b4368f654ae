"""What the checks say of an AOS-CX switch of which nothing is declared."""

import pytest

from baseline.models.result import Status
from tests.platforms.aoscx.weaknesses import HARDENED
from tests.platforms.hardened import RUNNING
from tests.platforms.verdicts import Bench


@pytest.mark.slow
def test_a_web_server_that_nobody_declared_is_a_programming_interface():
    undeclared = Bench("aruba_aoscx", {}, {})
    without = HARDENED.outputs[RUNNING].replace("https-server vrf mgmt\n", "")
    assert undeclared.verdicts(HARDENED.outputs)["programming-interfaces-declared"] == Status.FAIL
    told = undeclared.verdicts(HARDENED.outputs | {RUNNING: without})
    assert told["programming-interfaces-declared"] == Status.PASS
