"""Runs the script on this machine, without SSH."""

import asyncio
import contextlib
import os
import signal

import msgspec

from baseline.models.errors import CollectError


class LocalResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the shell wrote and how it ended."""

    stdout: bytes
    stderr: bytes
    exit_status: int | None


async def run_locally(command: str, script: bytes, *, timeout_seconds: float, maximum_output_bytes: int) -> LocalResult:
    """Feed a script to a shell command, and wait for its end; what it started ends with it.

    Raises:
        CollectError: ``timeout``, ``too_much_output``, or ``unreachable`` when there is no shell.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            "/bin/sh",
            "-c",
            command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            cwd="/",
        )
    except OSError as error:
        raise CollectError("unreachable", f"cannot start /bin/sh here: {error.strerror}") from error
    try:
        async with asyncio.timeout(timeout_seconds):
            stdout, stderr = await process.communicate(script)
    except TimeoutError as error:
        raise CollectError("timeout", f"no end of the script within {timeout_seconds:g} s") from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if len(stdout) + len(stderr) > maximum_output_bytes:
        raise CollectError("too_much_output", f"the script wrote more than {maximum_output_bytes} bytes")
    return LocalResult(stdout=stdout, stderr=stderr, exit_status=process.returncode)
