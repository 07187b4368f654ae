"""What Ansible needs to reach network devices, in a folder that is kept: two collections and the bindings of libssh."""

import functools
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

LOCK = Path(__file__).parents[2] / "lock" / "ansible-network.txt"
"""Bindings of libssh, and a package with every collection in the versions of playbooks/remediate/network/requirements.yml."""
COLLECTIONS = ("ansible_collections/ansible/netcommon/", "ansible_collections/ansible/utils/")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "baseline-tests"


@functools.cache
def network_modules() -> Path:
    """The folder to put on PYTHONPATH, made by pip when it is not there yet; skip where pip reaches no packages."""
    folder = CACHE / f"ansible-network-{sys.version_info.major}.{sys.version_info.minor}"
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as made:
            _install(Path(made))
            if not folder.is_dir():
                shutil.move(Path(made) / "all", folder)
    return folder


def _install(made: Path) -> None:
    """The bindings as pip installs them; of the collections only two are kept."""
    ended = subprocess.run(
        [
            sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--no-deps",
            "--only-binary", ":all:", "--require-hashes", "--requirement", LOCK, "--dest", made,
        ],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if ended.returncode:
        pytest.skip(f"pip cannot get what {LOCK.name} names: {ended.stderr.strip()[-200:]}")
    for wheel in made.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            archive.extractall(made / "all", [name for name in names if _kept(wheel, name)])


def _kept(wheel: Path, name: str) -> bool:
    return name.startswith(COLLECTIONS) or not wheel.name.startswith("ansible-")
