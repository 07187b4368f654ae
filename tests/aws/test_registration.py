"""Instances, addresses and accounts beside the inventory, the whole way: inventory, check, evidence, inventory machines."""

import pytest
import yaml

from tests.acceptance.command import Command
from tests.aws.simulator import ACCOUNT, REGION, Clients
from tests.aws.test_command import CREDENTIALS

CHECKS = ("aws-instances-registered", "aws-inventory-instances-found", "aws-public-addresses-registered")
OTHER = "eu-west-3"


@pytest.fixture
def baseline(tmp_path):
    command = Command(tmp_path)
    yield command
    command.close()


def tagged(**tags):
    return [{"ResourceType": "instance", "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}]


def instance(clients, **tags):
    given = {"ImageId": "ami-12c6146b", "MinCount": 1, "MaxCount": 1, "TagSpecifications": tagged(**tags)}
    return clients.ec2.run_instances(**given)["Instances"][0]


def inventory(folder, proxy, **hosts):
    account = {
        "baseline_platform": "aws",
        "baseline_aws_account": ACCOUNT,
        "baseline_aws_endpoint": proxy.endpoint,
        "baseline_aws_regions": [REGION, OTHER],
    }
    path = folder / "inventory.yaml"
    everything = {"vars": {"baseline_owner": "team"}, "hosts": {"production": account, **hosts}}
    path.write_text(yaml.safe_dump({"all": everything}))
    return path


def check(baseline, path, *more, code):
    chosen = [word for name in CHECKS for word in ("--check", name)]
    return baseline("check", "-i", path, *more, *chosen, "--json", code=code, **CREDENTIALS)


@pytest.mark.slow
def test_each_instance_is_held_against_the_inventory_and_what_is_gone_is_named(moto, proxy, tmp_path, baseline):
    clients = Clients(moto)
    known, named, other = instance(clients, Name="x"), instance(clients, Name="db-01"), instance(clients, Name="app-01")
    stray = instance(Clients(moto, OTHER), Name="Proef {{ 1 }}", eigenaar="team-data", biv="HML")
    path = inventory(
        tmp_path,
        proxy,
        **{
            "web-01": {
                "ansible_host": "10.9.9.9",
                "baseline_cloud_id": f"arn:aws:ec2:{REGION}:{ACCOUNT}:instance/{known['InstanceId']}",
                "baseline_exposure": "internet",
            },
            "db-01": {"baseline_cloud_account": ACCOUNT},
            "elsewhere": {"ansible_host": other["PrivateIpAddress"]},
            "gone": {"baseline_cloud_id": f"arn:aws:ec2:{REGION}:{ACCOUNT}:instance/i-0123"},
            "old": {"baseline_cloud_account": ACCOUNT, "baseline_exclude": "switched off in May"},
        },
    )
    # A limit narrows what is asked, not what the account is held against.
    ended = check(baseline, path, "--limit", "production", code=1)
    names = {one: f"{REGION}/{machine['InstanceId']}" for one, machine in (("k", known), ("n", named), ("o", other))}
    found = ended.of("production")
    assert {key: status for key, status in found.items() if key[0] != CHECKS[2]} == {
        (CHECKS[0], names["k"]): "pass",
        (CHECKS[0], names["n"]): "pass",
        (CHECKS[0], names["o"]): "fail",
        (CHECKS[0], f"{OTHER}/{stray['InstanceId']}"): "fail",
        (CHECKS[1], "web-01"): "pass",
        (CHECKS[1], "db-01"): "pass",
        (CHECKS[1], "gone"): "fail",
    }
    shown = baseline("show", CHECKS[0], "production", "--subject", names["k"]).stdout
    assert "web-01" in shown
    assert "by its id" in shown

    missing = baseline("inventory", "machines", "-i", path, "--missing", code=1)
    assert yaml.safe_load(missing.stdout)["aws_instances"]["hosts"]["proef-1"] == {
        "ansible_host": stray["PrivateIpAddress"],
        "baseline_platform": "linux",
        "baseline_owner": "team-data",
        "baseline_classification": {"availability": "high", "integrity": "medium", "confidentiality": "low"},
        "baseline_cloud_id": f"arn:aws:ec2:{OTHER}:{ACCOUNT}:instance/{stray['InstanceId']}",
    }
    assert "4 machines, 2 not in the inventory, 0 could not be read." in missing.stderr
    (tmp_path / "found.yaml").write_text(missing.stdout)
    both = ("-i", path, "-i", tmp_path / "found.yaml")
    baseline("inventory", "validate", *both, code=0)
    baseline("inventory", "machines", *both, "--missing", code=0)

    # Only the region that is not read is not known; and what the inventory says now is judged again.
    proxy.faults, proxy.only = {("ec2", "DescribeInstances"): "denied"}, OTHER
    path.write_text(
        path.read_text()
        .replace("i-0123", "i-0456")
        .replace(f"ansible_host: {other['PrivateIpAddress']}", f"baseline_cloud_id: {other['InstanceId']}")
    )
    again = check(baseline, path, code=3).of("production")
    assert again[CHECKS[0], names["o"]] == "pass"
    assert again[CHECKS[0], f"{OTHER} (not read)"] == again[CHECKS[1], f"{OTHER} (not read)"] == "error"
    assert again[CHECKS[1], "gone"] == "fail"
    unread = baseline("inventory", "machines", "-i", path, "--missing", code=3)
    assert "ec2:DescribeInstances" in unread.stderr
