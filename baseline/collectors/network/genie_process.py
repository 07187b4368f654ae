"""The process in which Genie runs: one for a whole run, started at the first question, bounded in time and in its answers."""

import contextlib
import functools
import importlib.util
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import msgspec

START_SECONDS = 60.0
"""Importing Genie takes 2 to 4 seconds on a quiet machine."""
ANSWER_SECONDS = 20.0
MAXIMUM_ANSWER_BYTES = 16 * 1024 * 1024
MAXIMUM_FAILURES = 3
"""Stops in a row after which Genie is not asked again: a fleet does not wait for it a thousand times."""
NOT_INSTALLED = "Genie is not installed: pip install 'baseline[pyats]'"

_PROGRAM = Path(__file__).with_name("genie_program.py")
_PASSED_ON = ("PATH", "TZ", "TMPDIR")
"""Environment variables that the process gets; the others may hold passwords."""


class GenieAnswer(msgspec.Struct, frozen=True):
    """What Genie made of outputs, by command, and why it could not. ``genie`` is its version."""

    parsed: dict[str, Any] = {}
    failed: dict[str, str] = {}
    genie: str = ""


class GenieError(Exception):
    """Genie cannot be asked; the message says why."""


@functools.cache
def genie_process() -> "GenieProcess":
    """The process that everything in this program shares."""
    return GenieProcess(genie_interpreter())


def genie_interpreter() -> str | None:
    """A Python that has Genie: this one, else the one that runs ``pyats`` on PATH; None when there is none."""
    if importlib.util.find_spec("genie") is not None:
        return sys.executable
    program = shutil.which("pyats")
    beside = Path(program).with_name("python") if program else None
    return str(beside) if beside is not None and beside.exists() else None


class GenieProcess:
    """Asks one process with Genie in it, one question at a time, in a thread of its own (``thread``)."""

    def __init__(self, interpreter: str | None) -> None:
        self.interpreter = interpreter
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="genie")
        self._running: _Running | None = None
        self._failures = 0
        self._last = ""

    def parse(self, network_os: str, outputs: Mapping[str, str]) -> GenieAnswer:
        """What Genie makes of redacted outputs by command. Blocks for at most START_SECONDS + ANSWER_SECONDS.

        Raises:
            GenieError: it is not installed, took too long, wrote too much or ended.
        """
        if self.interpreter is None:
            raise GenieError(NOT_INSTALLED)
        if self._failures >= MAXIMUM_FAILURES:
            raise GenieError(f"Genie was given up after {MAXIMUM_FAILURES} failures; the last: {self._last}")
        try:
            if self._running is None or self._running.ended:
                self._running = _Running(self.interpreter)
            question = msgspec.json.encode({"os": network_os, "outputs": dict(outputs)})
            answer = self._running.ask(question)
        except (OSError, msgspec.MsgspecError, GenieError) as error:
            self._failures, self._last = self._failures + 1, str(error)
            self.close()
            raise GenieError(str(error)) from error
        self._failures = 0
        return answer

    def close(self) -> None:
        """End the process; the next question starts another. From another thread, a question that waits fails at once."""
        if self._running is not None:
            self._running.kill()
        self._running = None


class _Running:
    """The process, in a home of its own, with its standard error in a file: a pipe that nobody empties would block it."""

    def __init__(self, interpreter: str) -> None:
        home = tempfile.TemporaryDirectory(prefix="baseline-genie-")
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by _end
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        pipe = subprocess.PIPE
        self._errors = errors
        self._process = subprocess.Popen(
            (interpreter, "-E", "-P", str(_PROGRAM)),
            stdin=pipe,
            stdout=pipe,
            stderr=errors,
            env=environment | {"HOME": home.name, "LC_ALL": "C.UTF-8"},
            cwd=home.name,
            start_new_session=True,
        )
        weakref.finalize(self, _end, self._process, errors, home)
        self.genie = self._read(START_SECONDS).genie

    @property
    def ended(self) -> bool:
        """Whether it is gone, for example because it was asked nothing for a while."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """End it; what it held is released when nobody waits for it any more."""
        _kill(self._process)

    def ask(self, question: bytes) -> GenieAnswer:
        """The answer to one question.

        Raises:
            GenieError: there was none in time, it was too large, or the process ended.
        """
        stdin = _pipe(self._process.stdin)
        deadline = time.monotonic() + ANSWER_SECONDS
        _write(stdin, question + b"\n", deadline)
        answer = self._read(deadline - time.monotonic())
        return msgspec.structs.replace(answer, genie=self.genie)

    def _read(self, seconds: float) -> GenieAnswer:
        line, deadline = bytearray(), time.monotonic() + seconds
        stdout = _pipe(self._process.stdout)
        while not line.endswith(b"\n"):
            _wait(stdout, selectors.EVENT_READ, deadline)
            chunk = os.read(stdout.fileno(), 64 * 1024)
            line.extend(chunk)
            if len(line) > MAXIMUM_ANSWER_BYTES:
                raise GenieError(f"Genie's answer is larger than {MAXIMUM_ANSWER_BYTES} bytes")
            if not chunk:
                raise GenieError(f"Genie ended: {self._said()}")
        try:
            return msgspec.json.decode(line, type=GenieAnswer)
        except RecursionError:
            raise GenieError("Genie's answer is nested too deeply") from None

    def _said(self) -> str:
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 4096))
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        last = lines[-1][:200] if lines else "it gave no reason"
        return "".join(character if character.isprintable() else "?" for character in last)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise GenieError("Genie was started without pipes")
    return stream


def _write(stdin: IO[bytes], content: bytes, deadline: float) -> None:
    """Write all of it; a process that does not read is not waited for."""
    os.set_blocking(stdin.fileno(), False)
    left = memoryview(content)
    while left:
        _wait(stdin, selectors.EVENT_WRITE, deadline)
        left = left[os.write(stdin.fileno(), left) :]


def _wait(stream: IO[bytes], event: int, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(stream, event)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise GenieError("Genie did not answer in time")


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes], errors: IO[bytes], home: "tempfile.TemporaryDirectory[str]") -> None:
    _kill(process)
    process.wait()
    for stream in (process.stdin, process.stdout, errors):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    home.cleanup()
