"""Which device is the odd one out, and what never makes it one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.platforms import platform
from baseline.drift.normal import normalise
from baseline.drift.rules import rules_for
from baseline.lab.device import Device
from baseline.lab.spec import DeviceSpec
from baseline.rollout.peers import Member, oddities

IOS, RULES = platform("cisco_ios"), rules_for("cisco_ios")


def member(name, text, site="", **facts):
    return Member(name=name, site=site, configuration=normalise(text, IOS, RULES), rules=RULES, facts=facts)


def odd(*texts, **facts):
    found = oddities([member(f"sw-{number}", text, **facts) for number, text in enumerate(texts)])
    return {name: [(each.kind, each.line) for each in own or []] for name, own in found.items() if own}


def test_a_line_that_most_peers_have_and_one_lacks():
    assert odd(*["ntp server 10.0.0.1\nhostname a"] * 4, "hostname a") == {"sw-4": [("lacks", "ntp server 10.0.0.1")]}


def test_a_line_that_only_one_has():
    assert odd(*["hostname a"] * 3, "ip http server") == {"sw-3": [("has", "ip http server")]}


def test_another_value_of_a_line_that_the_peers_share_is_shown_with_theirs():
    assert odd(*["ntp server 10.0.0.1"] * 3, "ntp server 10.9.9.9") == {
        "sw-3": [("lacks", "ntp server 10.0.0.1"), ("has", "ntp server 10.9.9.9")]
    }


def test_a_line_in_which_every_device_has_its_own_value_is_not_odd():
    assert odd(*[f"router ospf 1\n router-id 10.0.0.{number}" for number in range(1, 6)]) == {}


def test_names_and_sites_of_the_devices_themselves_are_not_odd():
    members = [
        member(f"{site}-sw-01", f"vlan 10\n name {site.upper()}-KANTOOR\nip domain name {site}.nl", site)
        for site in ("zwolle", "kampen", "ommen", "hattem")
    ]
    assert oddities(members) == {each.name: [] for each in members}


def test_what_rules_call_individual_is_not_odd():
    texts = [
        f"hostname sw-{n}\ninterface Vlan99\n ip address 10.0.0.{n} 255.0.0.0\n description x{n * 'y'}"
        for n in (1, 2, 3)
    ]
    assert odd(*texts) == {}


@pytest.mark.parametrize(("agreeing", "expected"), [(2, {}), (3, {"sw-5": [("lacks", "ip ssh version 2")]})])
def test_a_majority_is_sixty_percent_of_the_peers(agreeing, expected):
    texts = ["ip ssh version 2"] * agreeing + [""] * (5 - agreeing) + [""]
    found = odd(*texts)
    assert {name: own for name, own in found.items() if name == "sw-5"} == expected


def test_a_missing_section_is_shown_once_with_the_number_of_its_lines():
    section = "line vty 0 4\n login\n transport input ssh"
    (found,) = oddities([member("a", section), member("b", section), member("c", "")])["c"]
    assert (found.line, found.below, found.agreeing, found.peers) == ("line vty 0 4", 2, 2, 2)


def test_the_order_of_an_access_list_makes_a_device_odd():
    good, odd_one = (
        "ip access-list standard B\n" + "\n".join(f" {line}" for line in lines)
        for lines in (("permit 10.0.0.1", "deny any"), ("deny any", "permit 10.0.0.1"))
    )
    assert odd(good, good, good, odd_one) == {"sw-3": [("order", "ip access-list standard B")]}


def test_ports_are_compared_by_what_they_look_like_whatever_their_number():
    port = "interface GigabitEthernet1/0/{}\n switchport mode access\n spanning-tree bpduguard enable\n"
    bare = "interface GigabitEthernet1/0/{}\n switchport mode access\n"
    texts = [port.format(1), port.format(2), port.format(3) + port.format(4), port.format(1) + bare.format(9)]
    found = oddities([member(f"sw-{number}", text) for number, text in enumerate(texts)])
    (only,) = found["sw-3"]
    assert (only.kind, only.line, only.usual) == (
        "port",
        "interface GigabitEthernet1/0/9",
        "-spanning-tree bpduguard enable",
    )
    assert not any(found[f"sw-{number}"] for number in range(3))


def test_a_fact_that_differs_from_that_of_the_peers():
    members = [member(f"sw-{n}", "", **{"software.version": "17.12.04"}) for n in range(3)]
    members.append(member("old", "", **{"software.version": "16.3.5"}))
    (found,) = oddities(members)["old"]
    assert (found.kind, found.line, found.usual) == ("fact", "software.version = 16.3.5", "17.12.04")


def test_with_too_few_peers_nothing_is_said():
    assert oddities([member("a", "x"), member("b", "y")]) == {"a": None, "b": None}


def test_good_simulated_switches_of_three_sites_have_no_odd_one_among_them():
    specs = [
        DeviceSpec(name=f"{site}-sw-{number:02}", site=site, site_number=place, number=number + 10, lines=1200)
        for place, site in enumerate(("zwolle", "deventer", "kampen"), 1)
        for number in range(1, 4)
    ]
    found = oddities([member(spec.name, Device(spec, 1).configuration, spec.site) for spec in specs])
    assert {name: own for name, own in found.items() if own} == {}


@given(st.lists(st.text(alphabet="ab \n!{}", max_size=60), min_size=1, max_size=6))
def test_no_texts_make_comparing_raise_and_equal_ones_are_never_odd(texts):
    oddities([member(f"sw-{number}", text) for number, text in enumerate(texts)])
    assert odd(*[texts[0]] * 4) == {}
