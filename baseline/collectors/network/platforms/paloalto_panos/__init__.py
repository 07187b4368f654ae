"""Palo Alto Networks PAN-OS firewalls."""

import re

from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.platforms.paloalto_panos.commands import ALLOWED, COMMANDS, REFUSALS
from baseline.collectors.network.platforms.paloalto_panos.context import COMMAND
from baseline.collectors.network.platforms.paloalto_panos.parsing import parse
from baseline.collectors.network.platforms.paloalto_panos.redaction import redact
from baseline.collectors.network.platforms.paloalto_panos.running import cut_off

__all__ = ["PLATFORM"]


def _cut_off(command: str, output: str) -> str | None:
    return cut_off(output) if command == COMMAND else None


PLATFORM = Platform(
    name="paloalto_panos",
    title="Palo Alto Networks PAN-OS",
    netmiko_device_type="paloalto_panos",
    commands=COMMANDS,
    parse=parse,
    redact=redact,
    cut_off=_cut_off,
    prompt=re.compile(
        r"(?:^|[\r\n])(?:[A-Za-z0-9._-]{1,64}\\)?[A-Za-z0-9._-]{1,64}@(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,62})"
        r"(?:\([A-Za-z-]{1,24}\))?(?P<mode>[>#]) ?$"
    ),
    above_prompt=re.compile(r"(?:\n[ \t]*){0,2}\Z"),
    privileged_mode=">",
    session_setup=("set cli pager off", "set cli scripting-mode on"),
    refusals=REFUSALS,
    allowed=ALLOWED,
)
