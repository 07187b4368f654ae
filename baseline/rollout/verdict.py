"""What is asked of a freshly rolled-out device, and whether it may be handed over."""

from datetime import datetime
from typing import Literal

import msgspec

from baseline.drift.configuration import Change
from baseline.models.result import Severity, Status
from baseline.rollout.peers import Oddity

Answer = Literal["yes", "no", "unknown", "not asked"]

ASPECTS = ("reachable", "software", "baseline", "template", "peers")


class OpenPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One check that a device does not meet, or that could not be answered, with how to solve it."""

    check: str
    title: str
    severity: Severity
    status: Status
    subjects: tuple[str, ...] = ()
    observed: str = ""
    reason: str = ""
    fix: tuple[str, ...] = ()
    waiver: str | None = None


class DeviceVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a hand-over report says of one device. ``reasons`` explains answers that are not yes, by aspect."""

    name: str
    platform: str
    site: str = ""
    role: str = ""
    model: str = ""
    serial: str = ""
    version: str = ""
    collected_at: datetime | None = None
    answers: dict[str, Answer]
    reasons: dict[str, str] = {}
    met: int = 0
    open_points: tuple[OpenPoint, ...] = ()
    waived: tuple[OpenPoint, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    changes: tuple[Change, ...] = ()
    odd_allowed: bool = False

    @property
    def may_be_handed_over(self) -> bool:
        """Whether every question that was asked is answered with yes. Without peers there is nothing to be odd among."""
        return all(
            answer in ("yes", "not asked") or (aspect == "peers" and answer == "no" and self.odd_allowed)
            for aspect, answer in self.answers.items()
        )


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """A batch of devices, and how it was established whether they may be handed over.

    ``batch`` says what was selected, ``template`` and ``template_digest`` (SHA-256) what the configurations were compared
    with. ``by`` is who made the report, ``at`` when.
    """

    batch: str
    run: int
    run_started: datetime
    at: datetime
    by: str
    tool_version: str
    host: str
    software: tuple[str, ...] = ()
    template: str | None = None
    template_digest: str | None = None
    checks: int = 0
    devices: tuple[DeviceVerdict, ...] = ()

    @property
    def ready(self) -> tuple[DeviceVerdict, ...]:
        """The devices that may be handed over."""
        return tuple(device for device in self.devices if device.may_be_handed_over)

    @property
    def complete(self) -> bool:
        """Whether every device of the batch may be handed over; a batch without devices may not."""
        return bool(self.devices) and len(self.ready) == len(self.devices)
