"""Asks the reader process for single secrets. It is started at the first question and ends with the run."""

import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

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
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None

    def secret(self, host: str, variable: str, what: str) -> str:
        """The decrypted value of a host's variable; ``what`` it is called in messages.

        Raises:
            CollectError: code ``credential``.
        """
        with self._lock, self._explained(what):
            process = self._process or self._open()
            reply = self._ask(process, msgspec.json.encode({"host": host, "variable": variable}) + b"\n")
            answer = msgspec.json.decode(reply, type=SecretReply)
        if answer.value:
            return answer.value
        why = answer.error or "is empty"
        raise CollectError("credential", f"{what} cannot be had: {variable} {why}", VAULT_HINT)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _open(self) -> subprocess.Popen[bytes]:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in _stop; a pipe that nobody empties would block the process
        self._process = process = start(command(self._source.interpreter), environment(), self._errors)
        opened = msgspec.json.decode(self._ask(process, request(self._source, "secrets")), type=Listing)
        if opened.failed:
            raise ValueError(str(opened.problems[0]))
        return process

    def _ask(self, process: subprocess.Popen[bytes], question: bytes) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process was started without pipes")
        process.stdin.write(question)
        process.stdin.flush()
        reply = read_line(process.stdout, self._timeout, MAXIMUM_REPLY_BYTES)
        if not reply:
            raise ValueError(f"the process that decrypts ended: {self._said()}")
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
        if self._process is not None:
            end(self._process)
        if self._errors is not None:
            self._errors.close()
        self._process = self._errors = None

    def _said(self) -> str:
        if self._errors is None:
            return ""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - KEPT_ERROR_BYTES))
        return last_words(self._errors.read()) or "it gave no reason"
