"""A Debian that may be changed: this machine's own files under a layer that is thrown away, with a real sshd of its own.

It runs in a mount and process namespace of its own (namespaces(7), overlayfs): nothing of this machine is changed.
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

SCRIPT = """
set -e
layer=$1 port=$2
mount -t tmpfs tmpfs "$layer"
mkdir "$layer/changed" "$layer/work" "$layer/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$layer/changed,workdir=$layer/work" "$layer/root"
cd "$layer/root"
mount -t proc proc proc
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mkdir -m 755 run/sshd
cp "$layer.files/host_key" "$layer.files/client_key.pub" run/
chmod 600 run/host_key
chroot . useradd --create-home --shell /bin/sh --uid 64001 --password '*' auditor
echo 'auditor ALL=(ALL) NOPASSWD: ALL' > etc/sudoers.d/auditor
chmod 440 etc/sudoers.d/auditor
rm -rf etc/ssh/sshd_config.d
cp "$layer.files/sshd_config" etc/ssh/sshd_config
chroot . ssh-keygen -q -A
chmod 644 etc/ssh/ssh_host_ed25519_key
sed -i 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD MD5/' etc/login.defs
sed -i 's/ yescrypt$/ md5/' etc/pam.d/common-password
sed -i 's/^#*UMASK.*/UMASK 022/; s/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 99999/; s/^PASS_MIN_DAYS.*/PASS_MIN_DAYS 0/' etc/login.defs
touch etc/crontab
mkdir -p etc/cron.d etc/cron.hourly
chmod 777 etc/cron.hourly
chown 64001 etc/cron.d
chmod 666 etc/shells
chmod 644 etc/shadow etc/crontab etc/ssh/sshd_config
chmod 755 etc/sudoers.d
printf 'Defaults !use_pty, timestamp_timeout=-1\\n' > etc/sudoers.d/own
sed -i -E '/^Defaults.*(use_pty|logfile)/d' etc/sudoers
exec chroot . /usr/sbin/sshd -D -e -p "$port" -o ListenAddress=127.0.0.1 -o HostKey=/run/host_key \\
    -o AuthorizedKeysFile=/run/client_key.pub -o StrictModes=no -o UsePAM=no -o UseDNS=no
"""

WEAK = """
PermitRootLogin yes
PasswordAuthentication yes
MaxAuthTries 20
MaxStartups 100:1:1000
PermitEmptyPasswords yes
PermitUserEnvironment yes
AllowTcpForwarding yes
HostbasedAuthentication yes
ClientAliveInterval 0
LoginGraceTime 600
LogLevel QUIET
IgnoreRhosts no
StrictModes no
X11Forwarding yes
Ciphers aes256-ctr,aes128-cbc
"""


@dataclass
class DisposableHost:
    """The host, reached over SSH as ``auditor``, who may use sudo."""

    folder: Path
    process: subprocess.Popen[bytes]
    inventory: Path

    def run(self, *command: str) -> str:
        """What a command prints that runs there, as root."""
        child = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0]
        inside = ["nsenter", f"--mount=/proc/{child}/ns/mnt", f"--root=/proc/{child}/root", "--wd=/", "--", *command]
        return subprocess.run(inside, check=True, capture_output=True, text=True, timeout=60).stdout

    def settings(self) -> str:
        """Names, modes and digests of every file under /etc."""
        return self.run(
            "sh", "-c", "cd /etc; find . -type f -exec sha256sum {} + | sort; ls -lR --time-style=full-iso ."
        )


@contextlib.contextmanager
def disposable_host(folder: Path) -> Iterator[DisposableHost]:
    """Start a host in a bad situation; skip where this machine does not let us."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("nsenter", "sudo"))) or not Path("/usr/sbin/sshd").exists():
        pytest.skip("needs root, sudo and sshd (apt-get install sudo openssh-server)")
    layer, files = folder / "layer", folder / "layer.files"
    layer.mkdir()
    files.mkdir()
    for key in ("host_key", "client_key"):
        make_key(files / key)
    (files / "sshd_config").write_text(WEAK)
    port = free_port()
    log = folder / "sshd.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child",
             "sh", "-c", SCRIPT, "sh", str(layer), str(port)],
            stdin=subprocess.DEVNULL, stderr=output,
        )  # fmt: skip
    try:
        wait_for_banner(port, process, log)
        yield DisposableHost(folder, process, _inventory(folder, files, port))
    finally:
        process.kill()  # unshare waits for its child when told to stop; killed, it takes the child along
        process.wait(timeout=10)


def _inventory(folder: Path, files: Path, port: int) -> Path:
    kind, key = (files / "host_key.pub").read_text().split()[:2]
    known_hosts = folder / "known_hosts"
    known_hosts.write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    variables = {
        "ansible_host": "127.0.0.1",
        "ansible_port": port,
        "ansible_user": "auditor",
        "ansible_ssh_private_key_file": str(files / "client_key"),
        "ansible_become": True,
        "ansible_python_interpreter": "/usr/bin/python3" if Path("/usr/bin/python3").exists() else "auto_silent",
        "baseline_known_hosts": str(known_hosts),
        "baseline_owner": "serverbeheer",
        "baseline_platform": "linux",
        "baseline_params": {"host-ssh-attempts-limited": {"maximum_attempts": 3}},
    }
    path = folder / "inventory.yml"
    path.write_text(yaml.safe_dump({"all": {"hosts": {"server-1": variables}}}))
    return path
