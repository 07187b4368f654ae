"""``baseline inventory machines``: stored machines as hosts, without anything that Ansible would run or that hides an error."""

import msgspec
import yaml

from baseline.cli.inventory_machines import _as_inventory
from baseline.cli.stored_machines import host_names, stored_machines
from baseline.content.inventory import load_inventory
from baseline.models.cloud import MicrosoftAccess
from baseline.models.facts.azure import AzureFacts
from baseline.models.facts.azure.compute import VirtualMachine
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365 import Microsoft365Facts
from baseline.models.facts.microsoft365.devices import ManagedDevice
from baseline.models.register import Register, RegisteredTarget
from baseline.models.target import Connection, Target

TENANT = "11111111-2222-4333-8444-555555555555"
VM = "/subscriptions/11111111-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines"


def target(kind, platform):
    return Target(
        name=kind,
        kind=kind,
        platform=platform,
        connection=Connection(transport="api", microsoft=MicrosoftAccess(tenant=TENANT)),
    )


def machine(name, **known):
    told = {"registered_as": None, "private_addresses": ["10.0.0.4"], "system": "windows", **known}
    return VirtualMachine(name=f"productie/rg/{name}", id=f"{VM}/{name}", **told)


def stored(facts, kind="azure", platform="azure", register=None):
    document = msgspec.to_builtins(facts)
    return list(stored_machines(target(kind, platform), document, register or Register()))


def test_machines_become_hosts_that_load_without_a_template_or_a_name_twice(tmp_path):
    hostile = machine("vm02", computer_name="WEB 01\n{{ x }}", owner="{{ lookup('pipe', 'id') }}", classification="hhL")
    found = stored(AzureFacts(virtual_machines=[machine("vm01", computer_name="web-01-x"), hostile]))
    assert host_names(found, frozenset({"web-01-x", "web-01-x-3"})) == ["web-01-x-2", "web-01-x-4"]
    text = _as_inventory(found, frozenset())
    assert "{{" not in text
    (tmp_path / "found.yaml").write_text(text)
    loaded = load_inventory(tmp_path / "found.yaml")
    assert loaded.errors == ()
    assert {one.name: one.platform for one in loaded.targets} == {"web-01-x": "windows", "web-01-x-2": "windows"}
    assert loaded.targets[-1].classification.confidentiality == "low"
    assert [one.cloud_id for one in loaded.register.targets] == [f"{VM}/vm01".lower(), f"{VM}/vm02".lower()]


def test_what_the_inventory_names_by_now_is_known_and_what_was_not_read_is_no_missing_machine():
    register = Register([RegisteredTarget(name="web", cloud_id=f"{VM}/vm01".lower())])
    unread = machine("vm02", registered_as=Unknown("denied"))
    known, open_ = stored(AzureFacts(virtual_machines=[machine("vm01"), unread]), register=register)
    assert (known.registered_as, known.unread) == ("web", "")
    assert (open_.registered_as, open_.unread) == (None, "denied")
    (nothing,) = stored(AzureFacts())
    assert nothing.unread == "the last run did not ask it; run baseline check for all checks"


def test_a_device_is_taken_over_by_its_id_and_not_asked():
    facts = Microsoft365Facts(devices=[ManagedDevice(name="0A1B", registered_as=None)])
    (found,) = stored(facts, "m365", "microsoft365")
    hosts = yaml.safe_load(_as_inventory([found], frozenset()))["intune_devices"]["hosts"]
    assert hosts["0a1b"]["baseline_cloud_id"] == "0A1B"
    assert hosts["0a1b"]["baseline_cloud_account"] == TENANT
    assert "nothing asks the device" in hosts["0a1b"]["baseline_exclude"]
