"""The one place where anything is sent to Windows: always the script that is composed here, never a text of others."""

import asyncio

import msgspec

from baseline.collectors.interface import CollectSettings
from baseline.collectors.windows.script import command, compose
from baseline.models.errors import CollectError
from baseline.models.target import Target


class Told(msgspec.Struct, frozen=True):
    """What PowerShell wrote as its output, and as its errors."""

    output: bytes
    complaint: bytes


async def ask(target: Target, needs: frozenset[str], mark: str, settings: CollectSettings) -> Told:
    """Send the script for these needs, once, and wait for what it writes.

    Raises:
        CollectError: the target could not be asked, or not within the bounds.
    """
    transport = target.connection.transport
    if transport == "winrm":
        return await _over_winrm(target, needs, mark, settings)
    if transport != "ssh":
        raise CollectError("not_allowed", f"Windows is not asked over {transport}", "use ssh or winrm")
    return await _over_ssh(target, needs, mark, settings)


async def _over_ssh(target: Target, needs: frozenset[str], mark: str, settings: CollectSettings) -> Told:
    from baseline.collectors.ssh.connection import connect  # noqa: PLC0415 - asyncssh is slow to import
    from baseline.collectors.ssh.execution import execute  # noqa: PLC0415 - same

    script = compose(needs, mark).replace("\n", "\r\n").encode("ascii")
    try:
        async with asyncio.timeout(settings.timeout_seconds), connect(target, settings) as connection:
            result = await execute(
                connection,
                command(),
                input=script,
                timeout_seconds=settings.timeout_seconds,
                maximum_output_bytes=settings.maximum_output_bytes,
            )
    except TimeoutError as error:
        raise CollectError("timeout", f"no answer within {settings.timeout_seconds:g} s") from error
    return Told(result.stdout, result.stderr)


async def _over_winrm(target: Target, needs: frozenset[str], mark: str, settings: CollectSettings) -> Told:
    from baseline.collectors.windows.winrm import run_script  # noqa: PLC0415 - an extra

    password = await asyncio.to_thread(settings.secret, target, "password")
    try:
        async with asyncio.timeout(settings.timeout_seconds):
            output, complaint = await asyncio.to_thread(run_script, target, compose(needs, mark), password, settings)
    except TimeoutError as error:
        raise CollectError("timeout", f"no answer within {settings.timeout_seconds:g} s") from error
    return Told(output, complaint)
