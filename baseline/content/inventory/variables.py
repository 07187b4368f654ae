"""Typed reading of one host's variables. Wrong values become problems and read as not set."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from baseline.content.inventory.protocol import Place, Value
from baseline.content.nearest import did_you_mean
from baseline.models.errors import Problem

Choice = TypeVar("Choice", bound=str)

MAXIMUM_TEXT = 1000
_TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a mapping"}


class HostVariables(msgspec.Struct, frozen=True):
    """A host as Ansible describes it: its variables, and where each stands (``places``, by ``Value.place``)."""

    name: str
    groups: tuple[str, ...]
    values: Mapping[str, Value]
    places: Sequence[Place] = (Place(),)


class Variables:
    """Reads variables by name; ``problems`` collects what is wrong with them."""

    def __init__(self, host: HostVariables) -> None:
        self.host = host
        self.problems: list[Problem] = []
        self._broken: set[str] = set()

    @property
    def failed(self) -> bool:
        """Whether anything so far is an error."""
        return any(problem.level == "error" for problem in self.problems)

    def place(self, *names: str) -> Place:
        """Where the last of these variables that is set stands; else the host; else the file that defines it."""
        for name in ("inventory_file", *names)[::-1]:
            found = self.host.values.get(name)
            if found is not None and self.host.places[found.place].path:
                return self.host.places[found.place]
        file = self.host.values.get("inventory_file")
        return Place(path=str(file.data) if file is not None and file.data else "inventory")

    def report(self, name: str, message: str, hint: str = "", level: str = "error") -> None:
        """Note a problem that points at a variable, or at the host when that is not set."""
        path, line, column = self.place(name)
        text = {"message": printable(message), "hint": printable(hint), "level": level}
        self.problems.append(Problem(path=path, line=line, column=column, **text))

    def name_of(self, names: tuple[str, ...], kinds: tuple[str, ...] = ("value", "vaulted")) -> str | None:
        """The last of these variables that is set."""
        for name in reversed(names):
            value = self.host.values.get(name)
            if value is not None and value.kind == "broken" and name not in self._broken:
                self._broken.add(name)
                self.report(name, f"{name} {value.data}")
            if value is not None and value.kind in kinds and value.data != "":
                return name
        return None

    def value(self, *names: str) -> tuple[str, object]:
        """The last of these variables that is set, with its value; None for a value when none is."""
        name = self.name_of(names)
        if name is None:
            return names[0], None
        value = self.host.values[name]
        if value.kind == "vaulted" and name.startswith("baseline_"):
            hint = "it is shown in reports: encrypt secrets only"
            self.report(name, f"{name} is encrypted with ansible-vault", hint, "warning")
        return name, value.data

    def text(self, *names: str) -> str | None:
        """A line of text; a number counts as text."""
        name, value = self.value(*names)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self._wrong(name, value, "text", "quote it" if isinstance(value, bool) else "")
            return None
        line = str(value).strip()
        if len(line) > MAXIMUM_TEXT or not line.isprintable():
            self.report(name, f"{name} must be one line of at most {MAXIMUM_TEXT} characters")
            return None
        return line or None

    def flag(self, name: str) -> bool:
        """True or false, in any of Ansible's spellings; false when not set."""
        _, value = self.value(name)
        known = _TRUTHS.get(str(value).strip().lower()) if isinstance(value, bool | int | str) else None
        if value is not None and known is None:
            self._wrong(name, value, "true or false")
        return bool(known)

    def choice(self, name: str, choices: Mapping[str, Choice]) -> Choice | None:
        """One of the words that ``choices`` maps to a value; letter case does not matter."""
        word = self.text(name)
        if word is None:
            return None
        found = choices.get(word.lower())
        if found is None:
            self.report(name, f"{name} '{word[:60]}' is not possible", did_you_mean(word.lower(), choices))
        return found

    def words(self, name: str, example: str) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        _, value = self.value(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str | int) and str(item) for item in value):
            self._wrong(name, value, "a list of words", f"for example {example}")
            return ()
        return tuple(str(item) for item in value)

    def mapping(self, name: str, example: str) -> dict[str, object]:
        """A mapping with text keys; empty when not set."""
        _, value = self.value(name)
        if value is None or isinstance(value, dict):
            return value or {}
        self._wrong(name, value, "a mapping", f"for example {example}")
        return {}

    def unknown_names(self) -> list[str]:
        """The ``baseline_`` variables that are no setting."""
        return [name for name, value in self.host.values.items() if value.kind == "unknown"]

    def _wrong(self, name: str, value: object, wanted: str, hint: str = "") -> None:
        self.report(name, f"{name} must be {wanted}, not {kind_of(value)}", hint)


def printable(text: str) -> str:
    """Text without control characters, which an inventory could use to deceive whoever reads a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)


def kind_of(value: object) -> str:
    """What a value is, for a person."""
    return _KINDS.get(type(value), "nothing")
