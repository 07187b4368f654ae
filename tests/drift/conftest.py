"""What comparing configurations of simulated switches takes."""

import pytest

from baseline.collectors.network.platforms import platform
from baseline.drift.configuration import Difference, compare
from baseline.drift.rules import rules_for
from baseline.lab.device import Device
from baseline.lab.spec import DeviceSpec

IOS = platform("cisco_ios")


def differ(approved: str, current: str) -> Difference:
    """Compare as Cisco IOS configurations."""
    return compare(approved, current, IOS, rules_for("cisco_ios"))


def shown(approved: str, current: str) -> list[str]:
    """The changes, one a line: sign, section and line."""
    return [
        f"{'-' if change.kind == 'removed' else '+'} {' / '.join((*change.section, change.line))}"
        for change in differ(approved, current).changes
    ]


@pytest.fixture(scope="session")
def configuration() -> str:
    """The configuration of a simulated switch."""
    return Device(DeviceSpec(name="sw-01", lines=450), seed=1).configuration
