"""Facts of a tenant: applications, their credentials, and what they may read and change."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class Application(Section, frozen=True, kw_only=True):
    """One application registration."""

    name: Annotated[Fact[str], About("name and application id")] = NOT_COLLECTED
    owners: Annotated[Fact[int], About("owners, counted up to 20")] = NOT_COLLECTED
    credentials: Annotated[Fact[int], About("secrets and certificates")] = NOT_COLLECTED
    expired_credentials: Annotated[Fact[int], About("of which have ended and still lie there")] = NOT_COLLECTED
    secrets: Annotated[Fact[int], About("secrets that are valid")] = NOT_COLLECTED
    longest_secret_days: Annotated[
        Fact[int | None], About("longest lifetime of a valid secret, from start to end; None: it has none", unit="days")
    ] = NOT_COLLECTED
    longest_certificate_days: Annotated[
        Fact[int | None], About("longest lifetime of a valid certificate; None: it has none", unit="days")
    ] = NOT_COLLECTED
    first_end_days: Annotated[
        Fact[int | None], About("time until the first valid credential ends; None: it has none", unit="days")
    ] = NOT_COLLECTED
    every_tenant: Annotated[Fact[bool], About("users of other tenants may use it")] = NOT_COLLECTED


class ApplicationPermissions(Section, frozen=True, kw_only=True):
    """What one application may do through Microsoft Graph without a user."""

    name: Annotated[Fact[str], About("name and object id of the service principal")] = NOT_COLLECTED
    principal: Annotated[Fact[str], About("object id of the service principal")] = NOT_COLLECTED
    permissions: Annotated[Fact[list[str]], About("application permissions on Microsoft Graph")] = NOT_COLLECTED


class DelegatedPermissions(Section, frozen=True, kw_only=True):
    """What one application may do for every user, with the rights of that user. Named by object id."""

    name: Annotated[Fact[str], About("object id of the service principal")] = NOT_COLLECTED
    permissions: Annotated[
        Fact[list[str]], About("delegated permissions that an administrator granted for all users")
    ] = NOT_COLLECTED


class CredentialPolicy(Section, frozen=True, kw_only=True):
    """The tenant's default policy for credentials of applications."""

    enabled: Annotated[Fact[bool], About("the policy is enforced")] = NOT_COLLECTED
    secrets_refused: Annotated[Fact[bool], About("no new secrets can be added")] = NOT_COLLECTED
    secret_days: Annotated[Fact[int | None], About("longest lifetime of a new secret; None: any", unit="days")] = (
        NOT_COLLECTED
    )
    certificate_days: Annotated[
        Fact[int | None], About("longest lifetime of a new certificate; None: any", unit="days")
    ] = NOT_COLLECTED


class Applications(Section, frozen=True, kw_only=True):
    """Applications."""

    registered: Annotated[Fact[list[Application]], About("application registrations")] = NOT_COLLECTED
    permissions: Annotated[
        Fact[list[ApplicationPermissions]], About("service principals with application permissions on Microsoft Graph")
    ] = NOT_COLLECTED
    delegated: Annotated[
        Fact[list[DelegatedPermissions]], About("service principals with delegated permissions for all users")
    ] = NOT_COLLECTED
