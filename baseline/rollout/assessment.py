"""Answers the questions of a rollout from what one run stored."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

import msgspec

from baseline.collectors.network.platforms import PLATFORM_NAMES
from baseline.collectors.network.platforms import platform as named_platform
from baseline.drift.configuration import Change, compare
from baseline.drift.normal import normalise
from baseline.drift.rules import NoRulesError, rules_for
from baseline.drift.stored import NotComparableError, stored_configuration
from baseline.models.result import Result, Status
from baseline.models.target import Target
from baseline.rollout.facts import comparable_facts, fact_text
from baseline.rollout.peers import Member, Oddity, oddities
from baseline.rollout.verdict import ASPECTS, Answer, DeviceVerdict, OpenPoint
from baseline.store.records import PopulationEntry, StoredFacts
from baseline.store.store import Store


class Expectations(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch is held against. ``software`` are versions, in which ``*`` and ``?`` match; ``template`` is its text."""

    software: tuple[str, ...] = ()
    template: str | None = None
    odd_allowed: bool = False


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What judging said of one device: every result, and what is not met as a person reads it."""

    results: Sequence[Result] = ()
    open_points: tuple[OpenPoint, ...] = ()
    waived: tuple[OpenPoint, ...] = ()


class _Case:
    """One device while its questions are answered."""

    def __init__(self, target: Target, entry: PopulationEntry, findings: Findings) -> None:
        self.target, self.entry, self.findings = target, entry, findings
        self.facts: StoredFacts | None = None
        self.answers: dict[str, Answer] = dict.fromkeys(ASPECTS, "not asked")
        self.reasons: dict[str, str] = {}
        self.member: Member | None = None
        self.text: str | None = None

    def answer(self, aspect: str, answer: Answer, reason: str = "") -> None:
        """Answer one question."""
        self.answers[aspect] = answer
        if reason:
            self.reasons[aspect] = reason

    def fact(self, path: str) -> str:
        """A fact as text; empty where it is unknown."""
        return fact_text(self.facts.document, path) or "" if self.facts else ""


def assess_batch(
    store: Store,
    run: int,
    targets: Mapping[str, Target],
    findings: Mapping[str, Findings],
    expectations: Expectations,
) -> list[DeviceVerdict]:
    """A verdict for each of ``targets`` that is in the population of a run, by name."""
    entries = {entry.target: entry for entry in store.population(run)}
    cases = [
        _Case(target, entries[name], findings.get(name, Findings()))
        for name, target in sorted(targets.items())
        if name in entries
    ]
    for case in cases:
        _reachable(case)
        if case.answers["reachable"] == "yes":
            case.facts = store.facts(case.target.name, run)
            _configuration(store, run, case)
        _software(case, expectations.software)
        _baseline(case)
    changes = [_template(case, expectations.template) for case in cases]
    odd = _peers(cases)
    return [
        _verdict(case, different, odd.get(case.target.name, []), expectations)
        for case, different in zip(cases, changes, strict=True)
    ]


def _reachable(case: _Case) -> None:
    entry = case.entry
    if entry.outcome == "reached":
        case.answer("reachable", "yes")
    elif entry.outcome == "unreached":
        case.answer("reachable", "no", entry.reason)
    else:
        case.answer("reachable", "unknown", entry.reason or "not assessed in this run")


def _configuration(store: Store, run: int, case: _Case) -> None:
    """The configuration and facts with which the device is compared; else the reason why it cannot be."""
    if case.target.platform not in PLATFORM_NAMES:
        return
    try:
        stored, rules = stored_configuration(store, case.target.name, run), rules_for(case.target.platform)
    except (NotComparableError, NoRulesError) as error:
        case.answer("peers", "unknown", str(error))
        case.answer("template", "unknown", str(error))
        return
    platform = named_platform(case.target.platform)
    case.text = stored.text
    case.member = Member(
        name=case.target.name,
        site=case.target.site or "",
        configuration=normalise(stored.text, platform, rules),
        rules=rules,
        facts=comparable_facts(case.facts.document if case.facts else {}, platform),
    )


def _software(case: _Case, versions: tuple[str, ...]) -> None:
    if not versions:
        return
    version = case.fact("software.version")
    if not version:
        case.answer("software", "unknown", "the version is not known")
    elif any(fnmatchcase(version, wanted) for wanted in versions):
        case.answer("software", "yes")
    else:
        case.answer("software", "no", f"{version}; {', '.join(versions)}")


def _baseline(case: _Case) -> None:
    statuses = {result.status for result in case.findings.results}
    if Status.FAIL in statuses:
        case.answer("baseline", "no")
    elif Status.ERROR in statuses or not statuses or case.answers["reachable"] != "yes":
        case.answer("baseline", "unknown")
    else:
        case.answer("baseline", "yes")


def _template(case: _Case, template: str | None) -> tuple[Change, ...]:
    if template is None:
        case.answer("template", "not asked")
        case.reasons.pop("template", None)
        return ()
    if case.text is None:
        case.answer("template", "unknown", case.reasons.get("template", ""))
        return ()
    platform = named_platform(case.target.platform)
    changes = compare(template, case.text, platform, rules_for(case.target.platform)).changes
    case.answer("template", "no" if changes else "yes")
    return changes


def _peers(cases: Sequence[_Case]) -> dict[str, list[Oddity]]:
    """What is odd about each device among those of its platform and role; with too few of those nothing is asked."""
    groups: dict[tuple[str, str], list[tuple[_Case, Member]]] = {}
    for case in cases:
        if case.member is not None:
            groups.setdefault((case.target.platform, case.fact("device.role")), []).append((case, case.member))
        elif case.target.platform in PLATFORM_NAMES:
            case.answer("peers", "unknown")
    found: dict[str, list[Oddity]] = {}
    for group in groups.values():
        odd = oddities([member for _, member in group])
        for case, _ in group:
            own = odd[case.target.name]
            found[case.target.name] = own or []
            case.answer("peers", "not asked" if own is None else "no" if own else "yes")
    return found


def _verdict(
    case: _Case, changes: tuple[Change, ...], odd: Sequence[Oddity], expectations: Expectations
) -> DeviceVerdict:
    return DeviceVerdict(
        name=case.target.name,
        platform=case.target.platform,
        site=case.target.site or "",
        role=case.fact("device.role"),
        model=case.fact("device.model"),
        serial=case.fact("device.serial"),
        version=case.fact("software.version"),
        collected_at=case.entry.collected_at,
        answers=case.answers,
        reasons=case.reasons,
        met=sum(result.status is Status.PASS for result in case.findings.results),
        open_points=case.findings.open_points,
        waived=case.findings.waived,
        oddities=tuple(odd),
        changes=changes,
        odd_allowed=expectations.odd_allowed,
    )
