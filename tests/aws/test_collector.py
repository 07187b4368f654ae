"""The collector: regions, needs, accounts, evidence without secrets."""

import json

import pytest

from baseline.collectors.cloud.aws.redaction import REDACTED, redacted
from baseline.collectors.cloud.aws.table import actions_for, read_list
from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.register import Register, RegisteredTarget
from tests.aws import answers
from tests.aws.asking import collect, verdicts
from tests.aws.proxy import Proxy, running
from tests.aws.settings import Made, database, function, volume
from tests.aws.simulator import ACCOUNT, REGION, Clients
from tests.shipped import shipped_checks

pytestmark = pytest.mark.slow


@pytest.fixture
def made(moto, proxy):
    clients = Clients(moto)
    return Made(clients, proxy, clients.ec2.describe_vpcs()["Vpcs"][0]["VpcId"], [])


def test_only_calls_that_the_needs_take_are_made_and_each_list_once(proxy, made):
    for name in ("eerste", "tweede"):
        made.clients.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    collection = collect(proxy.endpoint, ["buckets.*.name", "buckets.*.versioning", "volumes.*.encrypted"])
    assert sorted(call[1] for call in proxy.calls) == [
        "DescribeVolumes",
        "GetBucketLocation",
        "GetBucketLocation",
        "GetBucketVersioning",
        "GetBucketVersioning",
        "GetCallerIdentity",
        "ListBuckets",
    ]
    assert [bucket.versioning for bucket in collection.facts.buckets] == [False, False]
    assert collection.facts.buckets[0].encryption.reason == "not collected"


def test_every_enabled_region_is_asked_once(proxy, made):
    found = collect(proxy.endpoint, ["volumes.*.encrypted"], regions=())
    listed = made.clients.ec2.describe_regions()["Regions"]
    regions = {region["RegionName"] for region in listed if region["OptInStatus"] != "not-opted-in"}
    assert len(regions) < len(listed)
    asked = [call[2] for call in proxy.calls if call[1] == "DescribeVolumes"]
    assert len(regions) > 10
    assert sorted(asked) == sorted(regions)
    assert found.facts.volumes == []


def test_a_list_of_many_pages_is_whole(proxy, made):
    for number in range(105):
        made.clients.secretsmanager.create_secret(Name=f"s{number}", SecretString="x")
    found = collect(proxy.endpoint, ["secrets.*.name"])
    assert len({secret.name for secret in found.facts.secrets}) == 105
    assert sum(call[1] == "ListSecrets" for call in proxy.calls) >= 2


class PagingQueues(Proxy):
    """Lists queues as SQS does: the first of them, and a token only to who says how many to list."""

    def _own(self, operation, body):
        if operation != ("sqs", "ListQueues"):
            return super()._own(operation, body)
        asked = json.loads(body)
        first = int(asked.get("NextToken", 0))
        more = {"NextToken": str(first + 1)} if "MaxResults" in asked and first < 2 else {}
        told = {"QueueUrls": [f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/queue-{first}"], **more}
        return 200, {"Content-Type": "application/x-amz-json-1.0"}, json.dumps(told).encode()


def test_queues_beyond_the_first_answer_are_listed_too(moto):
    with running(PagingQueues(moto)) as proxy:
        found = collect(proxy.endpoint, ["queues.*.name"])
    assert [queue.name for queue in found.facts.queues] == [f"{REGION}/queue-{number}" for number in range(3)]


def _behind(private, public):
    return f"<item><privateIpAddress>{private}</privateIpAddress><association><publicIp>{public}</publicIp></association></item>"


class TwoAddresses(Proxy):
    """One interface with two public addresses, and one without any."""

    def _own(self, operation, body):
        if operation[1] != "DescribeNetworkInterfaces":
            return super()._own(operation, body)
        first = "<association><publicIp>192.0.2.1</publicIp></association>"
        both = _behind("10.0.0.1", "192.0.2.1") + _behind("10.0.0.2", "192.0.2.2")
        items = f"<item><networkInterfaceId>eni-1</networkInterfaceId>{first}"
        items += f"<privateIpAddressesSet>{both}</privateIpAddressesSet></item>"
        items += "<item><networkInterfaceId>eni-2</networkInterfaceId></item>"
        return answers.ec2(operation[1], f"<networkInterfaceSet>{items}</networkInterfaceSet>")


def test_each_public_address_of_an_interface_is_told(moto):
    with running(TwoAddresses(moto)) as proxy:
        found = collect(proxy.endpoint, ["public_addresses.*.address"]).facts.public_addresses
    assert [(one.address, one.used_by) for one in found] == [("192.0.2.1", "eni-1"), ("192.0.2.2", "eni-1")]


class NoRegions(Proxy):
    """Says that no region is enabled."""

    def _own(self, operation, body):
        if operation[1] == "DescribeRegions":
            return answers.ec2(operation[1], "<regionInfo></regionInfo>")
        return super()._own(operation, body)


def test_an_account_without_any_region_is_not_an_account_without_any_volume(moto):
    with running(NoRegions(moto)) as proxy:
        found = collect(proxy.endpoint, ["volumes.*.encrypted"], regions=())
    assert found.facts.volumes.reason == "ec2:DescribeRegions told of no region: that cannot be"


def test_a_second_factor_of_root_that_the_report_does_not_tell_is_unknown(proxy):
    proxy.root = {"mfa_active": "not_supported"}
    check = "aws-root-mfa-on"
    found = verdicts(collect(proxy.endpoint, shipped_checks()[check].needs))
    assert found[check, ""][0] == "error"


def test_another_account_than_the_inventory_says_is_refused(proxy):
    with pytest.raises(CollectError, match=f"this is account {ACCOUNT}, not 999999999999"):
        collect(proxy.endpoint, account="999999999999")


def test_a_role_is_assumed_before_anything_is_asked(proxy):
    role = "arn:aws:iam::111122223333:role/baseline"
    found = collect(proxy.endpoint, ["password_policy.minimum_length"], role=role, account="111122223333")
    assert found.facts.account.name == "111122223333"
    assert [call[1] for call in proxy.calls] == ["AssumeRole", "GetCallerIdentity", "GetAccountPasswordPolicy"]


@pytest.mark.parametrize(("fault", "code"), [("denied", "authentication"), ("broken", "authentication")])
def test_an_account_that_does_not_let_us_sign_in_is_not_reached(proxy, fault, code):
    proxy.faults = {("sts", "GetCallerIdentity"): fault}
    with pytest.raises(CollectError) as refused:
        collect(proxy.endpoint)
    assert refused.value.code == code


def test_evidence_holds_the_answers_and_no_secret(proxy, made):
    function(made, "meldingen")
    database(made, True, "zaken")
    volume(made, True, "")
    made.clients.ec2.run_instances(ImageId="ami-1", MinCount=1, MaxCount=1, UserData="hunter2-in-user-data")
    collection = collect(proxy.endpoint)
    contents = {artefact.name: artefact.content.decode() for artefact in collection.artefacts}
    assert "hunter2" not in "".join(contents.values())
    assert REDACTED in contents[f"lambda ListFunctions {REGION}"]
    source = collection.sources[f"databases.{REGION}/zaken"]
    line = contents[source.artefact].splitlines()[source.lines[0] - 1]
    assert json.loads(line)["DBInstanceIdentifier"] == "zaken"
    again = collect(proxy.endpoint)
    assert [one.digest for one in again.artefacts if one.name.startswith(("ec2", "s3"))] == [
        one.digest for one in collection.artefacts if one.name.startswith(("ec2", "s3"))
    ]


def test_keys_that_can_hold_a_secret_keep_their_name_only():
    answer = {"UserData": "x", "Nested": [{"MasterUserPassword": "x", "Environment": {"Variables": {"A": "x"}}}]}
    told = json.dumps(redacted(answer))
    assert "x" not in told.replace("[redacted]", "")
    assert redacted({"HttpTokens": "required", "PasswordPolicy": {"MinimumPasswordLength": 8}}) == {
        "HttpTokens": "required",
        "PasswordPolicy": {"MinimumPasswordLength": 8},
    }


def test_permissions_follow_the_checks_that_are_chosen():
    checks = shipped_checks()
    assert actions_for(checks["aws-root-mfa-on"].needs) == ["iam:GenerateCredentialReport", "iam:GetCredentialReport"]
    assert actions_for(checks["aws-volumes-encrypted"].needs) == ["ec2:DescribeRegions", "ec2:DescribeVolumes"]
    every = actions_for(
        frozenset(need for c in checks.values() if c.check.applies_to.kind == "aws" for need in c.needs)
    )
    assert len(every) == len(read_list())


def test_an_account_manages_its_organisation_or_does_not(proxy, made):
    assert collect(proxy.endpoint).facts.organisation.management is False
    made.clients.organizations.create_organization(FeatureSet="ALL")
    number = made.clients.organizations.create_account(AccountName="Data", Email="a@example.nl")["CreateAccountStatus"]
    check = "aws-organisation-accounts-registered"

    def registered(params=None, *targets):
        settings = CollectSettings(register=Register(targets))
        found = verdicts(collect(proxy.endpoint, ["organisation"], settings=settings), params)
        return found[check, ACCOUNT][0], found[check, number["AccountId"]][0]

    assert registered() == ("pass", "fail")
    assert registered({check: {"accounts": [number["AccountId"]]}}) == ("pass", "pass")
    data = RegisteredTarget(name="data", machine=False, accounts=(number["AccountId"],))
    assert registered(None, data) == ("pass", "pass")
