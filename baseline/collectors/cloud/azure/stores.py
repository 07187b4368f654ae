"""Cosmos DB, Redis and messaging."""

from datetime import datetime

from baseline.collectors.cloud.azure.kinds import Fields, Kind, resources
from baseline.collectors.cloud.azure.row import Row
from baseline.models.facts.azure.database import (
    CosmosAccount,
    MessagingNamespace,
    RedisCache,
)
from baseline.models.facts.azure.resource import Network
from baseline.models.facts.fact import Fact, Unknown


def _cosmos(row: Row, _now: datetime) -> Fields:
    return {
        "network": _cosmos_network(row),
        "account_keys": _negated(row.flag("properties.disableLocalAuth", absent=False)),
        "minimum_tls": row.tls("properties.minimalTlsVersion"),
    }


def _cosmos_network(row: Row) -> Fact[Network]:
    public = row.public("properties.publicNetworkAccess", absent=True)
    filtered = row.flag("properties.isVirtualNetworkFilterEnabled", absent=False)
    rules = row.items("properties.ipRules", absent=[])
    wide = row.admits_everybody("properties.ipRules", "ipAddressOrRange")
    if isinstance(public, Unknown) or isinstance(filtered, Unknown) or isinstance(rules, Unknown):
        return next(part for part in (public, filtered, rules) if isinstance(part, Unknown))
    if not public:
        return "private"
    if wide is not False:
        return wide if isinstance(wide, Unknown) else "public"
    addresses = {str(rule.raw("ipAddressOrRange")) for rule in rules}
    if _EVERY_CUSTOMER in addresses:
        return "public"
    return "selected" if filtered or addresses else "public"


_EVERY_CUSTOMER = "0.0.0.0"  # noqa: S104 - compared, not bound to
"""It admits every customer of Azure (Cosmos DB, *Configure IP firewall*)."""


def _redis(row: Row, _now: datetime) -> Fields:
    return {
        "minimum_tls": row.tls("properties.minimumTlsVersion"),
        "plain_port": row.flag("properties.enableNonSslPort"),
        "public_network": row.public("properties.publicNetworkAccess", absent=True),
    }


def _messaging(row: Row, _now: datetime) -> Fields:
    return {
        "minimum_tls": row.tls("properties.minimumTlsVersion"),
        "shared_keys": _negated(row.flag("properties.disableLocalAuth", absent=False)),
    }


def _negated(value: Fact[bool]) -> Fact[bool]:
    return value if isinstance(value, Unknown) else not value


COSMOS_ACCOUNTS = resources("Microsoft.DocumentDB/databaseAccounts")


REDIS_CACHES = resources("Microsoft.Cache/redis")

KINDS = (
    Kind(fact="cosmos_accounts", model=CosmosAccount, source=COSMOS_ACCOUNTS, read=_cosmos),
    Kind(fact="redis_caches", model=RedisCache, source=REDIS_CACHES, read=_redis),
    Kind(
        fact="messaging_namespaces",
        model=MessagingNamespace,
        source=resources("Microsoft.ServiceBus/namespaces", "Microsoft.EventHub/namespaces"),
        read=_messaging,
    ),
)
