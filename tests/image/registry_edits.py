"""The fixes of checks as edits of the registry: what ``reg add`` would write."""

import re

from tests.image.hives import Values
from tests.shipped import shipped_checks_of

_REG_ADD = re.compile(r'^reg add "HKLM\\(?P<key>[^"]+)" /v (?P<name>\S+) /t (?P<type>\S+) /d (?P<data>.+) /f$')


def workplace_checks():
    """The compiled checks of images of workplaces, by id."""
    found = shipped_checks_of("workplace").items()
    return {name: one for name, one in found if "windows_image" in one.check.applies_to.platforms}


def fix_of(check) -> tuple[str, str, object] | None:
    """The registry value that fixes a check: its key with the hive, its name and its data."""
    (command,) = check.remediation.platforms["windows_image"].commands
    found = _REG_ADD.match(command)
    if found is None or found["type"] == "REG_EXPAND_SZ":
        return None
    data = found["data"].strip('"')
    return found["key"], found["name"], int(data) if found["type"] == "REG_DWORD" else data


def hives_of(edits: list[tuple[str, str, object]]) -> dict[str, dict[str, Values]]:
    """The edits per hive, with the control set that starts (the second)."""
    hives: dict[str, dict[str, dict[str, object]]] = {"SYSTEM": {}, "SOFTWARE": {}}
    for key, name, data in edits:
        hive, _, path = key.partition("\\")
        path = path.replace("CurrentControlSet", "ControlSet002")
        known = next((other for other in hives[hive] if other.casefold() == path.casefold()), path)
        hives[hive].setdefault(known, {})[name] = data
    return hives
