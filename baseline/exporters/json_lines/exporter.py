"""JSON Lines: one result a line, in UTF-8."""

from typing import BinaryIO

import msgspec

from baseline.exporters.interface import Material
from baseline.store.canonical import canonical_json


class JsonLinesExporter:
    """Writes every result with its check's title, its controls and its target's place."""

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write a line per result; keys are in alphabetical order."""
        for result in material.results():
            target = material.targets.get(result.target)
            line = msgspec.to_builtins(result) | {
                "title": material.title(result.check),
                "controls": [control.id for control in material.controls(result.check)],
                "platform": target.platform if target else None,
                "site": target.site if target else None,
            }
            destination.write(canonical_json(line) + b"\n")
