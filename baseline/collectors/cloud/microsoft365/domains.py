"""Reads the domains of a tenant, and whether its users come from an on-premises directory."""

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, named
from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365 import Microsoft365Tenant
from baseline.models.facts.microsoft365.directory import Domain

NEVER = 2_147_483_647
"""``passwordValidityPeriodInDays`` of passwords that do not expire (Microsoft Graph, *domain resource type*)."""
DEFAULT_DAYS = 90
"""What holds where it is not set (the same page)."""


def read_tenant(answers: Answers) -> Microsoft365Tenant:
    """The fact ``tenant``."""
    told = _organisation(answers)
    return Microsoft365Tenant(name=told if isinstance(told, Unknown) else told.text("id"))


def _organisation(answers: Answers) -> Told | Unknown:
    rows = answers.rows(requests.ORGANISATION)
    if isinstance(rows, Unknown):
        return rows
    return rows[0] if len(rows) == 1 else Unknown(f"{named(requests.ORGANISATION)} told of {len(rows)} tenants")


def read_domains(answers: Answers) -> list[Domain] | Unknown:
    """The fact ``domains``: verified ones."""
    rows = answers.rows(requests.DOMAINS)
    if isinstance(rows, Unknown):
        return rows
    unclear = next((told for row in rows if isinstance(told := row.flag("isVerified"), Unknown)), None)
    if unclear is not None:
        return unclear
    found = [_domain(row) for row in rows if row.fields["isVerified"]]
    return sorted(found, key=lambda item: str(item.name)) or Unknown(f"{named(requests.DOMAINS)} named no domain")


def _domain(row: Told) -> Domain:
    federated = row.word("authenticationType", {"Managed": False, "Federated": True})
    services = row.texts("supportedServices")
    return Domain(
        name=row.fields["id"],
        federated=federated,
        password_days=None if federated is True else _password_days(row),
        mail=services if isinstance(services, Unknown) else "Email" in services,
    )


def _password_days(row: Told) -> int | Unknown | None:
    days = row.number_or_none("passwordValidityPeriodInDays")
    if days is None:
        return DEFAULT_DAYS
    return None if days == NEVER else days


def read_synchronised(answers: Answers) -> bool | Unknown:
    """The fact ``synchronisation.enabled``: null is what a tenant has that never did so."""
    told = _organisation(answers)
    if isinstance(told, Unknown):
        return told
    never = "onPremisesSyncEnabled" in told.fields and told.fields["onPremisesSyncEnabled"] is None
    return False if never else told.flag("onPremisesSyncEnabled")


def read_synchronisation_age(answers: Answers) -> int | Unknown | None:
    """The fact ``synchronisation.age_hours``."""
    told, synchronised = _organisation(answers), read_synchronised(answers)
    if isinstance(told, Unknown) or synchronised is not True:
        return None if synchronised is False else synchronised
    moment = told.moment("onPremisesLastSyncDateTime")
    if isinstance(moment, Unknown):
        return moment
    return max(int((answers.now - moment).total_seconds() // 3600), 0)


def read_password_hashes(answers: Answers) -> bool | Unknown:
    """The fact ``synchronisation.password_hashes``."""
    synchronised = read_synchronised(answers)
    if synchronised is not True:
        return synchronised
    rows = answers.rows(requests.SYNCHRONISATION)
    if isinstance(rows, Unknown):
        return rows
    if len(rows) != 1:
        return Unknown(f"{named(requests.SYNCHRONISATION)} told of {len(rows)} directories")
    return rows[0].inner("features").flag("passwordSyncEnabled")
