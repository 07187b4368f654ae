"""Reads with what users may sign in, who registered it, and how passwords are protected."""

from collections import Counter
from typing import Any, Literal

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, named, unknown_section
from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.sign_in import (
    AuthenticationMethod,
    AuthenticationMethods,
    PasswordProtection,
    RegisteredAdministrator,
    Registration,
    RiskyUser,
)

_PHISHING_RESISTANT = frozenset(
    {
        "fido2",
        "fido2SecurityKey",
        "passKeyDeviceBound",
        "passKeyDeviceBoundAuthenticator",
        "passKeyDeviceBoundWindowsHello",
        "passKeySynced",
        "windowsHelloForBusiness",
        "macOsSecureEnclaveKey",
        "x509CertificateMultiFactor",
    }
)
"""Values of ``methodsRegistered`` that a false sign-in page cannot pass on."""
_ALL_USERS = "all_users"
_PASSWORD_RULES = "5cf42378-d67d-4f36-ba46-e8b86229381d"  # noqa: S105 - id of a settings template
"""Template *Password Rule Settings*."""
_LEVELS: dict[str, Literal["low", "medium", "high"]] = {"low": "low", "medium": "medium", "high": "high"}
_MODES: dict[str, Literal["audit", "enforce"]] = {"audit": "audit", "enforce": "enforce", "enforced": "enforce"}


def read_registration(answers: Answers) -> Registration:
    """The fact ``registration``: people are counted, administrators listed."""
    rows = answers.rows(requests.REGISTRATION)
    if isinstance(rows, Unknown):
        return unknown_section(Registration, rows)
    if not rows:
        return unknown_section(Registration, Unknown(f"{named(requests.REGISTRATION)} named no user: that cannot be"))
    unclear = _unclear(rows)
    if unclear is not None:
        return unknown_section(Registration, unclear)
    counts = Counter((row.fields["userType"], row.fields["isMfaCapable"]) for row in rows)
    return Registration(
        members=counts["member", True] + counts["member", False],
        members_without_second_factor=counts["member", False],
        guests=counts["guest", True] + counts["guest", False],
        guests_without_second_factor=counts["guest", False],
        administrators=[_administrator(row) for row in rows if row.fields["isAdmin"]],
    )


def _unclear(rows: list[Told]) -> Unknown | None:
    """Why the people cannot be counted: one of them tells too little."""
    for row in rows:
        told = (
            row.flag("isMfaCapable"),
            row.flag("isAdmin"),
            row.word("userType", {"member": "member", "guest": "guest"}),
        )
        unknown = next((value for value in told if isinstance(value, Unknown)), None)
        if unknown is not None:
            return unknown
    return None


def _administrator(row: Told) -> RegisteredAdministrator:
    methods = row.texts("methodsRegistered")
    return RegisteredAdministrator(
        name=row.fields["id"],
        second_factor=row.flag("isMfaCapable"),
        phishing_resistant=methods if isinstance(methods, Unknown) else bool(_PHISHING_RESISTANT & set(methods)),
        methods=methods if isinstance(methods, Unknown) else sorted(methods),
    )


def read_methods(answers: Answers) -> AuthenticationMethods:
    """The fact ``authentication_methods``."""
    told = answers.document(requests.METHODS)
    if isinstance(told, Unknown):
        return unknown_section(AuthenticationMethods, told)
    configurations = told.fields.get("authenticationMethodConfigurations")
    if not isinstance(configurations, list) or not all(isinstance(item, dict) for item in configurations):
        return unknown_section(AuthenticationMethods, told.unknown("authenticationMethodConfigurations"))
    methods = {str(item.get("id")): Told(item, f"{told.where}, {item.get('id')},") for item in configurations}
    authenticator = methods.get("MicrosoftAuthenticator", Told({}, told.where)).inner("featureSettings")
    return AuthenticationMethods(
        methods=[_method(name, methods[name]) for name in sorted(methods)],
        migrated=_migrated(told),
        authenticator_shows_application=_for_all(authenticator, "displayAppInformationRequiredState"),
        authenticator_shows_location=_for_all(authenticator, "displayLocationInformationRequiredState"),
    )


def _migrated(told: Told) -> bool | Unknown:
    """New tenants, which never had the old settings, tell null."""
    if "policyMigrationState" in told.fields and told.fields["policyMigrationState"] is None:
        return True
    states = {"migrationComplete": True, "migrationInProgress": False, "preMigration": False}
    return told.word("policyMigrationState", states)


def _method(name: str, told: Told) -> AuthenticationMethod:
    targets, excluded = told.fields.get("includeTargets"), told.fields.get("excludeTargets") or []
    everyone: bool | Unknown = told.unknown("includeTargets")
    if isinstance(targets, list):
        included = [target.get("id") for target in targets if isinstance(target, dict)]
        everyone = _ALL_USERS in included and not excluded
    return AuthenticationMethod(
        name=name,
        enabled=told.word("state", {"enabled": True, "disabled": False}),
        everyone=everyone,
        attestation_enforced=told.flag("isAttestationEnforced") if name == "Fido2" else None,
    )


def _for_all(settings: Told, field: str) -> bool | Unknown:
    """Whether a feature is on for all users; ``default`` is Microsoft's choice, which changes: unknown."""
    feature = settings.inner(field)
    enabled = feature.word("state", {"enabled": True, "disabled": False})
    if enabled is not True:
        return enabled
    target = feature.inner("includeTarget").fields.get("id")
    excluded = feature.inner("excludeTarget").fields.get("id")
    return target == _ALL_USERS and excluded in (None, "", "00000000-0000-0000-0000-000000000000")


def read_password_protection(answers: Answers) -> PasswordProtection:
    """The fact ``password_protection``. Without an own setting Microsoft's defaults hold: 10 attempts, 60 seconds, audit."""
    rows = answers.rows(requests.DIRECTORY_SETTINGS)
    if isinstance(rows, Unknown):
        return unknown_section(PasswordProtection, rows)
    row = next((row for row in rows if row.fields.get("templateId") == _PASSWORD_RULES), None)
    if row is None:
        return PasswordProtection(own_banned_list=False, on_premises="audit", lockout_threshold=10, lockout_seconds=60)
    values = _values(row)
    enforced = _yes(values, "EnableBannedPasswordCheck")
    return PasswordProtection(
        own_banned_list=_banned(values, enforced),
        on_premises=_on_premises(values),
        lockout_threshold=_count(values, "LockoutThreshold"),
        lockout_seconds=_count(values, "LockoutDurationInSeconds"),
    )


def _banned(values: Told, enforced: bool | Unknown) -> bool | Unknown:
    """The words themselves are nobody's business: only whether there are any."""
    if enforced is not True:
        return enforced
    words = values.text_or_none("BannedPasswordList")
    return words if isinstance(words, Unknown) else words is not None


def _values(row: Told) -> Told:
    values = row.fields.get("values")
    pairs: list[Any] = values if isinstance(values, list) else []
    return Told({pair.get("name"): pair.get("value") for pair in pairs if isinstance(pair, dict)}, row.where)


def _yes(values: Told, field: str) -> bool | Unknown:
    value = values.fields.get(field)
    words = {"true": True, "false": False}
    return words[value.lower()] if isinstance(value, str) and value.lower() in words else values.unknown(field)


def _count(values: Told, field: str) -> int | Unknown:
    value = values.fields.get(field)
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else values.unknown(field)


def _on_premises(values: Told) -> Literal["off", "audit", "enforce"] | Unknown:
    checked = _yes(values, "EnableBannedPasswordCheckOnPremises")
    if checked is not True:
        return "off" if checked is False else checked
    mode = values.fields.get("BannedPasswordCheckOnPremisesMode")
    found = _MODES.get(mode.lower()) if isinstance(mode, str) else None
    return found or values.unknown("BannedPasswordCheckOnPremisesMode")


def read_risky_users(answers: Answers) -> list[RiskyUser] | Unknown:
    """The fact ``risky_users``."""
    rows = answers.rows(requests.RISKY_USERS)
    if isinstance(rows, Unknown):
        return rows
    return [
        RiskyUser(
            name=row.fields["id"],
            level=row.word("riskLevel", _LEVELS),
            age_days=row.days_since("riskLastUpdatedDateTime", answers.now),
        )
        for row in rows
    ]
