"""Recordings of firewalls and switches of four vendors, and what one changed line does to their facts."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from baseline.collectors.network.platforms import platform

FOLDER = Path(__file__).parent
LAB = FOLDER.parents[1] / "baseline" / "lab" / "platforms"
"""Recordings are what the devices of the lab answer with, so they are in the package."""
FOLDERS = {
    "juniper_junos": LAB / "juniper_junos",
    "fortinet_fortios": LAB / "fortinet_fortios",
    "paloalto_panos": LAB / "paloalto_panos",
    "aruba_aoscx": LAB / "aruba_aoscx",
    "cisco_nxos": LAB / "cisco_nxos",
    "cisco_iosxr": LAB / "cisco_iosxr",
    "arista_eos": LAB / "arista_eos",
}
"""Platform -> the folder, from FOLDER, that its ``recordings`` are in."""
TREE_STYLES = ("juniper_junos", "fortinet_fortios", "paloalto_panos", "aruba_aoscx")
PLATFORMS = tuple(name for name in TREE_STYLES if (FOLDER / FOLDERS[name] / "recordings").is_dir())
"""The platforms of TREE_STYLES that have recordings."""


@cache
def recording(name: str, file: str) -> str:
    """The text of one recording of a platform."""
    return (FOLDER / FOLDERS[name] / "recordings" / f"{file}.txt").read_text()


def recordings(name: str) -> dict[str, str]:
    """Every recording of a platform by file name."""
    folder = FOLDER / FOLDERS[name] / "recordings"
    return {path.stem: path.read_text() for path in sorted(folder.glob("*.txt"))}


def document(name: str, outputs: dict[str, str]) -> dict[str, Any]:
    """Facts as they are written down."""
    return msgspec.to_builtins(platform(name).parse(outputs).facts)


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """Every leaf by its path; items of lists by their name. An empty list or dict is a leaf."""
    if isinstance(value, dict) and value and "$unknown" not in value:
        return {k: v for name, inner in value.items() for k, v in flat(inner, f"{path}.{name}".strip(".")).items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {k: v for item in value for k, v in flat(item, f"{path}.{item['name']}").items()}
    return {path: "unknown" if isinstance(value, dict) and "$unknown" in value else value}


GONE, NEW, SOMEHOW = "gone", "new", "somehow"
"""Values in a table of changes: an item is no longer there, is new, or a fact changes in a way that is not spelt out."""


def changes(name: str, outputs: dict[str, str], command: str, old: str, new: str) -> dict[str, Any]:
    """What changes in the facts when one line of an output does: path -> new value. An item counts as one."""
    text = outputs[command]
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the recording"
    before = flat(document(name, outputs))
    after = flat(document(name, outputs | {command: text.replace(old, new)}))
    items = _items(before.keys() - after.keys(), GONE) | _items(after.keys() - before.keys(), NEW)
    changed = [path for path in before.keys() | after.keys() if before.get(path, GONE) != after.get(path, GONE)]
    kept = [path for path in changed if not any(path.startswith(f"{item}.") for item in items)]
    return items | {path: after.get(path, GONE) for path in kept}


def _items(paths: Any, what: str) -> dict[str, str]:
    return {path.removesuffix(".name"): what for path in paths if path.endswith(".name")}


def compare(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """Exactly these facts changed, to these values."""
    assert found == {path: found.get(path) if value == SOMEHOW else value for path, value in expected.items()}
