"""Reads applications: owners, credentials, and permissions on Microsoft Graph."""

from datetime import datetime
from typing import Any

import msgspec

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, named, unknown_section
from baseline.collectors.cloud.microsoft365.told import Told, clean, parsed_hours
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.applications import (
    Application,
    ApplicationPermissions,
    CredentialPolicy,
    DelegatedPermissions,
)

_AUDIENCES = {
    "AzureADMyOrg": False,
    "AzureADMultipleOrgs": True,
    "AzureADandPersonalMicrosoftAccount": True,
    "PersonalMicrosoftAccount": True,
}
_FOR_LATER = "restrictForAppsCreatedAfterDateTime"
"""Applications from before this moment are not restricted (Microsoft Graph, *passwordCredentialConfiguration*)."""


class Credential(msgspec.Struct, frozen=True):
    """Start and end of one secret or certificate."""

    starts: datetime
    ends: datetime

    @property
    def days(self) -> int:
        """Its lifetime in whole days."""
        return (self.ends - self.starts).days


def read_applications(answers: Answers) -> list[Application] | Unknown:
    """The fact ``applications.registered``."""
    rows = answers.rows(requests.APPLICATIONS)
    if isinstance(rows, Unknown):
        return rows
    return sorted((_application(row, answers.now) for row in rows), key=lambda item: str(item.name))


def _application(row: Told, now: datetime) -> Application:
    told: dict[str, Any] = {
        "name": f"{clean(row.fields.get('displayName'))} ({clean(row.fields.get('appId') or row.fields['id'])})".strip(),
        "owners": row.count("owners"),
        "every_tenant": row.word("signInAudience", _AUDIENCES),
    }
    secrets, certificates = _credentials(row, "passwordCredentials"), _credentials(row, "keyCredentials")
    return Application(**told, **_dates(secrets, certificates, now))


def _dates(
    secrets: list[Credential] | Unknown, certificates: list[Credential] | Unknown, now: datetime
) -> dict[str, Any]:
    if isinstance(secrets, Unknown) or isinstance(certificates, Unknown):
        unknown = secrets if isinstance(secrets, Unknown) else certificates
        names = ("credentials", "expired_credentials", "secrets", "longest_secret_days")
        return dict.fromkeys((*names, "longest_certificate_days", "first_end_days"), unknown)
    every = [*secrets, *certificates]
    valid = [item for item in every if item.ends > now]
    return {
        "credentials": len(every),
        "expired_credentials": len(every) - len(valid),
        "secrets": sum(item.ends > now for item in secrets),
        "longest_secret_days": _longest(secrets, now),
        "longest_certificate_days": _longest(certificates, now),
        "first_end_days": min(((item.ends - now).days for item in valid), default=None),
    }


def _longest(credentials: list[Credential], now: datetime) -> int | None:
    return max((item.days for item in credentials if item.ends > now), default=None)


def _credentials(row: Told, field: str) -> list[Credential] | Unknown:
    items = row.fields.get(field)
    if not isinstance(items, list):
        return row.unknown(field)
    found = []
    for item in items:
        told = Told(item, f"{row.where} {field},")
        starts, ends = told.moment("startDateTime"), told.moment("endDateTime")
        if isinstance(starts, Unknown):
            return starts
        if isinstance(ends, Unknown):
            return ends
        found.append(Credential(starts, ends))
    return found


def read_permissions(answers: Answers) -> list[ApplicationPermissions] | Unknown:
    """The fact ``applications.permissions``: who has which application permissions on Microsoft Graph."""
    graph, grants = answers.document(requests.GRAPH_ROLES), answers.rows(requests.GRAPH_GRANTS)
    if isinstance(graph, Unknown):
        return graph
    if isinstance(grants, Unknown):
        return grants
    names = _role_names(graph)
    if isinstance(names, Unknown):
        return names
    found: dict[str, list[Told]] = {}
    for grant in grants:
        principal = grant.text("principalId")
        if isinstance(principal, Unknown):
            return principal
        found.setdefault(principal, []).append(grant)
    return [
        ApplicationPermissions(
            name=f"{clean(granted[0].fields.get('principalDisplayName'))} ({principal})".strip(),
            principal=principal,
            permissions=_permissions(granted, names),
        )
        for principal, granted in sorted(found.items())
    ]


def _permissions(granted: list[Told], names: dict[str, str]) -> list[str] | Unknown:
    found = set()
    for grant in granted:
        role = grant.text("appRoleId")
        if isinstance(role, Unknown):
            return role
        if role not in names:
            return Unknown(f"{grant.where} grants {role[:40]!a}, which is no known permission of Microsoft Graph")
        found.add(names[role])
    return sorted(found)


def read_delegated(answers: Answers) -> list[DelegatedPermissions] | Unknown:
    """The fact ``applications.delegated``: what an administrator granted for all users."""
    rows = answers.rows(requests.DELEGATED_GRANTS)
    if isinstance(rows, Unknown):
        return rows
    found: dict[str, list[Told]] = {}
    for row in rows:
        client = row.text("clientId")
        if isinstance(client, Unknown):
            return client
        found.setdefault(client, []).append(row)
    return [DelegatedPermissions(name=client, permissions=_scopes(found[client])) for client in sorted(found)]


def _scopes(rows: list[Told]) -> list[str] | Unknown:
    scopes: set[str] = set()
    for row in rows:
        told = row.text_or_none("scope")
        if isinstance(told, Unknown):
            return told
        scopes.update((told or "").split())
    return sorted(scopes)


def _role_names(graph: Told) -> dict[str, str] | Unknown:
    roles = graph.fields.get("appRoles")
    if not isinstance(roles, list) or not roles:
        return Unknown(f"{named(requests.GRAPH_ROLES)} told no names of permissions")
    return {
        role["id"]: role["value"]
        for role in roles
        if isinstance(role, dict) and isinstance(role.get("id"), str) and isinstance(role.get("value"), str)
    }


def read_credential_policy(answers: Answers) -> CredentialPolicy:
    """The fact ``credential_policy``."""
    told = answers.document(requests.CREDENTIAL_POLICY)
    if isinstance(told, Unknown):
        return unknown_section(CredentialPolicy, told)
    restrictions = told.inner("applicationRestrictions")
    refused = _restriction(restrictions, "passwordCredentials", "passwordAddition", answers.now)
    return CredentialPolicy(
        enabled=told.flag("isEnabled"),
        secrets_refused=refused if isinstance(refused, Unknown) else refused is not None,
        secret_days=_lifetime(restrictions, "passwordCredentials", "passwordLifetime", answers.now),
        certificate_days=_lifetime(restrictions, "keyCredentials", "asymmetricKeyLifetime", answers.now),
    )


def _restriction(restrictions: Told, field: str, kind: str, now: datetime) -> Told | Unknown | None:
    """The enforced restriction of a kind; None: there is none, it is switched off, or only for applications to come."""
    items = restrictions.fields.get(field)
    for item in items if isinstance(items, list) else ():
        told = Told(item, f"{restrictions.where} {kind},")
        if told.fields.get("restrictionType") == kind:
            enforced = told.word("state", {"enabled": True, "disabled": False})
            begun = _has_begun(told, now)
            states = (enforced, begun)
            return None if False in states else next((each for each in states if isinstance(each, Unknown)), told)
    return None


def _has_begun(restriction: Told, now: datetime) -> bool | Unknown:
    """Whether it holds for an application that is made now."""
    if restriction.fields.get(_FOR_LATER) is None:
        return True
    starts = restriction.moment(_FOR_LATER)
    return starts if isinstance(starts, Unknown) else starts <= now


def _lifetime(restrictions: Told, field: str, kind: str, now: datetime) -> int | Unknown | None:
    found = _restriction(restrictions, field, kind, now)
    if found is None or isinstance(found, Unknown):
        return found
    hours = parsed_hours(str(found.fields.get("maxLifetime")))
    return found.unknown("maxLifetime") if hours is None else int(hours // 24)
