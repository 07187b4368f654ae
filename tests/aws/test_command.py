"""The whole way, as a user goes it: inventory, check, results, permissions, accounts of an organisation."""

import json
import socket

import pytest
import yaml

from tests.acceptance.command import Command
from tests.aws.simulator import ACCOUNT, REGION, Clients

pytestmark = pytest.mark.slow

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.fixture
def baseline(tmp_path):
    command = Command(tmp_path)
    yield command
    command.close()


def inventory(folder, **hosts):
    variables = {"baseline_platform": "aws", "baseline_owner": "team-cloud", "baseline_aws_regions": [REGION]}
    path = folder / "inventory.yaml"
    path.write_text(yaml.safe_dump({"aws_accounts": {"vars": variables, "hosts": hosts}}))
    return path


def closed_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@pytest.mark.slow
def test_a_denied_call_and_a_broken_account_end_with_3_and_leave_the_rest_whole(moto, proxy, tmp_path, baseline):
    Clients(moto).s3.create_bucket(Bucket="archief", CreateBucketConfiguration={"LocationConstraint": REGION})
    proxy.faults = {("ec2", "DescribeVolumes"): "denied"}
    path = inventory(
        tmp_path,
        production={"baseline_aws_account": ACCOUNT, "baseline_aws_endpoint": proxy.endpoint},
        broken={"baseline_aws_account": ACCOUNT, "baseline_aws_endpoint": f"http://127.0.0.1:{closed_port()}"},
    )
    ended = baseline(
        "check", "-i", path, "--check", "aws-buckets-*", "--check", "aws-volumes-*", "--json", code=3, **CREDENTIALS
    )
    found = ended.of("production")
    assert found["aws-buckets-versioned", "archief"] == "fail"
    assert found["aws-volumes-encrypted", f"{REGION} (not read)"] == "error"
    assert "grant ec2:DescribeVolumes" in "".join(ended.reasons("production"))
    assert set(ended.of("broken").values()) == {"error"}
    assert "AWS does not answer" in "".join(ended.reasons("broken"))
    proxy.faults = {}
    alone = baseline(
        "check", "-i", path, "--limit", "production", "--check", "aws-buckets-v*", "--json", code=1, **CREDENTIALS
    )
    assert alone.of("production") == {("aws-buckets-versioned", "archief"): "fail"}
    shown = baseline("show", "aws-buckets-versioned", "production")
    assert "archief" in shown.stdout
    assert "s3api put-bucket-versioning" in shown.stdout


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"baseline_aws_account": "123"}, "baseline_aws_account must be 12 digits"),
        ({"baseline_aws_role": "admin"}, "baseline_aws_role must be the ARN of a role"),
        ({"baseline_aws_regions": ["Ireland"]}, "'Ireland' is not a region"),
        ({"baseline_aws_endpoint": "http://203.0.113.1"}, "must be an https address"),
        ({"baseline_aws_external_id": "x-1"}, "needs baseline_aws_role"),
        ({"baseline_aws_profil": "a"}, "did you mean 'baseline_aws_profile'"),
        (
            {"baseline_aws_account": ACCOUNT, "baseline_aws_role": "arn:aws:iam::111122223333:role/b"},
            "is not the account of the role",
        ),
    ],
)
def test_a_wrong_variable_is_refused_with_its_place(tmp_path, baseline, variables, complaint):
    path = inventory(tmp_path, production=variables)
    ended = baseline("inventory", "validate", "-i", path, code=2)
    assert complaint in ended.stdout
    assert "inventory.yaml:" in ended.stdout


def test_an_inventory_shows_accounts_as_they_are_reached(tmp_path, baseline):
    path = inventory(tmp_path, production={"baseline_aws_role": "arn:aws:iam::111122223333:role/baseline"})
    assert "aws 111122223333" in baseline("inventory", "list", "-i", path, code=0).stdout
    probed = baseline("inventory", "validate", "--probe", "-i", path, code=0).stdout
    assert "1 targets, 0 errors, 0 warnings" in probed, "there is no port to try"
    assert "is not asked over SSH" in baseline("trust", "-i", path, "production", code=2).stderr


@pytest.mark.slow
def test_accounts_of_an_organisation_become_an_inventory_with_owner_and_biv_from_tags(moto, proxy, tmp_path, baseline):
    organisations = Clients(moto).organizations
    organisations.create_organization(FeatureSet="ALL")
    for name in ("Data platform", "Zaken"):
        organisations.create_account(AccountName=name, Email=f"{name[0]}@example.nl")
    number = next(one["Id"] for one in organisations.list_accounts()["Accounts"] if one["Name"] == "Zaken")
    tags = [{"Key": "owner", "Value": "team-zaken"}, {"Key": "BIV", "Value": "HML"}]
    organisations.tag_resource(ResourceId=number, Tags=tags)
    path = inventory(tmp_path, management={"baseline_aws_account": ACCOUNT, "baseline_aws_endpoint": proxy.endpoint})
    asked = ("inventory", "accounts", "-i", path, "--target", "management")
    hosts = yaml.safe_load(baseline(*asked, "--missing", code=1, **CREDENTIALS).stdout)["aws_accounts"]["hosts"]
    assert set(hosts) == {"data-platform", "zaken"}
    assert hosts["zaken"] == {
        "baseline_aws_role": f"arn:aws:iam::{number}:role/baseline",
        "baseline_owner": "team-zaken",
        "baseline_classification": {"availability": "high", "integrity": "medium", "confidentiality": "low"},
    }
    document = json.loads(baseline(*asked, "--json", code=0, **CREDENTIALS).stdout)
    assert {one["number"]: one["in_inventory"] for one in document}[ACCOUNT] is True
    written = tmp_path / "accounts.yaml"
    written.write_text(baseline(*asked, "--missing", code=1, **CREDENTIALS).stdout)
    assert "0 errors" in baseline("inventory", "validate", "-i", written, code=0).stdout
    proxy.faults = {("organizations", "ListAccounts"): "denied"}
    refused = baseline(*asked, code=2, **CREDENTIALS)
    assert "grant organizations:ListAccounts" in refused.stderr


def test_permissions_print_a_policy_for_the_chosen_checks(baseline):
    policy = json.loads(baseline("permissions", "aws", "--check", "aws-volumes-encrypted", code=0).stdout)
    assert policy == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "BaselineReads",
                "Effect": "Allow",
                "Action": ["ec2:DescribeRegions", "ec2:DescribeVolumes"],
                "Resource": "*",
            }
        ],
    }
    whole = json.loads(baseline("permissions", "aws", code=0).stdout)["Statement"][0]["Action"]
    assert len(json.dumps(whole, separators=(",", ":"))) < 6144, "a managed policy has at most 6,144 characters"
    table = baseline("permissions", "aws", "--check", "aws-keys-rotated", "--explain", code=0).stdout
    assert "kms:GetKeyRotationStatus\tkms:GetKeyRotationStatus\tkeys.*.rotated" in table
    assert "none of the selected checks" in baseline("permissions", "aws", "--check", "host-*", code=2).stderr
