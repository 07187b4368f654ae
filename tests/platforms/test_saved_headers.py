"""Oxidized and RANCID keep what other commands said as comments above a configuration: it hides nothing, and adds nothing."""

import pytest

from baseline.collectors.files.recognition import recognised
from baseline.collectors.files.removed import parse_without_secrets, restored
from baseline.collectors.network.platforms import platform
from tests.platforms.vendors import recordings

MARKS = {
    "aruba_aoscx": "!",
    "arista_eos": "!",
    "cisco_nxos": "!",
    "cisco_iosxr": "!",
    "fortinet_fortios": "#",
    "juniper_junos": "#",
}
"""Platform -> what begins a comment there."""

INVENTORY = [
    "Sensors of the stack",
    "Mbr/Sensor              Module               Temperature  Status",
    *(
        f"{member}/{sensor}-Inlet            line-card            <hidden>     normal"
        for member in range(1, 11)
        for sensor in range(30)
    ),
    *(f"1/1/{port}    25G-SR      SFP-TEST-{port:04}     CN00TEST{port:04}" for port in range(200)),
]


def whole(name):
    described = platform(name)
    command = described.configuration_command
    return command, [text for text in recordings(name).values() if described.cut_off(command, text) is None]


@pytest.mark.parametrize("name", MARKS)
def test_a_configuration_below_a_long_inventory_says_the_same(name):
    command, texts = whole(name)
    above = "".join(f"{MARKS[name]} {line}\n" for line in INVENTORY)
    described = platform(name)
    assert texts
    for text in texts:
        facts = described.parse({command: text}).facts
        assert described.cut_off(command, above + text) is None
        assert described.parse({command: above + text}).facts == facts
        assert parse_without_secrets(described.parse, {command: above + text}).facts == facts
        assert recognised(above + text, {}) == recognised(text, {})


def test_what_an_inventory_hides_is_no_secret_that_was_removed():
    header = "".join(f"! {line}\n" for line in INVENTORY)
    assert restored(header) == header
    assert restored(f"{header}!tacacs-server host 192.0.2.7 key <removed>\n").endswith(
        "\ntacacs-server host 192.0.2.7 key <removed>\n"
    )
