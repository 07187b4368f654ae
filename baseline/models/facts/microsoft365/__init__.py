"""Facts of a tenant's Entra ID, Intune and Microsoft 365."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class Microsoft365Tenant(Section, frozen=True, kw_only=True):
    """Who was asked."""

    name: Annotated[Fact[str], About("number or identity, as the cloud tells it")] = NOT_COLLECTED


class Microsoft365Facts(Section, frozen=True, kw_only=True):
    """Everything known of a tenant's Entra ID, Intune and Microsoft 365."""

    tenant: Annotated[Microsoft365Tenant, About("the tenant itself")] = Microsoft365Tenant()
