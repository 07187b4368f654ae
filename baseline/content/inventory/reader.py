"""Runs the process that reads inventories with Ansible, and finds an interpreter that has Ansible."""

import os
import re
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from baseline.content.inventory.child import Finished, StoppedError, last_words, redact, run_bounded
from baseline.content.inventory.model import InventorySource
from baseline.content.inventory.protocol import Listing
from baseline.content.inventory.settings import PREFIX, SECRETS, SETTINGS
from baseline.models.errors import ContentError, Problem

MAXIMUM_HOSTS = 100_000
MAXIMUM_OUTPUT_BYTES = 256 * 1024 * 1024
MAXIMUM_MEMORY_BYTES = 4 * 1024 * 1024 * 1024
TIMEOUT_SECONDS = 60.0
TIMEOUT_VARIABLE = "BASELINE_INVENTORY_TIMEOUT"

_PROGRAM = Path(__file__).with_name("ansible_reader") / "__main__.py"
_NO_ANSIBLE = 3
_FIX = "pip install 'baseline[ansible]'"


def list_inventory(
    source: InventorySource, limit: str | None, timeout_seconds: float
) -> tuple[Listing, tuple[str, ...]]:
    """The inventory as Ansible has it, and the interpreter that read it.

    Raises:
        ContentError: no interpreter has Ansible, the reader was stopped or crashed, or the inventory is unusable.
    """
    for interpreter in (source.interpreter,) if source.interpreter else tuple(interpreters()):
        finished = _run(interpreter, request(source, "list", limit), timeout_seconds, _name(source))
        if finished.code != _NO_ANSIBLE:
            return _listing(finished, _name(source)), interpreter
    message = "cannot be read: ansible-core 2.19 or newer was not found"
    raise ContentError([Problem(path=_name(source), message=message, hint=_FIX)])


def timeout_of(seconds: float | None) -> float:
    """The time that reading may take: as given, else as the environment says, else 60 seconds."""
    if seconds is not None:
        return seconds
    stated = os.environ.get(TIMEOUT_VARIABLE, "")
    try:
        return max(1.0, float(stated)) if stated else TIMEOUT_SECONDS
    except ValueError:
        problem = Problem(
            path="inventory", message=f"{TIMEOUT_VARIABLE} must be a number of seconds, not '{stated[:60]}'"
        )
        raise ContentError([problem]) from None


def command(interpreter: tuple[str, ...]) -> tuple[str, ...]:
    """The command that starts the reader."""
    return (*interpreter, str(_PROGRAM))


def request(source: InventorySource, mode: str, limit: str | None = None) -> bytes:
    """The reader's first line of input."""
    document = {
        "mode": mode,
        "sources": [path for path in source.paths if path not in source.testbeds],
        "limit": limit,
        "vault_password_files": source.vault_password_files,
        "vault_ids": source.vault_ids,
        "settings": SETTINGS,
        "secrets": SECRETS,
        "prefix": PREFIX,
        "maximum_hosts": MAXIMUM_HOSTS,
        "maximum_memory_bytes": MAXIMUM_MEMORY_BYTES,
    }
    return msgspec.json.encode(document) + b"\n"


def environment() -> dict[str, str]:
    """This process's environment, quiet and with the UTF-8 locale that Ansible insists on."""
    changed = {"ANSIBLE_NOCOLOR": "1", "ANSIBLE_VERBOSITY": "0", "ANSIBLE_DEBUG": "0"}
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    if "utf" not in locale.lower():
        changed["LC_ALL"] = "C.UTF-8"
    return os.environ | changed


def interpreters() -> Iterator[tuple[str, ...]]:
    """Interpreters that may have Ansible: this one, then the one that runs ``ansible-inventory`` on PATH.

    The last is without ``-I``, for an Ansible that was installed with ``pip install --user``.
    """
    yield (sys.executable, "-I")
    program = shutil.which("ansible-inventory")
    found = _interpreter_of(Path(program)) if program else None
    if found:
        yield (found, "-I")
        yield (found, "-E", "-P")


def _interpreter_of(script: Path) -> str | None:
    """The Python in a script's first line: ``#!/path``, ``#!/usr/bin/env python3`` or pip's form for long paths."""
    with script.open("rb") as file:
        text = file.read(4096).decode("utf-8", "replace")
    long_path = re.match(r"#!/bin/sh\n'''exec' (?:\"([^\"]+)\"|(\S+)) ", text)
    if long_path:
        return long_path[1] or long_path[2]
    words = shlex.split(text[2:].split("\n", 1)[0]) if text.startswith("#!") else []
    if words and Path(words[0]).name == "env":
        words = [word for word in words[1:] if word != "-S"]
    return shutil.which(words[0]) if words and "python" in Path(words[0]).name else None


def _name(source: InventorySource) -> str:
    return ", ".join(source.paths) or "inventory"


def _run(interpreter: tuple[str, ...], given: bytes, timeout_seconds: float, name: str) -> Finished:
    try:
        return run_bounded(
            command(interpreter),
            given=given,
            timeout_seconds=timeout_seconds,
            maximum_output_bytes=MAXIMUM_OUTPUT_BYTES,
            environment=environment(),
        )
    except StoppedError as error:
        message = f"reading took longer than {timeout_seconds:g} seconds"
        hint = f"a script or plugin that waits, or a very large file; {TIMEOUT_VARIABLE} allows more"
        if error.reason == "output":
            message, hint = f"is larger than {MAXIMUM_OUTPUT_BYTES} bytes when read", "use --limit"
        raise ContentError([Problem(path=name, message=message, hint=hint)]) from None
    except OSError as error:
        message = f"cannot be read: {interpreter[0]} does not start: {error.strerror}"
        raise ContentError([Problem(path=name, message=message, hint=_FIX)]) from None


def _listing(finished: Finished, name: str) -> Listing:
    if finished.code:
        raise ContentError([_crash(finished, name)])
    try:
        listing = msgspec.json.decode(finished.output, type=Listing)
    except (msgspec.MsgspecError, RecursionError) as error:
        message = f"was read, but the answer makes no sense: {error}"
        raise ContentError([Problem(path=name, message=message)]) from None
    problems = [msgspec.structs.replace(found, hint=redact(found.hint)) for found in listing.problems]
    if listing.failed:
        raise ContentError(problems)
    return msgspec.structs.replace(listing, problems=problems)


def _crash(finished: Finished, name: str) -> Problem:
    if finished.code < 0:
        signal_name = signal.Signals(-finished.code).name
        hint = "nested too deeply, or a plugin that crashes; find the file by naming one source at a time"
        return Problem(path=name, message=f"the process that read it crashed ({signal_name})", hint=hint)
    return Problem(path=name, message=f"Ansible stopped: {last_words(finished.errors) or 'it gave no reason'}")
