"""One real OpenSSH server on loopback that plays every host, and what contenders must know of it."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from baseline.models.target import Connection, Credentials, Target
from tests.services.openssh import OpensshServer, openssh_server

PARALLEL = 20
"""Hosts that are asked at the same time."""

_BARE_HOME = "HOME=/nonexistent"
"""Whatever the account's shell does at every start must not count: it would count once per question."""

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
        openssh_server(Path(name), MaxStartups="500", MaxSessions="500", SetEnv=_BARE_HOME) as server,
    ):
        names = [f"host-{number:02d}" for number in range(1, count + 1)]
        yield _described(Path(name), names, server), server


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
