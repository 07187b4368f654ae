import msgspec
import pytest

from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.models.facts.fact import Section, Unknown
from baseline.models.facts.network import NetworkFacts

IOS = platform("cisco_ios")
RUNNING = "show running-config"


def _reason(value):
    assert isinstance(value, Unknown)
    return value.reason


def _leaves(value):
    if isinstance(value, Section):
        for name in value.__struct_fields__:
            yield from _leaves(getattr(value, name))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    else:
        yield value


def test_without_the_configuration_nothing_it_holds_is_known(switch_outputs):
    del switch_outputs[RUNNING]
    facts = IOS.parse(switch_outputs).facts
    assert _reason(facts.users) == "`show running-config` was not run, or its answer was lost"
    assert "was not run" in _reason(facts.management.lines)
    assert "was not run" in _reason(facts.management.ssh.source_interface)
    assert (facts.management.ssh.enabled, facts.clock.stratum, facts.device.serial) == (True, 3, "FOC0000TEST")


def test_a_configuration_that_is_cut_off_is_not_half_a_configuration(switch_outputs):
    text = switch_outputs[RUNNING]
    lines = text.splitlines()
    switch_outputs[RUNNING] = "\n".join(lines[:200])
    facts = IOS.parse(switch_outputs).facts
    assert _reason(facts.users) == "the running configuration is cut off after line 200: it does not close with `end`"
    assert "cut off" in IOS.cut_off(RUNNING, switch_outputs[RUNNING])
    assert "cut off" in _reason(facts.configuration.saved_matches_running)
    assert IOS.cut_off(RUNNING, text) is None


def test_a_cut_inside_a_banner_that_says_end_is_seen(recorded):
    text = recorded("cisco_ios/switch")
    cut = text[: text.index("\nend\n^C") + len("\nend\n")]
    assert "cut off" in IOS.cut_off(RUNNING, cut)


def test_a_hole_in_the_middle_is_seen_by_the_size(recorded):
    lines = recorded("cisco_ios/switch").splitlines(keepends=True)
    assert "has holes" in IOS.cut_off(RUNNING, "".join(lines[:60] + lines[160:]))


def test_a_redacted_configuration_is_whole(recorded):
    assert IOS.cut_off(RUNNING, IOS.redact(RUNNING, recorded("cisco_ios/switch"))) is None


def test_a_prompt_after_the_configuration_does_no_harm(recorded):
    assert IOS.cut_off(RUNNING, recorded("cisco_ios/switch") + "\nzw-sw-kantoor-01#") is None


def test_windows_line_ends_do_no_harm(switch_outputs, switch):
    switch_outputs[RUNNING] = switch_outputs[RUNNING].replace("\n", "\r\n")
    facts = IOS.parse(switch_outputs).facts
    assert msgspec.to_builtins(facts) == msgspec.to_builtins(switch)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", "gave no output"),
        (
            "                ^\n% Invalid input detected at '^' marker.\n",
            "hides it from an account without the privilege",
        ),
        ("Command authorization failed.\n", "give the account the right to run it"),
        ("% Authorization failed.\n", "give the account the right to run it"),
        ("set system host-name junos\nset system services ssh\n", "does not look like Cisco IOS output"),
        ("Building configuration...\n\nCurrent configuration : 53 bytes\n!\n!\nend\n", "privilege level 15"),
        ("\x00\xff<html>504 Gateway Timeout</html>", "does not look like Cisco IOS output"),
    ],
)
def test_an_answer_that_is_no_configuration_says_why(answer, expected):
    facts = IOS.parse({RUNNING: answer}).facts
    for section in (facts.users, facts.interfaces, facts.management.lines, facts.snmp.communities, facts.clock.servers):
        assert expected in _reason(section)


@pytest.mark.parametrize("name", PLATFORM_NAMES)
def test_asked_nothing_no_fact_is_known(name):
    leaves = list(_leaves(platform(name).parse({}).facts))
    assert leaves
    assert all(isinstance(leaf, Unknown) for leaf in leaves)


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("show version", "software.version"),
        ("show ip ssh", "management.ssh.enabled"),
        ("show ntp status", "clock.synchronised"),
        ("show logging", "logging.dropped_messages"),
        ("show startup-config", "configuration.saved_matches_running"),
        ("show snmp user", "snmp.users"),
        ("show crypto pki certificates", "certificates"),
    ],
)
def test_a_refused_show_command_leaves_its_own_facts_unknown_and_no_others(switch_outputs, switch, command, path):
    switch_outputs[command] = "        ^\n% Invalid input detected at '^' marker.\n"
    facts = IOS.parse(switch_outputs).facts
    value = facts
    for name in path.split("."):
        value = getattr(value, name)
    assert f"the device refused `{command}`: % Invalid input detected" in _reason(value)
    assert msgspec.to_builtins(facts.users) == msgspec.to_builtins(switch.users)


@pytest.mark.parametrize("command", ["show version", "show ip ssh", "show ntp status", "show logging"])
def test_an_answer_of_another_command_is_not_believed(switch_outputs, command):
    switch_outputs[command] = "Codes: L - local, C - connected\nGateway of last resort is not set\n"
    facts = IOS.parse(switch_outputs).facts
    reasons = {leaf.reason for leaf in _leaves(facts) if isinstance(leaf, Unknown)}
    assert any(f"the answer to `{command}` is not one that" in reason for reason in reasons)


def test_no_output_where_there_may_be_nothing_means_nothing(switch_outputs):
    facts = IOS.parse(switch_outputs | {"show snmp user": "", "show crypto pki certificates": "\n"}).facts
    assert (facts.snmp.users, facts.certificates) == ([], [])


def test_smart_install_is_told_by_the_device(switch_outputs):
    def state(answer):
        outputs = switch_outputs | {"show vstack config": answer}
        return IOS.parse(outputs).facts.services["smart-install"].enabled

    assert state(" Role: Client (SmartInstall enabled)\n Vstack Director IP address: 0.0.0.0\n") is True
    assert state(" Role: Client (SmartInstall disabled)\n") is False
    assert state("         ^\n% Invalid input detected at '^' marker.\n") is False


def test_smart_install_that_is_configured_is_on_though_the_device_refuses_to_tell(switch_outputs):
    refused = {"show vstack config": "         ^\n% Invalid input detected at '^' marker.\n"}
    switch_outputs[RUNNING] = switch_outputs[RUNNING].replace("\nno vstack\n", "\nvstack\n")
    assert IOS.parse(switch_outputs | refused).facts.services["smart-install"].enabled is True


def test_a_change_that_was_not_saved_is_seen(switch_outputs):
    switch_outputs[RUNNING] = switch_outputs[RUNNING].replace("exec-timeout 9 30", "exec-timeout 9 31")
    assert IOS.parse(switch_outputs).facts.configuration.saved_matches_running is False


def test_a_saved_certificate_may_stand_in_a_file(switch_outputs):
    saved = switch_outputs["show startup-config"]
    start, stop = saved.index(" certificate self-signed 01"), saved.index("quit\n") + 5
    named = saved[:start] + " certificate self-signed 01 nvram:IOS-Self-Sig#1.cer\n" + saved[stop:]
    assert IOS.parse(switch_outputs | {"show startup-config": named}).facts.configuration.saved_matches_running is True


def test_a_device_that_never_saved_is_not_saved(switch_outputs):
    switch_outputs["show startup-config"] = "startup-config is not present\n"
    assert IOS.parse(switch_outputs).facts.configuration.saved_matches_running is False


def test_no_time_server_at_all_is_not_synchronised(switch_outputs):
    clock = IOS.parse(switch_outputs | {"show ntp status": "%NTP is not enabled.\n"}).facts.clock
    assert (clock.synchronised, clock.stratum) == (False, 16)


def test_facts_are_sections_all_the_way_and_can_be_written_down(switch):
    document = msgspec.json.decode(msgspec.json.encode(switch))
    assert set(document) == set(NetworkFacts.__struct_fields__)
    assert document["management"]["ssh"]["host_key_algorithms"] == {
        "$unknown": "`show ip ssh` does not tell it in this release"
    }
