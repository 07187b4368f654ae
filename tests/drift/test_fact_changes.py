"""What differs between two documents of facts."""

import pytest

from baseline.content.fact_schema import FACT_MODELS
from baseline.drift.fact_changes import differences, volatile_facts

SWITCH = {
    "software": {"version": "17.9.4", "uptime_days": 12},
    "management": {"ssh": {"version": 2, "ciphers": ["aes256-gcm", "aes128-gcm"]}},
    "interfaces": [{"name": "Gi0/1", "bpdu_guard": True}, {"name": "Gi0/2", "bpdu_guard": True}],
}


def changed(old, new):
    return [(str(each.path), each.old, each.new) for each in differences(old, new, volatile_facts("network"))]


def test_uptime_is_no_difference():
    assert changed(SWITCH, SWITCH | {"software": {"version": "17.9.4", "uptime_days": 13}}) == []


def test_a_fact_of_one_port_is_named_with_the_port():
    ports = [{"name": "Gi0/1", "bpdu_guard": True}, {"name": "Gi0/2", "bpdu_guard": False}]
    assert changed(SWITCH, SWITCH | {"interfaces": ports}) == [("interfaces.bpdu_guard[Gi0/2]", "yes", "no")]


def test_the_order_of_ports_is_no_difference():
    assert changed(SWITCH, SWITCH | {"interfaces": SWITCH["interfaces"][::-1]}) == []


def test_a_port_that_came_is_a_difference():
    ports = [*SWITCH["interfaces"], {"name": "Gi0/3", "bpdu_guard": True}]
    assert changed(SWITCH, SWITCH | {"interfaces": ports}) == [
        ("interfaces[Gi0/3]", "-", "present"),
        ("interfaces.bpdu_guard[Gi0/3]", "-", "yes"),
    ]


def test_the_order_of_ciphers_counts():
    ssh = {"ssh": {"version": 2, "ciphers": ["aes128-gcm", "aes256-gcm"]}}
    assert [path for path, _, _ in changed(SWITCH, SWITCH | {"management": ssh})] == ["management.ssh.ciphers"]


@pytest.mark.parametrize("part", ["interfaces", "management", "software"])
def test_what_became_unknown_is_no_difference(part):
    unknown = {"$unknown": "the command was refused"}
    assert changed(SWITCH, SWITCH | {part: unknown}) == []
    assert changed(SWITCH | {part: unknown}, SWITCH) == []


def test_one_unknown_fact_hides_only_itself():
    ports = [{"name": "Gi0/1", "bpdu_guard": {"$unknown": "cut off"}}, {"name": "Gi0/2", "bpdu_guard": False}]
    assert changed(SWITCH, SWITCH | {"interfaces": ports}) == [("interfaces.bpdu_guard[Gi0/2]", "yes", "no")]


@pytest.mark.parametrize("kind", FACT_MODELS)
def test_the_volatile_facts_of_every_kind_exist(kind):
    assert all(isinstance(path, tuple) for path in volatile_facts(kind))
