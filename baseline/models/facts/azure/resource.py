"""What every Azure resource has."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section

Tls = Literal["none", "1.0", "1.1", "1.2", "1.3"]
"""The oldest version of TLS that is accepted; ``none``: no version is demanded."""
Network = Literal["public", "selected", "private"]
"""Who can connect: everybody on the Internet, chosen addresses and networks, or only private endpoints."""


class AzureResource(Section, frozen=True, kw_only=True):
    """Base of one resource. Where a subscription could not be read, an item of its name stands for what may be in it."""

    name: Annotated[str, About("subscription/resource group/resource, or the subscription that could not be read")]
    id: Annotated[Fact[str], About("the id in Azure Resource Manager")] = NOT_COLLECTED
    subscription: Annotated[Fact[str], About("name of its subscription")] = NOT_COLLECTED
    location: Annotated[Fact[str], About("region, as Azure writes it: westeurope")] = NOT_COLLECTED


class TaggedResource(AzureResource, frozen=True, kw_only=True):
    """Any resource, of whatever type."""

    type: Annotated[Fact[str], About("type, in lower case: microsoft.storage/storageaccounts")] = NOT_COLLECTED
    owner: Annotated[
        Fact[str | None], About("value of the tag owner or eigenaar, else that of its group; None without")
    ] = NOT_COLLECTED
    classification: Annotated[
        Fact[str | None], About("value of the tag biv or classification, else that of its group; None without")
    ] = NOT_COLLECTED


class PublicEndpoint(AzureResource, frozen=True, kw_only=True):
    """An address that Azure gives to something, whether or not it is open."""

    address: Annotated[Fact[str | None], About("host name or IP address; None when none is assigned")] = NOT_COLLECTED
    kind: Annotated[Fact[str], About("type of the resource behind it")] = NOT_COLLECTED
    exposed: Annotated[Fact[bool], About("the Internet can send to it, be it from chosen addresses")] = NOT_COLLECTED
    machine: Annotated[Fact[str | None], About("id of the virtual machine that it is of; None: of something else")] = (
        NOT_COLLECTED
    )
    registered_as: Annotated[
        Fact[str | None], About("target of the inventory that stands for it; None without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED
