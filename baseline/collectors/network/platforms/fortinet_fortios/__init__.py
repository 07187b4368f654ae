"""Fortinet FortiOS: FortiGate firewalls."""

import re

from baseline.collectors.network.platforms.fortinet_fortios.commands import ALLOWED, COMMANDS, REFUSALS
from baseline.collectors.network.platforms.fortinet_fortios.context import COMMAND
from baseline.collectors.network.platforms.fortinet_fortios.parsing import parse
from baseline.collectors.network.platforms.fortinet_fortios.redaction import redact
from baseline.collectors.network.platforms.fortinet_fortios.running import cut_off
from baseline.collectors.network.platforms.interface import Platform

__all__ = ["PLATFORM"]


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output) if command == COMMAND else None


PLATFORM = Platform(
    name="fortinet_fortios",
    title="Fortinet FortiOS",
    netmiko_device_type="fortinet",
    commands=COMMANDS,
    parse=parse,
    redact=redact,
    cut_off=_cut_off,
    prompt=re.compile(
        r"(?:^|[\r\n])(?P<host>[A-Za-z0-9][A-Za-z0-9._~-]{0,62})(?: \([A-Za-z0-9._~-]{1,63}\))? (?P<mode>[#$]) $"
    ),
    acceptance=re.compile(r"Press 'a' to accept\):? ?\s*\Z"),
    privileged_mode="#",
    refusals=REFUSALS,
    allowed=ALLOWED,
)
"""Paging is a setting of the device here, so pages are turned instead of switched off."""
