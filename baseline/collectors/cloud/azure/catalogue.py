"""Everything that can be asked of Azure, what of it a set of needs takes, and the permissions for that."""

from collections.abc import Iterator

from baseline.collectors.cloud.azure import applications, machines, monitoring, network, sql, storage, stores
from baseline.collectors.cloud.azure.calls import ALWAYS, CALLS, GUESTS
from baseline.collectors.cloud.azure.endpoints import ENDPOINTS
from baseline.collectors.cloud.azure.kinds import Kind, Source, details_of, resources, sources_of
from baseline.collectors.cloud.azure.machines import with_machines
from baseline.collectors.cloud.azure.network import NETWORK_INTERFACES
from baseline.collectors.interface import wanted

KINDS: tuple[Kind, ...] = (
    *storage.KINDS,
    *sql.KINDS,
    *stores.KINDS,
    *machines.KINDS,
    *applications.KINDS,
    *network.KINDS,
    *monitoring.KINDS,
)
ALERTS = resources("Microsoft.Insights/activityLogAlerts")
RESOURCE_GRAPH_PERMISSION = "Microsoft.ResourceGraph/resources/read"
EVERY_RESOURCE = Source("every resource", (), ("*/read",))
"""All resources, without their properties. Only who may read everything sees all of them."""
GROUPS = Source(
    "resourcecontainers",
    ("microsoft.resources/subscriptions/resourcegroups",),
    ("Microsoft.Resources/subscriptions/resourceGroups/read",),
)

_OTHERS: tuple[tuple[str, tuple[Source, ...]], ...] = (
    ("subscriptions.*.alerted_operations", (ALERTS,)),
    ("resources", (EVERY_RESOURCE, GROUPS)),
    ("public_endpoints", (*(source for source, _, _ in ENDPOINTS), NETWORK_INTERFACES)),
)


def sources(needs: frozenset[str]) -> list[Source]:
    """The rows of Resource Graph that the needs take."""
    needs = with_machines(needs)
    found = [source for kind in KINDS for source in sources_of(kind, needs)]
    return [*found, *(source for fact, others in _OTHERS if wanted([fact], needs) for source in others)]


def permissions(needs: frozenset[str]) -> tuple[str, ...]:
    """The actions of a role that reading the needs takes, sorted."""
    return tuple(sorted(set(_permissions(needs)), key=str.lower))


def graph_permissions(needs: frozenset[str]) -> tuple[str, ...]:
    """The application permissions of Microsoft Graph that reading the needs takes."""
    return (GUESTS.permission,) if wanted(GUESTS.supplies, needs) else ()


def _permissions(needs: frozenset[str]) -> Iterator[str]:
    needs = with_machines(needs)
    yield RESOURCE_GRAPH_PERMISSION
    for call in (*ALWAYS, *(call for call in CALLS if wanted(call.supplies, needs))):
        yield call.permission
    for source in sources(needs):
        yield from source.permissions
    for kind in KINDS:
        for detail in details_of(kind, needs):
            yield detail.permission
