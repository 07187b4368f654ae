"""Opens the store for a command."""

from pathlib import Path

from baseline.store.store import Store


def open_store(location: str, *, read_only: bool = False) -> Store:
    """Open the store; a missing folder of a file is made, unless reading only."""
    if "://" not in location and not read_only:
        Path(location).parent.mkdir(parents=True, exist_ok=True)
    return Store.open(location, read_only=read_only)
