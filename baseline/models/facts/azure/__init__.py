"""Facts of the Azure subscriptions of a tenant."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AzureTenant(Section, frozen=True, kw_only=True):
    """Who was asked."""

    name: Annotated[Fact[str], About("number or identity, as the cloud tells it")] = NOT_COLLECTED


class AzureFacts(Section, frozen=True, kw_only=True):
    """Everything known of the Azure subscriptions of a tenant."""

    tenant: Annotated[AzureTenant, About("the tenant itself")] = AzureTenant()
