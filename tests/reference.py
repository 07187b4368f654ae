"""Finds the folder of reference data that some tests read; they are skipped, with the reason, where it is missing."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def reference_path(name: str, instead: str = "") -> Path:
    """The path of one reference file, or skip the calling test. ``instead``: what else would do, for the reason."""
    root = Path(os.environ.get("BASELINE_REFERENCE", CHECKOUT.parent / "shared" / "reference"))
    path = root / name
    if not path.exists():
        other = f"; {instead}" if instead else ""
        pytest.skip(f"reference data is not here: {path} (set BASELINE_REFERENCE to its folder){other}")
    return path
