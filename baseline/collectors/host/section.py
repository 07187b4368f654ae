"""One section of the script: the shell text that asks, and the parser that understands the answer."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from baseline.collectors.host.answer import Answer
from baseline.models.artefact import SourceLines
from baseline.models.facts.host import HostFacts

FOLDER = Path(__file__).parent
KILOBYTE = 1024


class Reading(msgspec.Struct, frozen=True):
    """Facts that a section found, and the lines they stand in. A fact left at NOT_COLLECTED is another section's."""

    facts: HostFacts
    sources: dict[str, SourceLines] = {}


Parser = Callable[[Mapping[str, Answer]], Reading]
"""Understands the answers of a section and of those it ``reads``. Never raises on any text."""


class ScriptSection(msgspec.Struct, frozen=True, kw_only=True):
    """A topic that is asked and understood apart.

    ``name`` is also the name of its shell file, whose function ``read_<name>`` gets ``arguments``. ``supplies`` are the
    fact paths it fills, ``reads`` other sections that its parser needs too. What it prints beyond ``maximum_bytes`` is
    cut off, and then none of it counts.
    """

    name: str
    artefact: str
    supplies: tuple[str, ...]
    parse: Parser
    reads: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    maximum_bytes: int = 128 * KILOBYTE
    beside: bool = False
    """It takes long, so it runs beside the others; what it prints comes after theirs."""


@cache
def shell_text(name: str) -> str:
    """The shell text of a section, or of the ``prelude``, without comments and indentation."""
    path = FOLDER / "prelude.sh" if name == "prelude" else FOLDER / "sections" / f"{name}.sh"
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("#")) + "\n"
