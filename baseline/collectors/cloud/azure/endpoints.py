"""Addresses that Azure gives to resources, and whether the Internet can send to them."""

from collections.abc import Callable

from baseline.collectors.cloud.azure.applications import CONTAINER_REGISTRIES, KUBERNETES_CLUSTERS, WEB_APPS
from baseline.collectors.cloud.azure.kinds import Source
from baseline.collectors.cloud.azure.network import PUBLIC_ADDRESSES
from baseline.collectors.cloud.azure.row import Row
from baseline.collectors.cloud.azure.sql import MYSQL_SERVERS, POSTGRESQL_SERVERS, SQL_SERVERS
from baseline.collectors.cloud.azure.storage import KEY_VAULTS, STORAGE_ACCOUNTS
from baseline.collectors.cloud.azure.stores import COSMOS_ACCOUNTS, REDIS_CACHES
from baseline.models.facts.fact import Fact, Unknown

Address = Callable[[Row], Fact[str | None]]


def _at(path: str) -> Address:
    """The host name at a path, without scheme, port and folder."""

    def read(row: Row) -> Fact[str | None]:
        text = row.text(path)
        return text if isinstance(text, Unknown) else text.partition("://")[2].strip("/").partition("/")[0] or text

    return read


def _public_address(row: Row) -> Fact[str | None]:
    """An address that is taken only while it is in use has none before."""
    return row.text("properties.ipAddress") if row.raw("properties.ipAddress") else None


def _exposed(path: str) -> Callable[[Row], Fact[bool]]:
    """Public unless it is said otherwise; behind a security perimeter is not."""

    def read(row: Row) -> Fact[bool]:
        return row.public(path, absent=True)

    return read


def _cluster_exposed(row: Row) -> Fact[bool]:
    private = row.flag("properties.apiServerAccessProfile.enablePrivateCluster", absent=False)
    return private if isinstance(private, Unknown) else not private


def _in_use(row: Row) -> Fact[bool]:
    return bool(row.raw("properties.ipConfiguration.id") or row.raw("properties.natGateway.id"))


_PUBLIC = "properties.publicNetworkAccess"
ENDPOINTS: tuple[tuple[Source, Address, Callable[[Row], Fact[bool]]], ...] = (
    (PUBLIC_ADDRESSES, _public_address, _in_use),
    (WEB_APPS, _at("properties.defaultHostName"), _exposed(_PUBLIC)),
    (STORAGE_ACCOUNTS, _at("properties.primaryEndpoints.blob"), _exposed(_PUBLIC)),
    (KEY_VAULTS, _at("properties.vaultUri"), _exposed(_PUBLIC)),
    (SQL_SERVERS, _at("properties.fullyQualifiedDomainName"), _exposed(_PUBLIC)),
    (
        POSTGRESQL_SERVERS,
        _at("properties.fullyQualifiedDomainName"),
        _exposed("properties.network.publicNetworkAccess"),
    ),
    (MYSQL_SERVERS, _at("properties.fullyQualifiedDomainName"), _exposed("properties.network.publicNetworkAccess")),
    (COSMOS_ACCOUNTS, _at("properties.documentEndpoint"), _exposed(_PUBLIC)),
    (REDIS_CACHES, _at("properties.hostName"), _exposed(_PUBLIC)),
    (CONTAINER_REGISTRIES, _at("properties.loginServer"), _exposed(_PUBLIC)),
    (KUBERNETES_CLUSTERS, _at("properties.fqdn"), _cluster_exposed),
)
"""Types of resource, their address, and whether the Internet can send to it."""
