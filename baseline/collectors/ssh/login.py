"""Logging in: which credentials are offered to a target, in which order, and at most once each.

What the inventory configures is used and nothing else: its key file, then its password. Only a target without both is
offered the keys of ssh-agent and then the default key files. So an agent full of keys cannot use up a target's
attempts, and no password is sent twice: many devices lock an account after a few failures.
"""

import asyncio
import getpass
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import asyncssh

from baseline.collectors.interface import CollectSettings
from baseline.collectors.ssh.client_keys import Key, agent_keys, configured_key, default_keys
from baseline.models.errors import CollectError
from baseline.models.target import Target

KeyOrPair = Key | asyncssh.SSHKeyPair


def user_name(target: Target) -> str:
    """The name to log in with: the inventory's, else the name of the user who runs this program.

    Raises:
        CollectError: ``credential``, the name holds a control character.
    """
    name = target.connection.credentials.user or getpass.getuser()
    if not name.isprintable():
        raise CollectError("credential", f"{name!r} cannot be the name of a user of {target.name}")
    return name


class Login:
    """Credentials for one attempt to log in to one target.

    ``tried`` names what was offered, for a person; ``failure`` holds why a credential could not be had.
    """

    def __init__(self, target: Target, settings: CollectSettings, agent: asyncssh.SSHAgentClient | None) -> None:
        self.tried: list[str] = []
        self.failure: CollectError | None = None
        self._target = target
        self._settings = settings
        self._agent = agent
        self._key_sources: list[Callable[[], Awaitable[Sequence[KeyOrPair]]]] = (
            [self._agent_keys, self._default_keys]
            if target.connection.credentials.key_file is None
            else [self._configured_key]
        )
        self._password: str | None = None
        self._password_resolved = False

    async def next_keys(self) -> Sequence[KeyOrPair]:
        """The next keys to offer; empty when there are no more."""
        try:
            return await self._next_batch()
        except CollectError as error:
            self.failure = error
            return []

    async def take_password(self) -> str | None:
        """The password, the first time that it is asked for; None afterwards or when there is none."""
        try:
            password, self._password = await self._resolved_password(), None
        except CollectError as error:
            self.failure = error
            return None
        if password is not None:
            self.tried.append("password")
        return password

    async def has_password(self) -> bool:
        """Whether a password is configured that was not offered yet."""
        try:
            return await self._resolved_password() is not None
        except CollectError as error:
            self.failure = error
            return False

    async def _resolved_password(self) -> str | None:
        if not self._password_resolved:
            self._password = await asyncio.to_thread(self._settings.secret, self._target, "password")
            self._password_resolved = True
        return self._password

    async def _next_batch(self) -> Sequence[KeyOrPair]:
        while self._key_sources:
            if keys := await self._key_sources.pop(0)():
                return keys
        return []

    async def _configured_key(self) -> Sequence[KeyOrPair]:
        path = Path(self._target.connection.credentials.key_file or "")
        key = configured_key(path)
        if key is not None:
            self.tried.append(f"key file {path}")
            return [key]
        pairs = await agent_keys(self._agent, only=path)
        if not pairs:
            raise CollectError(
                "credential",
                f"a passphrase protects the key file {path} and no ssh-agent holds that key",
                f"ssh-add {path}",
            )
        self.tried.append(f"key {path} in ssh-agent")
        return pairs

    async def _agent_keys(self) -> Sequence[KeyOrPair]:
        keys = [] if await self._resolved_password() is not None else await agent_keys(self._agent)
        if keys:
            self.tried.append("ssh-agent")
        return keys

    async def _default_keys(self) -> Sequence[KeyOrPair]:
        keys = [] if await self._resolved_password() is not None else default_keys()
        if keys:
            self.tried.append("default key files")
        return keys
