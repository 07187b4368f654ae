"""Cisco IOS and IOS XE."""

import re

from baseline.collectors.network.platforms.cisco_ios.commands import ALLOWED, COMMANDS, REFUSALS
from baseline.collectors.network.platforms.cisco_ios.parsing import parse
from baseline.collectors.network.platforms.cisco_ios.running import COMMAND, cut_off
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.redaction import redact

__all__ = ["PLATFORM"]

CONFIGURATIONS = (COMMAND, "show startup-config")
_MESSAGES = re.compile(r"^Log Buffer \(.*$", re.MULTILINE)


def _redact(command: str, output: str) -> str:
    """Secrets out of any output; log messages too, since they name people and differ every time."""
    if command.startswith("show logging") and (found := _MESSAGES.search(output)):
        messages = output[found.end() :].count("\n")
        output = output[: found.end()] + "\n" * messages
    return redact(output)


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output) if command in CONFIGURATIONS else None


PLATFORM = Platform(
    name="cisco_ios",
    title="Cisco IOS and IOS XE",
    netmiko_device_type="cisco_ios",
    commands=COMMANDS,
    parse=parse,
    redact=_redact,
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
