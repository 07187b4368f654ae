"""How urgent a deviation is: severity x BIV classification x exposure."""

from datetime import date, timedelta
from typing import get_args

from baseline.exporters.reports.failures import Failure
from baseline.models.report_settings import ReportSettings
from baseline.models.target import Level, Target

_LEVELS: tuple[Level, ...] = get_args(Level)
HIGHEST_LEVEL = 3
"""What is not classified counts as high: unknown is not safe."""
LIMITS = (18, 9, 4)
"""Least score of priority 1, 2 and 3; the rest is priority 4."""


def score_of(failure: Failure, target: Target) -> int:
    """1 to 24: severity 1 to 4, the highest of availability, integrity and confidentiality 1 to 3, internet 2 or internal 1.

    A target that is not classified counts as high, one whose exposure is not known as on the internet.
    """
    classification = target.classification
    levels = (classification.availability, classification.integrity, classification.confidentiality)
    worst = max(HIGHEST_LEVEL if level is None else _LEVELS.index(level) + 1 for level in levels)
    return (failure.severity.rank + 1) * worst * (1 if target.exposure == "internal" else 2)


def priority_of(score: int) -> int:
    """1 (first) to 4."""
    return next((number for number, least in enumerate(LIMITS, start=1) if score >= least), len(LIMITS) + 1)


def due_day(failure: Failure, priority: int, settings: ReportSettings) -> date:
    """The last day by which it is repaired, from when it was first seen."""
    return failure.begins.date() + timedelta(days=settings.repair_days[priority - 1])
