"""What a bundle is about: norms, controls, targets and a period."""

import re
from datetime import UTC, date, datetime, time, timedelta

import msgspec
import yaml

from baseline.content.catalogue import Catalogue
from baseline.models.errors import BaselineError
from baseline.models.pattern import fits
from baseline.store.records import CheckVersion


class SelectionError(BaselineError):
    """What was asked for cannot be read, or does not exist."""


class Period(msgspec.Struct, frozen=True):
    """From a moment until just before another (UTC)."""

    start: datetime
    end: datetime


class EvidenceSelection(msgspec.Struct, frozen=True, kw_only=True):
    """An empty tuple selects everything. ``targets`` are names that may hold ``*`` and ``?``."""

    norms: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    period: Period | None = None

    def holds_target(self, name: str) -> bool:
        """Whether a target is selected."""
        return not self.targets or fits(name, self.targets)

    def holds_moment(self, moment: datetime) -> bool:
        """Whether a moment is selected."""
        return self.period is None or self.period.start <= moment < self.period.end


def period_of(text: str) -> Period:
    """A period: ``2026``, ``2026-Q3``, ``2026-07``, ``2026-07-15`` or ``FROM..TO``, of which TO belongs to it.

    Raises:
        SelectionError: it is none of these.
    """
    first, separator, last = text.partition("..")
    start, end = _days(first)
    if separator:
        end = _days(last)[1]
    if end <= start:
        raise SelectionError(f"period {text}: it ends before it begins")
    return Period(_midnight(start), _midnight(end))


def _days(text: str) -> tuple[date, date]:
    """The first day, and the day after the last."""
    found = re.fullmatch(r"(\d{4})(?:-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", text.strip())
    if found is None:
        raise SelectionError(f"period {text!r}: write 2026, 2026-Q3, 2026-07 or 2026-07-01..2026-09-30")
    year, quarter, month, day = (int(each) if each else 0 for each in found.groups())
    try:
        if day:
            start = date(year, month, day)
            return start, start + timedelta(days=1)
        first = month or (quarter * 3 - 2 if quarter else 1)
        start = date(year, first, 1)
        months = year * 12 + first - 1 + (1 if month else 3 if quarter else 12)
        return start, date(months // 12, months % 12 + 1, 1)
    except (ValueError, OverflowError):
        raise SelectionError(f"period {text!r}: there is no such day") from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


class CheckFilter:
    """Which checks answer the controls asked for, by what the checks themselves said at the time."""

    def __init__(self, selection: EvidenceSelection, catalogue: Catalogue) -> None:
        unknown = [norm for norm in selection.norms if norm not in catalogue.norms]
        if unknown:
            raise SelectionError(f"norm {unknown[0]!r}: the catalogue has {', '.join(sorted(catalogue.norms))}")
        self._norms = {f"{norm}:" for norm in selection.norms}
        self._controls = {catalogue.find(text).id for text in selection.controls}
        self._catalogue = catalogue
        self._known: dict[str, bool] = {}

    @property
    def selects_all(self) -> bool:
        """Whether no check is left out."""
        return not self._norms and not self._controls

    def holds(self, check: CheckVersion) -> bool:
        """Whether a version of a check is selected."""
        if self.selects_all:
            return True
        key = f"{check.id} {check.digest}"
        if key not in self._known:
            answered = self._catalogue.closure(_controls(check.document))
            norm = not self._norms or any(control.startswith(tuple(self._norms)) for control in answered)
            control = not self._controls or not self._controls.isdisjoint(answered)
            self._known[key] = norm and control
        return self._known[key]


def _controls(document: str) -> list[str]:
    try:
        content = yaml.load(document, yaml.CSafeLoader)
    except yaml.YAMLError:
        return []
    controls = content.get("controls") if isinstance(content, dict) else None
    return [str(each) for each in controls] if isinstance(controls, list) else []
