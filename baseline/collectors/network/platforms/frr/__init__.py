"""FRRouting, by its shell vtysh."""

import re

from baseline.collectors.network.platforms.frr.commands import ALLOWED, COMMANDS, REFUSALS, RUNNING
from baseline.collectors.network.platforms.frr.parsing import parse
from baseline.collectors.network.platforms.frr.running import cut_off
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.redaction import redact

__all__ = ["PLATFORM"]


def _redact(_command: str, output: str) -> str:
    return redact(output)


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output) if command == RUNNING else None


PLATFORM = Platform(
    name="frr",
    title="FRRouting",
    netmiko_device_type="cisco_ios",
    commands=COMMANDS,
    parse=parse,
    redact=_redact,
    cut_off=_cut_off,
    prompt=re.compile(
        r"(?:^|[\r\n])(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,62})(?:\([A-Za-z0-9._/ -]{1,40}\))?(?P<mode>[>#]) ?$"
    ),
    enable_command="enable",
    enable_prompt=re.compile(r"(?:^|[\r\n])[Pp]assword: ?$"),
    session_setup=("terminal length 0",),
    refusals=REFUSALS,
    allowed=ALLOWED,
)
