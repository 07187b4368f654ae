"""RDS: instances, clusters (Aurora, Neptune, DocumentDB and Multi-AZ), and snapshots of both."""

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.services.reading import TAG_FIELDS, flag, place, tag_fields
from baseline.models.facts.aws.databases import AwsDatabase, AwsDatabaseSnapshot
from baseline.models.facts.fact import Unknown

_OF_CLUSTER = ("encrypted", "backup_days", "multiple_zones", "deletion_protected", "logged", "iam_authentication")
"""What holds for a whole cluster: its instances repeat it, or say something that has no effect."""
_OF_INSTANCE = ("public", "updates_itself")
_MULTI_ZONE = frozenset({"mysql", "postgres"})
"""Engines of Multi-AZ clusters, which have an address and upgrades of their own (RDS API Reference, DBCluster)."""
_WITH_IAM = ("mariadb", "mysql", "postgres", "aurora", "neptune")
"""Engines that can let users in by IAM (RDS User Guide, "IAM database authentication"; Neptune User Guide)."""


def _instance(raw: Raw, region: str) -> Fields:
    cluster = raw.get("DBClusterIdentifier")
    fields = {
        "name": place(region, raw["DBInstanceIdentifier"]),
        **_shared(raw, region),
        "cluster": cluster,
        **_updates(raw),
    }
    return fields | dict.fromkeys(_OF_CLUSTER) if cluster else fields


def _alone(raw: Raw, fields: Fields) -> Fields | None:
    return None if raw.get("DBClusterIdentifier") else {field: fields[field] for field in _OF_CLUSTER}


def _told_of_cluster(answer: Raw, raw: Raw) -> Fields:
    """Nothing of the instance itself, where its cluster is told of; else nobody would tell it."""
    name = raw["DBClusterIdentifier"]
    listed = any(cluster["DBClusterIdentifier"] == name for cluster in answer["items"])
    return dict.fromkeys(_OF_CLUSTER, None if listed else Unknown(f"rds:DescribeDBClusters does not list {name}"))


def _cluster(raw: Raw, region: str) -> Fields:
    name = raw["DBClusterIdentifier"]
    own = _updates(raw) if raw["Engine"] in _MULTI_ZONE else dict.fromkeys(_OF_INSTANCE)
    iam = None if raw["Engine"] in _MULTI_ZONE else _iam(raw)
    return {
        "name": place(region, f"cluster:{name}"),
        **_shared(raw, region),
        "cluster": name,
        "iam_authentication": iam,
        **own,
    }


def _shared(raw: Raw, region: str) -> Fields:
    """What instances and clusters tell by the same names. AWS leaves out a list of logs that is empty."""
    return {
        "region": region,
        "engine": raw["Engine"],
        "encrypted": _encrypted(raw, "StorageEncrypted"),
        "backup_days": int(raw["BackupRetentionPeriod"]),
        "multiple_zones": flag(raw["MultiAZ"]),
        "deletion_protected": flag(raw["DeletionProtection"]),
        "logged": bool(raw.get("EnabledCloudwatchLogsExports")),
        "iam_authentication": _iam(raw),
        **tag_fields(raw.get("TagList")),
    }


def _updates(raw: Raw) -> Fields:
    return {"public": flag(raw["PubliclyAccessible"]), "updates_itself": flag(raw["AutoMinorVersionUpgrade"])}


def _iam(raw: Raw) -> bool | None:
    if not raw["Engine"].startswith(_WITH_IAM):
        return None
    return flag(raw["IAMDatabaseAuthenticationEnabled"])


def _encrypted(raw: Raw, key: str) -> bool:
    """With a key of AWS itself the flag is false and the type ``sse-rds`` (RDS API Reference, StorageEncryptionType)."""
    return flag(raw[key]) or raw.get("StorageEncryptionType") == "sse-rds"


def _snapshot(raw: Raw, region: str) -> Fields:
    name = place(region, raw["DBSnapshotIdentifier"])
    return {"name": name, "region": region, "encrypted": _encrypted(raw, "Encrypted")}


def _cluster_snapshot(raw: Raw, region: str) -> Fields:
    name = place(region, f"cluster-snapshot:{raw['DBClusterSnapshotIdentifier']}")
    return {"name": name, "region": region, "encrypted": _encrypted(raw, "StorageEncrypted")}


def _sharing(answer: Raw, _raw: Raw) -> Fields:
    return _shared_with(answer["DBSnapshotAttributesResult"]["DBSnapshotAttributes"])


def _cluster_sharing(answer: Raw, _raw: Raw) -> Fields:
    return _shared_with(answer["DBClusterSnapshotAttributesResult"]["DBClusterSnapshotAttributes"])


def _shared_with(attributes: list[Raw]) -> Fields:
    shared = [value for one in attributes if one["AttributeName"] == "restore" for value in one["AttributeValues"]]
    return {"public": "all" in shared}


_MANUAL = {"SnapshotType": "manual"}
_CLUSTERS = Call(service="rds", operation="DescribeDBClusters", items="DBClusters")
_FILLS = ("region", "engine", "cluster", *_OF_CLUSTER, *_OF_INSTANCE, *TAG_FIELDS)

PARTS = (
    Listing(
        fact="databases",
        model=AwsDatabase,
        call=Call(service="rds", operation="DescribeDBInstances", items="DBInstances"),
        fills=_FILLS,
        read=_instance,
        details=(Detail(call=_CLUSTERS, fills=_OF_CLUSTER, read=_told_of_cluster, instead=_alone),),
    ),
    Listing(
        fact="databases",
        among="clusters",
        model=AwsDatabase,
        call=_CLUSTERS,
        fills=_FILLS,
        read=_cluster,
    ),
    Listing(
        fact="database_snapshots",
        model=AwsDatabaseSnapshot,
        call=Call(service="rds", operation="DescribeDBSnapshots", items="DBSnapshots", parameters=_MANUAL),
        fills=("region", "encrypted"),
        read=_snapshot,
        details=(
            Detail(
                call=Call(
                    service="rds", operation="DescribeDBSnapshotAttributes", requires=("DBSnapshotAttributesResult",)
                ),
                fills=("public",),
                parameters=lambda raw: {"DBSnapshotIdentifier": raw["DBSnapshotIdentifier"]},
                read=_sharing,
            ),
        ),
    ),
    Listing(
        fact="database_snapshots",
        among="clusters",
        model=AwsDatabaseSnapshot,
        call=Call(
            service="rds", operation="DescribeDBClusterSnapshots", items="DBClusterSnapshots", parameters=_MANUAL
        ),
        fills=("region", "encrypted"),
        read=_cluster_snapshot,
        details=(
            Detail(
                call=Call(
                    service="rds",
                    operation="DescribeDBClusterSnapshotAttributes",
                    requires=("DBClusterSnapshotAttributesResult",),
                ),
                fills=("public",),
                parameters=lambda raw: {"DBClusterSnapshotIdentifier": raw["DBClusterSnapshotIdentifier"]},
                read=_cluster_sharing,
            ),
        ),
    ),
)
