"""One small Windows, and disks with it, made once for all tests."""

from pathlib import Path

import pytest

from tests.image.images import make_ntfs, make_wim, need, partitioned
from tests.image.windows_tree import make_windows


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Digests are kept in a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def windows_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Windows 11 as a folder."""
    need("hivexregedit")
    return make_windows(tmp_path_factory.mktemp("windows") / "c")


@pytest.fixture(scope="session")
def windows_wim(windows_folder: Path) -> Path:
    """It as a WIM archive."""
    need("wimlib-imagex")
    return make_wim(windows_folder, windows_folder.parent / "werkplek.wim")


@pytest.fixture(scope="session")
def windows_volume(windows_wim: Path) -> Path:
    """It on an NTFS file system."""
    need("mkntfs")
    return make_ntfs(windows_wim, windows_wim.with_name("werkplek.ntfs"))


@pytest.fixture(scope="session")
def windows_disk(windows_volume: Path) -> Path:
    """It on the partition of a disk."""
    need("sfdisk")
    return partitioned(windows_volume, to=windows_volume.with_name("werkplek.raw"))
