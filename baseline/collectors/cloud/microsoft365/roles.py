"""Reads who holds privileged directory roles, and what activating one demands."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, Ask, named
from baseline.collectors.cloud.microsoft365.request import Request
from baseline.collectors.cloud.microsoft365.role_names import GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLES
from baseline.collectors.cloud.microsoft365.told import Told, clean
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.roles import PrivilegedPrincipal, PrivilegedUser, RoleAssignment

PrincipalKind = Literal["user", "group", "service_principal"]
_KINDS: dict[str, PrincipalKind] = {
    "#microsoft.graph.user": "user",
    "#microsoft.graph.group": "group",
    "#microsoft.graph.servicePrincipal": "service_principal",
}
_NOBODY = ("#microsoft.graph.device", "#microsoft.graph.orgContact")
"""Members of a group that cannot sign in to use a role."""
USERS_AT_ONCE = 15
"""Values that ``in`` of a filter takes (Microsoft, *Use the $filter query parameter*)."""
MAXIMUM_PRINCIPALS = 3000


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One privileged role of one principal."""

    role: str
    principal: str
    kind: PrincipalKind | Unknown
    name: str


def group_members(group: str) -> Request:
    """Who is in a group that holds a role."""
    return Request(
        path=f"/groups/{quote(group, safe='{}')}/transitiveMembers?$select=id&$top=999",
        scope="GroupMember.Read.All",
        why="who holds privileged roles through a group",
    )


def users_named(identities: Sequence[str]) -> Request:
    """What kind of accounts some users are."""
    quoted = ",".join(f"'{quote(identity, safe='{}')}'" for identity in identities)
    return Request(
        path=f"/users?$filter=id in ({quoted})&$select=id,accountEnabled,userType,onPremisesSyncEnabled",
        scope="User.Read.All",
        why="whether administrators are guests, or synchronised from elsewhere",
    )


async def ask_about_members(answers: Answers, ask: Ask) -> None:
    """Ask for the members of groups with a privileged role."""
    held = _all_held(answers)
    if not isinstance(held, Unknown):
        groups = sorted({item.principal for item in held if item.kind == "group"})
        await ask([group_members(group) for group in groups[:MAXIMUM_PRINCIPALS]])


async def ask_about_holders(answers: Answers, ask: Ask) -> None:
    """Ask for the members of groups with a privileged role, then for what kind of accounts all holders are."""
    await ask_about_members(answers, ask)
    people = _people(answers)
    if not isinstance(people, Unknown):
        await ask([users_named(some) for some in _some_at_once(people)])


def _some_at_once(people: Iterable[str]) -> list[list[str]]:
    found = sorted(people)[:MAXIMUM_PRINCIPALS]
    return [found[start : start + USERS_AT_ONCE] for start in range(0, len(found), USERS_AT_ONCE)]


def read_assignments(answers: Answers) -> list[RoleAssignment] | Unknown:
    """The fact ``roles.assignments``: active ones, and whether anything ends them."""
    rows = answers.rows(requests.ASSIGNMENT_INSTANCES)
    holders = answers.rows(requests.ASSIGNMENTS)
    if isinstance(rows, Unknown):
        return rows
    if isinstance(holders, Unknown):
        return holders
    if not rows:
        return Unknown(f"{named(requests.ASSIGNMENT_INSTANCES)} named no holder of a role: that cannot be")
    unclear = _unclear([*rows, *holders])
    if unclear is not None:
        return unclear
    kinds = {row.fields["principalId"]: row for row in holders}
    privileged = [row for row in rows if row.fields["roleDefinitionId"] in PRIVILEGED_ROLES]
    return sorted((_assignment(row, kinds) for row in privileged), key=lambda item: str(item.name))


def _assignment(row: Told, holders: dict[Any, Told]) -> RoleAssignment:
    role, principal = row.fields["roleDefinitionId"], row.fields["principalId"]
    holder = holders.get(principal)
    scope = row.text("directoryScopeId")
    where = "" if scope == "/" else f" in {scope if isinstance(scope, str) else 'an unknown scope'}"
    return RoleAssignment(
        name=f"{PRIVILEGED_ROLES[role]}: {principal}{where}",
        role=PRIVILEGED_ROLES[role],
        role_template=role,
        principal=principal,
        principal_kind=_kind(holder) if holder else Unknown(f"{row.where} names a holder that is not listed elsewhere"),
        scope=scope,
        how=_how(row),
    )


def _how(row: Told) -> Literal["permanent", "until_a_date", "activated"] | Unknown:
    kind = row.word("assignmentType", {"Assigned": False, "Activated": True})
    if isinstance(kind, Unknown):
        return kind
    if kind:
        return "activated"
    if "endDateTime" in row.fields and row.fields["endDateTime"] is None:
        return "permanent"
    ends = row.moment("endDateTime")
    return ends if isinstance(ends, Unknown) else "until_a_date"


def read_people(answers: Answers) -> list[PrivilegedUser] | Unknown:
    """The fact ``roles.people``: users with a privileged role, active or eligible, directly or through a group."""
    people = _people(answers)
    if isinstance(people, Unknown):
        return people
    accounts: dict[str, Told | Unknown] = {}
    for asked in _some_at_once(people):
        request = users_named(asked)
        rows = answers.rows(request)
        known = {} if isinstance(rows, Unknown) else {row.fields["id"]: row for row in rows}
        gone = rows if isinstance(rows, Unknown) else Unknown(f"{named(request)} does not tell of this account")
        accounts |= {identity: known.get(identity, gone) for identity in asked}
    return [_person(identity, people[identity], accounts.get(identity)) for identity in sorted(people)]


def _person(identity: str, roles: set[str], account: Told | Unknown | None) -> PrivilegedUser:
    names = sorted(PRIVILEGED_ROLES[role] for role in roles)
    told: dict[str, Any] = {"name": identity, "roles": names, "global_administrator": GLOBAL_ADMINISTRATOR in roles}
    if not isinstance(account, Told):
        missing = account or Unknown(f"more than {MAXIMUM_PRINCIPALS} users hold a privileged role")
        return PrivilegedUser(**told, enabled=missing, cloud_only=missing, guest=missing)
    synchronised = account.fields.get("onPremisesSyncEnabled", "")
    return PrivilegedUser(
        **told,
        enabled=account.flag("accountEnabled"),
        cloud_only=not synchronised
        if synchronised in (None, True, False)
        else account.unknown("onPremisesSyncEnabled"),
        guest=account.word("userType", {"Guest": True, "Member": False}),
    )


def read_principals(answers: Answers) -> list[PrivilegedPrincipal] | Unknown:
    """The fact ``roles.principals``: applications with a privileged role, also through a group."""
    holders = _holders(answers)
    if isinstance(holders, Unknown):
        return holders
    found: dict[str, tuple[str, set[str]]] = {}
    for item in holders:
        if item.kind == "service_principal":
            found.setdefault(item.principal, (item.name, set()))[1].add(PRIVILEGED_ROLES[item.role])
    return [
        PrivilegedPrincipal(name=f"{name} ({identity})".strip(), principal=identity, roles=sorted(roles))
        for identity, (name, roles) in sorted(found.items())
    ]


def read_global_administrators(answers: Answers) -> int | Unknown:
    """The fact ``roles.global_administrators``: how many users."""
    people = _people(answers)
    if isinstance(people, Unknown):
        return people
    return sum(1 for roles in people.values() if GLOBAL_ADMINISTRATOR in roles)


def _all_held(answers: Answers) -> list[Held] | Unknown:
    """Active and eligible. Without a licence for eligibility nobody can be eligible."""
    active = answers.rows(requests.ASSIGNMENTS)
    eligible: list[Told] | Unknown = []
    if not answers.unlicensed(requests.ELIGIBILITY):
        eligible = answers.rows(requests.ELIGIBILITY)
    if isinstance(active, Unknown):
        return active
    if isinstance(eligible, Unknown):
        return eligible
    if not active:
        return Unknown(f"{named(requests.ASSIGNMENTS)} named no holder of a role: that cannot be")
    unclear = _unclear([*active, *eligible])
    if unclear is not None:
        return unclear
    return [_held(row) for row in (*active, *eligible) if row.fields["roleDefinitionId"] in PRIVILEGED_ROLES]


def _unclear(rows: list[Told]) -> Unknown | None:
    """Why it is not known who holds what: one row tells no role or no holder."""
    told = (row.text(field) for row in rows for field in ("roleDefinitionId", "principalId"))
    return next((value for value in told if isinstance(value, Unknown)), None)


def _held(row: Told) -> Held:
    name = clean(row.inner("principal").fields.get("displayName")) if _kind(row) == "service_principal" else ""
    return Held(
        role=row.fields["roleDefinitionId"],
        principal=row.fields["principalId"],
        kind=_kind(row),
        name=name,
    )


def _kind(row: Told) -> PrincipalKind | Unknown:
    return row.inner("principal").word("@odata.type", _KINDS)


def _people(answers: Answers) -> dict[str, set[str]] | Unknown:
    """User -> privileged roles."""
    holders = _holders(answers)
    if isinstance(holders, Unknown):
        return holders
    found: dict[str, set[str]] = {}
    for item in holders:
        if item.kind == "user":
            found.setdefault(item.principal, set()).add(item.role)
    return found


def _holders(answers: Answers) -> list[Held] | Unknown:
    """Who holds privileged roles, with each group replaced by its members."""
    held = _all_held(answers)
    if isinstance(held, Unknown):
        return held
    found: list[Held] = []
    for item in held:
        if isinstance(item.kind, Unknown):
            return item.kind
        members = _members(answers, item) if item.kind == "group" else [item]
        if isinstance(members, Unknown):
            return members
        found += members
    return found


def _members(answers: Answers, group: Held) -> list[Held] | Unknown:
    """A member of which the type is not told is taken for a user; one of a type that is new may be an administrator too."""
    rows = answers.rows(group_members(group.principal))
    if isinstance(rows, Unknown):
        return rows
    found: list[Held] = []
    for row in rows:
        told = row.fields.get("@odata.type")
        kind: PrincipalKind | Unknown = "user" if told is None else row.word("@odata.type", _KINDS)
        if isinstance(kind, Unknown) and told not in _NOBODY:
            return kind
        if kind in ("user", "service_principal"):
            found.append(Held(role=group.role, principal=row.fields["id"], kind=kind, name=""))
    return found
