"""What reading one part of an image gives: facts, and the lines of text that they stand on."""

from collections.abc import Iterable
from typing import Any

import msgspec

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.models.facts.fact import Unknown


class Evidence(msgspec.Struct):
    """Artefacts in the making: by name, the lines of each; and which line each fact stands on."""

    lines: dict[str, list[str]] = {}
    sources: dict[str, tuple[str, int]] = {}

    def add(self, artefact: str, line: str, *facts: str) -> None:
        """Write a line down; control characters, which could deceive a terminal, become spaces."""
        written = self.lines.setdefault(artefact, [])
        written.append("".join(character if character.isprintable() else " " for character in line)[:2000])
        self.sources |= dict.fromkeys(facts, (artefact, len(written)))

    def add_items(self, path: str, items: Iterable[Any]) -> None:
        """Write the items of a list down, each on a line of its own, as the artefact of the same name."""
        self.lines.setdefault(path.replace("_", " "), [])
        for item in items:
            values = {key: value for key, value in msgspec.to_builtins(item).items() if key != "name"}
            shown = ", ".join(f"{key} {_text(value)}" for key, value in values.items())
            self.add(path.replace("_", " "), f"{item.name}: {shown}", f"{path}.{item.name}")


def unknown(error: ImageError) -> Unknown:
    """The fact that could not be read, with the reason."""
    return Unknown(f"{error.message}; {error.hint}" if error.hint else error.message)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(str(part) for part in value) or "none"
    return "none" if value is None else str(value)
