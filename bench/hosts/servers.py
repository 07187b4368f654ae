"""One real OpenSSH server on loopback that plays every host, and what contenders must know of it."""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import msgspec

from baseline.models.target import Connection, Credentials, Target
from tests.services.openssh import OpensshServer, openssh_server

PARALLEL = 20
"""Hosts that are asked at the same time."""

_BARE_HOME = "HOME=/nonexistent"
"""Whatever the account's shell does at every start must not count: it would count once per question."""

_LIMITS = {"MaxStartups": "500", "MaxSessions": "500", "SetEnv": _BARE_HOME, "Subsystem": "sftp internal-sftp"}

_SSH_CONFIG = """\
Host {names}
    HostName 127.0.0.1
    Port {port}
    User {user}
    IdentityFile {key}
    IdentitiesOnly yes
    UserKnownHostsFile {known_hosts}
    StrictHostKeyChecking yes
    ForwardAgent no
"""
_MULTIPLEXED = "    ControlPath {folder}/%n\n"


class Hosts(msgspec.Struct, frozen=True, kw_only=True):
    """What a contender must know. ``ssh_config`` is for OpenSSH's client; the second one shares connections."""

    names: list[str]
    port: int
    user: str
    key_file: str
    known_hosts: str
    ssh_config: str
    ssh_config_multiplexed: str

    def targets(self) -> list[Target]:
        """The hosts as baseline knows them."""
        credentials = Credentials(user=self.user, key_file=self.key_file)
        connection = Connection(address="127.0.0.1", port=self.port, credentials=credentials)
        return [Target(name=name, kind="host", platform="linux", connection=connection) for name in self.names]


@contextmanager
def running_hosts(count: int) -> Iterator[tuple[Hosts, OpensshServer]]:
    """``count`` names for one sshd that runs until the block ends; its limits are raised so that they do not count."""
    with (
        tempfile.TemporaryDirectory(prefix="bb-") as name,
        openssh_server(Path(name), launcher=_launcher(), **_LIMITS) as server,
    ):
        names = [f"host-{number:02d}" for number in range(1, count + 1)]
        try:
            yield _described(Path(name), names, server), server
        finally:
            with suppress(ProcessLookupError):  # unshare passes no signal on, and ends with its child
                os.kill(_sshd(server), signal.SIGTERM)


@cache
def _launcher() -> tuple[str, ...]:
    """Processes of the hosts get numbers of their own where that is allowed, so that they can be counted."""
    apart = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
    with suppress(OSError):
        if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0:
            return apart
    return ()


def _described(folder: Path, names: list[str], server: OpensshServer) -> Hosts:
    sockets = folder / "s"
    sockets.mkdir(mode=0o700)
    plain, multiplexed = folder / "ssh_config", folder / "ssh_config_multiplexed"
    text = _SSH_CONFIG.format(
        names=" ".join(names),
        port=server.port,
        user=server.user,
        key=server.key_file,
        known_hosts=server.known_hosts,
    )
    plain.write_text(text)
    multiplexed.write_text(text + _MULTIPLEXED.format(folder=sockets))
    return Hosts(
        names=names,
        port=server.port,
        user=server.user,
        key_file=str(server.key_file),
        known_hosts=str(server.known_hosts),
        ssh_config=str(plain),
        ssh_config_multiplexed=str(multiplexed),
    )


def counters(server: OpensshServer) -> tuple[int, int]:
    """Connections that logged in, and sessions, by the server's own log."""
    log = server.log
    return len(re.findall(r"Accepted publickey", log)), len(re.findall(r"Starting session", log))


def target_cost(server: OpensshServer) -> tuple[int, float]:
    """Processes started so far on the hosts, and CPU milliseconds of those that ended (proc_pid_stat(5)).

    Waits for connections that a client keeps open for a while. Without namespaces there is no count: 0.
    """
    sshd = _sshd(server)
    deadline = time.monotonic() + 30
    while _children(sshd) and time.monotonic() < deadline:
        time.sleep(0.05)
    fields = Path(f"/proc/{sshd}/stat").read_text().rpartition(")")[2].split()
    spent = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") * 1000
    if sshd == server.process.pid:
        return 0, spent
    asking = ["nsenter", f"--pid=/proc/{sshd}/ns/pid", "cat", "/proc/sys/kernel/ns_last_pid"]
    return int(subprocess.run(asking, capture_output=True, text=True, check=True).stdout), spent


def _sshd(server: OpensshServer) -> int:
    """The server itself, behind its launcher."""
    return next(iter(_children(server.process.pid)), server.process.pid) if _launcher() else server.process.pid


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
