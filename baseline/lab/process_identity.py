"""Which process exactly: a number alone may since have gone to somebody else's process."""

import contextlib
import os
import signal
from pathlib import Path

import msgspec


class ProcessIdentity(msgspec.Struct, frozen=True):
    """A process by number, start time (clock ticks since boot) and boot."""

    pid: int
    started: int
    boot: str

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)  # an ended child of this process would otherwise linger
        return _start_ticks(self.pid) == self.started and _boot() == self.boot

    def terminate(self, number: signal.Signals = signal.SIGTERM) -> bool:
        """Send this very process a signal; False when it is gone. A process that took over its number is left alone."""
        try:
            descriptor = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return False
        try:
            if not self.alive:
                return False
            signal.pidfd_send_signal(descriptor, number)
        except ProcessLookupError:
            return False
        finally:
            os.close(descriptor)
        return True


def identify(pid: int) -> ProcessIdentity:
    """The identity of a process that runs now; one that has already ended gives an identity that is not alive."""
    return ProcessIdentity(pid, _start_ticks(pid) or 0, _boot())


def _start_ticks(pid: int) -> int | None:
    """Field 22 of ``/proc/<pid>/stat`` (proc_pid_stat(5)); None for a process that ended, waited for or not."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
