"""Ansible with ``ansible.netcommon.network_cli``: one play, all commands in one task, 20 forks."""

import ctypes
import os
import re
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import yaml

from bench.contender import Work
from bench.network.fleet import WORKERS, Fleet

PACKAGES = ("ansible", "ansible-pylibssh")
"""``ansible`` carries the collections ansible.netcommon and cisco.ios."""

PR_SET_CHILD_SUBREAPER = 36
"""Linux: children of children come to this process when their own parent is gone (prctl(2)), so that their CPU counts."""

_REACHED = re.compile(r"^\S+\s*: ok=2 .*unreachable=0\s+failed=0\b", re.MULTILINE)


def ask(fleet: dict[str, object], program: str) -> Work:
    """``program`` is the path of ``ansible-playbook``."""
    given = msgspec.convert(fleet, Fleet)
    folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
    place = Path(folder.name)
    (place / "hosts.yaml").write_text(yaml.safe_dump(_inventory(given)))
    (place / "play.yaml").write_text(yaml.safe_dump(_play(given.commands)))
    (place / "ansible.cfg").write_text(_settings(place))
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def work() -> dict[str, float]:
        done = subprocess.run(
            [program, "-i", "hosts.yaml", "play.yaml"],
            check=False,
            capture_output=True,
            text=True,
            cwd=place,
            env={**os.environ, "ANSIBLE_CONFIG": str(place / "ansible.cfg"), "LC_ALL": "C.UTF-8"},
        )
        _reap_connections()
        answered = len(_REACHED.findall(done.stdout))
        if not answered:
            raise RuntimeError((done.stdout + done.stderr)[-2000:])
        folder.cleanup()
        return {"answered": answered}

    return work


def _inventory(fleet: Fleet) -> dict[str, object]:
    shared = {
        "ansible_connection": "ansible.netcommon.network_cli",
        "ansible_network_os": "cisco.ios.ios",
        "ansible_user": fleet.user,
        "ansible_ssh_private_key_file": fleet.key_file,
    }
    hosts = {name: {"ansible_host": address, "ansible_port": port} for name, address, port in fleet.devices}
    return {"all": {"hosts": hosts, "vars": shared}}


def _play(commands: list[str]) -> list[dict[str, object]]:
    """Two tasks: ask everything, and see that the configuration came in full."""
    ask_all: dict[str, object] = {"cisco.ios.ios_command": {"commands": commands}, "register": "answers"}
    look: dict[str, object] = {
        "ansible.builtin.assert": {"that": ["(answers.stdout[0] | trim).endswith('end')"], "quiet": True}
    }
    return [{"hosts": "all", "gather_facts": False, "tasks": [ask_all, look]}]


def _settings(place: Path) -> str:
    return (
        f"[defaults]\nforks = {WORKERS}\nhost_key_checking = False\nlocal_tmp = {place}/tmp\nretry_files_enabled = False\n"
        f"home = {place}/home\n[persistent_connection]\ncontrol_path_dir = {place}/pc\n"
    )


def _reap_connections() -> None:
    """End the processes that keep connections open after the play, and wait for them, so that what they used counts."""
    me = os.getpid()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for child in map(int, Path(f"/proc/{me}/task/{me}/children").read_text().split()):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.02)
