"""What holds for each of these platforms."""

import pytest

from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import SERVICE_NAMES
from tests.platforms.vendors import PLATFORMS, recordings
from tests.reference import reference_path

OTHERS = {
    "juniper_junos": (
        "fortios/show__fw.txt",
        "panos/show__d2.txt",
        "ios/show_running-config__as2border1.txt",
        "iosxr/cli-cfg_running.xml",
    ),
    "fortinet_fortios": ("panos/show__d2.txt", "junos/show_configuration__dut.cfg", "eos/show_running-config__d3.txt"),
    "paloalto_panos": (
        "junos/show_configuration__dut.cfg",
        "junos/show_configuration_display_set__dut.txt",
        "fortios/show__fw.txt",
        "iosxr/cli-cfg_running.xml",
    ),
    "aruba_aoscx": (
        "ios/show_running-config__as2border1.txt",
        "nxos/show_running-config__napalm.txt",
        "eos/show_running-config__d3.txt",
        "junos/show_configuration__dut.cfg",
    ),
}


def configurations(name):
    """Recorded configurations that tell everything by themselves."""
    described = platform(name)
    command = described.configuration_command
    whole = [text for text in recordings(name).values() if described.cut_off(command, text) is None]
    return [text for text in whole if not isinstance(described.parse({command: text}).facts.users, Unknown)]


@pytest.mark.parametrize("name", PLATFORMS)
def test_commands_and_session_set_up_may_be_sent(name):
    described = platform(name)
    for command in (*[command.text for command in described.commands], *described.session_setup):
        assert check_command(described.sendable, command) == command


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "command",
    [
        "configure",
        "configure terminal",
        "config system global",
        "set cli pager on",
        "set system host-name x",
        "set deviceconfig system hostname x",
        "execute reboot",
        "diagnose sys kill 11 1",
        "request system reboot",
        "show configuration | save x",
        "show running-config | redirect x",
        "get system status ; execute reboot",
        "get system status\nexecute reboot",
        "show",
        "get",
        "commit",
        "edit",
        "delete config",
        "",
    ],
)
def test_nothing_else_may_be_sent(name, command):
    described = platform(name)
    assert not described.is_read_only(command)
    assert not any(pattern.fullmatch(command) for pattern in described.sendable)


@pytest.mark.parametrize("name", PLATFORMS)
def test_each_platform_has_whole_configurations_among_its_recordings(name):
    assert len(configurations(name)) > 1


@pytest.mark.parametrize("name", PLATFORMS)
def test_windows_line_ends_do_no_harm(name):
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        plain = described.parse({command: text})
        assert described.parse({command: text.replace("\n", "\r\n")}).facts == plain.facts


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_source_names_lines_that_exist(name):
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        parsed = described.parse({command: text})
        assert len(parsed.sources) > 40
        for source in parsed.sources.values():
            assert all(1 <= number <= text.count("\n") + 1 for number in source.lines)


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_service_has_its_key(name):
    described = platform(name)
    for text in configurations(name):
        services = described.parse({described.configuration_command: text}).facts.services
        assert tuple(services) == SERVICE_NAMES


@pytest.mark.parametrize("name", PLATFORMS)
def test_what_is_redacted_gives_the_same_facts(name):
    """But for what a secret itself tells, such as a community that is a known word."""
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        redacted = described.redact(command, text)
        assert described.cut_off(command, redacted) is None
        facts, kept = described.parse({command: text}).facts, described.parse({command: redacted}).facts
        assert [(user.name, user.has_password) for user in kept.users] == [
            (user.name, user.has_password) for user in facts.users
        ]
        assert kept.firewall_rules == facts.firewall_rules
        assert kept.aaa == facts.aaa
        assert kept.password_rules == facts.password_rules


@pytest.mark.parametrize(("name", "other"), [(name, other) for name in PLATFORMS for other in OTHERS[name]])
def test_the_answer_of_another_vendor_gives_no_facts(name, other):
    text = reference_path(f"network/outputs/{other}").read_text(errors="replace")
    described = platform(name)
    command = described.configuration_command
    facts = described.parse({command: text}).facts
    assert isinstance(facts.users, Unknown)
    assert isinstance(facts.interfaces, Unknown)
    assert "does not look like" in facts.users.reason or "cut off" in facts.users.reason
    assert described.cut_off(command, text) is not None


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize("other", PLATFORMS)
def test_the_answers_of_the_others_are_not_believed(name, other):
    if name == other:
        return
    described = platform(name)
    for text in configurations(other):
        assert isinstance(described.parse({described.configuration_command: text}).facts.users, Unknown)


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_configuration_that_is_cut_off_is_seen_wherever_a_section_is_open(name):
    described = platform(name)
    command = described.configuration_command
    if name == "aruba_aoscx":
        pytest.skip("its sections do not close, so only the session can tell")
    for text in configurations(name):
        lines = text.rstrip("\n").split("\n")
        for count in range(5, len(lines), 23):
            if lines[count].startswith((" ", "\t")):
                reason = described.cut_off(command, "\n".join(lines[:count]) + "\n")
                assert reason is not None, lines[count]
