"""Every resource with its tags, and every address that the Internet may reach."""

from collections.abc import Callable

from baseline.collectors.cloud.azure.catalogue import EVERY_RESOURCE, GROUPS
from baseline.collectors.cloud.azure.endpoints import ENDPOINTS, Address
from baseline.collectors.cloud.azure.found import Found
from baseline.collectors.cloud.azure.items import Reader, ordered
from baseline.collectors.cloud.azure.kinds import Source
from baseline.collectors.cloud.azure.network import NETWORK_INTERFACES, PUBLIC_ADDRESSES
from baseline.collectors.cloud.azure.row import CLASSIFICATION_TAGS, OWNER_TAGS, Row
from baseline.models.facts.azure.resource import AzureResource, PublicEndpoint, TaggedResource
from baseline.models.facts.fact import Fact, Unknown


def tagged_resources(found: Found, reader: Reader) -> Fact[list[TaggedResource]]:
    """Every resource, with the tags of its group where it has none of its own."""
    rows, groups = found.whole(EVERY_RESOURCE), found.whole(GROUPS)
    if isinstance(rows, Unknown):
        return rows
    tags = {} if isinstance(groups, Unknown) else {(g.subscription, g.name.lower()): g.tags for g in groups}
    missing = groups if isinstance(groups, Unknown) else None
    items = [_tagged(row, reader, tags.get((row.subscription, row.group), {}), missing) for row in rows]
    return ordered([*items, *reader.unread(TaggedResource, EVERY_RESOURCE)])  # type: ignore[return-value]


def _tagged(row: Row, reader: Reader, inherited: dict[str, str], missing: Unknown | None) -> TaggedResource:
    return TaggedResource(
        **reader.identity(row, "/".join(row.id.split("/")[8::2]) or row.name),
        type=row.type,
        owner=_tag(row, inherited, OWNER_TAGS, missing),
        classification=_tag(row, inherited, CLASSIFICATION_TAGS, missing),
    )


def _tag(row: Row, inherited: dict[str, str], names: tuple[str, ...], missing: Unknown | None) -> Fact[str | None]:
    own = row.tags
    value = next((tags[name] for tags in (own, inherited) for name in names if name in tags), None)
    return value if value is not None or missing is None else missing


def public_endpoints(found: Found, reader: Reader) -> Fact[list[PublicEndpoint]]:
    """Every address that Azure gives out, of the types in ``ENDPOINTS``."""
    items: list[AzureResource] = []
    for source, address, exposed in ENDPOINTS:
        rows = found.whole(source)
        if isinstance(rows, Unknown):
            return rows
        items += [_endpoint(row, reader, address, exposed, found) for row in rows]
    everything = Source("", (), tuple(permission for source, _, _ in ENDPOINTS for permission in source.permissions))
    return ordered([*items, *reader.unread(PublicEndpoint, everything)])  # type: ignore[return-value]


def _endpoint(
    row: Row, reader: Reader, address: Address, exposed: Callable[[Row], Fact[bool]], found: Found
) -> PublicEndpoint:
    open_to_all = exposed(row)
    # A private endpoint needs no address on the Internet, and often has none.
    told = address(row) if open_to_all is not False else None
    return PublicEndpoint(
        **reader.identity(row, "/".join(row.id.split("/")[8::2]) or row.name),
        kind=row.type,
        address=told.lower() if isinstance(told, str) else told,
        exposed=open_to_all,
        machine=_machine(row, found),
    )


def _machine(row: Row, found: Found) -> Fact[str | None]:
    """The virtual machine of the interface that an address is tied to."""
    interface, tied, _ = str(row.raw("properties.ipConfiguration.id") or "").lower().partition("/ipconfigurations/")
    if row.type != PUBLIC_ADDRESSES.types[0] or not tied or "/networkinterfaces/" not in interface:
        return None
    interfaces = found.by("id", NETWORK_INTERFACES, row.subscription)
    if isinstance(interfaces, Unknown):
        return interfaces
    known = interfaces.get(interface)
    return (known[0].raw("properties.virtualMachine.id") or None) if known else None
