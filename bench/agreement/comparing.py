"""Lays verdicts of two sides beside each other, resource by resource."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from bench.agreement.findings import Finding
from bench.agreement.tables import Difference, Pair

ORDER = ("error", "fail", "manual", "pass", "not_applicable", "absent")
"""Worst first."""

USUAL_SUBJECT = {
    "aws": r"^(?:(?P<place>[a-z]{2}(?:-[a-z]+)+-\d)/)?(?:cluster(?:-snapshot)?:)?(?P<name>\S+)",
    "azure": r"^[^/]+/[^/]+/(?P<name>[^/]+)",
    "entra": r"^(?P<name>\S+)",
}
"""Provider -> where the name of a resource stands in our subjects."""


class Observed(msgspec.Struct, frozen=True):
    """What both sides say of one account; ``verdicts`` are (check, subject, status) of ours."""

    account: str
    verdicts: list[tuple[str, str, str]]
    findings: list[Finding]


class Compared(msgspec.Struct, frozen=True):
    """One of our checks on one resource, with the worst of what each side says.

    ``agrees`` is 'yes', 'explained', 'no', or 'alone' where Prowler says nothing of the resource.
    """

    account: str
    ours: str
    resource: str
    we: str
    they: str
    prowler: tuple[str, ...]
    agrees: str
    right: str = ""
    why: str = ""


class Side(msgspec.Struct):
    """Verdicts on one resource."""

    we: list[str] = msgspec.field(default_factory=list)
    they: dict[str, str] = msgspec.field(default_factory=dict)


class Place(msgspec.Struct, frozen=True):
    """Where a verdict of ours belongs: a resource in a region, a whole region or subscription, or the account."""

    place: str
    name: str
    subject: str


def compare(observed: Observed, pairs: list[Pair], known: list[Difference]) -> Iterator[Compared]:
    """Every resource of every check that both have."""
    of_check: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        of_check[pair.ours].append(pair)
    for ours, rows in of_check.items():
        said = [(subject, status) for check, subject, status in observed.verdicts if check == ours]
        for resource, side in _sides(rows, said, observed.findings).items():
            yield _judged(observed.account, ours, resource, side, known)


def _judged(account: str, ours: str, resource: str, side: Side, known: list[Difference]) -> Compared:
    we, they = worst(side.we), worst(side.they.values())
    concerned = sorted(check for check, status in side.they.items() if status == they)
    base = Compared(account, ours, resource, we, they, tuple(concerned), "yes")
    if we == they:
        return base
    for row in known:
        if row.explains(ours, we, they, f"{account} {resource}"):
            return msgspec.structs.replace(base, agrees="explained", right=row.right, why=row.why)
    return msgspec.structs.replace(base, agrees="alone" if they == "absent" else "no")


def worst(statuses: Iterable[str]) -> str:
    """The worst of them; ``absent`` when there is none."""
    return min(statuses, key=ORDER.index, default="absent")


def _sides(rows: list[Pair], said: list[tuple[str, str]], findings: list[Finding]) -> dict[str, Side]:
    sides: dict[str, Side] = defaultdict(Side)
    places: dict[tuple[str, str], Place] = {}
    for subject, status in said:
        place = next(filter(None, (_place(row, subject) for row in rows)), None)
        if place is not None:
            places.setdefault((place.place, place.name), place)
            sides[_shown(place)].we.append(status)
    for row in rows:
        for finding in (one for one in findings if one.check == row.prowler):
            for shown in _concerned(row, finding, list(places.values())):
                theirs = sides[shown].they
                theirs[row.prowler] = worst([finding.status, theirs.get(row.prowler, "absent")])
    return {name: side for name, side in sides.items() if side.they or set(side.we) != {"not_applicable"}}


def _shown(place: Place) -> str:
    return "/".join(part for part in (place.place, place.name) if part)


def _place(row: Pair, subject: str) -> Place | None:
    found = re.search(row.subject or (USUAL_SUBJECT[row.provider] if row.scope == "resource" else ""), subject)
    if found is None:
        return None
    groups = {name: value or "" for name, value in found.groupdict().items()}
    wide = {"account": "", "region": subject.partition(" ")[0], "subscription": subject.partition("/")[0]}
    place = wide.get(row.scope, groups.get("place", ""))
    return Place(place.lower(), groups.get("name", "").lower(), subject)


def _concerned(row: Pair, finding: Finding, places: list[Place]) -> list[str]:
    """Resources of ours that a finding is about; itself when there is none."""
    if row.scope == "resource":
        words = {finding.name.lower(), *re.split(r"[:/; ]", finding.resource.lower() + "/" + finding.name.lower())}
        mine = [one for one in places if one.name in words and one.place in {"", finding.region.lower()}]
        return [_shown(one) for one in mine] or [finding.resource]
    where = {"account": "", "region": finding.region.lower(), "subscription": finding.account.lower()}[row.scope]
    mine = [one for one in places if one.place == where and re.search(row.subject, one.subject)]
    return [_shown(one) for one in mine] or [where]
