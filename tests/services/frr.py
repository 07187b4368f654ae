"""A real FRRouting router: its daemons in a folder and a network namespace of their own, vtysh behind a real sshd."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.openssh import OpensshServer, openssh_server

DAEMONS = Path("/usr/lib/frr")

HOST_NAME = "utrecht-rtr-1"

CONFIGURATION = f"""\
frr defaults traditional
hostname {HOST_NAME}
log syslog informational
service integrated-vtysh-config
!
interface dummy0
 description uplink
 ip address 192.0.2.10/24
exit
!
"""

BGP = """\
router bgp 65010
 bgp router-id 192.0.2.10
 neighbor 192.0.2.1 remote-as 65020
 neighbor 192.0.2.1 password een-geheim-tussen-buren
exit
!
"""

OSPF = """\
router ospf
 ospf router-id 192.0.2.10
 network 192.0.2.0/24 area 0
exit
!
"""


@dataclass(frozen=True)
class FrrRouter:
    """A running router. ``server`` is its sshd; whoever logs in is in vtysh at once."""

    folder: Path
    server: OpensshServer

    def vtysh(self, *commands: str) -> str:
        """What vtysh answers when it is asked on this machine, without SSH."""
        arguments = [argument for command in commands for argument in ("-c", command)]
        return _run(self.folder, *arguments)


@contextlib.contextmanager
def frr_router(
    folder: Path, *, configuration: str | None = None, bgp: bool = True, ospf: bool = False, **options: str
) -> Iterator[FrrRouter]:
    """Start zebra, and bgpd and ospfd if asked, load a configuration, and start sshd with vtysh as its only program.

    ``configuration`` replaces the one made here. ``options`` go to sshd_config(5).
    """
    if not (DAEMONS / "zebra").exists() or os.geteuid() != 0:
        pytest.skip("needs FRRouting (apt-get install frr) and root")
    text = configuration or CONFIGURATION + BGP * bgp + OSPF * ospf + "end\n"
    with _state_folder() as state, contextlib.ExitStack() as running:
        (state / "frr.conf").write_text(text)
        (state / "vtysh.conf").write_text(f"hostname {HOST_NAME}\nservice integrated-vtysh-config\n")
        for daemon in ["zebra", *["bgpd"] * bgp, *["ospfd"] * ospf]:
            running.enter_context(_daemon(state, daemon))
        _run(state, "-b")
        program = f"/usr/bin/vtysh --vty_socket {state} --config_dir {state} -H /dev/null"
        server = running.enter_context(openssh_server(folder, **{"ForceCommand": program} | options))
        yield FrrRouter(folder=state, server=server)


@contextlib.contextmanager
def _state_folder() -> Iterator[Path]:
    """A folder that FRRouting's user may use; a path that is short enough for sockets (unix(7): 107 characters)."""
    folder = Path(tempfile.mkdtemp(prefix="frr-", dir="/tmp"))
    try:
        shutil.chown(folder, "frr", "frr")
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _daemon(state: Path, name: str) -> Iterator[None]:
    arguments = (
        f"{DAEMONS / name} -f {state}/none.conf -z {state}/zserv.api -i {state}/{name}.pid --vty_socket {state} -P 0"
    )
    interface = "ip link set lo up; ip link add dummy0 type dummy; ip link set dummy0 up; " if name == "zebra" else ""
    process = subprocess.Popen(
        ["unshare", "--net", "--uts", "sh", "-c", f"hostname {HOST_NAME}; {interface}exec {arguments}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_socket(state / f"{name}.vty", process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for_socket(path: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while not path.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"FRRouting made no {path}")
        time.sleep(0.02)


def _run(state: Path, *arguments: str) -> str:
    command = ["vtysh", "--vty_socket", str(state), "--config_dir", str(state), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout
