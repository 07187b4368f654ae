"""Cisco IOS XR (routers of providers and wide-area networks: ASR 9000, NCS, 8000)."""

import re

from baseline.collectors.network.platforms.cisco_iosxr.commands import ALLOWED, COMMANDS, REFUSALS, RUNNING
from baseline.collectors.network.platforms.cisco_iosxr.parsing import parse
from baseline.collectors.network.platforms.cisco_iosxr.redaction import redact_output
from baseline.collectors.network.platforms.cisco_iosxr.running import cut_off
from baseline.collectors.network.platforms.interface import Platform

__all__ = ["PLATFORM"]


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output) if command == RUNNING else None


PLATFORM = Platform(
    name="cisco_iosxr",
    title="Cisco IOS XR",
    netmiko_device_type="cisco_xr",
    commands=COMMANDS,
    parse=parse,
    redact=redact_output,
    cut_off=_cut_off,
    prompt=re.compile(
        r"(?:^|[\r\n])(?:RP/\d{1,3}/[A-Z0-9]{1,8}/CPU\d:)?(?P<host>[A-Za-z0-9][A-Za-z0-9._/:-]{0,62})"
        r"(?:\([A-Za-z0-9._/ -]{1,40}\))?(?P<mode>[>#]) ?$"
    ),
    session_setup=("terminal length 0", "terminal width 511"),
    refusals=REFUSALS,
    allowed=ALLOWED,
)
