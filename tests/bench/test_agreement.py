"""The comparison with Prowler: what counts as agreement, and that its tables name what exists."""

import pytest

from baseline.content.checks.folder import read_check_files
from baseline.content.location import content_folder
from bench.agreement.comparing import ORDER, Observed, compare
from bench.agreement.findings import Finding
from bench.agreement.tables import Difference, Pair, differences, pairs

PROVIDERS = {"aws": "aws", "azure": "azure", "entra": "m365"}
SSH = Pair("aws", "aws-ssh-closed", "ssh_22", "resource", "")


def found(check: str, status: str, name: str, region: str = "eu-west-1") -> Finding:
    arn = f"arn:aws:ec2:{region}:123456789012:security-group/{name}"
    return Finding(check, status, arn, name, region, "", "")


def compared(said, findings, same=(SSH,), known=()):
    observed = Observed("a", [("aws-ssh-closed", subject, status) for subject, status in said], findings)
    return {one.resource: (one.agrees, one.we, one.they) for one in compare(observed, list(same), list(known))}


def test_verdicts_meet_by_region_and_name():
    said = [("eu-west-1/sg-1 web", "fail"), ("us-east-1/sg-1 web", "pass")]
    findings = [found("ssh_22", "fail", "sg-1"), found("ssh_22", "pass", "sg-1", "us-east-1")]
    assert compared(said, findings) == {
        "eu-west-1/sg-1": ("yes", "fail", "fail"),
        "us-east-1/sg-1": ("yes", "pass", "pass"),
    }


def test_a_resource_that_only_prowler_judges_is_a_disagreement_and_one_that_only_we_judge_stands_alone():
    said = [("eu-west-1/sg-1 web", "pass")]
    assert compared(said, [found("ssh_22", "pass", "sg-2")]) == {
        "eu-west-1/sg-1": ("alone", "pass", "absent"),
        "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-2": ("no", "absent", "pass"),
    }


def test_the_worst_of_several_checks_counts():
    both = (SSH, Pair("aws", "aws-ssh-closed", "ssh_ipv6", "resource", ""))
    findings = [found("ssh_22", "pass", "sg-1"), found("ssh_ipv6", "fail", "sg-1")]
    assert compared([("eu-west-1/sg-1", "pass")], findings, both)["eu-west-1/sg-1"] == ("no", "pass", "fail")


def test_a_reason_explains_only_the_disagreement_that_it_names():
    reason = Difference("aws", "aws-ssh-closed", "fail", "pass", "sg-1$", "ours", "half of the Internet")
    said = [("eu-west-1/sg-1", "fail"), ("eu-west-1/sg-2", "fail")]
    findings = [found("ssh_22", "pass", "sg-1"), found("ssh_22", "pass", "sg-2")]
    told = compared(said, findings, known=[reason])
    assert {name: agrees for name, (agrees, _, _) in told.items()} == {
        "eu-west-1/sg-1": "explained",
        "eu-west-1/sg-2": "no",
    }


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_tables_name_checks_that_exist_and_words_that_are_known(provider):
    files = read_check_files([content_folder("checks") / PROVIDERS[provider]], None)
    known = {file.compiled.check.id for file in files if file.compiled is not None}
    same = pairs(provider)
    assert len(same) > 40
    assert {pair.ours for pair in same} <= known
    assert {pair.scope for pair in same} <= {"resource", "region", "subscription", "account"}
    reasons = differences(provider)
    assert {row.ours for row in reasons} <= {pair.ours for pair in same}
    assert {word for row in reasons for word in (row.we, row.they)} <= set(ORDER)
    assert {row.right for row in reasons} <= {"ours", "prowler", "both", "simulator"}
    assert all(row.why and row.we != row.they for row in reasons)
