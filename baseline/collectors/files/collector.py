"""Collects the facts of a network device from what it said before; opens files, and nothing else."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from baseline.collectors.files.folder import OUTPUT_SUFFIX, file_key
from baseline.collectors.files.missing import not_saved, with_missing_commands
from baseline.collectors.files.reading import SavedFile, read_saved
from baseline.collectors.files.removed import parse_without_secrets
from baseline.collectors.files.session_text import answer_in
from baseline.collectors.interface import CollectSettings, wanted
from baseline.collectors.network.platforms import Platform
from baseline.collectors.network.platforms import platform as named_platform
from baseline.models.artefact import Artefact
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.target import Target

ARTEFACT = "saved files"
"""Names the files that facts were read from, with their modification times."""


class FilesCollector:
    """Reads the saved files of one network device. ``Collection.collected_at`` is when the oldest of them was modified."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """The facts under the paths in ``needs`` (empty: everything), from ``target.connection.files``.

        A command that is not among the files makes the facts that only it supplies unknown, with that reason.

        Raises:
            CollectError: nothing is saved of the device (``not_saved``), a file cannot be read, or two hold one answer.
        """
        return await asyncio.to_thread(_collect, target, needs, settings)


def saved_command(path: str, platform: Platform) -> str | None:
    """The command whose output a file holds: by its name for ``.txt``, else the configuration; None: not one we use."""
    if not path.lower().endswith(OUTPUT_SUFFIX):
        return platform.configuration_command
    key = file_key(Path(path).name[: -len(OUTPUT_SUFFIX)])
    return next((command.text for command in platform.commands if file_key(command.text) == key), None)


def _collect(target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
    started = time.monotonic()
    platform = _platform_of(target)
    wished = [command.text for command in platform.commands if wanted(command.supplies, needs)]
    present = _present(target, platform)
    files = {command: path for command, path in present.items() if command in wished}
    if not files:
        raise CollectError("not_saved", f"{target.name}: {_nothing(target, wished)}")
    saved = _read(target, files, settings.maximum_output_bytes)
    outputs = {command: answer_in(command, file.text) for command, file in saved.items()}
    parsed = parse_without_secrets(platform.parse, outputs)
    return Collection(
        facts=with_missing_commands(parsed.facts, platform, target.name, frozenset(present)),
        artefacts=(
            *(
                Artefact(name=command, content=platform.redact(command, text).encode())
                for command, text in outputs.items()
            ),
            _list_of(saved),
        ),
        sources=parsed.sources,
        collected_at=_oldest(list(saved.values())),
        duration_seconds=time.monotonic() - started,
    )


def _platform_of(target: Target) -> Platform:
    try:
        return named_platform(target.platform)
    except KeyError as error:
        raise CollectError("internal", f"{target.name}: {error.args[0]}") from error


def _present(target: Target, platform: Platform) -> dict[str, str]:
    """Command -> the file with its output."""
    present: dict[str, str] = {}
    for path in target.connection.files:
        command = saved_command(path, platform)
        if command is None:
            continue
        if command in present:
            both = f"both {present[command]} and {path} hold `{command}`"
            raise CollectError("not_allowed", f"{target.name}: {both}", "keep the one that holds")
        present[command] = path
    return present


def _nothing(target: Target, wished: Sequence[str]) -> str:
    folder = target.connection.folder
    if not target.connection.files:
        return f"nothing is saved of it in {folder}"
    return "; ".join(not_saved(command, target.name) for command in wished) or "no check needs what is saved of it"


def _read(target: Target, files: dict[str, str], maximum_bytes: int) -> dict[str, SavedFile]:
    """The files by command; together they may not be larger than ``maximum_bytes``."""
    saved: dict[str, SavedFile] = {}
    left = maximum_bytes
    for command, path in files.items():
        try:
            saved[command] = read_saved(Path(target.connection.folder), path, left)
        except CollectError as error:
            raise CollectError(error.code, f"{target.name}: {error.message}", error.hint) from error
        left -= saved[command].size
    return saved


def _oldest(files: Sequence[SavedFile]) -> datetime:
    return min(file.modified for file in files)


def _list_of(saved: dict[str, SavedFile]) -> Artefact:
    lines = (f"{file.path}: {command}, modified {file.modified.isoformat()}" for command, file in saved.items())
    return Artefact(name=ARTEFACT, content=("\n".join(lines) + "\n").encode())
