"""A call that is denied, throttled or broken: what needs it becomes an error that says why, and nothing else changes."""

import pytest

from baseline.collectors.cloud.aws.table import PARTS, every_call, facts_of, read_list
from baseline.collectors.interface import CollectSettings, wanted
from baseline.models.register import Register
from tests.aws.asking import checks, collect, verdicts
from tests.aws.proxy import Proxy, running
from tests.aws.settings import build, chosen
from tests.aws.simulator import REGION

pytestmark = pytest.mark.slow

OPERATIONS = sorted(read_list() - {("ec2", "DescribeRegions")})
ACTIONS = {(part.service, part.operation): part.action for call in every_call() for part in call.parts}
NEVER_ASKED = {
    ("organizations", "ListAccounts"),  # only where the account manages an organisation
    ("s3", "GetBucketPolicyStatus"),  # only where a bucket has a policy
}
OF_INVENTORY = {"aws-databases-zones-doubled"}
"""Checks that hold only for some classifications of the target, whatever AWS answers."""


@pytest.fixture(scope="module")
def filled(moto):
    """A full account whose answers are replayed, with the verdicts that it gets."""
    with running(Proxy(moto)) as proxy:
        build(moto, proxy, chosen(3))
        collect(proxy.endpoint)
        proxy.replaying = True
        yield proxy, verdicts(collect(proxy.endpoint))


def affected_by(operations) -> set[str]:
    """Checks that read a fact which one of these operations fills."""
    facts = frozenset(fact for operation in operations for fact in facts_of(operation))
    return {name for name, check in checks().items() if wanted(facts, check.needs)}


def collect_with(proxy, faults, only="", **more):
    proxy.faults, proxy.only, proxy.calls = faults, only, []
    try:
        return collect(proxy.endpoint, **more)
    finally:
        proxy.faults, proxy.only = {}, ""


def assert_only_these_become_errors(before, after, operations):
    """What may change is what reads a fact of these operations; what changes is an error that names one of them."""
    names = tuple(f"{service}:{operation}" for service, operation in operations)
    affected = affected_by(operations)
    assert {key: result for key, result in after.items() if key[0] not in affected} == {
        key: result for key, result in before.items() if key[0] not in affected
    }
    changed = {key: result for key, result in after.items() if before.get(key) != result}
    assert changed
    for key, (status, reason) in changed.items():
        assert status == "error", (key, status, reason)
        assert any(name in reason for name in names), (key, reason)
    for check, subject in before.keys() - after.keys():
        replaced = [key for key, (status, _) in changed.items() if key[0] == check and status == "error"]
        assert replaced, f"{check} of {subject} vanished"
    assert {check for check, _ in before} == {check for check, _ in after}


def of(found, chosen_checks):
    return {key: result for key, result in found.items() if key[0] in chosen_checks}


def rounds():
    """Operations in rounds, so that no two of a round fill facts of the same check."""
    found: list[list[tuple[str, str]]] = []
    for operation in sorted(set(OPERATIONS) - NEVER_ASKED):
        mine = affected_by([operation])
        place = next((one for one in found if mine.isdisjoint(affected_by(one))), None)
        if place is None:
            found.append([operation])
        else:
            place.append(operation)
    return found


@pytest.mark.parametrize("fault", ["denied", "throttled"])
def test_each_call_that_fails_leaves_every_result_that_does_not_need_it_as_it_was(filled, fault):
    proxy, before = filled
    for operations in rounds():
        after = verdicts(collect_with(proxy, dict.fromkeys(operations, fault)))
        for operation in operations:
            mine = affected_by([operation])
            assert_only_these_become_errors(of(before, mine), of(after, mine), [operation])
            told = [reason for key, (status, reason) in of(after, mine).items() if before.get(key) != (status, reason)]
            assert fault != "denied" or all(f"grant {ACTIONS[operation]}" in reason for reason in told)
        others = checks().keys() - affected_by(operations)
        assert of(after, others) == of(before, others)


def test_a_call_that_is_throttled_once_is_asked_again_and_nothing_is_lost(filled):
    proxy, before = filled

    class Once(dict):
        def get(self, key, default=None):
            return self.pop(key, default)

    proxy.faults = Once({("ec2", "DescribeVolumes"): "throttled", ("s3", "GetBucketAcl"): "broken"})
    assert verdicts(collect(proxy.endpoint, attempts=3)) == before
    assert proxy.faults == {}


@pytest.mark.parametrize("fault", ["denied", "throttled", "broken", "empty", "truncated"])
def test_an_account_that_answers_nothing_usable_is_never_met_nor_without_resources(filled, fault):
    proxy, _ = filled
    after = verdicts(collect_with(proxy, dict.fromkeys(OPERATIONS, fault)))
    assert {check for check, _ in after} == set(checks())
    others = {key: result for key, result in after.items() if result[0] != "error" and key[0] not in OF_INVENTORY}
    # The code that Security Hub is not enabled stands in a header, which is whole.
    assert others.keys() <= {("aws-regions-findings-gathered", REGION)} if fault == "truncated" else others == {}


def test_an_account_that_answers_too_slowly_ends_within_its_time_and_says_so(filled):
    proxy, before = filled
    mine = ("aws-volumes-encrypted", "aws-security-groups-administration-closed")
    needs = frozenset(need for name in mine for need in checks()[name].needs)
    slow, settings = {("ec2", "DescribeVolumes"): "slow"}, CollectSettings(timeout_seconds=5, register=Register())
    collection = collect_with(proxy, slow, needs=needs, settings=settings)
    assert collection.duration_seconds < 7
    after = of(verdicts(collection), mine)
    status, reason = after.pop(("aws-volumes-encrypted", f"{REGION} (not read)"))
    assert status == "error"
    assert (
        f"ec2:DescribeVolumes in {REGION}: no answer within the time of this target; give it more with --timeout"
        in reason
    )
    assert after == of(before, mine[1:])


def test_a_region_that_is_denied_is_an_error_and_the_others_keep_their_results(filled):
    proxy, _ = filled
    proxy.replaying = False
    regions = (REGION, "eu-central-1")
    whole = verdicts(collect(proxy.endpoint, regions=regions))
    listing = {("ec2", "DescribeSecurityGroups"): "denied"}
    after = verdicts(collect_with(proxy, listing, only="eu-central-1", regions=regions))
    proxy.replaying = True
    key = ("aws-security-groups-administration-closed", "eu-central-1 (not read)")
    assert after[key] == (
        "error",
        "item.open_administration is unknown: ec2:DescribeSecurityGroups in eu-central-1: UnauthorizedOperation;"
        " grant ec2:DescribeSecurityGroups",
    )
    stayed = {k: v for k, v in whole.items() if not (k[0].startswith("aws-security-groups") and "eu-central-1" in k[1])}
    assert {k: after.get(k) for k in stayed} == stayed


def test_regions_that_are_not_known_make_every_regional_result_an_error(filled):
    proxy, _ = filled
    after = verdicts(collect_with(proxy, {("ec2", "DescribeRegions"): "denied"}, regions=()))
    regional = {part.fact for part in PARTS if getattr(part, "regional", False)}
    for name, check in checks().items():
        status, reason = next(result for key, result in after.items() if key[0] == name)
        if name in OF_INVENTORY:
            assert status == "not_applicable"
        elif wanted(regional, check.needs):
            assert (status, "grant ec2:DescribeRegions" in reason) == ("error", True), name
        else:
            assert status != "error", name
