"""Finds the devices whose configurations and outputs are kept in a folder.

Three layouts, also mixed: ``<group>/<host>`` (Oxidized; RANCID with ``<group>/configs/<host>``), ``<host>.cfg`` or
``<host>.conf``, and ``<host>/<command with _ for space>.txt``.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.models.errors import CollectError

CONFIGURATION_SUFFIXES = (".cfg", ".conf", ".config")
OUTPUT_SUFFIX = ".txt"
MAXIMUM_ENTRIES = 200_000
"""Files and folders that are looked at; more than any fleet keeps."""
MAXIMUM_DEPTH = 4
MAXIMUM_NAME = 255

_RANCID_FOLDER = "configs"
_OTHER_FOLDERS = frozenset({"CVS", "RCS", "logs"})
_OTHER_FILES = re.compile(
    r"router\.db.*|routers\..*|README.*|.*~|"
    r".*\.(?:bak|db|gz|html|json|log|md|new|old|orig|py|raw|rb|sh|tmp|txt|xz|ya?ml|zip|zst|csv|,v)",
    re.IGNORECASE,
)
"""Files beside configurations: lists of devices, logs, documents, copies."""


class SavedDevice(msgspec.Struct, frozen=True, kw_only=True):
    """One device in a folder. ``files`` are its paths below the folder; ``group`` is the folder it is in, or empty."""

    name: str
    group: str = ""
    files: tuple[str, ...]


class SavedFolder(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder holds. ``problems`` tells what was left out, and why."""

    devices: tuple[SavedDevice, ...]
    problems: tuple[str, ...] = ()


def file_key(command: str) -> str:
    """A command, or the name of a file that is named after one, in the form in which the two are compared.

    >>> file_key("show ip ssh") == file_key("show_ip_ssh")
    True
    """
    return re.sub(r"[^a-z0-9.-]+", "_", command.lower()).strip("_")


def find_devices(root: Path) -> SavedFolder:
    """The devices in a folder, by name.

    Raises:
        CollectError: the folder cannot be read, or holds more than ``MAXIMUM_ENTRIES``.
    """
    found: dict[str, SavedDevice] = {}
    problems: list[str] = []
    for name, group, path in _files(root, "", 1, [0], problems):
        if len(name) > MAXIMUM_NAME or not name.isprintable():
            problems.append(f"{path!r}: a host name has at most {MAXIMUM_NAME} characters and no control characters")
            continue
        known = found.get(name)
        found[name] = SavedDevice(
            name=name,
            group=known.group if known and known.group else group,
            files=(*(known.files if known else ()), path),
        )
    return SavedFolder(devices=tuple(found[name] for name in sorted(found)), problems=tuple(problems))


def _files(
    folder: Path, group: str, depth: int, seen: list[int], problems: list[str], above: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Device name, group and relative path of every file that belongs to a device. ``seen`` counts entries."""
    entries = _entries(folder)
    seen[0] += len(entries)
    if seen[0] > MAXIMUM_ENTRIES:
        raise CollectError("too_much_output", f"{folder} and what is around it hold over {MAXIMUM_ENTRIES} entries")
    for entry in entries:
        path = f"{above}{entry.name}"
        if entry.is_symlink() and entry.is_dir():
            problems.append(f"{path!r} is a link to a folder, which is not followed")
        elif entry.is_dir() and depth > MAXIMUM_DEPTH:
            problems.append(f"{path!r} is more than {MAXIMUM_DEPTH} folders deep, and was not read")
        elif entry.is_dir() and entry.name not in _OTHER_FOLDERS:
            outputs = _outputs(Path(entry.path))
            yield from ((entry.name, group, f"{path}/{output}") for output in outputs)
            inner = group if entry.name == _RANCID_FOLDER else entry.name
            if not outputs:
                yield from _files(Path(entry.path), inner, depth + 1, seen, problems, f"{path}/")
        elif not entry.is_dir() and not _OTHER_FILES.fullmatch(entry.name):
            yield _host(entry.name), group, path


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted((entry for entry in listing if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        raise CollectError("unparsable", f"{folder} cannot be read: {error.strerror}") from error


def _host(file: str) -> str:
    """A name with dots is a full host name; only what marks a configuration is taken off."""
    for suffix in CONFIGURATION_SUFFIXES:
        if file.lower().endswith(suffix) and len(file) > len(suffix):
            return file[: -len(suffix)]
    return file


def _outputs(folder: Path) -> list[str]:
    """The files of a device's own folder that are named after a command; none when it is a group."""
    names = [entry.name for entry in _entries(folder) if entry.name.lower().endswith(OUTPUT_SUFFIX)]
    return names if any(file_key(name[: -len(OUTPUT_SUFFIX)]) in _known_commands() for name in names) else []


@cache
def _known_commands() -> frozenset[str]:
    return frozenset(file_key(command.text) for name in PLATFORM_NAMES for command in platform(name).commands)
