"""Facts of one AWS account.

Lists hold the resources of every region that was asked. A region that gave no answer is one item, whose name tells the
region and whose facts are unknown with the reason; so a check says `error` of that region and judges the others.
"""

from typing import Annotated

from baseline.models.facts.aws.account import (
    AwsAccount,
    AwsContacts,
    AwsOrganisation,
    AwsPasswordPolicy,
    AwsPublicAccessBlock,
    AwsRoot,
)
from baseline.models.facts.aws.compute import AwsFunction, AwsInstance, AwsKubernetesCluster
from baseline.models.facts.aws.databases import (
    AwsCache,
    AwsDatabase,
    AwsDatabaseSnapshot,
    AwsSearchDomain,
    AwsTable,
    AwsWarehouse,
)
from baseline.models.facts.aws.identity import AwsAccessKey, AwsPolicy, AwsRole, AwsServerCertificate, AwsUser
from baseline.models.facts.aws.keys import AwsCertificate, AwsKey, AwsSecret
from baseline.models.facts.aws.messaging import AwsQueue, AwsTopic
from baseline.models.facts.aws.monitoring import AwsLogGroup, AwsRegion, AwsTrail
from baseline.models.facts.aws.network import (
    AwsDistribution,
    AwsLoadBalancer,
    AwsNetworkAccessList,
    AwsPublicAddress,
    AwsSecurityGroup,
    AwsSubnet,
    AwsVpc,
)
from baseline.models.facts.aws.storage import AwsBucket, AwsFileSystem, AwsImage, AwsRepository, AwsSnapshot, AwsVolume
from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section
from baseline.models.facts.inventory import InventoryMachine


class AwsFacts(Section, frozen=True, kw_only=True):
    """Everything known of one AWS account."""

    account: Annotated[AwsAccount, About("the account itself")] = AwsAccount()
    root: Annotated[AwsRoot, About("the root user")] = AwsRoot()
    password_policy: Annotated[AwsPasswordPolicy, About("what passwords of users must be")] = AwsPasswordPolicy()
    public_access_block: Annotated[AwsPublicAccessBlock, About("what the account forbids of all its buckets")] = (
        AwsPublicAccessBlock()
    )
    contacts: Annotated[AwsContacts, About("whom AWS tells what")] = AwsContacts()
    organisation: Annotated[AwsOrganisation, About("the organisation that it is in")] = AwsOrganisation()
    users: Annotated[Fact[list[AwsUser]], About("IAM users")] = NOT_COLLECTED
    access_keys: Annotated[Fact[list[AwsAccessKey]], About("access keys of IAM users")] = NOT_COLLECTED
    policies: Annotated[
        Fact[list[AwsPolicy]], About("policies of the account, those inside users, groups and roles too")
    ] = NOT_COLLECTED
    roles: Annotated[Fact[list[AwsRole]], About("IAM roles")] = NOT_COLLECTED
    server_certificates: Annotated[Fact[list[AwsServerCertificate]], About("certificates in IAM")] = NOT_COLLECTED
    regions: Annotated[Fact[list[AwsRegion]], About("regions that are enabled")] = NOT_COLLECTED
    trails: Annotated[Fact[list[AwsTrail]], About("CloudTrail")] = NOT_COLLECTED
    log_groups: Annotated[Fact[list[AwsLogGroup]], About("CloudWatch log groups")] = NOT_COLLECTED
    buckets: Annotated[Fact[list[AwsBucket]], About("S3 buckets")] = NOT_COLLECTED
    volumes: Annotated[Fact[list[AwsVolume]], About("EBS volumes")] = NOT_COLLECTED
    snapshots: Annotated[Fact[list[AwsSnapshot]], About("EBS snapshots of the account")] = NOT_COLLECTED
    images: Annotated[Fact[list[AwsImage]], About("machine images of the account")] = NOT_COLLECTED
    file_systems: Annotated[Fact[list[AwsFileSystem]], About("EFS file systems")] = NOT_COLLECTED
    repositories: Annotated[Fact[list[AwsRepository]], About("ECR repositories")] = NOT_COLLECTED
    security_groups: Annotated[Fact[list[AwsSecurityGroup]], About("security groups")] = NOT_COLLECTED
    network_access_lists: Annotated[Fact[list[AwsNetworkAccessList]], About("network ACLs")] = NOT_COLLECTED
    vpcs: Annotated[Fact[list[AwsVpc]], About("virtual networks")] = NOT_COLLECTED
    subnets: Annotated[Fact[list[AwsSubnet]], About("subnets")] = NOT_COLLECTED
    public_addresses: Annotated[
        Fact[list[AwsPublicAddress]],
        About("public addresses of network interfaces: instances, load balancers, databases, gateways"),
    ] = NOT_COLLECTED
    load_balancers: Annotated[Fact[list[AwsLoadBalancer]], About("application, network and gateway load balancers")] = (
        NOT_COLLECTED
    )
    distributions: Annotated[Fact[list[AwsDistribution]], About("CloudFront")] = NOT_COLLECTED
    instances: Annotated[Fact[list[AwsInstance]], About("EC2 instances that exist, stopped ones too")] = NOT_COLLECTED
    inventory_machines: Annotated[
        Fact[list[InventoryMachine]], About("targets of the inventory that say they are in this account")
    ] = NOT_COLLECTED
    functions: Annotated[Fact[list[AwsFunction]], About("Lambda functions")] = NOT_COLLECTED
    kubernetes_clusters: Annotated[Fact[list[AwsKubernetesCluster]], About("EKS clusters")] = NOT_COLLECTED
    keys: Annotated[Fact[list[AwsKey]], About("KMS keys")] = NOT_COLLECTED
    secrets: Annotated[Fact[list[AwsSecret]], About("secrets of Secrets Manager")] = NOT_COLLECTED
    certificates: Annotated[Fact[list[AwsCertificate]], About("certificates of ACM")] = NOT_COLLECTED
    databases: Annotated[Fact[list[AwsDatabase]], About("database instances of RDS, and clusters of them")] = (
        NOT_COLLECTED
    )
    database_snapshots: Annotated[
        Fact[list[AwsDatabaseSnapshot]], About("snapshots of databases and clusters that somebody made")
    ] = NOT_COLLECTED
    tables: Annotated[Fact[list[AwsTable]], About("DynamoDB tables")] = NOT_COLLECTED
    warehouses: Annotated[Fact[list[AwsWarehouse]], About("Redshift clusters")] = NOT_COLLECTED
    caches: Annotated[Fact[list[AwsCache]], About("ElastiCache replication groups")] = NOT_COLLECTED
    search_domains: Annotated[Fact[list[AwsSearchDomain]], About("OpenSearch domains")] = NOT_COLLECTED
    topics: Annotated[Fact[list[AwsTopic]], About("SNS topics")] = NOT_COLLECTED
    queues: Annotated[Fact[list[AwsQueue]], About("SQS queues")] = NOT_COLLECTED
