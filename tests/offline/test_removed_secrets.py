"""A secret that a tool took out of a file is unknown: never safe, never unsafe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.files.removed import REASON, parse_without_secrets, restored
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown

IOS = platform("cisco_ios")
RUNNING = "show running-config"


def facts_of(*lines):
    text = "\n".join(("version 17.12", "hostname sw-01", *lines, "end", ""))
    return parse_without_secrets(IOS.parse, {RUNNING: text}).facts


@pytest.mark.parametrize(
    "line",
    [
        "!username beheer privilege 15 secret <removed>",
        "!username beheer privilege 15 password <removed>",
        "username beheer privilege 15 <secret hidden>",
        "username beheer privilege 15 secret <redacted>",
    ],
)
def test_the_storage_of_a_password_that_is_gone_is_unknown(line):
    (user,) = facts_of(line).users
    assert (user.name, user.privilege, user.password_storage) == ("beheer", 15, Unknown(REASON))


@pytest.mark.parametrize("line", ["username beheer secret 9 <secret hidden>", "username beheer secret 9 <redacted>"])
def test_a_storage_type_that_is_still_there_is_known(line):
    facts = facts_of(line)
    assert facts.users[0].password_storage == "type9_scrypt"
    assert facts.password_rules.weak_secrets == []


def test_an_enable_secret_that_was_made_a_comment_is_configured_but_how_is_unknown():
    enable = facts_of("!enable secret <removed>").enable_secret
    assert (enable.configured, enable.storage) == (True, Unknown(REASON))


def test_whether_any_secret_is_weak_is_unknown_when_one_is_gone():
    assert facts_of("!tacacs-server host 10.0.0.1 key <removed>").password_rules.weak_secrets == Unknown(REASON)
    assert facts_of("ntp authentication-key 1 md5 <removed>").password_rules.weak_secrets == Unknown(REASON)


def test_a_community_that_is_gone_exists_but_its_name_is_unknown():
    (community,) = facts_of("!snmp-server community <removed> RO 10").snmp.communities
    assert (community.access, community.access_list, community.is_default_name) == ("read", "10", Unknown(REASON))
    (community,) = facts_of("snmp-server community <configuration removed>").snmp.communities
    assert community.access == Unknown(REASON)


def test_a_neighbour_password_stays_with_its_neighbour():
    facts = facts_of(
        "router bgp 65001",
        " bgp log-neighbor-changes",
        " neighbor 10.0.0.1 remote-as 65002",
        " ! neighbor 10.0.0.1 password <removed>",
        " neighbor 10.0.0.1 description uplink",
    )
    (neighbour,) = facts.routing.bgp_neighbours
    assert neighbour.authentication == "md5"


def test_ordinary_comments_stay_comments():
    text = "!RANCID-CONTENT-TYPE: cisco\n!\n! Chassis type: C9300\nhostname a\n! password\n"
    assert restored(text) == text


def test_facts_that_no_secret_decides_are_those_of_the_untouched_text():
    lines = ("ip ssh version 2", "interface Vlan1", " shutdown")
    untouched = IOS.parse({RUNNING: "\n".join(("version 17.12", "hostname sw-01", *lines, "end", ""))}).facts
    assert facts_of(*lines, "!enable secret <removed>").interfaces == untouched.interfaces


@given(st.text(alphabet=" !abc<>removd\n\t", max_size=300))
def test_restoring_keeps_the_number_of_lines(text):
    assert restored(text).count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(["username", "secret", "<removed>", "!", " ", "\n", "enable", "9", "community"])))
def test_hostile_text_never_raises(words):
    parse_without_secrets(IOS.parse, {RUNNING: " ".join(words)})
