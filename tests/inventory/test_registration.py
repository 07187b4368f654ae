"""Which target stands for a machine: an id anywhere, a private address or short name only in the same account."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.cloud.registered import Holding
from baseline.collectors.cloud.registration import Seen, registrations
from baseline.content.inventory import load_inventory
from baseline.models.facts.aws.compute import AwsInstance
from baseline.models.facts.fact import Unknown
from baseline.models.register import Register, RegisteredTarget

HERE, THERE = "111122223333", "444455556666"
MACHINE = Seen(
    account=HERE,
    ids=("i-0aa",),
    names=("Web-01", "web-01.prov.example", "ip-10-0-0-5.eu-west-1.compute.internal"),
    public=("192.0.2.10", "2001:DB8:0::1"),
    public_names=("ec2-192-0-2-10.compute.example", "ip-10-0-0-5.eu-west-1.compute.internal"),
    private=("10.0.0.5",),
)
UNREAD = Unknown("denied")


def stands(machine: Seen = MACHINE, **target: str) -> str | None:
    (found,) = registrations(Register([RegisteredTarget(**{"name": "other", **target})]), [machine])
    return found.how if isinstance(found.target, str) else found.target


@pytest.mark.parametrize(
    ("target", "how"),
    [
        ({"cloud_id": "i-0aa"}, "by its id"),
        ({"cloud_id": f"arn:aws:ec2:eu-west-1:{HERE}:instance/i-0aa"}, "by its id"),
        ({"address": "192.0.2.10"}, "by its public address 192.0.2.10"),
        ({"address": "2001:db8::1"}, "by its public address 2001:db8::1"),
        ({"address": "ec2-192-0-2-10.compute.example"}, "by its public name ec2-192-0-2-10.compute.example"),
        ({"name": "WEB-01.prov.example", "account": HERE}, "by its name, in the same account"),
        ({"address": "web-01.prov.example", "account": HERE}, "by its name, in the same account"),
        ({"name": "web-01", "account": HERE}, "by its name, in the same account"),
        ({"name": "web-01.other.example", "account": HERE}, "by its name, in the same account"),
        ({"address": "10.0.0.5", "account": HERE}, "by its private address 10.0.0.5, in the same account"),
    ],
)
def test_a_machine_is_known_by_what_only_it_can_have(target, how):
    assert stands(**target) == how


@pytest.mark.parametrize(
    "target",
    [
        {"address": "10.0.0.5"},
        {"address": "10.0.0.5", "account": THERE},
        {"name": "web-01"},
        {"name": "web-01", "account": THERE},
        {"name": "web-01.prov.example"},
        {"name": "ip-10-0-0-5.eu-west-1.compute.internal"},
        {"name": "web-01.prov.example", "account": THERE},
        {"address": "192.0.2.10", "account": THERE},
        {"address": "192.0.2.10", "cloud_id": "i-0bb"},
        {"name": "web-01", "account": HERE, "cloud_id": "i-0bb"},
        {"name": "web-02", "address": "10.0.0.6", "account": HERE},
        {"name": "10", "account": HERE},
    ],
)
def test_what_another_machine_can_have_too_proves_nothing(target):
    assert stands(**target) is None


def test_one_target_stands_for_one_machine_and_the_strongest_likeness_counts():
    register = Register([RegisteredTarget(name="web-01", address="10.0.0.5", account=HERE)])
    same = Seen(account=HERE, ids=("i-1",), names=("web-01",), private=("10.0.0.9",))
    address = Seen(account=HERE, ids=("i-2",), names=("x",), private=("10.0.0.5",))
    by_name, by_address = registrations(register, [same, address])
    assert (by_name.target, by_address.target) == ("web-01", None)
    assert by_address.how == "web-01 resembles another machine: give it baseline_cloud_id"
    twins = registrations(register, [same, same])
    assert [twin.target for twin in twins] == [None, None]
    assert twins[0].how == "web-01 resembles 2 machines: give it baseline_cloud_id"


@pytest.mark.parametrize("part", ["ids", "names", "public", "public_names", "private"])
def test_a_machine_of_which_something_was_not_read_is_unknown_unless_the_rest_proves_it(part):
    unread = msgspec.structs.replace(MACHINE, **{part: UNREAD})
    assert stands(unread, name="elsewhere") == UNREAD
    other = {"cloud_id": "i-0aa"} if part != "ids" else {"address": "192.0.2.10"}
    assert isinstance(stands(unread, **other), str)


names = st.sampled_from(["web-01", "db-01", "web-01.prov.example", "10.0.0.5", "192.0.2.10", ""])
targets = st.builds(
    RegisteredTarget,
    name=st.sampled_from(["web-01", "db-01", "a", "b"]),
    address=names,
    account=st.sampled_from(["", HERE, THERE]),
    cloud_id=st.sampled_from(["", "", "i-1", "i-2"]),
)
machines = st.builds(
    Seen,
    account=st.just(HERE),
    ids=st.tuples(st.sampled_from(["i-1", "i-2", "i-3"])),
    names=st.tuples(names),
    public=st.tuples(st.sampled_from(["", "192.0.2.10"])),
    private=st.tuples(st.sampled_from(["10.0.0.5", "10.0.0.6"])),
)


@given(st.lists(targets, max_size=4, unique_by=lambda target: target.name), st.lists(machines, max_size=4))
def test_no_target_ever_stands_for_two_machines_or_for_one_that_it_says_it_is_not(given_targets, seen):
    found = [one.target for one in registrations(Register(given_targets), seen)]
    known = [target for target in found if target is not None]
    assert len(known) == len(set(known))
    by_name = {target.name: target for target in given_targets}
    for machine, target in zip(seen, found, strict=True):
        if target is not None and by_name[target].cloud_id:
            assert by_name[target].cloud_id in machine.ids
        elif target is not None:
            assert by_name[target].account in ("", HERE)


def test_the_register_holds_every_host_excluded_and_broken_ones_too(tmp_path):
    (tmp_path / "hosts.yaml").write_text(f"""
all:
  vars: {{baseline_owner: team}}
  hosts:
    web-01: {{ansible_host: 10.0.0.5, baseline_cloud_account: "{HERE}", baseline_exposure: internet}}
    old-01: {{baseline_exclude: replaced in March, ansible_host: 10.0.0.6, baseline_cloud_id: I-0AA}}
    broken: {{baseline_platform: no such platform, ansible_host: 10.0.0.7}}
    account: {{baseline_platform: aws, baseline_aws_role: "arn:aws:iam::{THERE}:role/baseline"}}
    tenant: {{baseline_platform: azure, baseline_azure_subscriptions: [11111111-AAAA-0000-0000-000000000000]}}
    image: {{baseline_platform: linux_image, baseline_image: x.qcow2}}
    wrong: {{baseline_cloud_account: "1234"}}
""")
    loaded = load_inventory(tmp_path / "hosts.yaml")
    assert {target.name: target for target in loaded.register.targets} == {
        "web-01": RegisteredTarget(name="web-01", address="10.0.0.5", account=HERE, exposed=True),
        "old-01": RegisteredTarget(name="old-01", address="10.0.0.6", cloud_id="i-0aa", excluded=True),
        "broken": RegisteredTarget(name="broken", address="10.0.0.7"),
        "account": RegisteredTarget(name="account", accounts=(THERE,), machine=False),
        "tenant": RegisteredTarget(name="tenant", accounts=("11111111-aaaa-0000-0000-000000000000",), machine=False),
        "wrong": RegisteredTarget(name="wrong", address="wrong", account="1234"),
    }
    assert any("baseline_cloud_account must be an AWS account" in str(problem) for problem in loaded.errors)


def test_a_target_that_says_it_is_there_is_found_missing_or_not_known():
    register = Register(
        [
            RegisteredTarget(name="here", cloud_id=f"arn:aws:ec2:eu-west-1:{HERE}:instance/i-1"),
            RegisteredTarget(name="gone", cloud_id="i-2", account=HERE),
            RegisteredTarget(name="old", account=HERE, excluded=True),
            RegisteredTarget(name="elsewhere", account=THERE),
        ]
    )
    instance = AwsInstance(name="eu-west-1/i-1", id="i-1")
    holding = Holding(register)
    held = holding.machines("instances", [instance], lambda _: Seen(account=HERE, ids=("i-1",)))

    def found(unread: str = "") -> dict[object, object]:
        return {machine.name: machine.found for machine in holding.expected(HERE, held, lambda _: unread)}

    assert found() == {"here": True, "gone": False}
    assert found("eu-west-3: denied") == {"here": True, "gone": Unknown("eu-west-3: denied")}
    assert [machine.found for machine in Holding(None).expected(HERE, held, lambda _: "")] == [
        Unknown("the inventory was not given to whoever asked")
    ]


def test_an_account_that_is_not_known_is_that_of_no_target():
    register = Register([RegisteredTarget(name="web-01", address="10.0.0.5")])
    (found,) = registrations(register, [Seen(account="", names=("web-01",), private=("10.0.0.5",), group="web-01")])
    assert found.target is None
    assert register.claiming("") == []
