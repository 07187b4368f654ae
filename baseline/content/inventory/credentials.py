"""Resolves secrets at the moment of use: from a vault, an environment variable or a command. Nothing is logged or stored."""

import os
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import msgspec

from baseline.content.inventory.child import StoppedError, last_words, run_bounded
from baseline.content.inventory.model import Inventory
from baseline.content.inventory.vault import VaultReader
from baseline.models.errors import CollectError
from baseline.models.target import Credentials, Target

COMMAND_TIMEOUT_SECONDS = 30.0
MAXIMUM_OUTPUT_BYTES = 64 * 1024
_WORDS = {"password": "password", "enable": "enable secret", "become": "become password"}


class _Where(msgspec.Struct, frozen=True):
    """Where one secret is kept, in the order in which it is looked for."""

    environment: str | None
    command: tuple[str, ...]
    variable: str | None


class Secrets:
    """A resolver of secrets: call it with a target and ``password``, ``enable`` or ``become``.

    The answer is None when the inventory says nothing of such a secret. ``become`` and ``enable`` are one and the same:
    Ansible's ``ansible_become_password``. Answers are kept in memory until ``close``. Calls come from any thread; a call
    may block for ``command_timeout_seconds``, so do not call it from an event loop but with ``asyncio.to_thread``.

    Raises:
        CollectError: code ``credential``: it should be there but cannot be had. The message holds no secret.
    """

    def __init__(
        self,
        inventory: Inventory,
        *,
        environment: Mapping[str, str] = os.environ,
        command_timeout_seconds: float = COMMAND_TIMEOUT_SECONDS,
    ) -> None:
        self._environment, self._timeout = environment, command_timeout_seconds
        self._vault = VaultReader(inventory.source)
        self._known: dict[tuple[str, ...], str | CollectError] = {}
        self._locks: dict[tuple[str, ...], threading.Lock] = {}

    def __call__(self, target: Target, kind: str) -> str | None:
        """The secret of this kind, or None when the inventory names none."""
        where = _where(target.connection.credentials, kind)
        what = f"the {_WORDS[kind]} of {target.name}"
        if where.environment is not None:
            return self._from_environment(where.environment, what)
        if where.command:
            command = where.command
            return self._once(("command", *command), lambda: _from_command(command, what, self._timeout))
        if where.variable is not None:
            variable = where.variable
            return self._once(("vault", target.name, variable), lambda: self._vault.secret(target.name, variable, what))
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Secrets({len(self._known)} resolved)"

    def __reduce__(self) -> str:
        raise TypeError("secrets are not pickled or copied")

    def close(self) -> None:
        """Forget every secret and end the process that decrypts."""
        self._known.clear()
        self._vault.close()

    def _from_environment(self, name: str, what: str) -> str:
        value = self._environment.get(name)
        if not value:
            raise CollectError("credential", f"{what} is not in the environment variable {name}", f"export {name}=...")
        return value

    def _once(self, key: tuple[str, ...], resolve: Callable[[], str]) -> str:
        """The kept answer, or kept failure, under ``key``: a command that hangs is not waited for a thousand times."""
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._known:
                try:
                    self._known[key] = resolve()
                except CollectError as error:
                    self._known[key] = error
            found = self._known[key]
        if isinstance(found, CollectError):
            raise CollectError(found.code, found.message, found.hint)
        return found


def _where(credentials: Credentials, kind: str) -> _Where:
    if kind == "password":
        return _Where(credentials.password_environment, credentials.password_command, credentials.password_variable)
    if kind in ("enable", "become"):
        return _Where(credentials.enable_environment, credentials.enable_command, credentials.enable_variable)
    raise ValueError(f"there is no secret of kind {kind!r}")


def _from_command(command: tuple[str, ...], what: str, timeout_seconds: float) -> str:
    """The first line that a command writes; no shell is involved."""
    hint = f"run it by hand: {command[0]}"
    try:
        finished = run_bounded(command, timeout_seconds=timeout_seconds, maximum_output_bytes=MAXIMUM_OUTPUT_BYTES)
    except StoppedError as error:
        why = f"took longer than {timeout_seconds:g} seconds" if error.reason == "timeout" else "wrote too much"
        raise CollectError("credential", f"the command for {what} {why}", hint) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CollectError("credential", f"the command for {what} does not start: {command[0]}: {why}", hint) from None
    line = finished.output.split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8", "replace")
    if finished.code:
        said = last_words(finished.errors, [line])
        message = f"the command for {what} ended with code {finished.code}" + (f": {said}" if said else "")
        raise CollectError("credential", message, hint)
    if not line or "\ufffd" in line:
        raise CollectError("credential", f"the command for {what} wrote no line of text", hint)
    return line
