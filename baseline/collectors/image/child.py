"""Runs the process that reads one image, bounded in time, memory and output.

It is a process of its own for two reasons: what parses the image may be made to loop or to eat memory by whoever made the
image, and the libraries for disks are AGPL-3.0, which the rest of this program neither loads nor links.
"""

import asyncio
import contextlib
import os
import signal
import sys

import msgspec

from baseline.collectors.image.protocol import Answer, Reply, Request
from baseline.models.errors import CollectError

MAXIMUM_MEMORY_BYTES = 2 * 1024**3
_MODULE = "baseline.collectors.image.reader"


async def read_in_child(request: Request, timeout_seconds: float, maximum_output_bytes: int) -> Answer:
    """Have an image read.

    Raises:
        CollectError: it cannot be read, or not within the bounds.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        _MODULE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(timeout_seconds):
            output = await _converse(process, msgspec.json.encode(request), maximum_output_bytes)
            code = await process.wait()
    except TimeoutError as error:
        raise CollectError(
            "timeout", f"the image was not read within {timeout_seconds:g} s", "give more time: --timeout SECONDS"
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    return _answer(output, code)


async def _converse(process: asyncio.subprocess.Process, request: bytes, maximum_bytes: int) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise CollectError("internal", "the reader of images has no pipes")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(request)
        await process.stdin.drain()
        process.stdin.close()
    output = bytearray()
    while chunk := await process.stdout.read(65536):
        output += chunk
        if len(output) > maximum_bytes:
            raise CollectError("too_much_output", f"the facts of the image are larger than {maximum_bytes} bytes")
    return bytes(output)


def _answer(output: bytes, code: int) -> Answer:
    try:
        reply = msgspec.json.decode(output, type=Reply)
    except msgspec.DecodeError as error:
        how = f"signal {-code}" if code < 0 else f"status {code}"
        hint = "it needs more memory or time than is allowed, or is made to break its reader"
        raise CollectError("unparsable", f"the reader of the image ended with {how}", hint) from error
    if reply.failure is not None:
        raise CollectError(reply.failure.code, reply.failure.message, reply.failure.hint)
    if reply.answer is None:
        raise CollectError("internal", "the reader of the image gave no answer")
    return reply.answer
