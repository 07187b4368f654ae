"""Asks the reader process for single secrets. It is started at the first question and ends with the run."""

import contextlib
import os
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator

import msgspec

from baseline.content.inventory.child import KEPT_ERROR_BYTES, StoppedError, end, last_words, read_line, start
from baseline.content.inventory.model import InventorySource
from baseline.content.inventory.protocol import Listing, SecretReply
from baseline.content.inventory.reader import command, environment, request, timeout_of
from baseline.models.errors import CollectError

VAULT_HINT = "--vault-password-file FILE or ANSIBLE_VAULT_PASSWORD_FILE; vault ids: ANSIBLE_VAULT_IDENTITY_LIST"
MAXIMUM_REPLY_BYTES = 1024 * 1024
"""Of what is wrong with the inventory, or of one secret."""


class VaultReader:
    """One resident process that has the inventory open; one question at a time."""

    def __init__(self, source: InventorySource) -> None:
        self._source, self._timeout = source, timeout_of(None)
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._ended: Callable[[], object] | None = None

    def secret(self, host: str, variable: str, what: str) -> str:
        """The decrypted value of a host's variable; ``what`` it is called in messages.

        Raises:
            CollectError: code ``credential``.
        """
        with self._lock, self._explained(what):
            running = self._running or self._open()
            reply = self._ask(running, msgspec.json.encode({"host": host, "variable": variable}) + b"\n")
            answer = msgspec.json.decode(reply, type=SecretReply)
        if answer.value:
            return answer.value
        why = answer.error or "is empty"
        raise CollectError("credential", f"{what} cannot be had: {variable} {why}", VAULT_HINT)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _open(self) -> "_Running":
        self._running = running = _Running(self._source)
        self._ended = weakref.finalize(self, running.end)  # also when nobody closes, at the latest when Python ends
        opened = msgspec.json.decode(self._ask(running, request(self._source, "secrets")), type=Listing)
        if opened.failed:
            raise ValueError(next(str(problem) for problem in opened.problems if problem.level == "error"))
        return running

    def _ask(self, running: "_Running", question: bytes) -> bytes:
        running.stdin.write(question)
        running.stdin.flush()
        reply = read_line(running.stdout, self._timeout, MAXIMUM_REPLY_BYTES)
        if not reply:
            raise ValueError(f"the process that decrypts ended: {running.said()}")
        return reply

    @contextlib.contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except StoppedError:
            why = f"no answer within {self._timeout:g} seconds"
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            why = str(error)
        else:
            return
        self._stop()
        raise CollectError("credential", f"{what} cannot be decrypted: {why}", "baseline inventory validate")

    def _stop(self) -> None:
        if self._ended is not None:
            self._ended()
        self._running = self._ended = None


class _Running:
    """The process, with its standard error in a file: a pipe that nobody empties would block it."""

    def __init__(self, source: InventorySource) -> None:
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end
        self.process = start(command(source.interpreter), environment(), self.errors)
        if self.process.stdin is None or self.process.stdout is None:
            raise ValueError("the process was started without pipes")
        self.stdin, self.stdout = self.process.stdin, self.process.stdout

    def said(self) -> str:
        self.errors.seek(max(0, self.errors.seek(0, os.SEEK_END) - KEPT_ERROR_BYTES))
        return last_words(self.errors.read()) or "it gave no reason"

    def end(self) -> None:
        end(self.process)
        self.errors.close()
