"""Reads SharePoint and OneDrive, secure score, alerts and usage reports."""

import re
from typing import Literal

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, named, unknown_section
from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.workloads import Audit, Reports, SecureScore, SecurityAlert, Sharing

_OUTSIDE: dict[str, Literal["nobody", "known_guests", "guests", "anyone"]] = {
    "disabled": "nobody",
    "existingExternalUserSharingOnly": "known_guests",
    "externalUserSharingOnly": "guests",
    "externalUserAndGuestSharing": "anyone",
}
_DOMAINS: dict[str, Literal["any", "listed", "not_blocked"]] = {
    "none": "any",
    "allowList": "listed",
    "blockList": "not_blocked",
}
_SEVERITIES: dict[str, Literal["informational", "low", "medium", "high"]] = {
    "informational": "informational",
    "low": "low",
    "medium": "medium",
    "high": "high",
}
_AUDIT_LOG, _MAILBOXES = "mip_search_auditlog", "exo_mailboxaudit"
"""Names of the controls of Secure Score (*secureScoreControlProfile*)."""
OLDEST_SCORE_DAYS = 7
_IDENTITY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def read_sharing(answers: Answers) -> Sharing:
    """The fact ``sharing``."""
    told = answers.document(requests.SHARING)
    if isinstance(told, Unknown):
        return unknown_section(Sharing, told)
    return Sharing(
        outside=told.word("sharingCapability", _OUTSIDE),
        guests_reshare=told.flag("isResharingByExternalUsersEnabled"),
        guests_same_account=told.flag("isRequireAcceptingUserToMatchInvitedUserEnabled"),
        domains=told.word("sharingDomainRestrictionMode", _DOMAINS),
        legacy_authentication=told.flag("isLegacyAuthProtocolsEnabled"),
        idle_sign_out_minutes=_idle_minutes(told),
        sync_managed_only=_managed_sync(told),
        retention_days=told.number("deletedUserPersonalSiteRetentionPeriodInDays"),
    )


def _idle_minutes(told: Told) -> int | Unknown | None:
    if "idleSessionSignOut" in told.fields and told.fields["idleSessionSignOut"] is None:
        return None
    session = told.inner("idleSessionSignOut")
    enabled = session.flag("isEnabled")
    if enabled is not True:
        return None if enabled is False else enabled
    seconds = session.number("signOutAfterInSeconds")
    return seconds if isinstance(seconds, Unknown) else seconds // 60


def _managed_sync(told: Told) -> bool | Unknown:
    """Limited without any listed domain limits nothing that a person can see: it counts as not limited."""
    limited, domains = told.flag("isUnmanagedSyncAppForTenantRestricted"), told.texts("allowedDomainGuidsForSyncApp")
    if limited is not True:
        return limited
    if isinstance(domains, Unknown):
        return domains
    return bool(domains) if all(map(_IDENTITY.fullmatch, domains)) else told.unknown("allowedDomainGuidsForSyncApp")


def read_audit(answers: Answers) -> Audit:
    """The fact ``audit``, as far as Secure Score measures it."""
    return Audit(enabled=_measured(answers, _AUDIT_LOG), mailboxes=_measured(answers, _MAILBOXES))


def read_secure_score(answers: Answers) -> SecureScore:
    """The fact ``secure_score``."""
    told = _latest(answers)
    if isinstance(told, Unknown):
        return unknown_section(SecureScore, told)
    current, maximum = told.fields.get("currentScore"), told.fields.get("maxScore")
    percentage: float | Unknown = told.unknown("currentScore")
    if isinstance(current, int | float) and isinstance(maximum, int | float) and maximum > 0:
        percentage = round(100.0 * current / maximum, 1)
    return SecureScore(percentage=percentage, age_days=told.days_since("createdDateTime", answers.now))


def _latest(answers: Answers) -> Told | Unknown:
    rows = answers.rows(requests.SECURE_SCORES)
    if isinstance(rows, Unknown):
        return rows
    return rows[0] if rows else Unknown(f"{named(requests.SECURE_SCORES)} told of no score: it is not calculated yet")


def _measured(answers: Answers, control: str) -> bool | Unknown:
    """Whether Microsoft measured a control as fully met, lately, and nobody declared it met instead."""
    told, profiles = _latest(answers), answers.rows(requests.SCORE_PROFILES)
    if isinstance(told, Unknown):
        return told
    if isinstance(profiles, Unknown):
        return profiles
    age = told.days_since("createdDateTime", answers.now)
    if isinstance(age, Unknown) or age > OLDEST_SCORE_DAYS:
        return age if isinstance(age, Unknown) else Unknown(f"the secure score is {age} days old")
    profile = next((row for row in profiles if row.fields["id"] == control), None)
    scores = told.fields.get("controlScores")
    items = scores if isinstance(scores, list) else []
    score = next((item for item in items if isinstance(item, dict) and item.get("controlName") == control), None)
    if profile is None or score is None:
        return Unknown(f"Secure Score does not measure {control} in this tenant, and Graph tells it nowhere else")
    return _full(Told(score, f"{told.where} {control},"), profile)


def _full(score: Told, profile: Told) -> bool | Unknown:
    declared = _declared(profile)
    if declared is not None:
        return declared
    points, most = score.fields.get("score"), profile.fields.get("maxScore")
    if not isinstance(points, int | float) or not isinstance(most, int | float) or not 0 < most >= points >= 0:
        return score.unknown("score")
    return points == most


def _declared(profile: Told) -> Unknown | None:
    """A control that a person marked gets its points whatever the setting is (*secureScoreControlStateUpdate*)."""
    updates = profile.fields.get("controlStateUpdates")
    if updates is None:
        return None
    if not isinstance(updates, list) or not all(isinstance(item, dict) for item in updates):
        return profile.unknown("controlStateUpdates")
    last: dict[str, object] = max(updates, key=lambda item: str(item.get("updatedDateTime")), default={})
    state = str(last.get("state", "default")).lower()
    return (
        None if state in {"default", "none"} else Unknown(f"a person marked {profile.fields['id']} as {state[:40]!a}")
    )


def read_alerts(answers: Answers) -> list[SecurityAlert] | Unknown:
    """The fact ``alerts``."""
    rows = answers.rows(requests.ALERTS)
    if isinstance(rows, Unknown):
        return rows
    return [
        SecurityAlert(
            name=row.fields["id"],
            severity=row.word("severity", _SEVERITIES),
            source=row.text("serviceSource"),
            assigned=bool(row.fields["assignedTo"]) if "assignedTo" in row.fields else row.unknown("assignedTo"),
            age_days=row.days_since("createdDateTime", answers.now),
        )
        for row in rows
        if row.fields.get("status") != "resolved"
    ]


def read_reports(answers: Answers) -> Reports:
    """The fact ``reports``."""
    told = answers.document(requests.REPORTS)
    if isinstance(told, Unknown):
        return unknown_section(Reports, told)
    return Reports(names_concealed=told.flag("displayConcealedNames"))
