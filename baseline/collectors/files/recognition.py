"""Which platform saved files are of: only when there is no doubt."""

import re
from collections.abc import Mapping

from baseline.collectors.files.folder import file_key
from baseline.collectors.network.platforms import PLATFORM_NAMES, Platform, platform
from baseline.models.facts.fact import Unknown
from baseline.models.platforms import ANSIBLE_NETWORK_OS

_HEADER = re.compile(r"\s*[!#]\s?RANCID-CONTENT-TYPE: ([\w-]+)")

_RANCID_TYPES = {
    "arista": "eos",
    "cisco": "ios",
    "cisco-nx": "nxos",
    "cisco-xr": "iosxr",
    "fortigate": "fortios",
    "fortigate-full": "fortios",
    "ios": "ios",
    "juniper": "junos",
    "nxos": "nxos",
    "paloalto": "panos",
}
"""Device type in the first line that RANCID writes -> last word of an ``ansible_network_os``."""


def named_platform(word: str) -> str | None:
    """The platform that a word means: its own name, an ``ansible_network_os``, or the last part of one."""
    word = word.lower()
    if word in PLATFORM_NAMES:
        return word
    found = {
        name
        for value, name in ANSIBLE_NETWORK_OS.items()
        if word in {value, value.rpartition(".")[2]} and name in PLATFORM_NAMES
    }
    return found.pop() if len(found) == 1 else None


def recognised(configuration: str | None, outputs: Mapping[str, str]) -> str | None:
    """The one platform that reads these as its own; ``outputs`` are by the key of their command (``file_key``).

    A whole configuration goes before the header of RANCID, which calls several platforms ``cisco``.
    """
    readers = [name for name in PLATFORM_NAMES if _reads(platform(name), configuration, outputs)]
    if len(readers) == 1:
        return readers[0]
    header = _HEADER.match(configuration) if configuration else None
    stated = named_platform(_RANCID_TYPES.get(header[1], "")) if header else None
    return stated if stated and (not readers or stated in readers) else None


def _reads(candidate: Platform, configuration: str | None, outputs: Mapping[str, str]) -> bool:
    command = candidate.configuration_command
    if configuration is not None:
        if candidate.cut_off(command, configuration) is not None:
            return False
        facts = candidate.parse({command: configuration}).facts
        return not isinstance(facts.device, Unknown) and isinstance(facts.device.hostname, str)
    known = {each.text: outputs[file_key(each.text)] for each in candidate.commands if file_key(each.text) in outputs}
    software = candidate.parse(known).facts.software if known else Unknown("")
    return not isinstance(software, Unknown) and isinstance(software.version, str)
