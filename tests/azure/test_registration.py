"""Machines, endpoints and subscriptions beside the inventory."""

import pytest

from baseline.models.register import Register, RegisteredTarget
from tests.azure.judging import checks, statuses, verdicts
from tests.azure.tenant import MEMBER, NIC, PIP, PRODUCTION, SET, TENANT, TEST, VM
from tests.microsoft.loopback import REGISTER

P = "properties."
VM01, MACHINES, SCALE_SET, FOUND, ENDPOINTS = (
    "Productie/rg-app/vm01",
    "azure-vm-registered",
    "azure-scale-set-machines-registered",
    "azure-inventory-machines-found",
    "azure-public-endpoints-registered",
)
NEEDS = [need for name in (MACHINES, SCALE_SET, FOUND, ENDPOINTS) for need in checks()[name].needs]


@pytest.fixture
def held(collect, tenant):
    """Results with an inventory of one target called web."""
    tenant.change(VM, P + "osProfile.computerName", "web-01")
    tenant.change(VM, P + "vmId", "AAAAAAAA-0000-0000-0000-000000000009")

    def hold(*more, **target):
        register = Register([RegisteredTarget(**{"name": "web", **target}), *more])
        return statuses(collect(*NEEDS, register=register))

    return hold


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ({"cloud_id": VM.lower()}, "pass"),
        ({"cloud_id": "aaaaaaaa-0000-0000-0000-000000000009"}, "pass"),
        ({"address": "10.0.0.4", "account": PRODUCTION}, "pass"),
        ({"address": "web-01", "account": PRODUCTION}, "pass"),
        ({"address": "10.0.0.4"}, "fail"),
        ({"address": "10.0.0.4", "account": TEST}, "fail"),
        ({"address": "web-01"}, "fail"),
    ],
)
def test_a_machine_is_registered_by_its_id_or_as_one_of_its_own_subscription(held, target, status):
    found = held(**target)
    assert found[MACHINES][VM01] == status
    assert found[MACHINES]["Productie/rg-app/win01"] == "fail"


def test_a_target_whose_machine_is_gone_fails_and_one_target_stands_for_a_whole_scale_set(held, tenant):
    tenant.rows[MEMBER.replace("/0", "/1")] = {"properties": {}}
    gone = RegisteredTarget(name="gone", account=PRODUCTION, address="10.0.0.9")
    found = held(gone, cloud_id=SET.lower())
    assert set(found[SCALE_SET].values()) == {"pass"}
    assert len(found[SCALE_SET]) == 2
    assert found[FOUND] == {"web": "pass", "gone": "fail"}


def test_a_public_address_is_that_of_its_machine_and_registered_where_the_inventory_says_internet(held, tenant):
    address = {"id": PIP}
    tenant.change(NIC, P + "ipConfigurations", [{"properties": {"publicIPAddress": address}}])
    tenant.change(NIC, P + "virtualMachine", {"id": VM})
    tenant.change(PIP, P + "ipConfiguration", {"id": f"{NIC}/ipConfigurations/one"})
    public = "Productie/rg-app/pip01"
    by_address = held(address="192.0.2.10", exposed=True)
    assert (by_address[MACHINES][VM01], by_address[ENDPOINTS][public]) == ("pass", "pass")
    by_machine = held(cloud_id=VM.lower(), exposed=True)
    assert (by_machine[MACHINES][VM01], by_machine[ENDPOINTS][public]) == ("pass", "pass")
    internal = held(address="192.0.2.10")
    assert (internal[MACHINES][VM01], internal[ENDPOINTS][public]) == ("pass", "fail")


def test_a_machine_whose_addresses_cannot_be_seen_is_an_error_unless_its_id_is_known(held, tenant):
    tenant.rows.pop(NIC)
    assert held(address="10.0.0.9")[MACHINES][VM01] == "error"
    assert held(cloud_id=VM.lower())[MACHINES][VM01] == "pass"


def test_a_subscription_that_another_target_names_is_in_the_inventory(collect, tenant):
    tenant.details["/subscriptions"].append(
        {"subscriptionId": TEST, "displayName": "Proef", "state": "Enabled", "tenantId": TENANT}
    )
    other = RegisteredTarget(name="proef", machine=False, accounts=(TEST,))
    for register, status in ((Register([other]), "pass"), (REGISTER, "fail")):
        found = statuses(collect("subscriptions", register=register, access={"subscriptions": (PRODUCTION,)}))
        assert found["azure-subscription-in-inventory"] == {"Productie": "pass", "Proef": status}
        assert found["azure-subscription-activity-exported"] == {"Productie": "pass"}


def test_without_an_inventory_nothing_is_registered_or_missing(collect):
    collection = collect(*NEEDS, register=None)
    for name in (MACHINES, SCALE_SET, FOUND):
        found = verdicts(collection)[name]
        assert {verdict.status.value for verdict in found} == {"error"}
        assert "the inventory was not given to whoever asked" in found[0].reason
