"""Runs a job's checks in a process of its own, so that what goes wrong there does not stop the scheduler."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from baseline.models.schedule import Job, Schedule

GRACE_SECONDS = 30.0
"""How long a stopped run may take to store what it has."""
BEAT_SECONDS = 20.0
MOST_WORDS = 500
"""Characters of what a failed run said that are kept."""
_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""

RAN = (0, 1, 3)
"""Exit codes of a run that came to its end; see ``baseline check``."""


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a run ended; ``exit_code`` is None when it was stopped, and ``reason`` is empty when it came to its end."""

    exit_code: int | None
    reason: str = ""


def command(schedule: Schedule, job: Job, skipped: Sequence[tuple[str, str]]) -> list[str]:
    """The words that run a job, which everybody on the machine may read. ``skipped`` are sites to leave alone, with the reason."""
    words = [sys.executable, "-c", "from baseline.cli.main import main; main()", "check", "--quiet"]
    lists = {
        "-i": schedule.inventories,
        "--vault-password-file": schedule.vault_password_files,
        "--checks-folder": schedule.checks_folders,
        "--check": job.checks,
        "--control": job.controls,
        "--tag": job.tags,
        "--group": job.groups,
        "--site": job.sites,
        "--target": job.targets,
        "--skip-site": tuple(site for site, _ in skipped),
    }
    words += [word for option, values in lists.items() for value in values for word in (option, value)]
    words += ["--concurrency", str(job.concurrency), "--site-concurrency", str(job.site_concurrency)]
    words += ["--skip-reason", "; ".join(sorted({reason for _, reason in skipped}))] if skipped else []
    words += ["--known-hosts", schedule.known_hosts] if schedule.known_hosts else []
    return words


async def run(words: Sequence[str], store: str, limit_seconds: float, beat: Callable[[], Awaitable[None]]) -> Ended:
    """Run a command to its end; ``beat`` is awaited again and again meanwhile. Cancelling stops it, and waits for it.

    ``store`` may hold a password: it goes by the environment, which only the same user may read.
    """
    process = await asyncio.create_subprocess_exec(
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "BASELINE_STORE": store},
        preexec_fn=_die_with(os.getpid()),
    )
    telling = asyncio.create_task(_last_words(process.stderr))
    beating = asyncio.create_task(_beat(beat))
    try:
        await asyncio.wait_for(process.wait(), limit_seconds)
    except TimeoutError:
        await _stop(process)
        return Ended(exit_code=None, reason=f"stopped after {limit_seconds / 60:.0f} minutes, its limit")
    except asyncio.CancelledError:
        await asyncio.shield(_stop(process))
        raise
    finally:
        beating.cancel()
    return _ended(process.returncode, await telling)


def _ended(code: int | None, words: str) -> Ended:
    if code in RAN:
        return Ended(exit_code=code)
    if code is not None and code < 0:
        return Ended(exit_code=None, reason=f"ended by signal {-code} ({signal.Signals(-code).name})")
    return Ended(exit_code=code, reason=words or f"ended with code {code}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    """Ask it to stop, which stores what it has; then end it."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GRACE_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _beat(beat: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        await beat()


async def _last_words(stream: asyncio.StreamReader | None) -> str:
    """The end of what a process says, read to the end so that it never waits for us."""
    kept = b""
    while stream is not None and (some := await stream.read(65_536)):
        kept = (kept + some)[-8_192:]
    lines = [line.strip() for line in kept.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:MOST_WORDS] if lines else ""


def _die_with(parent: int) -> Callable[[], None]:
    """Have the system stop the child when the scheduler is killed: nobody would wait for it any more."""
    library = ctypes.CDLL(None)

    def prepare() -> None:
        library.prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return prepare
