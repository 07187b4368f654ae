"""Juniper Junos OS and Junos OS Evolved."""

import re

from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.platforms.juniper_junos.commands import ALLOWED, COMMANDS, REFUSALS
from baseline.collectors.network.platforms.juniper_junos.context import COMMAND
from baseline.collectors.network.platforms.juniper_junos.parsing import parse
from baseline.collectors.network.platforms.juniper_junos.redaction import redact
from baseline.collectors.network.platforms.juniper_junos.running import cut_off

__all__ = ["PLATFORM"]


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output) if command.startswith(COMMAND) else None


PLATFORM = Platform(
    name="juniper_junos",
    title="Juniper Junos",
    netmiko_device_type="juniper_junos",
    commands=COMMANDS,
    parse=parse,
    redact=redact,
    cut_off=_cut_off,
    prompt=re.compile(
        r"(?:^|[\r\n])[A-Za-z0-9._-]{1,64}@(?P<host>[A-Za-z0-9][A-Za-z0-9._:-]{0,254})(?P<mode>[>#%]) ?$"
    ),
    above_prompt=re.compile(r"(?:\n[ \t]*){0,2}(?:\n\{[\w:. -]{1,40}\}[ \t]*)?\Z"),
    privileged_mode=">",
    session_setup=("set cli screen-length 0", "set cli screen-width 511", "set cli complete-on-space off"),
    refusals=REFUSALS,
    allowed=ALLOWED,
)
