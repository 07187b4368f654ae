"""Whether the process that started a run still lives."""

import os
import socket
from pathlib import Path
from typing import Self

import msgspec


class Process(msgspec.Struct, frozen=True):
    """One process on one host. ``token`` tells it from a later process with the same number.

    The token is the boot, the process namespace and the start time in clock ticks (proc(5), field 22 of ``stat``).
    """

    host: str
    pid: int
    token: str

    @classmethod
    def this(cls) -> Self:
        """The process that asks."""
        pid = os.getpid()
        return cls(socket.gethostname(), pid, f"{_namespace()} {_started(pid)}")

    def alive(self) -> bool | None:
        """Whether it runs; None when it cannot be seen from here (another host, container or boot)."""
        namespace = self.token.rpartition(" ")[0]
        if self.host != socket.gethostname() or namespace != _namespace():
            return None
        return self.token == f"{namespace} {_started(self.pid)}"


def _namespace() -> str:
    """The boot and the process namespace: within it, a process number and start time are unique."""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"{boot} {Path('/proc/self/ns/pid').readlink()}"


def _started(pid: int) -> str:
    """Start time in clock ticks since boot; empty when the process is gone, or dead and not yet waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[19]
