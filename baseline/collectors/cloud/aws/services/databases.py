"""DynamoDB, Redshift, ElastiCache and OpenSearch."""

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.services.reading import flag, place
from baseline.models.facts.aws.databases import (
    AwsCache,
    AwsSearchDomain,
    AwsTable,
    AwsWarehouse,
)


def _table(answer: Raw, _raw: Raw) -> Fields:
    """Protection is left out where it was never set (DynamoDB, API Reference, TableDescription)."""
    return {"deletion_protected": flag(answer["Table"].get("DeletionProtectionEnabled", False))}


def _recoverable(answer: Raw, _raw: Raw) -> Fields:
    found = answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return {"recoverable": found["PointInTimeRecoveryStatus"] == "ENABLED"}


def _table_name(raw: Raw) -> Fields:
    return {"TableName": raw["value"]}


def _warehouse(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, raw["ClusterIdentifier"]),
        "region": region,
        "public": flag(raw["PubliclyAccessible"]),
        "encrypted": flag(raw["Encrypted"]),
    }


def _cache(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, raw["ReplicationGroupId"]),
        "region": region,
        "encrypted": flag(raw["AtRestEncryptionEnabled"]),
        "encrypted_in_transit": flag(raw["TransitEncryptionEnabled"]),
    }


def _search_domain(answer: Raw, _raw: Raw) -> Fields:
    domain = answer["DomainStatus"]
    return {
        "private": bool(domain.get("VPCOptions", {}).get("VPCId")),
        "encrypted": flag(domain["EncryptionAtRestOptions"]["Enabled"]),
        "encrypted_between_nodes": flag(domain["NodeToNodeEncryptionOptions"]["Enabled"]),
        "https_required": flag(domain["DomainEndpointOptions"]["EnforceHTTPS"]),
    }


PARTS = (
    Listing(
        fact="tables",
        model=AwsTable,
        call=Call(service="dynamodb", operation="ListTables", items="TableNames"),
        fills=("region",),
        read=lambda raw, region: {"name": place(region, raw["value"]), "region": region},
        details=(
            Detail(
                call=Call(service="dynamodb", operation="DescribeTable", requires=("Table",)),
                fills=("deletion_protected",),
                parameters=_table_name,
                read=_table,
            ),
            Detail(
                call=Call(
                    service="dynamodb",
                    operation="DescribeContinuousBackups",
                    requires=("ContinuousBackupsDescription",),
                ),
                fills=("recoverable",),
                parameters=_table_name,
                read=_recoverable,
            ),
        ),
    ),
    Listing(
        fact="warehouses",
        model=AwsWarehouse,
        call=Call(service="redshift", operation="DescribeClusters", items="Clusters"),
        fills=("region", "public", "encrypted"),
        read=_warehouse,
    ),
    Listing(
        fact="caches",
        model=AwsCache,
        call=Call(service="elasticache", operation="DescribeReplicationGroups", items="ReplicationGroups"),
        fills=("region", "encrypted", "encrypted_in_transit"),
        read=_cache,
    ),
    Listing(
        fact="search_domains",
        model=AwsSearchDomain,
        call=Call(
            service="opensearch", operation="ListDomainNames", permission="es:ListDomainNames", items="DomainNames"
        ),
        fills=("region",),
        read=lambda raw, region: {"name": place(region, raw["DomainName"]), "region": region},
        details=(
            Detail(
                call=Call(
                    service="opensearch",
                    operation="DescribeDomain",
                    permission="es:DescribeDomain",
                    requires=("DomainStatus",),
                ),
                fills=("private", "encrypted", "encrypted_between_nodes", "https_required"),
                parameters=lambda raw: {"DomainName": raw["DomainName"]},
                read=_search_domain,
            ),
        ),
    ),
)
