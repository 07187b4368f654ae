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

PACKAGES = ("ansible==12.3.0", "ansible-pylibssh==1.4.0")
"""The first holds every collection, in the versions of playbooks/remediate/network/requirements.yml; two are kept of it."""
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
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    for arguments in (("download", "--dest", made), ("install", "--target", made / "all")):
        package = PACKAGES[0] if arguments[0] == "download" else PACKAGES[1]
        ended = subprocess.run(
            [*pip, arguments[0], "--no-deps", "--only-binary", ":all:", arguments[1], arguments[2], package],
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        if ended.returncode:
            pytest.skip(f"pip cannot get {package}: {ended.stderr.strip()[-200:]}")
    (wheel,) = made.glob("ansible-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(made / "all", [name for name in archive.namelist() if name.startswith(COLLECTIONS)])
