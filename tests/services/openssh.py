"""A real OpenSSH server on loopback, on a port, with host keys, accounts and files of its own.

It runs as the user who runs the tests, so only that user can log in, with the client key made here.
"""

import contextlib
import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from baseline.collectors.interface import CollectSettings
from baseline.models.target import Connection, Credentials, Target

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


@dataclass(frozen=True)
class OpensshServer:
    """A running server. ``known_hosts`` holds its host keys, ``key_file`` a private key that may log in as ``user``."""

    folder: Path
    port: int
    user: str
    key_file: Path
    known_hosts: Path
    host_key_files: tuple[Path, ...]
    process: subprocess.Popen[bytes]
    address: str = "127.0.0.1"

    @property
    def log(self) -> str:
        return (self.folder / "sshd.log").read_text(errors="replace")

    def target(
        self, *, name: str = "server", platform: str = "linux", kind: str = "host", **connection: object
    ) -> Target:
        """A target for this server; keyword arguments go to ``Connection``."""
        settings: dict[str, object] = {
            "address": self.address,
            "port": self.port,
            "credentials": Credentials(user=self.user, key_file=str(self.key_file)),
        }
        return Target(name=name, kind=kind, platform=platform, connection=Connection(**(settings | connection)))

    def settings(self, **overrides: object) -> CollectSettings:
        values: dict[str, object] = {"known_hosts": self.known_hosts, "connect_timeout_seconds": 10.0, "attempts": 1}
        return CollectSettings(**(values | overrides))


@contextlib.contextmanager
def openssh_server(
    folder: Path,
    *,
    host_keys: tuple[str, ...] = ("ed25519",),
    authority: Path | None = None,
    launcher: tuple[str, ...] = (),
    **options: str,
) -> Iterator[OpensshServer]:
    """Start sshd with these host key types (``ed25519``, ``rsa``, ``ecdsa``) and extra sshd_config(5) options.

    ``ForceCommand="/usr/bin/vtysh"`` makes every session run that program. ``authority`` is a private key that certifies
    the first host key. ``launcher`` is a command that starts the server.
    """
    if SSHD is None:
        pytest.skip("needs sshd (apt-get install openssh-server)")
    folder.mkdir(parents=True, exist_ok=True)
    host_key_files = tuple(make_key(folder / f"host_{kind}", kind) for kind in host_keys)
    if authority is not None:
        options |= {"HostCertificate": str(certify(authority, host_key_files[0]))}
    key_file = make_key(folder / "client_key", "ed25519")
    shutil.copy(key_file.with_suffix(".pub"), folder / "authorized_keys")
    port = free_port()
    configuration = folder / "sshd_config"
    configuration.write_text(_configuration(folder, port, host_key_files, options))
    _make_separation_folder()
    process = subprocess.Popen([*launcher, SSHD, "-D", "-f", str(configuration), "-E", str(folder / "sshd.log")])
    try:
        wait_for_banner(port, process, folder / "sshd.log")
        server = OpensshServer(
            folder=folder,
            port=port,
            user=getpass.getuser(),
            key_file=key_file,
            known_hosts=_write_known_hosts(folder, port, host_key_files),
            host_key_files=host_key_files,
            process=process,
        )
        yield server
    finally:
        process.terminate()
        process.wait(timeout=10)


def make_key(path: Path, kind: str = "ed25519", *, passphrase: str = "") -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", str(path), "-C", "test"], check=True)
    return path


def certify(authority: Path, host_key: Path) -> Path:
    """Make a host certificate for 127.0.0.1."""
    public = host_key.with_suffix(".pub")
    command = ["ssh-keygen", "-q", "-s", str(authority), "-I", "host", "-h", "-n", "127.0.0.1", str(public)]
    subprocess.run(command, check=True)
    return public.with_name(f"{host_key.name}-cert.pub")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_banner(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server greets, at most 10 seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"sshd ended with {process.returncode}: {log.read_text() if log.exists() else ''}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            if connection.recv(4) == b"SSH-":
                return
        time.sleep(0.02)
    raise RuntimeError("sshd did not greet within 10 seconds")


def _configuration(folder: Path, port: int, host_key_files: tuple[Path, ...], options: dict[str, str]) -> str:
    settings = {
        "ListenAddress": "127.0.0.1",
        "Port": str(port),
        "AuthorizedKeysFile": str(folder / "authorized_keys"),
        "StrictModes": "no",
        "UsePAM": "no",
        "UseDNS": "no",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PermitRootLogin": "yes",
        "PidFile": "none",
        "MaxStartups": "200:30:400",
        "MaxSessions": "100",
        "LogLevel": "VERBOSE",
        "PrintMotd": "no",
    }
    settings |= options
    lines = [f"HostKey {path}" for path in host_key_files] + [f"{name} {value}" for name, value in settings.items()]
    return "\n".join(lines) + "\n"


def _write_known_hosts(folder: Path, port: int, host_key_files: tuple[Path, ...]) -> Path:
    path = folder / "known_hosts"
    public = (file.with_suffix(".pub").read_text().split()[:2] for file in host_key_files)
    path.write_text("".join(f"[127.0.0.1]:{port} {kind} {key}\n" for kind, key in public))
    return path


def _make_separation_folder() -> None:
    """The empty folder that sshd wants when it runs as root."""
    with contextlib.suppress(OSError):
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
