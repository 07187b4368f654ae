"""What one changed line of a recording does, where an item that changes somehow counts as one."""

from typing import Any

from tests.platforms.vendors import SOMEHOW, changes, compare, recording

COMMAND = "show running-config"


def hold(file: str, old: str, new: str, expected: dict[str, Any]) -> None:
    """Exactly these facts change when a piece of a recorded configuration does."""
    found = changes("aruba_aoscx", {COMMAND: recording("aruba_aoscx", file)}, COMMAND, old, new)
    items = {path for path, value in expected.items() if value == SOMEHOW and path not in found}
    for item in items:
        below = {path for path in found if path.startswith(f"{item}.")}
        assert below, f"nothing of {item} changed"
        found = {path: value for path, value in found.items() if path not in below} | {item: SOMEHOW}
    compare(found, expected)
