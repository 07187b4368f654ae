"""Prowler and Cloud Custodian against the same account."""

import os
import subprocess
import tempfile
from pathlib import Path

import msgspec
import yaml

from bench.cloud.account import REGIONS
from bench.contender import Work

SERVICES = ("accessanalyzer", "account", "cloudtrail", "config", "ec2", "guardduty", "iam", "kms", "rds", "s3", "vpc")
"""Services of which this account holds something, or whose absence is itself a finding."""

POLICIES = {
    "s3": [{"type": "bucket-encryption", "state": False}],
    "security-group": [{"type": "ingress", "Ports": [22], "Cidr": {"value": "0.0.0.0/0"}}],
    "ebs": [{"Encrypted": False}],
    "rds": [{"StorageEncrypted": False}],
    "iam-user": [{"type": "credential", "key": "mfa_active", "value": False}],
    "ec2": [{"MetadataOptions.HttpTokens": "optional"}],
}
ONCE = {"s3": {"conditions": [{"region": REGIONS[0]}]}}
"""Buckets are listed for all regions at once, and would be asked again for each."""


def prowler(*, endpoint: str, program: str) -> Work:
    """All its checks of those services."""
    folder = tempfile.TemporaryDirectory(prefix="bb-")
    command = [program, "aws", "--region", *REGIONS, "--service", *SERVICES, "--no-banner", "-M", "json-ocsf"]

    def work() -> dict[str, float]:
        _run([*command, "-o", folder.name], endpoint, {0, 3})
        results = sum(path.read_text().count('"status_code"') for path in Path(folder.name).rglob("*.json"))
        folder.cleanup()
        return {"results": float(results)}

    return work


def custodian(*, endpoint: str, program: str) -> Work:
    """One policy per kind of resource."""
    folder = tempfile.TemporaryDirectory(prefix="bb-")
    policies = [
        {"name": f"bench-{kind}", "resource": f"aws.{kind}", "filters": filters, **ONCE.get(kind, {})}
        for kind, filters in POLICIES.items()
    ]
    path = Path(folder.name, "policies.yaml")
    path.write_text(yaml.safe_dump({"policies": policies}))
    regions = [word for region in REGIONS for word in ("--region", region)]

    def work() -> dict[str, float]:
        # Its own cache file would hold the answers of a run before: it keeps them for a quarter of an hour.
        cache = str(Path(folder.name, "cache"))
        _run([program, "run", "--cache", cache, "-s", folder.name, *regions, str(path)], endpoint, {0})
        found = [msgspec.json.decode(path.read_bytes()) for path in Path(folder.name).rglob("resources.json")]
        folder.cleanup()
        return {"results": float(sum(map(len, found)))}

    return work


def _run(command: list[str], endpoint: str, codes: set[int]) -> None:
    environment = os.environ | {"AWS_ENDPOINT_URL": endpoint}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode not in codes:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout)[-1500:]}")
