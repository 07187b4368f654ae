"""Turns fails that an approved waiver covers into waived ones: still visible, counted apart."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

import msgspec

from baseline.models.pattern import fits
from baseline.models.result import Result, Status
from baseline.models.waiver import Waiver


class Waivers:
    """The waivers that hold on a day."""

    def __init__(self, waivers: Iterable[Waiver], today: date) -> None:
        self._standing = tuple(waiver for waiver in waivers if waiver.starts <= today <= waiver.ends)

    @classmethod
    def today(cls, waivers: Iterable[Waiver]) -> Self:
        """Those that hold today, by the clock of this machine."""
        return cls(waivers, datetime.now().astimezone().date())

    def covering(self, check: str, target: str) -> tuple[Waiver, ...]:
        """The waivers for a check on a target, whatever the subject."""
        return tuple(waiver for waiver in self._standing if fits(check, waiver.checks) and fits(target, waiver.targets))


def digest_of(waivers: tuple[Waiver, ...]) -> bytes:
    """A digest of what these waivers say; empty when there are none."""
    if not waivers:
        return b""
    return hashlib.blake2b(msgspec.json.encode(waivers, order="sorted"), digest_size=16).digest()


def waive(result: Result, waivers: tuple[Waiver, ...]) -> Result:
    """The result, waived when it is a fail that one of the waivers covers. Nothing else is ever waived."""
    if result.status is not Status.FAIL:
        return result
    for waiver in waivers:
        if not waiver.subjects or fits(result.subject, waiver.subjects):
            return msgspec.structs.replace(result, status=Status.WAIVED, waiver=waiver.id)
    return result
