"""Named faults: ways in which a device misbehaves as a server rather than being configured wrongly."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from baseline.lab.errors import LabError

FAULTS: dict[str, str] = {
    "hang": "accepts the session and never prompts",
    "hang_handshake": "accepts the connection and never answers the key exchange",
    "hang_mid_command": "stops half-way through the first answer",
    "disconnect": "breaks the connection half-way through the first answer",
    "flood": "answers with 100 MB",
    "binary": "answers with noise that is no text",
    "slow": "takes the lab's slow_ms longer for everything",
    "wrong_password": "accepts no credentials",
    "weak_ssh": "offers only SHA-1 key exchange, ssh-rsa and CBC ciphers",
    "truncated": "ends its configuration in the middle of a line",
    "wrong_vendor": "answers like another vendor's switch",
    "changed_host_key": "shows another host key than the known one",
}

FLOOD_BYTES = 100_000_000
FLOOD_CHUNK = (b"*" * 78 + b"\r\n") * 800
TRUNCATED_PART = 0.6


class Delivery(NamedTuple):
    """What becomes of an answer: the bytes that still go out, and what happens then."""

    data: bytes
    then: Literal["continue", "silence", "abort", "flood"] = "continue"


def checked_faults(names: Iterable[str]) -> frozenset[str]:
    """The names as a set.

    Raises:
        LabError: a name that is no fault.
    """
    for name in names:
        if name not in FAULTS:
            raise LabError(f"there is no fault {name!r}; known are {', '.join(sorted(FAULTS))}")
    return frozenset(names)


def delivered(faults: frozenset[str], reply: bytes) -> Delivery:
    """What goes out instead of the reply to a ``show`` command."""
    if "hang_mid_command" in faults:
        return Delivery(reply[: len(reply) // 2], "silence")
    if "disconnect" in faults:
        return Delivery(reply[: len(reply) // 2], "abort")
    if "flood" in faults:
        return Delivery(reply[:-1], "flood")
    if "binary" in faults:
        return Delivery(noise(len(reply)))
    return Delivery(reply)


def noise(length: int) -> bytes:
    """Bytes that are no text in any encoding: control characters, escape sequences, broken UTF-8. No line ends."""
    pattern = bytes(value for value in range(256) if value not in b"\r\n") + b"\x1b[2J\xff\xfe\xc3\x28\x00"
    return (pattern * (length // len(pattern) + 1))[: max(length, len(pattern))]


def truncated(text: str) -> str:
    """A configuration that stops in the middle of a line."""
    cut = int(len(text) * TRUNCATED_PART)
    while text[cut - 1] == "\n" or text[cut] == "\n":
        cut += 1
    return text[:cut]
