"""Facts of the Azure subscriptions of a tenant. Lists are sorted by name."""

from typing import Annotated

from baseline.models.facts.azure.compute import (
    BackupItem,
    ContainerRegistry,
    Disk,
    KubernetesCluster,
    RecoveryVault,
    ScaleSetMachine,
    VirtualMachine,
    WebApp,
)
from baseline.models.facts.azure.database import (
    CosmosAccount,
    MessagingNamespace,
    MysqlServer,
    PostgresqlServer,
    RedisCache,
    SqlDatabase,
    SqlServer,
)
from baseline.models.facts.azure.network import (
    ApplicationGateway,
    BastionHost,
    FlowLog,
    NetworkSecurityGroup,
    VirtualNetwork,
)
from baseline.models.facts.azure.resource import PublicEndpoint, TaggedResource
from baseline.models.facts.azure.storage import KeyVault, StorageAccount
from baseline.models.facts.azure.subscription import (
    DefenderFinding,
    DefenderPlan,
    LogWorkspace,
    RoleAssignment,
    RoleDefinition,
    Subscription,
)
from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section
from baseline.models.facts.inventory import InventoryMachine


class AzureTenant(Section, frozen=True, kw_only=True):
    """Who was asked."""

    name: Annotated[Fact[str], About("id of the tenant")] = NOT_COLLECTED


class AzureFacts(Section, frozen=True, kw_only=True):
    """Everything known of the Azure subscriptions of a tenant."""

    tenant: Annotated[AzureTenant, About("the tenant itself")] = AzureTenant()
    subscriptions: Annotated[Fact[list[Subscription]], About("subscriptions that can be seen")] = NOT_COLLECTED
    resources: Annotated[Fact[list[TaggedResource]], About("every resource, of whatever type")] = NOT_COLLECTED
    public_endpoints: Annotated[Fact[list[PublicEndpoint]], About("addresses that the Internet may reach")] = (
        NOT_COLLECTED
    )
    storage_accounts: Annotated[Fact[list[StorageAccount]], About("storage accounts")] = NOT_COLLECTED
    key_vaults: Annotated[Fact[list[KeyVault]], About("key vaults")] = NOT_COLLECTED
    sql_servers: Annotated[Fact[list[SqlServer]], About("servers of Azure SQL")] = NOT_COLLECTED
    sql_databases: Annotated[Fact[list[SqlDatabase]], About("databases of Azure SQL")] = NOT_COLLECTED
    postgresql_servers: Annotated[Fact[list[PostgresqlServer]], About("PostgreSQL flexible servers")] = NOT_COLLECTED
    mysql_servers: Annotated[Fact[list[MysqlServer]], About("MySQL flexible servers")] = NOT_COLLECTED
    cosmos_accounts: Annotated[Fact[list[CosmosAccount]], About("Cosmos DB accounts")] = NOT_COLLECTED
    redis_caches: Annotated[Fact[list[RedisCache]], About("caches for Redis")] = NOT_COLLECTED
    messaging_namespaces: Annotated[
        Fact[list[MessagingNamespace]], About("namespaces of Service Bus and Event Hubs")
    ] = NOT_COLLECTED
    virtual_machines: Annotated[Fact[list[VirtualMachine]], About("virtual machines")] = NOT_COLLECTED
    scale_set_machines: Annotated[
        Fact[list[ScaleSetMachine]], About("machines of scale sets in uniform orchestration")
    ] = NOT_COLLECTED
    inventory_machines: Annotated[
        Fact[list[InventoryMachine]], About("targets of the inventory that say they are in one of these subscriptions")
    ] = NOT_COLLECTED
    disks: Annotated[Fact[list[Disk]], About("managed disks and snapshots")] = NOT_COLLECTED
    web_apps: Annotated[Fact[list[WebApp]], About("apps and function apps")] = NOT_COLLECTED
    kubernetes_clusters: Annotated[Fact[list[KubernetesCluster]], About("clusters of AKS")] = NOT_COLLECTED
    container_registries: Annotated[Fact[list[ContainerRegistry]], About("container registries")] = NOT_COLLECTED
    recovery_vaults: Annotated[Fact[list[RecoveryVault]], About("recovery services vaults")] = NOT_COLLECTED
    backup_items: Annotated[Fact[list[BackupItem]], About("what recovery services vaults protect")] = NOT_COLLECTED
    network_security_groups: Annotated[Fact[list[NetworkSecurityGroup]], About("network security groups")] = (
        NOT_COLLECTED
    )
    virtual_networks: Annotated[Fact[list[VirtualNetwork]], About("virtual networks")] = NOT_COLLECTED
    flow_logs: Annotated[Fact[list[FlowLog]], About("flow logs of networks")] = NOT_COLLECTED
    application_gateways: Annotated[Fact[list[ApplicationGateway]], About("application gateways")] = NOT_COLLECTED
    bastion_hosts: Annotated[Fact[list[BastionHost]], About("Azure Bastion")] = NOT_COLLECTED
    role_assignments: Annotated[
        Fact[list[RoleAssignment]], About("roles at subscriptions, and at management groups above them")
    ] = NOT_COLLECTED
    role_definitions: Annotated[Fact[list[RoleDefinition]], About("roles of the tenant's own making")] = NOT_COLLECTED
    defender_plans: Annotated[Fact[list[DefenderPlan]], About("plans of Defender for Cloud")] = NOT_COLLECTED
    defender_findings: Annotated[
        Fact[list[DefenderFinding]], About("recommendations of Defender for Cloud that are not met")
    ] = NOT_COLLECTED
    log_workspaces: Annotated[Fact[list[LogWorkspace]], About("Log Analytics workspaces")] = NOT_COLLECTED
