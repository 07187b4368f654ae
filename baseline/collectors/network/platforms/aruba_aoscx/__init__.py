"""HPE Aruba AOS-CX (CX switches)."""

import re

from baseline.collectors.network.platforms.aruba_aoscx.commands import ALLOWED, COMMANDS, REFUSALS, RUNNING, SAVED
from baseline.collectors.network.platforms.aruba_aoscx.parsing import parse
from baseline.collectors.network.platforms.aruba_aoscx.redaction import redact_output
from baseline.collectors.network.platforms.aruba_aoscx.running import cut_off
from baseline.collectors.network.platforms.interface import Platform

__all__ = ["PLATFORM"]


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output, command) if command in {RUNNING, SAVED} else None


PLATFORM = Platform(
    name="aruba_aoscx",
    title="HPE Aruba AOS-CX",
    netmiko_device_type="aruba_aoscx",
    commands=COMMANDS,
    parse=parse,
    redact=redact_output,
    cut_off=_cut_off,
    prompt=re.compile(
        r"(?:^|[\r\n])(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,62})(?:\([A-Za-z0-9._/ <>-]{1,60}\))?(?P<mode>[>#]) ?$"
    ),
    session_setup=("no page",),
    refusals=REFUSALS,
    allowed=ALLOWED,
)
