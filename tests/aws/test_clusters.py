"""Clusters of databases: what moto does not tell, and what is not read."""

import re

from tests.aws.asking import checks, collect, verdicts
from tests.aws.proxy import Proxy, running
from tests.aws.settings import Made, database, database_cluster
from tests.aws.simulator import REGION, Clients, reset

NAMES = ("encrypted", "private", "updated", "iam-authenticated", "zones-doubled")
CHECKS = tuple(f"aws-databases-{name}" for name in NAMES)
NEEDS = frozenset(need for check in CHECKS for need in checks()[check].needs)


class OwnKey(Proxy):
    """Tells that a key of AWS itself encrypts, as RDS does since it encrypts by default."""

    def _changed(self, operation, found):
        kind = {"DescribeDBClusters": b"sse-rds", "DescribeDBInstances": b"none"}.get(operation[1])
        flag = b"<StorageEncrypted>false</StorageEncrypted>"
        told = flag + b"<StorageEncryptionType>" + (kind or b"") + b"</StorageEncryptionType>"
        return (*found[:2], found[2].replace(flag, told)) if kind else super()._changed(operation, found)


class Unlisted(Proxy):
    """Lists no clusters, as while one is being made or taken away."""

    def _changed(self, operation, found):
        if operation[1] != "DescribeDBClusters":
            return super()._changed(operation, found)
        return (*found[:2], re.sub(rb"(?s)<DBClusters>.*</DBClusters>", b"<DBClusters></DBClusters>", found[2]))


def made_in(moto, proxy) -> Made:
    reset(moto)
    return Made(Clients(moto), proxy, "", [])


def statuses(proxy, check: str) -> dict[str, str]:
    found = verdicts(collect(proxy.endpoint, NEEDS))
    return {subject: status for (name, subject), (status, _) in found.items() if name == check}


def test_a_key_of_aws_itself_encrypts_and_no_key_does_not(moto):
    with running(OwnKey(moto)) as proxy:
        made = made_in(moto, proxy)
        database(made, False, "los")
        database_cluster(made, False, "samen")
        found = statuses(proxy, "aws-databases-encrypted")
    assert found == {f"{REGION}/los": "fail", f"{REGION}/cluster:samen": "pass"}


def test_a_multi_zone_cluster_has_an_address_and_releases_of_its_own(moto, proxy):
    made = made_in(moto, proxy)
    made.clients.rds.create_db_cluster(
        DBClusterIdentifier="drie",
        Engine="postgres",
        DBClusterInstanceClass="db.r6gd.large",
        StorageType="io1",
        Iops=1000,
        AllocatedStorage=100,
        MasterUsername="beheer",
        MasterUserPassword="hunter2-in-a-cluster",
        PubliclyAccessible=True,
        AutoMinorVersionUpgrade=True,
    )
    cluster = f"{REGION}/cluster:drie"
    assert statuses(proxy, "aws-databases-private")[cluster] == "fail"
    assert statuses(proxy, "aws-databases-updated")[cluster] == "pass"
    assert cluster not in statuses(proxy, "aws-databases-iam-authenticated")


def test_clusters_that_are_not_listed_are_an_error_and_single_instances_keep_their_verdicts(moto, proxy):
    made = made_in(moto, proxy)
    database(made, False, "los")
    database_cluster(made, True, "samen")
    proxy.faults = {("rds", "DescribeDBClusters"): "denied"}
    found = statuses(proxy, "aws-databases-encrypted")
    own = {f"{REGION}/los": "fail", f"{REGION}/samen-instance": "error"}
    assert found == {**own, f"{REGION} clusters (not read)": "error"}
    proxy.faults = {("rds", "DescribeDBInstances"): "denied"}
    found = statuses(proxy, "aws-databases-encrypted")
    assert found == {f"{REGION} (not read)": "error", f"{REGION}/cluster:samen": "pass"}


def test_an_instance_of_a_cluster_that_is_not_listed_does_not_vanish(moto):
    with running(Unlisted(moto)) as proxy:
        made = made_in(moto, proxy)
        database(made, True, "los")
        database_cluster(made, False, "samen")
        found = statuses(proxy, "aws-databases-encrypted")
    assert found == {f"{REGION}/los": "pass", f"{REGION}/samen-instance": "error"}
