"""Waivers: deviations that somebody accepted, for a while ('pas toe of leg uit')."""

from datetime import date

import msgspec


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """An accepted deviation. ``checks``, ``targets`` and ``subjects`` are names that may hold ``*`` and ``?``.

    ``ends`` is the last day on which it counts. The approver is not the requester (BIO2 v1.3, part 1, paragraph 22).
    """

    id: str
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
    starts: date
    ends: date
