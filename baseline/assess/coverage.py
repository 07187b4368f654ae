"""Coverage: by which checks each measure is answered in each domain, and what is left to a person or open."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

import msgspec

from baseline.content.catalogue import Catalogue
from baseline.models.check import Check
from baseline.models.control import Control, Domain
from baseline.models.target import Kind

Answer = Literal["checks", "attestation", "open"]

DOMAINS: tuple[Domain, ...] = get_args(Domain)

DOMAIN_OF_KIND: dict[Kind, Domain] = {
    "network": "network",
    "host": "host",
    "workplace": "workplace",
    "aws": "cloud",
    "azure": "cloud",
    "m365": "cloud",
    "web": "web",
}
"""Where a kind of target belongs; an image is a workplace."""


class CoverageRow(msgspec.Struct, frozen=True, kw_only=True):
    """How one control is answered in one domain.

    ``domain`` is None for the organisation as a whole: what a person attests. ``checks`` are the ids of the checks.
    """

    control: str
    domain: Domain | None
    answer: Answer
    checks: tuple[str, ...] = ()


class CoverageTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of controls in force. The first four add up to ``controls``; they concern what a machine can decide.

    ``all_domains``: checks in every domain; ``some_domains``: in some; ``open``: in none; ``attestation_only``: nothing a
    machine can decide. ``attestation`` counts the controls that need a person for all or part of the answer.
    """

    controls: int
    all_domains: int
    some_domains: int
    open: int
    attestation_only: int
    attestation: int


class DomainTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of controls in one domain: with checks, and open."""

    checks: int
    open: int


def coverage(catalogue: Catalogue, checks: Iterable[Check]) -> list[CoverageRow]:
    """One row per control in force and domain, in the catalogue's order.

    A check counts for the controls it names, the new place of a moved one, and the ISO controls these elaborate; never
    for a BIO2 measure because it names the ISO control, of which the measure asks more. A row with domain None says that a person attests the
    control, or the half of it that no machine can decide.
    """
    checks_at: dict[tuple[str, Domain], set[str]] = {}
    for check in checks:
        for control in catalogue.closure(check.controls):
            checks_at.setdefault((control, domain_of(check)), set()).add(check.id)
    return [row for control in catalogue.controls.values() if control.in_force for row in _rows(control, checks_at)]


def domain_of(check: Check) -> Domain:
    """The domain that a check looks at; an image is a workplace."""
    return DOMAIN_OF_KIND[check.applies_to.kind]


def _rows(control: Control, checks_at: dict[tuple[str, Domain], set[str]]) -> Iterator[CoverageRow]:
    for domain in DOMAINS:
        checks = tuple(sorted(checks_at.get((control.id, domain), ())))
        if checks or domain in control.domains:
            answer: Answer = "checks" if checks else "open"
            yield CoverageRow(control=control.id, domain=domain, answer=answer, checks=checks)
    if control.automatable != "yes":
        yield CoverageRow(control=control.id, domain=None, answer="attestation")


def coverage_totals(rows: Iterable[CoverageRow]) -> CoverageTotals:
    """Count controls by how far checks answer them."""
    answers: dict[str, list[Answer]] = {}
    for row in rows:
        answers.setdefault(row.control, []).append(row.answer)
    machine = [[answer for answer in given if answer != "attestation"] for given in answers.values()]
    return CoverageTotals(
        controls=len(answers),
        all_domains=sum(set(given) == {"checks"} for given in machine),
        some_domains=sum(set(given) == {"checks", "open"} for given in machine),
        open=sum(set(given) == {"open"} for given in machine),
        attestation_only=sum(not given for given in machine),
        attestation=sum("attestation" in given for given in answers.values()),
    )


def domain_totals(rows: Iterable[CoverageRow]) -> dict[Domain, DomainTotals]:
    """Count, per domain, the controls that have checks there and those that lack them."""
    counts = Counter((row.domain, row.answer) for row in rows)
    return {domain: DomainTotals(checks=counts[domain, "checks"], open=counts[domain, "open"]) for domain in DOMAINS}
