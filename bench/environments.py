"""Virtual environments for peers that cannot live beside ours: made on first use, and kept."""

import os
import subprocess
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "baseline-bench"
"""Where they are kept; delete it to get newer releases."""


class MissingPeerError(RuntimeError):
    """The packages of a peer cannot be installed here."""


class Environment:
    """One virtual environment with the packages of a peer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def python(self) -> str:
        """Its interpreter."""
        return self.program("python")

    def program(self, name: str) -> str:
        """The path of one of its programs."""
        return str(self._folder / "bin" / name)

    def version(self, package: str) -> str:
        """The version of a package in it, or ``absent``."""
        places = [str(place) for place in self._folder.glob("lib/python*/site-packages")]
        found = (one.version for one in distributions(path=places) if one.metadata["Name"].lower() == package)
        return next(found, "absent")


@cache
def environment(name: str, *packages: str) -> Environment:
    """The environment with these packages, installed by pip when it is not there yet.

    Raises:
        MissingPeerError: pip cannot install them; with what it wrote last.
    """
    folder = CACHE / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    whole = folder / "packages.txt"
    if not whole.exists() or whole.read_text() != "\n".join(packages):
        print(f"  installing {', '.join(packages)} in {folder}", file=sys.stderr, flush=True)
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run([str(folder / "bin/python"), "-m", "pip", "install", "--quiet", *packages])
        whole.write_text("\n".join(packages))
    return Environment(folder)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise MissingPeerError(f"{' '.join(command[1:4])} failed: {(done.stderr or done.stdout).strip()[-500:]}")
