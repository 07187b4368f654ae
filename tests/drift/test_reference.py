"""Configurations of real devices, recorded by others, on every platform that has rules."""

import random

import pytest

from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.drift.configuration import compare
from baseline.drift.rules import rules_folder, rules_for
from tests.reference import reference_path

REAL = {
    "cisco_ios": ("ios/show_running-config__as2border1.txt", " neighbor "),
    "cisco_nxos": ("nxos/show_running-config__napalm.txt", "interface Ethernet"),
    "fortinet_fortios": ("fortios/show__fw.txt", "set allowaccess"),
    "juniper_junos": ("junos/show_configuration__dut.cfg", "description"),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_configuration_differs_from_itself_in_nothing_and_by_one_line_in_that_line(name):
    path, word = REAL[name]
    text = reference_path(f"network/outputs/{path}").read_text(errors="replace")
    lines = text.split("\n")
    places = [index for index, line in enumerate(lines) if word in line and not line.rstrip().endswith("{")]
    place = random.Random(name).choice(places)
    shorter = "\n".join([*lines[:place], *lines[place + 1 :]])

    assert compare(text, text, platform(name), rules_for(name)).changes == ()
    changes = compare(shorter, text, platform(name), rules_for(name)).changes
    gone = " ".join(lines[place].split()).rstrip(";")
    assert gone in {change.line for change in changes if change.kind == "added"}
    assert len([change for change in changes if change.kind == "added"]) <= 12


def test_a_platform_that_can_be_asked_has_rules_or_says_that_it_has_none():
    with_rules = {path.stem for path in rules_folder().glob("*.yaml")}
    assert set(REAL) <= with_rules
    assert {"cisco_ios", "frr"} <= with_rules & set(PLATFORM_NAMES)
