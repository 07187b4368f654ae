"""Tags of accounts are text in the inventory that is made of them, for Ansible too."""

import yaml

from baseline.cli.inventory_accounts import _as_inventory
from baseline.collectors.cloud.aws.organisation import MemberAccount


def test_a_tag_is_no_template_and_adds_no_keys():
    hostile = "{{ lookup('pipe', 'id') }}{% x %}\nansible_host: evil\x1b[2J"
    account = MemberAccount(number="123456789012", name="shop", title="Shop", partition="aws", owner=hostile)
    text = _as_inventory([account], "baseline")
    assert "{" not in text
    (host,) = yaml.safe_load(text)["aws_accounts"]["hosts"].values()
    assert host == {
        "baseline_aws_role": "arn:aws:iam::123456789012:role/baseline",
        "baseline_owner": "(( lookup('pipe', 'id') ))(% x %) ansible_host: evil\N{REPLACEMENT CHARACTER}[2J",
    }
