"""Settings of Windows by name: which places can hold each, what its values mean, and what Windows does without one.

The tables stand in ``settings/*.toml``. A fact is what counts: the first place that holds a value, in the order in which
Windows itself looks (group policy before MDM, unless the machine is told otherwise; then the machine's own).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.hive import RegistryValue
from baseline.collectors.image.windows.registry import Registry
from baseline.models.facts.fact import Unknown

FOLDER = Path(__file__).parent / "settings"
Word = str | bool | int
_FLAG: dict[str, Word] = {"0": False, "1": True}
_MDM_WINS = ("SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\ControlPolicyConflict", "MDMWinsOverGP")


class Place(msgspec.Struct, frozen=True, kw_only=True, rename={"source": "from"}, forbid_unknown_fields=True):
    """One registry value that can hold a setting: ``at`` is its key, a colon, and its name."""

    source: Literal["policy", "mdm", "local"]
    at: str
    invert: bool = False
    words: dict[str, Word] = {}
    type: str = ""
    divide: int = 1
    item: str = ""
    """The value lists ``name=value|name=value``, and this name is meant."""

    @property
    def key(self) -> str:
        """The registry key."""
        return self.at.rpartition(":")[0]

    @property
    def name(self) -> str:
        """The name of the value."""
        return self.at.rpartition(":")[2]


class Setting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One setting. ``missing`` is what Windows does when no place holds a value; None when that cannot be known."""

    kind: Literal["flag", "words", "number", "digits", "text"]
    places: tuple[Place, ...]
    words: dict[str, Word] = {}
    type: str = "REG_DWORD"
    missing: Word | None = None


class Found(msgspec.Struct, frozen=True):
    """What a setting is, and where that was found, for a person."""

    value: Word | Unknown | None
    origin: str


@cache
def all_settings() -> dict[str, Setting]:
    """Every setting by its fact path, such as ``smb.guest_logon``."""
    found: dict[str, Setting] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        found |= dict(_settings(tomllib.loads(path.read_text("utf-8")), ""))
    return found


def _settings(table: dict[str, Any], prefix: str) -> list[tuple[str, Setting]]:
    found: list[tuple[str, Setting]] = []
    for name, value in table.items():
        if "places" in value:
            found.append((prefix + name, msgspec.convert(value, Setting)))
        else:
            found += _settings(value, f"{prefix}{name}.")
    return found


def read_setting(registry: Registry, setting: Setting) -> Found:
    """What counts for a setting. A hive that cannot be read makes it unknown: another place might decide otherwise."""
    try:
        for place in _in_order(registry, setting.places):
            value = registry.value(place.key, place.name)
            content = _item(value, place.item) if value is not None and place.item else value
            if content is not None:
                return Found(_meaning(setting, place, content), f"{place.source}: {place.at} = {_shown(content)}")
    except ImageError as error:
        return Found(Unknown(f"{error.message}; {error.hint}" if error.hint else error.message), "not readable")
    return Found(setting.missing, "set nowhere")


def _in_order(registry: Registry, places: tuple[Place, ...]) -> list[Place]:
    kinds = {place.source for place in places}
    if not {"policy", "mdm"} <= kinds or places[0].source != "policy":
        return list(places)
    wins = registry.value(*_MDM_WINS)
    if wins is None or wins.data != 1:
        return list(places)
    return sorted(places, key=lambda place: place.source != "mdm")


def _item(value: RegistryValue, name: str) -> RegistryValue | None:
    """One item of a list such as ``guid=1|guid=2``."""
    for part in str(value.data).split("|"):
        key, equals, content = part.strip().partition("=")
        if equals and key.strip().casefold() == name.casefold():
            return RegistryValue(value.name, value.type, content.strip())
    return None


def _meaning(setting: Setting, place: Place, value: RegistryValue) -> Word | Unknown:
    wanted = place.type or setting.type
    if value.type != wanted and not (wanted == "REG_SZ" and value.type == "REG_EXPAND_SZ"):
        return Unknown(f"{place.at} is of type {value.type}, where Windows expects {wanted}")
    data = value.data
    if setting.kind == "text" or isinstance(data, bytes | tuple):
        return data if isinstance(data, str) else Unknown(f"{place.at} is not a line of text")
    if setting.kind in ("number", "digits"):
        digits = str(data).strip()
        valid = digits.isascii() and digits.isdigit() and len(digits) < 16
        return int(digits) // place.divide if valid else Unknown(f"{place.at} is not a number")
    words = place.words or setting.words or _FLAG
    meaning = {word.casefold(): means for word, means in words.items()}.get(str(data).casefold())
    if meaning is None:
        return Unknown(f"{place.at} has the value {_shown(value)}, which has no known meaning")
    return (not meaning) if place.invert else meaning


def _shown(value: RegistryValue) -> str:
    """A value for a person, short; bytes only by their number."""
    if isinstance(value.data, bytes):
        return f"{len(value.data)} bytes"
    return ascii(value.data)[:80]
