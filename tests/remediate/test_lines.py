"""Configuration lines that repair a check: what is sent to which device, and what is shown and never sent."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.content.checks.fixes import EXAMPLE
from baseline.models.check import Fix
from baseline.models.result import Status
from baseline.models.target import Target
from baseline.remediate.lines import SENT_TO, NotSentError, lines_to_send
from baseline.remediate.undo import undo_lines
from tests.remediate.devices import INVENTORY, Typed, checks_of, network_checks, sections
from tests.remediate.weakened import TOLD_ELSEWHERE, WEAKENED

SUBJECTS = {"cisco_ios": "GigabitEthernet1/0/7", "arista_eos": "Ethernet3", "frr": "10.0.0.1"}
MET = {Status.PASS, Status.NOT_APPLICABLE}


def sendable(platform):
    checks = {name: one.check for name, one in checks_of(platform).items()}
    fixes = {name: check.remediation.platforms.get(platform, Fix()) for name, check in checks.items()}
    return {name: checks[name] for name, fix in fixes.items() if fix.send}


def target(platform, **given):
    return Target(name="sw-1", kind="network", platform=platform, **({"remediate": INVENTORY} | given))


@pytest.mark.parametrize("platform", SENT_TO)
def test_every_line_that_is_sent_holds_no_example(platform):
    for name, check in sendable(platform).items():
        lines = lines_to_send(check, target(platform), check.params, [SUBJECTS[platform]])
        assert lines, name
        left = [word for line in lines for word in EXAMPLE.findall(line) if word not in map(str, INVENTORY.values())]
        assert set(left) <= {SUBJECTS[platform]}, name


def test_no_platform_is_marked_that_nothing_is_sent_to():
    marked = {
        platform for one in network_checks() for platform, fix in one.check.remediation.platforms.items() if fix.send
    }
    assert marked == set(SENT_TO)


@pytest.mark.slow
@pytest.mark.parametrize("platform", WEAKENED)
def test_the_lines_of_every_check_turn_fail_into_pass_and_undoing_them_brings_it_back(platform):
    assert set(WEAKENED[platform]) == set(sendable(platform)) - TOLD_ELSEWHERE[platform]
    for name, weakness in WEAKENED[platform].items():
        device = Typed(platform)
        device.type(weakness)
        before = device.device.configuration
        assert device.judged(name)[0] is Status.FAIL, name
        assert device.repair(name), name
        repaired = device.device.configuration
        assert device.judged(name)[0] in MET, name
        device.type(undo_lines("\n".join(sections().difference(before, repaired))))
        assert shown(device.device.configuration) == shown(before), name


def shown(configuration):
    """Its lines, without the order in which they were typed and without negations, which only say what a device does."""
    return {path for path in sections().paths(configuration) if not path[-1].startswith("no ")}


def test_lines_about_an_item_are_sent_for_each_that_is_not_met_and_the_others_once():
    check = sendable("cisco_ios")["ports-bpdu-guarded"]
    lines = lines_to_send(check, target("cisco_ios"), check.params, ["Te1/1/1", "Te1/1/2"])
    assert lines.count("spanning-tree portfast bpduguard default") == 1
    assert [line for line in lines if line.startswith("interface")] == ["interface Te1/1/1", "interface Te1/1/2"]


def test_a_value_that_the_inventory_does_not_say_is_named_and_nothing_is_sent():
    check = sendable("frr")["bgp-hops-limited"]
    with pytest.raises(NotSentError, match=r"'as_number'; add baseline_remediate: \{as_number: VALUE\}"):
        lines_to_send(check, target("frr", remediate={}), check.params, ["10.0.0.1"])


def test_a_parameter_of_the_inventory_is_followed_or_nothing_is_sent():
    check = sendable("cisco_ios")["passwords-length-demanded"]
    own = target("cisco_ios", params={check.id: {"minimum_length": 20}})
    assert lines_to_send(check, own, {"minimum_length": 20}, [""]) == ("security passwords min-length 20",)
    check = sendable("cisco_ios")["lines-idle-timeout-short"]
    own = target("cisco_ios", params={check.id: {"maximum_seconds": 60}})
    with pytest.raises(NotSentError, match="its own 'maximum_seconds'"):
        lines_to_send(check, own, {"maximum_seconds": 60}, [""])


@pytest.mark.parametrize(
    ("platform", "reason"),
    [("fortinet_fortios", "tables of its own"), ("paloalto_panos", "over its API"), ("cisco_nxos", "never tried")],
)
def test_a_platform_that_nothing_is_sent_to_says_why(platform, reason):
    check = network_checks()[0].check
    with pytest.raises(NotSentError, match=reason):
        lines_to_send(check, target(platform), check.params, [""])


def test_lines_with_a_secret_are_for_a_person():
    for platform in SENT_TO:
        for name, check in sendable(platform).items():
            words = " ".join(check.remediation.platforms[platform].values)
            assert "SECRET" not in words, name
            assert "KEY" not in words, name


HOSTILE = st.text(max_size=40).filter(lambda text: not text.isalnum()) | st.sampled_from(
    [
        "10.0.0.1\nreload", "10.0.0.1\r", "a b", "a;b", "a|b", "{{ lookup('pipe', 'id') }}", "{% x %}", "a?", "a\x1b[A",
        "!", "", "a\u2028b", "a\x00", "-x", "\u0661", "a" * 129, "a\t", "^Z", "a\x1a", "a`b", "$(a)", "a\\", "a\n",
    ]
)  # fmt: skip


@given(value=HOSTILE | st.none() | st.booleans() | st.floats() | st.lists(st.text(max_size=3)))
def test_a_value_that_is_not_one_plain_word_is_never_sent(value):
    check = sendable("frr")["bgp-hops-limited"]
    try:
        lines = lines_to_send(check, target("frr", remediate={"as_number": value}), check.params, ["10.0.0.1"])
    except NotSentError:
        pass
    else:
        words = lines[0].split(" ")
        assert words == ["router", "bgp", value]
        assert value.isascii()
        assert not set(value) & set(" ;|&{}?!%$`\\^\n\r\t")


def test_a_subject_that_a_device_made_up_is_never_sent():
    check = sendable("cisco_ios")["ports-bpdu-guarded"]
    with pytest.raises(NotSentError, match="the name of what is not met is not one plain word"):
        lines_to_send(check, target("cisco_ios"), check.params, ["Te1/1/1\nno ip ssh version 2"])


def test_undoing_takes_back_what_came_before_it_puts_back_what_went():
    diff = "  line vty 0 4\n-  transport input telnet ssh\n+  transport input ssh\n+ router bgp 1\n+  neighbor a"
    assert undo_lines(diff) == (
        "no router bgp 1",
        "line vty 0 4",
        " no transport input ssh",
        " transport input telnet ssh",
    )


def test_a_check_whose_lines_still_hold_an_example_is_refused(tmp_path):
    from baseline.content.checks.folder import read_check_files

    source = network_checks()[0].check.path
    text = Path(source).read_text().replace("  cisco_ios:\n", "  cisco_ios:\n    send: true\n", 1)
    place = tmp_path / source.rpartition("/")[2]
    place.write_text(text)
    (file,) = read_check_files([tmp_path], None)
    told = " ".join(map(str, file.problems))
    assert "is only an example" in told
    assert msgspec.to_builtins(file.compiled.check)["remediation"]["platforms"]["cisco_ios"]["send"]
