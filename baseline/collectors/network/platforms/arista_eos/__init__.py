"""Arista EOS."""

import re

from baseline.collectors.network.platforms.arista_eos.commands import ALLOWED, COMMANDS, REFUSALS, RUNNING, SAVED
from baseline.collectors.network.platforms.arista_eos.parsing import parse
from baseline.collectors.network.platforms.arista_eos.redaction import redact_output
from baseline.collectors.network.platforms.arista_eos.running import cut_off
from baseline.collectors.network.platforms.interface import Platform

__all__ = ["PLATFORM"]


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output) if command in {RUNNING, SAVED} else None


PLATFORM = Platform(
    name="arista_eos",
    title="Arista EOS",
    netmiko_device_type="arista_eos",
    commands=COMMANDS,
    parse=parse,
    redact=redact_output,
    cut_off=_cut_off,
    prompt=re.compile(
        r"(?:^|[\r\n])(?P<host>[A-Za-z0-9][A-Za-z0-9._/:-]{0,62})(?:\([A-Za-z0-9._/ -]{1,40}\))?(?P<mode>[>#]) ?$"
    ),
    enable_command="enable",
    enable_prompt=re.compile(r"(?:^|[\r\n])[Pp]assword: ?$"),
    session_setup=("terminal length 0", "terminal width 511"),
    refusals=REFUSALS,
    allowed=ALLOWED,
)
