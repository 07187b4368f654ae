"""One AWS account asked, judged by every shipped check and stored; and the same facts in a bare boto3 loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import msgspec

from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import AwsAccess
from baseline.models.register import Register
from baseline.models.target import Connection, Target
from bench.cloud.account import REGIONS
from bench.cloud.assessing import assessing
from bench.contender import Work

PER_REGION: dict[str, tuple[str, ...]] = {
    "ec2": (
        "describe_security_groups",
        "describe_network_acls",
        "describe_vpcs",
        "describe_flow_logs",
        "describe_subnets",
        "describe_network_interfaces",
        "describe_instances",
        "describe_volumes",
        "get_ebs_encryption_by_default",
    ),
    "rds": ("describe_db_instances", "describe_db_snapshots", "describe_db_clusters", "describe_db_cluster_snapshots"),
    "kms": ("list_keys",),
    "cloudtrail": ("describe_trails",),
    "guardduty": ("list_detectors",),
    "config": ("describe_configuration_recorders", "describe_configuration_recorder_status"),
    "logs": ("describe_log_groups",),
    "secretsmanager": ("list_secrets",),
    "lambda": ("list_functions",),
    "sns": ("list_topics",),
    "sqs": ("list_queues",),
    "elbv2": ("describe_load_balancers",),
    "eks": ("list_clusters",),
    "ecr": ("describe_repositories",),
    "dynamodb": ("list_tables",),
    "efs": ("describe_file_systems",),
    "opensearch": ("list_domain_names",),
    "redshift": ("describe_clusters",),
    "acm": ("list_certificates",),
    "elasticache": ("describe_replication_groups",),
}
PER_BUCKET = (
    "get_bucket_location",
    "get_bucket_encryption",
    "get_public_access_block",
    "get_bucket_acl",
    "get_bucket_policy",
    "get_bucket_versioning",
    "get_bucket_logging",
)
IDENTITY = (
    "get_account_authorization_details",
    "generate_credential_report",
    "get_credential_report",
    "get_account_password_policy",
    "list_virtual_mfa_devices",
    "list_server_certificates",
)
THREADS = 32
SETTINGS = CollectSettings(timeout_seconds=300, register=Register())


def assess(*, endpoint: str) -> Work:
    """Ask, read, judge by every shipped check and store, as ``baseline check`` does."""
    return assessing(_account(endpoint), SETTINGS)


def bare_boto3(*, endpoint: str) -> Work:
    """The answers that those facts come from, thrown away."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError

    config = Config(max_pool_connections=THREADS, s3={"addressing_style": "path"})
    session = boto3.Session()

    def client(service: str, region: str) -> Any:
        return session.client(service, region_name=region, endpoint_url=endpoint, config=config)

    def asked(call: Callable[[], Any]) -> int:
        try:
            call()
        except ClientError:
            return 1
        return 1

    def work() -> dict[str, float]:
        iam, s3 = client("iam", REGIONS[0]), client("s3", REGIONS[0])
        calls = [getattr(iam, method) for method in IDENTITY]
        for bucket in s3.list_buckets()["Buckets"]:
            calls += [partial(getattr(s3, method), Bucket=bucket["Name"]) for method in PER_BUCKET]
        for region in REGIONS:
            for service, methods in PER_REGION.items():
                made = client(service, region)
                calls += [getattr(made, method) for method in methods]
        with ThreadPoolExecutor(THREADS) as threads:
            return {"asked": float(sum(threads.map(asked, calls)))}

    return work


def count_errors(endpoint: str) -> int:
    """Results that are errors, with everything asked."""
    from baseline.collectors.cloud.aws.collector import AwsCollector

    collection = asyncio.run(AwsCollector().collect(_account(endpoint), frozenset(), SETTINGS))
    return msgspec.json.encode(collection.facts).count(b'"$unknown"')


def _account(endpoint: str) -> Target:
    access = AwsAccess(endpoint=endpoint, regions=REGIONS)
    return Target(name="account", kind="aws", platform="aws", connection=Connection(transport="api", aws=access))
