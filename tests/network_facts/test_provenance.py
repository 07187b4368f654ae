import pytest

from baseline.collectors.network.platforms import platform


@pytest.fixture
def parsed(switch_outputs):
    return platform("cisco_ios").parse(switch_outputs)


def _texts(parsed, outputs, path):
    """The lines that the longest noted prefix of a path names."""
    while path not in parsed.sources:
        path = path.rpartition(".")[0]
    source = parsed.sources[path]
    lines = outputs[source.artefact].split("\n")
    return source.artefact, [lines[number - 1].strip() for number in source.lines]


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("services.pad.enabled", ["no service pad"]),
        ("services.source-routing", ["no ip source-route"]),
        ("management.http.enabled", ["no ip http server"]),
        ("users.monitor.password_storage", ["username monitor privilege 1 password 7 13061E010803"]),
        ("clock.servers.192.0.2.91.authenticated", ["ntp server vrf BEHEER 192.0.2.91 key 8"]),
        ("logging.servers.192.0.2.50", ["logging host 192.0.2.50 vrf BEHEER"]),
        ("logging.timestamps.year", ["service timestamps log datetime msec localtime show-timezone year"]),
        ("interfaces.GigabitEthernet1/0/47.native_vlan", ["interface GigabitEthernet1/0/47", "switchport mode trunk"]),
        (
            "aaa.accounting.system default",
            ["aaa accounting system default", "action-type start-stop", "group BEHEER-TAC"],
        ),
        ("snmp.communities.community 2", ["snmp-server community public RW"]),
        ("configuration.last_changed_by", ["! Last configuration change at 09:12:44 CET Tue Mar 3 2026 by j.devries"]),
        ("control_plane.policy", ["service-policy input system-cpp-policy"]),
        ("vlans.10.label", ["vlan 10", "name kantoor"]),
        ("banners.motd", ["banner motd ^CGebruik wordt vastgelegd^C"]),
    ],
)
def test_a_fact_names_the_lines_that_it_was_read_from(parsed, switch_outputs, path, lines):
    assert _texts(parsed, switch_outputs, path) == ("show running-config", lines)


def test_lines_name_their_whole_section(parsed, switch_outputs):
    _, lines = _texts(parsed, switch_outputs, "management.lines.vty 0 4.transports")
    assert lines[0] == "line vty 0 4"
    assert "transport input ssh" in lines


def test_silence_names_the_output_without_lines(parsed, switch_outputs):
    assert _texts(parsed, switch_outputs, "services.finger") == ("show running-config", [])


def test_facts_of_a_show_command_name_that_command(parsed, switch_outputs):
    assert _texts(parsed, switch_outputs, "management.ssh.ciphers")[0] == "show ip ssh"
    assert _texts(parsed, switch_outputs, "software.version")[0] == "show version"
    assert _texts(parsed, switch_outputs, "management.ssh.source_interface")[0] == "show running-config"


def test_every_source_names_lines_that_exist(parsed, switch_outputs):
    for source in parsed.sources.values():
        count = len(switch_outputs[source.artefact].split("\n"))
        assert all(1 <= number <= count for number in source.lines)


def test_line_numbers_stay_right_in_the_redacted_answer(parsed, switch_outputs):
    described = platform("cisco_ios")
    redacted = {command: described.redact(command, text) for command, text in switch_outputs.items()}
    assert _texts(parsed, redacted, "users.monitor")[1] == ["username monitor privilege 1 password 7 <redacted>"]
