"""What counts as a difference between configurations, and what does not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.platforms import platform
from baseline.drift.configuration import compare
from baseline.drift.rules import rules_for
from tests.drift.conftest import IOS, differ, shown

ACL = "ip access-list extended WEB\n{}\n"
WORDS = st.sampled_from(["ip", "no", "vlan", "10", "20", "ssh", "a", "b", "server", "logging", "{{ x }}"])
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(st.tuples(st.integers(0, 3), LINES), max_size=25).map(
    lambda lines: "\n".join(" " * indent + line for indent, line in lines)
)


def test_a_configuration_does_not_differ_from_itself(configuration):
    assert differ(configuration, configuration).changes == ()


@given(TEXTS)
def test_no_text_differs_from_itself(text):
    assert differ(text, text).changes == ()


@given(TEXTS, TEXTS)
def test_nothing_makes_comparing_raise_and_swapping_swaps_the_signs(first, second):
    plain = (first.replace("{{ x }}", "x"), second.replace("{{ x }}", "x"))
    there, back = shown(*plain), shown(*plain[::-1])
    swap = str.maketrans("+-", "-+")
    assert sorted(line.translate(swap) for line in there) == sorted(back)


def test_the_order_of_sections_and_of_lines_in_them_does_not_count(configuration):
    assert shown(configuration, _shuffled(configuration, random.Random(7))) == []


@given(st.randoms(use_true_random=False))
def test_no_shuffling_of_what_has_no_order_counts(generator):
    text = "hostname a\nvlan 10\n name X\n exit\ninterface Gi1\n shutdown\n mtu 9000\n ip address 10.0.0.1 255.0.0.0\nend\n"
    assert shown(text, _shuffled(text, generator)) == []


def _shuffled(text, generator):
    """Blocks of the top level in another order, except where two would then form another whole."""
    blocks, ordered = [], ("access-list", "ip prefix-list", "ip name-server", "banner", "!")
    lines = text.split("\n")
    if "banner" in text:
        start = next(i for i, line in enumerate(lines) if line.startswith("banner"))
        end = next(i for i in range(start + 1, len(lines)) if "^C" in lines[i])
        lines[start : end + 1] = ["\n".join(lines[start : end + 1])]
    for line in lines:
        if line.startswith(" ") and blocks:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    movable = [block for block in blocks if not block[0].startswith(ordered) and block[0].strip()]
    fixed = [block for block in blocks if block[0].startswith(ordered)]
    generator.shuffle(movable)
    return "\n".join("\n".join(block) for block in (*movable, *fixed))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("username a secret 9 $9$abcdefghijklmn$one", "username a secret 9 $9$abcdefghijklmn$two"),
        ("snmp-server community gehe1m RO", "snmp-server community anders RO"),
        ("tacacs server x\n key 7 0822455D0A16", "tacacs server x\n key 7 13061E010803"),
        ("!username a privilege 15 secret <removed>", "username a privilege 15 secret 9 $9$abcdefghijklmn$two"),
        ("username a secret 9 <secret hidden>", "username a secret 9 <redacted>"),
    ],
)
def test_another_secret_is_no_difference(before, after):
    assert shown(before, after) == []


@given(st.from_regex(r"[A-Za-z0-9]{4,20}", fullmatch=True), st.from_regex(r"[A-Za-z0-9]{4,20}", fullmatch=True))
def test_no_change_of_a_secret_is_a_difference(first, second):
    assert shown(f"enable secret 9 {first}", f"enable secret 9 {second}") == []


def test_another_way_of_storing_a_secret_is_a_difference():
    assert shown("enable secret 9 $9$abc", "enable secret 5 $1$abc") == [
        "- enable secret 9 <redacted>",
        "+ enable secret 5 <redacted>",
    ]


@given(st.data())
def test_one_added_line_is_exactly_what_is_shown(data):
    lines = data.draw(st.lists(LINES.filter(lambda line: "{" not in line), min_size=1, max_size=12))
    place = data.draw(st.integers(0, len(lines)))
    sections = ["interface Gi1", *(f" {line}" for line in lines), "hostname a"]
    longer = [*sections[: place + 1], " storm-control on", *sections[place + 1 :]]
    assert shown("\n".join(sections), "\n".join(longer)) == ["+ interface Gi1 / storm-control on"]
    assert shown("\n".join(longer), "\n".join(sections)) == ["- interface Gi1 / storm-control on"]


@given(
    st.lists(st.sampled_from(["permit ip any any", "deny ip any any", "permit udp any any"]), max_size=10), st.data()
)
def test_one_entry_added_to_an_access_list_is_exactly_what_is_shown(entries, data):
    place = data.draw(st.integers(0, len(entries)))
    entry = data.draw(st.sampled_from(["permit ip any any", "permit tcp any any"]))
    longer = [*entries[:place], entry, *entries[place:]]
    before, after = (ACL.format("\n".join(f" {line}" for line in each)) for each in (entries, longer))
    assert shown(before, after) == [f"+ ip access-list extended WEB / {entry}"]


def test_the_order_of_an_access_list_counts_and_says_that_lines_moved():
    before = ACL.format(" permit tcp any any eq 443\n deny ip any any")
    after = ACL.format(" deny ip any any\n permit tcp any any eq 443")
    changes = differ(before, after).changes
    assert [(change.kind, change.moved) for change in changes] == [("removed", True), ("added", True)]


def test_numbers_of_entries_do_not_count_but_their_place():
    before = ACL.format(" 10 permit tcp any any eq 443\n 20 deny ip any any")
    after = ACL.format(" permit tcp any any eq 443\n deny ip any any")
    assert shown(before, after) == []


def test_numbered_lists_keep_their_order_among_other_lines():
    before = "access-list 10 permit 10.0.0.1\naccess-list 10 deny any\nhostname a\naccess-list 20 permit any"
    assert shown(before, "access-list 20 permit any\nhostname a\n" + before.partition("\nhostname")[0]) == []
    swapped = "access-list 10 deny any\naccess-list 10 permit 10.0.0.1\nhostname a\naccess-list 20 permit any"
    assert len(shown(before, swapped)) == 2


def test_volatile_lines_do_not_count_and_are_counted():
    noisy = (
        "Building configuration...\n\nCurrent configuration : 900 bytes\n! Last configuration change at 10:00:00\n"
        "version 17.12\nhostname a\ncrypto pki certificate chain X\n certificate 01\n  30820122 0BADF00D\n  quit\n"
        "ntp clock-period 17179\nend\n"
    )
    difference = differ(noisy, "version 17.12\nhostname a\ncrypto pki certificate chain X\n")
    assert (difference.changes, difference.ignored) == ((), 5)


def test_a_changed_line_is_shown_in_its_section_with_both_numbers():
    before = "hostname a\ninterface Gi1\n description old\n shutdown\n"
    after = "hostname a\ninterface Gi1\n shutdown\n description new\n"
    removed, added = differ(before, after).changes
    assert (removed.kind, removed.section, removed.line, removed.number) == (
        "removed",
        ("interface Gi1",),
        "description old",
        3,
    )
    assert (added.kind, added.line, added.number) == ("added", "description new", 4)


def test_a_new_section_is_shown_with_all_that_is_in_it():
    assert shown("hostname a\n", "hostname a\nline vty 0 4\n login\n transport input ssh\n") == [
        "+ line vty 0 4",
        "+ line vty 0 4 / login",
        "+ line vty 0 4 / transport input ssh",
    ]


def test_a_banner_is_compared_as_a_whole():
    before = "banner login ^C\nAlleen voor bevoegden\n^C\nhostname a\n"
    assert shown(before, before.replace("bevoegden", "iedereen"))[0].startswith("- banner login")


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [(["permit ip any any"] * 20_000, 5), ([f"permit ip host 10.0.0.{n} any" for n in range(20_000)], 5)],
)
def test_long_ordered_lists_take_no_more_than_seconds(lines, seconds):
    before = ACL.format("\n".join(f" {line}" for line in lines))
    after = ACL.format("\n".join(f" {line}" for line in [*lines[7_000:], *lines[:6_000]]))
    started = time.monotonic()
    assert differ(before, after).changes
    assert time.monotonic() - started < seconds


def test_text_deep_or_wide_beyond_reason_is_compared_all_the_same():
    deep = "\n".join(" " * depth + "x" for depth in range(3_000))
    braces = "a {\n" * 3_000
    assert differ(deep, deep).changes == ()
    junos_rules = rules_for("frr").__class__(platform="frr", style="braces")
    assert compare(braces, braces, IOS, junos_rules).changes == ()


def test_routers_with_frr_are_compared_by_their_own_rules():
    before = "frr version 8.4\nhostname a\nrouter bgp 1\n neighbor 10.0.0.1 remote-as 2\nexit\n!\nend\n"
    difference = compare(before, before.replace("as 2", "as 3"), platform("frr"), rules_for("frr"))
    assert [change.line for change in difference.changes] == [
        "neighbor 10.0.0.1 remote-as 2",
        "neighbor 10.0.0.1 remote-as 3",
    ]
