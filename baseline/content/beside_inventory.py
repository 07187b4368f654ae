"""Finds the files of people's decisions that stand beside an inventory, so that both are reviewed in one repository."""

from collections.abc import Iterable
from pathlib import Path


def folders_of(inventories: Iterable[Path]) -> list[Path]:
    """The folders of these inventories (files or folders), each once."""
    return list(dict.fromkeys(path if path.is_dir() else path.parent for path in inventories))


def files_beside(inventories: Iterable[Path], name: str) -> list[Path]:
    """The files of this name beside these inventories."""
    return [file for folder in folders_of(inventories) if (file := folder / name).is_file()]
