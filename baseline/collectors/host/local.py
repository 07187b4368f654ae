"""Runs the script on this machine, without SSH."""

import asyncio
import contextlib
import os
import signal
import subprocess

import msgspec

from baseline.models.errors import CollectError


class LocalResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the shell wrote and how it ended."""

    stdout: bytes
    stderr: bytes
    exit_status: int | None


async def run_locally(command: str, script: bytes, *, timeout_seconds: float, maximum_output_bytes: int) -> LocalResult:
    """Feed a script to a shell command, and wait for its end; what it started ends with it.

    A thread waits, so that being cancelled at any moment leaves no process without someone to stop it.

    Raises:
        CollectError: ``timeout``, ``too_much_output``, or ``unreachable`` when there is no shell.
    """
    result = await asyncio.to_thread(_run, command, script, timeout_seconds)
    if len(result.stdout) + len(result.stderr) > maximum_output_bytes:
        raise CollectError("too_much_output", f"the script wrote more than {maximum_output_bytes} bytes")
    return result


def _run(command: str, script: bytes, timeout_seconds: float) -> LocalResult:
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(
            ["/bin/sh", "-c", command], stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True, cwd="/"
        ) as process:
            try:
                stdout, stderr = process.communicate(script, timeout=timeout_seconds)
            finally:
                if process.poll() is None:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
    except subprocess.TimeoutExpired as error:
        raise CollectError("timeout", f"no end of the script within {timeout_seconds:g} s") from error
    except OSError as error:
        raise CollectError("unreachable", f"cannot run /bin/sh here: {error.strerror}") from error
    return LocalResult(stdout=stdout, stderr=stderr, exit_status=process.returncode)
