"""Asks a resolver for text records: DNS over TCP (RFC 1035, RFC 7766), TXT questions only.

Nothing but the names of domains leaves, to the one resolver that the inventory names.
"""

import asyncio
import secrets
import struct

from baseline.models.facts.fact import Unknown

TEXT, INTERNET = 16, 1
PORT = 53
_RECURSION_DESIRED = 0x0100
_RESPONSE = 0x8000
_NO_ERROR, _NO_SUCH_NAME = 0, 3
MAXIMUM_RECORDS = 200
MAXIMUM_LABEL, MAXIMUM_NAME = 63, 253


class BadAnswerError(Exception):
    """An answer that is not a DNS message, or not to this question."""


async def text_records(name: str, resolver: tuple[str, int], timeout_seconds: float) -> list[str] | Unknown:
    """The TXT records at a name; an empty list where the resolver says that there are none."""
    try:
        number = secrets.randbelow(65536)
        message = question(name, number)
        async with asyncio.timeout(timeout_seconds):
            answer = await _exchange(message, resolver)
        return read_answer(answer, number, message[12:])
    except TimeoutError:
        return Unknown(f"the resolver {resolver[0]} did not answer about {name} within {timeout_seconds:g} s")
    except (OSError, asyncio.IncompleteReadError, BadAnswerError, ValueError) as error:
        return Unknown(f"the resolver {resolver[0]} does not tell about {name}: {str(error)[:120]!a}")


async def _exchange(message: bytes, resolver: tuple[str, int]) -> bytes:
    reader, writer = await asyncio.open_connection(*resolver)
    try:
        writer.write(struct.pack("!H", len(message)) + message)
        await writer.drain()
        (length,) = struct.unpack("!H", await reader.readexactly(2))
        return await reader.readexactly(length)
    finally:
        writer.close()


def question(name: str, number: int) -> bytes:
    """The message that asks for the TXT records at a name.

    Raises:
        ValueError: the name cannot stand in DNS.
    """
    labels = [label.encode("idna") for label in name.split(".")]
    if not all(0 < len(label) <= MAXIMUM_LABEL for label in labels) or len(name) > MAXIMUM_NAME:
        raise ValueError("it is no name for DNS")
    place = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    return struct.pack("!6H", number, _RECURSION_DESIRED, 1, 0, 0, 0) + place + struct.pack("!2H", TEXT, INTERNET)


def read_answer(message: bytes, number: int, asked: bytes) -> list[str]:
    """The texts in an answer. ``asked`` is the question as it was sent.

    Raises:
        BadAnswerError: it is not an answer to this question, or the resolver could not find one.
    """
    try:
        told, flags, questions, answers = struct.unpack_from("!4H", message)
        if told != number or not flags & _RESPONSE or questions != 1:
            raise BadAnswerError("it answers another question")
        code = flags & 0x000F
        if code == _NO_SUCH_NAME:
            return []
        if code != _NO_ERROR:
            raise BadAnswerError(f"it answers with error {code}")
        if message[12 : 12 + len(asked)].lower() != asked.lower() or answers > MAXIMUM_RECORDS:
            raise BadAnswerError("it answers another question, or too much")
        return _texts(message, 12 + len(asked), answers)
    except (struct.error, IndexError) as error:
        raise BadAnswerError("it is cut off") from error


def _texts(message: bytes, start: int, count: int) -> list[str]:
    found, place = [], start
    for _ in range(count):
        place = _after_name(message, place)
        kind, _, _, length = struct.unpack_from("!2HIH", message, place)
        data = message[place + 10 : place + 10 + length]
        if len(data) != length:
            raise BadAnswerError("it is cut off")
        if kind == TEXT:
            found.append(_joined(data))
        place += 10 + length
    return found


def _after_name(message: bytes, place: int) -> int:
    """Where a name ends; a pointer (RFC 1035, section 4.1.4) ends it."""
    while message[place]:
        if message[place] & 0xC0:
            return place + 2
        place += 1 + message[place]
    return place + 1


def _joined(data: bytes) -> str:
    """The strings of one record, put together (RFC 7208, section 3.3)."""
    parts, place = [], 0
    while place < len(data):
        parts.append(data[place + 1 : place + 1 + data[place]])
        place += 1 + data[place]
    return b"".join(parts).decode("utf-8", "replace")
