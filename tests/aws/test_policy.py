"""What policies of AWS open to whom."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.cloud.aws.failures import MISREAD
from baseline.collectors.cloud.aws.policy import (
    allows_everything,
    opens_to_everyone,
    requires_tls,
    trusted_accounts,
)
from baseline.collectors.cloud.aws.services.rules import access_list_opens, is_internet, security_group_fields
from baseline.models.facts.fact import Unknown


def document(**statement):
    return {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*", **statement}]}


@pytest.mark.parametrize(
    ("statement", "is_open"),
    [
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Principal": {"AWS": ["arn:aws:iam::111122223333:root", "*"]}}, True),
        ({"NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}}, True),
        ({"Principal": "*", "Effect": "Deny"}, False),
        ({"Principal": {"Service": "s3.amazonaws.com"}}, False),
        ({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}, False),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}, False),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}, False),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}}, False),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "0.0.0.0/0"]}}}, True),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}}, True),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "128.0.0.0/1"}}}, True),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.7"}}}, False),
        ({"Principal": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}}, True),
        ({"Principal": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*"}}}, True),
        ({"Principal": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:*:*:111122223333:*"}}}, False),
        ({"Principal": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}}, True),
        ({"Principal": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::archief"}}}, False),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-*"}}}, True),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:PrincipalOrgPaths": "o-1/r-2/*"}}}, False),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:SourceAccount": "????????????"}}}, True),
        ({"Principal": "*", "Condition": {"StringEqualsIfExists": {"aws:SourceAccount": "1"}}}, True),
        ({"Principal": "*", "Condition": {"ForAllValues:StringEquals": {"aws:SourceAccount": "1"}}}, True),
        ({"Principal": "*", "Condition": {"StringNotEquals": {"aws:SourceAccount": "1"}}}, True),
        ({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
    ],
)
def test_a_policy_is_open_unless_a_condition_names_who_may_come_in(statement, is_open):
    assert opens_to_everyone(document(**statement)) is is_open
    assert opens_to_everyone(json.dumps(document(**statement))) is is_open


@pytest.mark.parametrize(
    ("change", "required"),
    [
        ({}, True),
        ({"Resource": "arn:aws:s3:::archief/*"}, True),
        ({"Resource": "*"}, True),
        ({"Resource": "arn:aws:s3:::archief"}, False),
        ({"Resource": "arn:aws:s3:::other/*"}, False),
        ({"Action": "s3:PutObject"}, False),
        ({"Effect": "Allow"}, False),
        ({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}, False),
        ({"Principal": None, "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}}, False),
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, False),
        ({"Condition": {"Bool": {"aws:SecureTransport": "false", "aws:ViaAWSService": "false"}}}, False),
    ],
)
def test_tls_is_required_only_by_a_deny_of_everything_to_everyone_without_it(change, required):
    resources = ["arn:aws:s3:::archief", "arn:aws:s3:::archief/*"]
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    deny = {"Effect": "Deny", "Principal": "*", "Resource": resources, "Condition": plain}
    assert requires_tls(document(**(deny | change)), "archief") is required


@pytest.mark.parametrize(
    ("statement", "administrator"),
    [
        ({"Action": "*:*", "Resource": "*"}, True),
        ({"Action": "*", "Resource": ["arn:aws:s3:::archief", "arn:aws:*"]}, True),
        ({"Action": "*", "NotResource": "arn:aws:s3:::archief"}, True),
        ({"Action": "*", "NotResource": "*"}, False),
        ({"NotAction": "none:nothing", "Resource": "*"}, True),
        ({"NotAction": ["s3:*", "iam:CreateUser"], "Resource": "*"}, True),
        ({"NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"}, False),
        ({"NotAction": "i*", "Resource": "*"}, False),
        ({"NotAction": "s3:*", "Resource": "arn:aws:s3:::archief/*"}, False),
        ({"Action": ["s3:*", "iam:*"], "Resource": "*"}, False),
    ],
)
def test_all_but_something_makes_an_administrator_unless_it_leaves_out_iam(statement, administrator):
    assert allows_everything({"Statement": {"Effect": "Allow", **statement}}) is administrator


def test_rights_to_everything_and_other_accounts_are_found():
    assert allows_everything(document(Action=["s3:Get*", "*"]))
    assert not allows_everything(document(Action="*", Resource="arn:aws:s3:::archief"))
    assert not allows_everything(document(Action="*", Effect="Deny"))
    assert not allows_everything(document(NotAction="*", Action=None))
    trust = document(Principal={"AWS": ["arn:aws:iam::111122223333:root", "444455556666"]})
    assert trusted_accounts(trust, "111122223333") == (["444455556666"], False)
    trust["Statement"][0]["Condition"] = {"StringEquals": {"sts:ExternalId": "x"}}
    assert trusted_accounts(trust, "111122223333") == (["444455556666"], True)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["Statement", "Effect", "Principal", "Condition", "AWS", "Bool"]), inner, max_size=3
            )
        ),
        max_leaves=12,
    )
)
def test_a_policy_of_any_form_is_read_or_refused(value):
    text = value if isinstance(value, str) else json.dumps(value)
    for read in (opens_to_everyone, allows_everything):
        with suppress(*MISREAD):
            assert read(text) in (True, False)


def rule(network="0.0.0.0/0", first=22, last=22, protocol="tcp", **more):
    return {"IpProtocol": protocol, "FromPort": first, "ToPort": last, "IpRanges": [{"CidrIp": network}], **more}


def test_half_of_the_internet_is_the_internet():
    assert is_internet("0.0.0.0/0")
    assert is_internet("128.0.0.0/1")
    assert is_internet("::/0")
    assert is_internet("2000::/3")
    assert not is_internet("10.0.0.0/8")
    assert not is_internet("2001:db8::/32")


def test_rules_of_security_groups_are_read_by_what_they_reach():
    assert security_group_fields([rule(first=20, last=30)])["open_administration"] is True
    assert security_group_fields([rule(first=443, last=443)])["open_administration"] is False
    assert security_group_fields([rule("10.0.0.0/8")])["open_administration"] is False
    everything = security_group_fields([{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    assert (everything["open_everything"], everything["open_databases"]) == (True, True)
    assert everything["open_ports"] == ["everything"]
    six = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}
    assert security_group_fields([six])["open_databases"] is True
    others = (2483, 5601, 7199, 9160, 27018)  # Oracle with TLS, dashboards, Cassandra, a shard of MongoDB
    assert all(security_group_fields([rule(first=port, last=port)])["open_databases"] for port in others)
    ping = {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    assert security_group_fields([ping])["open_everything"] is False


def test_a_list_of_prefixes_that_is_not_read_leaves_open_what_it_could_open():
    hidden = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": "pl-1"}]}
    found = security_group_fields([hidden])
    assert isinstance(found["open_administration"], Unknown)
    assert found["open_databases"] is False
    assert security_group_fields([hidden, rule()])["open_administration"] is True


def entry(number, action, network="0.0.0.0/0", ports=(22, 22), protocol="6"):
    span = {"PortRange": {"From": ports[0], "To": ports[1]}} if protocol == "6" else {}
    return {
        "RuleNumber": number,
        "RuleAction": action,
        "Egress": False,
        "CidrBlock": network,
        "Protocol": protocol,
        **span,
    }


def test_the_first_rule_of_a_network_acl_that_matches_counts():
    allow = entry(100, "allow", protocol="-1")
    assert access_list_opens([allow], (22,))
    assert not access_list_opens([allow, entry(50, "deny")], (22,))
    assert access_list_opens([allow, entry(50, "deny")], (22, 3389))
    assert access_list_opens([allow, entry(150, "deny")], (22,))
    assert not access_list_opens([entry(100, "allow", "10.0.0.0/8")], (22,))


def test_a_network_acl_that_denies_half_of_the_internet_leaves_the_other_half_open():
    allow, half = entry(100, "allow", protocol="-1"), entry(50, "deny", "0.0.0.0/1")
    assert access_list_opens([allow, half], (22,))
    assert access_list_opens([allow, entry(50, "deny", "192.0.2.0/24")], (22,))
    assert not access_list_opens([allow, half, entry(60, "deny", "128.0.0.0/1")], (22,))
    assert not access_list_opens([entry(100, "allow", "0.0.0.0/1"), half], (22,))
