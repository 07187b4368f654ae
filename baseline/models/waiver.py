"""Waivers: deviations that somebody accepted, for a while ('pas toe of leg uit')."""

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

WaiverKind = Literal["risk_accepted", "cannot_apply", "temporary"]
"""What was decided: the risk is accepted, the measure cannot be applied, or it is accepted until it has been repaired.

BIO2 v1.3, part 1, paragraphs 12, 13 and 16: the risk of a government measure cannot be accepted; only the other two may.
"""


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """What ends a temporary deviation: what is done, by whom, and ready on which day."""

    action: str
    owner: str
    due: date


class Standing(StrEnum):
    """Where a waiver or attestation is in its time. An expired one counts for nothing."""

    FUTURE = "future"
    STANDING = "standing"
    EXPIRING = "expiring"
    EXPIRED = "expired"


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """An accepted deviation. ``checks``, ``targets`` and ``subjects`` are names that may hold ``*`` and ``?``.

    ``ends`` is the last day on which it counts. The approver is not the requester (BIO2 v1.3, part 1, paragraph 22).
    """

    id: str
    kind: WaiverKind = "risk_accepted"
    checks: tuple[str, ...]
    targets: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    owner: str
    requester: str
    approver: str
    ciso_advice: str
    reason: str
    risk_reference: str
    compensating_measure: str = ""
    follow_up: FollowUp | None = None
    starts: date
    ends: date


def standing_of(starts: date, ends: date, today: date, soon_days: int) -> Standing:
    """Where a term is on a day; ``soon_days`` before its last day it is ``expiring``."""
    if today < starts:
        return Standing.FUTURE
    if today > ends:
        return Standing.EXPIRED
    return Standing.EXPIRING if (ends - today).days <= soon_days else Standing.STANDING
