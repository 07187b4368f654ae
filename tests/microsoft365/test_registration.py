"""Managed devices beside the inventory: known by an id, or by a name in the same tenant that is kept nowhere."""

import msgspec
import pytest

from baseline.models.register import Register, RegisteredTarget
from tests.microsoft365.judging import CHECKS, collected
from tests.microsoft365.tenant import TENANT, Graph, tenant

NEEDS = CHECKS["m365-devices-registered"].needs
ENTRA = "AAAAAAAA-0000-4000-8000-000000000001"


def registered(**target):
    documents = tenant()
    documents["/deviceManagement/managedDevices"]["value"][0]["azureADDeviceId"] = ENTRA
    register = Register([RegisteredTarget(**{"name": "laptop", **target})])
    collection = collected(Graph(documents), NEEDS, register=register)
    assert b"LT-JJANSEN" not in b"".join(artefact.content for artefact in collection.artefacts)
    assert b"jjansen" not in msgspec.json.encode(collection.facts).lower()
    return collection.facts.devices[0]


@pytest.mark.parametrize(
    ("target", "known"),
    [
        ({"cloud_id": "device-1"}, "by its id"),
        ({"cloud_id": ENTRA.lower()}, "by its id"),
        ({"address": "lt-jjansen", "account": TENANT}, "by its name, in the same account"),
        ({"address": "lt-jjansen"}, None),
        ({"cloud_id": "00000000-0000-0000-0000-000000000000"}, None),
    ],
)
def test_a_device_is_known_by_an_id_or_by_its_name_in_the_same_tenant(target, known):
    device = registered(**target)
    assert device.registered_as == ("laptop" if known else None)
    assert device.registration == known if known else device.registration.startswith("no target has its id")
