"""Runs another program, bounded in time and output, and tells what it said when it failed."""

import contextlib
import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import IO, Literal

import msgspec

KEPT_ERROR_BYTES = 64 * 1024
_CHUNK = 64 * 1024
_SECRET = re.compile(r"(?i)\b((?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key)\s*[:=]\s*)\S+")
_NOISE = ("Traceback (", "File ", "[WARNING]", "[DEPRECATION WARNING]", "^")


class Finished(msgspec.Struct, frozen=True):
    """How a program ended: exit code (negative: the signal), standard output, and the end of standard error."""

    code: int
    output: bytes
    errors: bytes


class StoppedError(Exception):
    """A program that was stopped: it took too long or wrote too much."""

    def __init__(self, reason: Literal["timeout", "output"]) -> None:
        self.reason = reason
        super().__init__(reason)


def run_bounded(
    arguments: Sequence[str],
    *,
    given: bytes = b"",
    timeout_seconds: float,
    maximum_output_bytes: int,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Run a program without a shell and wait for it; it and its children are killed when a bound is passed.

    Raises:
        StoppedError: it took longer than ``timeout_seconds`` or wrote more than ``maximum_output_bytes``.
        OSError: it cannot be started.
    """
    process = start(arguments, environment)
    try:
        return _Run(process, time.monotonic() + timeout_seconds, maximum_output_bytes).finish(given)
    finally:
        end(process)


def start(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None, errors: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, with pipes on its standard streams; or standard error into a file."""
    pipe = subprocess.PIPE
    stderr = pipe if errors is None else errors
    return subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=stderr, env=environment, start_new_session=True)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a program and its children, and release its pipes."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()


class _Run:
    def __init__(self, process: subprocess.Popen[bytes], deadline: float, maximum: int) -> None:
        self.process, self.deadline, self.maximum = process, deadline, maximum
        self.output, self.errors = bytearray(), bytearray()

    def finish(self, given: bytes) -> Finished:
        stdin, stdout, stderr = self.process.stdin, self.process.stdout, self.process.stderr
        if stdin is None or stdout is None or stderr is None:
            raise ValueError("the program was started without pipes")
        with contextlib.suppress(BrokenPipeError):
            stdin.write(given)
            stdin.close()
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ, self.output)
            selector.register(stderr, selectors.EVENT_READ, self.errors)
            while stdout in {key.fileobj for key in selector.get_map().values()}:
                self._read(selector, self._remaining())
            code = self._exit_code()
            while selector.get_map() and self._read(selector, 0):
                pass
        return Finished(code, bytes(self.output), bytes(self.errors))

    def _remaining(self) -> float:
        remaining = self.deadline - time.monotonic()
        if remaining <= 0:
            raise StoppedError("timeout")
        return remaining

    def _exit_code(self) -> int:
        try:
            return self.process.wait(self._remaining())
        except subprocess.TimeoutExpired:
            raise StoppedError("timeout") from None

    def _read(self, selector: selectors.BaseSelector, timeout: float) -> bool:
        ready = selector.select(timeout)
        for key, _ in ready:
            chunk = os.read(key.fd, _CHUNK)
            key.data.extend(chunk)
            if not chunk:
                selector.unregister(key.fileobj)
        del self.errors[:-KEPT_ERROR_BYTES]
        if len(self.output) > self.maximum:
            raise StoppedError("output")
        return bool(ready)


def read_line(stream: IO[bytes], timeout_seconds: float, maximum_bytes: int) -> bytes:
    """One line from an unbuffered pipe; empty at its end.

    Raises:
        StoppedError: it did not come in time, or is longer than ``maximum_bytes``.
    """
    line, deadline = bytearray(), time.monotonic() + timeout_seconds
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while not line.endswith(b"\n"):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise StoppedError("timeout")
            chunk = os.read(stream.fileno(), _CHUNK)
            line.extend(chunk)
            if len(line) > maximum_bytes:
                raise StoppedError("output")
            if not chunk:
                return b""
    return bytes(line)


def last_words(errors: bytes, secrets: Sequence[str] = ()) -> str:
    """The last useful line of standard error, for a person: no traceback, no control characters, no secrets."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines()]
    useful = [line for line in lines if line and not line.startswith(_NOISE)]
    text = useful[-1].removeprefix("ERROR: ") if useful else ""
    for secret in secrets:
        text = text.replace(secret, "***") if secret else text
    return redact(text)[:300]


def redact(text: str) -> str:
    """Text for a person: no control characters, and stars for what follows ``password=``, ``token:`` and the like."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return _SECRET.sub(r"\1***", printable)
