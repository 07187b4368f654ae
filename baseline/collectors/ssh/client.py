"""The client side of one connection: what it answers when asyncssh asks, and what it saw."""

from collections.abc import Callable, Sequence

import asyncssh

from baseline.collectors.ssh.algorithms import Offer
from baseline.collectors.ssh.host_keys import HostKey
from baseline.collectors.ssh.login import KeyOrPair, Login

KEXINIT_COOKIE_END = 17
"""A KEXINIT message starts with its number and 16 random bytes (RFC 4253, section 7.1)."""


class Client(asyncssh.SSHClient):
    """Answers asyncssh from a Login, refuses host keys that are not known, and remembers what the server showed.

    ``connected`` is called when TCP is up, before anything is exchanged; ``ours`` is what this side offers.
    """

    def __init__(self, login: Login) -> None:
        self.login = login
        self.presented: HostKey | None = None
        self.ours = Offer()
        self.connection: asyncssh.SSHClientConnection | None = None
        self.connected: Callable[[], None] = lambda: None

    def connection_made(self, conn: asyncssh.SSHClientConnection) -> None:
        """TCP is up."""
        self.connection = conn
        self.connected()

    @property
    def offered(self) -> Offer:
        """The algorithms that the server offered; empty as long as it offered none."""
        message = bytes(getattr(self.connection, "_server_kexinit", b""))
        return parse_offer(message)

    def validate_host_public_key(self, _host: str, _addr: str, _port: int, key: asyncssh.SSHKey) -> bool:
        """Called for a key that is not in ``known_hosts`` only: remember it and refuse."""
        self.presented = HostKey(type=key.algorithm.decode("ascii"), blob=key.public_data)
        return False

    async def public_key_auth_requested(self) -> Sequence[KeyOrPair] | None:
        """The next keys to try; None when there are no more."""
        return await self.login.next_keys() or None

    async def password_auth_requested(self) -> str | None:
        """The password, once."""
        return await self.login.take_password()

    async def kbdint_auth_requested(self) -> str | None:
        """An empty list of sub-methods if there is a password to answer with, else None: skip the method."""
        return "" if await self.login.has_password() else None

    async def kbdint_challenge_received(
        self, _name: str, _instructions: str, _lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str] | None:
        """Answer the one question for a password. Anything more (a code, a new password) cannot be answered here."""
        if not prompts:
            return []
        (_question, echo), *more = prompts
        password = await self.login.take_password() if not more and not echo else None
        return None if password is None else [password]


def parse_offer(message: bytes) -> Offer:
    """The algorithm lists of a KEXINIT message; client-to-server lists stand for both directions.

    An incomplete message gives an empty offer.
    """
    lists: list[tuple[str, ...]] = []
    position = KEXINIT_COOKIE_END
    for _ in range(5):
        length = int.from_bytes(message[position : position + 4], "big")
        names = message[position + 4 : position + 4 + length]
        if len(names) != length or position + 4 > len(message):
            return Offer()
        lists.append(tuple(names.decode("ascii", errors="replace").split(",")) if names else ())
        position += 4 + length
    return Offer(key_exchanges=lists[0], host_keys=lists[1], ciphers=lists[2], macs=lists[4])
