"""Facts of databases and caches."""

from typing import Annotated

from baseline.models.facts.azure.resource import AzureResource, Network, Tls
from baseline.models.facts.fact import NOT_COLLECTED, About, Fact


class SqlServer(AzureResource, frozen=True, kw_only=True):
    """One logical server of Azure SQL."""

    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED
    public_network: Annotated[Fact[bool], About("it has an address on the Internet")] = NOT_COLLECTED
    entra_administrator: Annotated[Fact[bool], About("an Entra ID account or group administers it")] = NOT_COLLECTED
    entra_only: Annotated[Fact[bool], About("SQL passwords are refused")] = NOT_COLLECTED
    auditing: Annotated[Fact[bool], About("auditing is on")] = NOT_COLLECTED
    audit_retention_days: Annotated[
        Fact[int | None],
        About("days that audit records are kept in storage; 0 is for ever, None when they go elsewhere", unit="days"),
    ] = NOT_COLLECTED
    open_to_internet: Annotated[Fact[bool], About("a firewall rule admits more than 4,096 addresses")] = NOT_COLLECTED
    open_to_azure: Annotated[Fact[bool], About("a firewall rule admits every customer of Azure")] = NOT_COLLECTED


class SqlDatabase(AzureResource, frozen=True, kw_only=True):
    """One database of Azure SQL, ``master`` left out."""

    encrypted: Annotated[Fact[bool], About("transparent data encryption is on")] = NOT_COLLECTED


class PostgresqlServer(AzureResource, frozen=True, kw_only=True):
    """One flexible server of Azure Database for PostgreSQL."""

    public_network: Annotated[Fact[bool], About("it has an address on the Internet")] = NOT_COLLECTED
    password_login: Annotated[Fact[bool], About("PostgreSQL passwords are accepted")] = NOT_COLLECTED
    backup_retention_days: Annotated[Fact[int], About("days that back-ups are kept", unit="days")] = NOT_COLLECTED
    tls_required: Annotated[Fact[bool], About("connections without TLS are refused")] = NOT_COLLECTED
    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED
    connections_logged: Annotated[Fact[bool], About("connections are logged")] = NOT_COLLECTED
    failed_logins_throttled: Annotated[Fact[bool], About("many wrong passwords slow an address down")] = NOT_COLLECTED
    open_to_internet: Annotated[Fact[bool], About("a firewall rule admits more than 4,096 addresses")] = NOT_COLLECTED
    open_to_azure: Annotated[Fact[bool], About("a firewall rule admits every customer of Azure")] = NOT_COLLECTED


class MysqlServer(AzureResource, frozen=True, kw_only=True):
    """One flexible server of Azure Database for MySQL."""

    public_network: Annotated[Fact[bool], About("it has an address on the Internet")] = NOT_COLLECTED
    backup_retention_days: Annotated[Fact[int], About("days that back-ups are kept", unit="days")] = NOT_COLLECTED
    tls_required: Annotated[Fact[bool], About("connections without TLS are refused")] = NOT_COLLECTED
    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED
    audit_log: Annotated[Fact[bool], About("the audit log is on")] = NOT_COLLECTED
    open_to_internet: Annotated[Fact[bool], About("a firewall rule admits more than 4,096 addresses")] = NOT_COLLECTED
    open_to_azure: Annotated[Fact[bool], About("a firewall rule admits every customer of Azure")] = NOT_COLLECTED


class CosmosAccount(AzureResource, frozen=True, kw_only=True):
    """One account of Azure Cosmos DB."""

    network: Annotated[Fact[Network], About("who can connect")] = NOT_COLLECTED
    account_keys: Annotated[Fact[bool], About("account keys are accepted")] = NOT_COLLECTED
    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED


class RedisCache(AzureResource, frozen=True, kw_only=True):
    """One Azure Cache for Redis."""

    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED
    plain_port: Annotated[Fact[bool], About("the port without TLS is open")] = NOT_COLLECTED
    public_network: Annotated[Fact[bool], About("it has an address on the Internet")] = NOT_COLLECTED


class MessagingNamespace(AzureResource, frozen=True, kw_only=True):
    """One namespace of Service Bus or Event Hubs."""

    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED
    shared_keys: Annotated[Fact[bool], About("shared access keys are accepted")] = NOT_COLLECTED
