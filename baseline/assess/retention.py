"""Decides what is out of its retention term, and what keeps the rest."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from baseline.models.pattern import fits
from baseline.models.retention import Category, Hold, Rule, Schedule
from baseline.store.canonical import canonical_json
from baseline.store.retention import Destruction, Kept

Fate = Literal["destroy", "within term", "in use", "held", "kept for ever", "no rule"]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to one content, and why; ``hold`` is the id of the first hold that keeps it."""

    kept: Kept
    fate: Fate
    hold: str = ""


class RetentionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Every decision, and the destructions that follow from them."""

    decisions: tuple[Decision, ...]
    destructions: tuple[Destruction, ...]

    @property
    def digest(self) -> str:
        """Names exactly what would be destroyed, so that what is confirmed is what is done."""
        return hashlib.sha256(canonical_json([each.digest for each in self.destructions])).hexdigest()


def make_plan(schedule: Schedule, kept: Iterable[Kept], today: date) -> RetentionPlan:
    """Hold everything against the schedule. A term runs from the last time that a content was collected."""
    holds = [hold for hold in schedule.holds if hold.stands(today)]
    decisions = tuple(_decide(schedule.rules, holds, each, today) for each in kept)
    return RetentionPlan(
        decisions=decisions,
        destructions=tuple(
            _destruction(each.kept, schedule.rules[each.kept.category]) for each in decisions if each.fate == "destroy"
        ),
    )


def _decide(rules: Mapping[Category, Rule], holds: list[Hold], kept: Kept, today: date) -> Decision:
    rule = rules.get(kept.category)
    if rule is None or rule.term is None:
        return Decision(kept=kept, fate="no rule" if rule is None else "kept for ever")
    if _day(kept.last_used) >= rule.term.before(today):
        return Decision(kept=kept, fate="within term")
    if kept.in_use:
        return Decision(kept=kept, fate="in use")
    holding = next((hold.id for hold in holds if _holds(hold, kept)), "")
    return Decision(kept=kept, fate="held" if holding else "destroy", hold=holding)


def _holds(hold: Hold, kept: Kept) -> bool:
    """Whether a hold is about any use of a content; what names no target, such as a reassessment, may be about all.

    What a target said first and last was most often the same in between, so that a hold on days between holds it too.
    """
    return any(
        (not target or fits(target, hold.targets))
        and (hold.since is None or _day(last) >= hold.since)
        and (hold.until is None or _day(first) <= hold.until)
        for target, (first, last) in kept.used.items()
    )


def _day(moment: datetime) -> date:
    return moment.astimezone().date()


def _destruction(kept: Kept, rule: Rule) -> Destruction:
    return Destruction(
        digest=kept.digest,
        category=kept.category,
        last_used=kept.last_used,
        term=str(rule.term),
        source=rule.source,
    )
