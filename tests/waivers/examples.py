"""A waiver to change for a test."""

from datetime import date
from typing import Any

from baseline.models.waiver import Waiver


def waiver(**own: Any) -> Waiver:
    """One that says all that a waiver must; it holds for the first half of 2026, for everything on ``sw-01``."""
    said: dict[str, Any] = {
        "id": "W-1",
        "checks": ("*",),
        "targets": ("sw-01",),
        "owner": "o",
        "requester": "r",
        "approver": "a",
        "ciso_advice": "c",
        "reason": "r",
        "risk_reference": "RA-1",
        "starts": date(2026, 1, 1),
        "ends": date(2026, 6, 30),
    }
    return Waiver(**said | own)
