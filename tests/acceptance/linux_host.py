"""A Linux host: a real sshd on this machine that sees its own files in /etc, and a disk that cannot be written.

It runs in a mount namespace of its own (mount_namespaces(7)): the machine's settings are copied, never changed.
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.services.openssh import free_port, make_key, wait_for_banner

HASH = "$y$j9T$xQvUTTWiMFKCDzj0Vd3Ak0$Uj0uLYbyEblYnDVEVYEzTgVhPx8Nr1gAvJl8D.jJhF6"
"""What yescrypt makes of some password."""

SETTINGS = {
    "PermitRootLogin": "no",
    "PasswordAuthentication": "no",
    "KbdInteractiveAuthentication": "no",
    "Ciphers": "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr",
    "MACs": "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com",
    "KexAlgorithms": "curve25519-sha256,diffie-hellman-group16-sha512",
    "HostKeyAlgorithms": "ssh-ed25519",
}
"""The good situation of sshd_config(5), as far as checks are about it."""

WRITABLE = ("/tmp", "/var/tmp", "/dev/shm", "/run")

SCRIPT = """
set -e
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
mkdir /run/host
mount --bind "$1" /run/host
mount -o remount,bind,ro /
for folder in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o mode=1777 tmpfs "$folder"; done
mount --bind /run/host/etc /etc
mount -o remount,bind,ro /etc
mount -o remount,bind,ro /run/host
exec "$2" -D -e
"""


@dataclass
class LinuxHost:
    """The host. ``etc`` is what it sees as /etc; change a file there, and ``restart`` if it is sshd's."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def files(self) -> Path:
        return self.folder / "host"

    @property
    def etc(self) -> Path:
        return self.files / "etc"

    @property
    def inventory(self) -> Path:
        return self.folder / "inventory.yml"

    def configure(self, more: str = "", **changes: str) -> None:
        """Write sshd_config with these changes to the good situation, and ``more`` at its end; then restart sshd."""
        self.write_settings(more, **changes)
        self.restart()

    def write_settings(self, more: str = "", **changes: str) -> None:
        own = {
            "ListenAddress": "127.0.0.1",
            "Port": str(self.port),
            "HostKey": "/run/host/host_key",
            "AuthorizedKeysFile": "/run/host/client_key.pub",
            "StrictModes": "no",
            "UsePAM": "no",
            "UseDNS": "no",
            "PidFile": "none",
        }
        lines = [f"{name} {value}" for name, value in (own | SETTINGS | changes).items()]
        (self.etc / "ssh" / "sshd_config").write_text("\n".join([*lines, more, ""]))

    def reset(self) -> None:
        """The good files, with two accounts more than this machine has: one that logs in and one that does not."""
        passwd, shadow = Path("/etc/passwd").read_text(), Path("/etc/shadow").read_text()
        accounts = "auditor:x:64001:65534::/run/host/home:/bin/sh\nbeheer:x:64002:65534::/nonexistent:/bin/sh\n"
        (self.etc / "passwd").write_text(passwd + accounts)
        (self.etc / "shadow").write_text(
            shadow + f"auditor:*:19800:::::: \nbeheer:{HASH}:19800::::::\n".replace(" ", "")
        )
        self.write_sudoers("beheer ALL=(ALL:ALL) ALL")
        self.write_settings()

    def write_sudoers(self, rule: str) -> None:
        path = self.etc / "sudoers.d" / "administrators"
        path.write_text(f"auditor ALL=(ALL) NOPASSWD: ALL\n{rule}\n")
        path.chmod(0o440)

    def restart(self) -> None:
        """Stop sshd, and start it again on the files as they are now."""
        self.stop()
        log = self.folder / "sshd.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                ["unshare", "--mount", "sh", "-c", SCRIPT, "sh", str(self.files), "/usr/sbin/sshd"],
                stdin=subprocess.DEVNULL,
                stderr=output,
            )
        wait_for_banner(self.port, self.process, log)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None

    def run(self, *command: str) -> str:
        """What a command prints that runs on the host, as root."""
        inside = ["nsenter", f"--mount=/proc/{self.process.pid}/ns/mnt", "--wd=/", "--", *command]
        return subprocess.run(inside, check=True, capture_output=True, text=True, timeout=30).stdout

    def effective_settings(self) -> dict[str, str]:
        """What ``sshd -T`` says there: keyword -> value."""
        lines = (line.partition(" ") for line in self.run("/usr/sbin/sshd", "-T").splitlines())
        return {keyword: value for keyword, _, value in lines}

    def written_files(self) -> set[str]:
        """Every file in the folders that can be written."""
        return set(self.run("find", *WRITABLE, "-xdev", "-not", "-type", "d").splitlines())


@contextlib.contextmanager
def linux_host(folder: Path) -> Iterator[LinuxHost]:
    """Start a host in the good situation; skip where this machine does not let us."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("nsenter", "sudo"))) or not Path("/usr/sbin/sshd").exists():
        pytest.skip("needs root, sudo and sshd (apt-get install sudo openssh-server)")
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("mount namespaces are not allowed here")
    host = LinuxHost(folder, free_port())
    (host.files / "home").mkdir(parents=True)
    # Fails when a file goes away meanwhile, which does not matter: none of those that do is read here.
    subprocess.run(["cp", "--archive", "/etc", host.etc], check=False, capture_output=True)
    for key in ("host_key", "client_key"):
        make_key(host.files / key)
    _write_inventory(host)
    try:
        host.reset()
        host.restart()
        yield host
    finally:
        host.stop()


def _write_inventory(host: LinuxHost) -> None:
    kind, key = (host.files / "host_key.pub").read_text().split()[:2]
    (host.folder / "known_hosts").write_text(f"[127.0.0.1]:{host.port} {kind} {key}\n")
    variables = {
        "ansible_host": "127.0.0.1",
        "ansible_port": host.port,
        "ansible_user": "auditor",
        "ansible_ssh_private_key_file": str(host.files / "client_key"),
        "ansible_become": True,
        "baseline_known_hosts": str(host.folder / "known_hosts"),
        "baseline_owner": "serverbeheer",
        "baseline_params": {"host-sudo-password-required": {"accepted": ["auditor"]}},
    }
    host.inventory.write_text(yaml.safe_dump({"all": {"hosts": {"server-1": variables}}}))
