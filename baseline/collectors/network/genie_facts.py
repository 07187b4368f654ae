"""Fills facts that baseline's own parsers do not give with what Genie parses, from the same redacted answers.

A value that baseline's own parser gives is never replaced by Genie's. Where the two differ, at least one of them is wrong:
the fact becomes unknown, with both readings as the reason. Without Genie, or when it fails, facts stay unknown and say so.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

import msgspec

from baseline.collectors.interface import wanted
from baseline.collectors.network.genie_process import GenieAnswer, GenieError, GenieProcess
from baseline.collectors.network.genie_table import GENIE_OS, ROWS, FactPath, Row, told
from baseline.collectors.network.platforms.interface import Parsed, Platform
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.facts.fact import Section, Unknown
from baseline.models.facts.network import NetworkFacts

ARTEFACT = "genie"
"""Names the facts that Genie filled, and what it could not parse."""
MAXIMUM_OUTPUT_CHARACTERS = 1_000_000
_SHOWN = 120


def commands_for_genie(platform: Platform, needs: frozenset[str]) -> list[str]:
    """The read-only commands that only Genie reads and that supply what is needed; asked in the same session."""
    own = {command.text for command in platform.commands}
    rows = [row for row in ROWS.get(platform.name, ()) if row.command not in own]
    found = [row.command for row in rows if wanted((row.fact.replace(".*", ""),), needs)]
    return [command for command in dict.fromkeys(found) if platform.is_read_only(command)]


async def filled_by_genie(
    process: GenieProcess, platform: Platform, parsed: Parsed, outputs: Mapping[str, str], seconds: float
) -> tuple[Parsed, tuple[Artefact, ...]]:
    """The facts with what Genie tells besides, and an artefact that says which those are.

    ``outputs`` are redacted answers by command, without those that the device refused. Takes at most ``seconds``.
    """
    rows = [row for row in ROWS.get(platform.name, ()) if row.command in outputs]
    given = {row.command: outputs[row.command] for row in rows if len(outputs[row.command]) < MAXIMUM_OUTPUT_CHARACTERS}
    if not rows:
        return parsed, ()
    answer = await _answer(process, GENIE_OS[platform.name], given, seconds)
    filling = _Filling(parsed)
    for row in rows:
        filling.add(row, answer)
    return filling.parsed, (filling.artefact(answer),)


async def _answer(process: GenieProcess, network_os: str, given: Mapping[str, str], seconds: float) -> GenieAnswer:
    """What Genie answers; when it does not, why, for each command."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            return await loop.run_in_executor(process.thread, process.parse, network_os, given)
    except TimeoutError:
        why = "no time was left to ask Genie"
    except GenieError as error:
        why = str(error)
    return GenieAnswer(failed=dict.fromkeys(given, why))


class _Filling:
    """The facts while they are filled."""

    def __init__(self, parsed: Parsed) -> None:
        self._facts: Any = parsed.facts
        self._sources = dict(parsed.sources)
        self._lines: dict[str, None] = {}

    @property
    def parsed(self) -> Parsed:
        return Parsed(facts=self._facts, sources=self._sources)

    def artefact(self, answer: GenieAnswer) -> Artefact:
        """What Genie did, a line for each fact and each command that it could not parse."""
        title = f"Genie {answer.genie}" if answer.genie else "Genie was not asked"
        return Artefact(name=ARTEFACT, content=("\n".join([title, *self._lines]) + "\n").encode())

    def add(self, row: Row, answer: GenieAnswer) -> None:
        """Fill what a row tells; when Genie could not parse the command, say that at what is still unknown."""
        if row.command not in answer.parsed:
            why = _shown(answer.failed.get(row.command, "the answer is too large for Genie"))
            self._lines[f"{row.command}: not parsed: {why}"] = None
            self._explain(row, why)
            return
        for path, value, accepted in told(row, answer.parsed[row.command]):
            self._tell(row, path, value, accepted)

    def _tell(self, row: Row, path: FactPath, value: Any, accepted: list[Any]) -> None:
        holder, name = _holder(self._facts, path)
        if holder is None or not _fits(type(holder), name, value):
            return
        current, where = getattr(holder, name), ".".join(path)
        if isinstance(current, Unknown):
            self._facts = _with(self._facts, path, value)
            self._sources[where] = SourceLines(artefact=row.command)
            self._lines[f"{where}: filled from {row.command}"] = None
        elif current not in accepted:
            reason = f"`{row.command}` is read in two ways: baseline {_shown(current)}, Genie {_shown(value)}"
            self._facts = _with(self._facts, path, Unknown(reason))
            self._lines[f"{where}: {reason}"] = None

    def _explain(self, row: Row, why: str) -> None:
        for path in _paths(self._facts, row.fact.split(".")):
            holder, name = _holder(self._facts, path)
            current = getattr(holder, name, None)
            if isinstance(current, Unknown) and why not in current.reason:
                self._facts = _with(self._facts, path, Unknown(f"{current.reason}; {why}"))


def _paths(facts: NetworkFacts, parts: list[str]) -> Iterator[FactPath]:
    """The paths that a row's fact stands for: itself, or one for each item of its list."""
    if "*" not in parts:
        yield tuple(parts)
        return
    items = getattr(facts, parts[0])
    for item in items if isinstance(items, list) else ():
        yield tuple(item.name if part == "*" else part for part in parts)


def _holder(value: Any, path: FactPath) -> tuple[Section | None, str]:
    """The section that holds the fact at a path, or None where the way to it is unknown."""
    for part in path[:-1]:
        value = _item(value, part) if isinstance(value, list) else getattr(value, part, None)
    return (value if isinstance(value, Section) and path[-1] in value.__struct_fields__ else None), path[-1]


def _item(items: Iterable[Any], name: str) -> Any:
    """The item of this name; vendors' tools write names of interfaces with capitals of their own."""
    return next((item for item in items if str(getattr(item, "name", "")).lower() == name.lower()), None)


def _with(value: Any, path: FactPath, fact: Any) -> Any:
    if not path:
        return fact
    if isinstance(value, list):
        chosen = _item(value, path[0])
        return [_with(item, path[1:], fact) if item is chosen else item for item in value]
    return msgspec.structs.replace(value, **{path[0]: _with(getattr(value, path[0]), path[1:], fact)})


def _fits(section: type[Section], name: str, value: Any) -> bool:
    """Whether a value is one that the fact may have."""
    try:
        return bool(msgspec.convert(value, get_type_hints(section)[name], strict=True) == value)
    except msgspec.ValidationError:
        return False


def _shown(value: Any) -> str:
    text = str(value)
    return "".join(character if character.isprintable() else "?" for character in text[:_SHOWN])
