"""What holds for each of these platforms."""

import pytest

from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Section, Unknown
from baseline.models.facts.network import SERVICE_NAMES
from tests.platforms.indented.styles import PLATFORMS
from tests.platforms.vendors import recordings
from tests.reference import reference_path

OTHERS = {
    "cisco_nxos": (
        "ios/show_running-config__as2border1.txt",
        "iosxe/show_running-config__d1_central.txt",
        "iosxr/cli-cfg_running.xml",
        "eos/show_running-config__d3.txt",
        "junos/show_configuration__dut.cfg",
    ),
    "cisco_iosxr": (
        "ios/show_running-config__as2border1.txt",
        "nxos/show_running-config__napalm.txt",
        "eos/show_running-config__d3.txt",
        "panos/show__d2.txt",
    ),
    "arista_eos": (
        "ios/show_running-config__as2border1.txt",
        "iosxe/show_running-config__d1_central.txt",
        "nxos/show_running-config__napalm.txt",
        "fortios/show__fw.txt",
    ),
}


def configurations(name):
    described = platform(name)
    command = described.configuration_command
    return [text for text in recordings(name).values() if described.cut_off(command, text) is None]


def leaves(value):
    if isinstance(value, Section):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    else:
        yield value


@pytest.mark.parametrize("name", PLATFORMS)
def test_each_platform_has_whole_configurations_among_its_recordings(name):
    assert len(configurations(name)) > 1


@pytest.mark.parametrize("name", PLATFORMS)
def test_commands_and_session_set_up_may_be_sent(name):
    described = platform(name)
    for command in (*[command.text for command in described.commands], *described.session_setup):
        assert check_command(described.sendable, command) == command


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "command",
    [
        "configure terminal",
        "configure session x",
        "copy running-config startup-config",
        "write memory",
        "reload",
        "commit",
        "bash",
        "run bash",
        "guestshell",
        "show tech-support",
        "show key chain",
        "show running-config > bootflash:x",
        "show running-config | redirect flash:x",
        "show running-config | file disk0:x",
        "show version | tee flash:x",
        "show version ; reload",
        "show version\nreload",
        "show",
        "",
    ],
)
def test_nothing_else_may_be_sent(name, command):
    described = platform(name)
    assert not described.is_read_only(command)
    assert not any(pattern.fullmatch(command) for pattern in described.sendable)


@pytest.mark.parametrize("name", PLATFORMS)
def test_windows_line_ends_do_no_harm(name):
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        plain = described.parse({command: text})
        assert described.parse({command: text.replace("\n", "\r\n")}).facts == plain.facts


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_prompt_below_the_configuration_does_no_harm(name):
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        assert described.parse({command: f"{text}\nhost-01#"}).facts == described.parse({command: text}).facts


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_source_names_lines_that_exist(name):
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        sources = described.parse({command: text}).sources
        assert len(sources) > 40
        for source in sources.values():
            assert all(1 <= number <= text.count("\n") + 1 for number in source.lines)


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_service_has_its_key(name):
    described = platform(name)
    for text in configurations(name):
        assert tuple(described.parse({described.configuration_command: text}).facts.services) == SERVICE_NAMES


@pytest.mark.parametrize("name", PLATFORMS)
def test_what_is_redacted_gives_the_same_facts(name):
    """But for what a secret itself tells, such as a community that is a known word."""
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        redacted = described.redact(command, text)
        assert described.cut_off(command, redacted) is None
        facts, kept = described.parse({command: text}).facts, described.parse({command: redacted}).facts
        for section in ("users", "aaa", "password_rules", "enable_secret", "management", "clock", "interfaces"):
            assert getattr(kept, section) == getattr(facts, section), section
        assert kept.snmp.users == facts.snmp.users
        assert kept.snmp.hosts == facts.snmp.hosts


@pytest.mark.parametrize(("name", "other"), [(name, other) for name in PLATFORMS for other in OTHERS[name]])
def test_the_answer_of_another_vendor_gives_no_facts(name, other):
    text = reference_path(f"network/outputs/{other}").read_text(errors="replace")
    described = platform(name)
    command = described.configuration_command
    facts = described.parse({command: text}).facts
    assert isinstance(facts.users, Unknown)
    assert "does not look like" in facts.users.reason
    assert described.cut_off(command, text) is not None


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize("other", PLATFORMS)
def test_the_configurations_of_the_others_are_not_believed(name, other):
    if name == other:
        return
    described = platform(name)
    for text in configurations(other):
        assert isinstance(described.parse({described.configuration_command: text}).facts.users, Unknown)


@pytest.mark.parametrize("name", [name for name in PLATFORMS if name != "cisco_nxos"])
def test_a_configuration_that_is_cut_off_is_seen_wherever_it_ends(name):
    described = platform(name)
    command = described.configuration_command
    for text in configurations(name):
        lines = text.rstrip("\n").split("\n")
        for count in range(4, len(lines), 7):
            cut = "\n".join(lines[:count]) + "\n"
            assert "cut off" in described.cut_off(command, cut)
            assert "cut off" in described.parse({command: cut}).facts.users.reason


def test_a_configuration_of_nxos_that_is_cut_off_is_seen_up_to_its_terminals():
    described = platform("cisco_nxos")
    command = described.configuration_command
    for text in configurations("cisco_nxos"):
        head = text[: text.index("\nline vty")]
        lines = head.split("\n")
        for count in range(8, len(lines), 7):
            assert "cut off" in described.cut_off(command, "\n".join(lines[:count]) + "\n")


@pytest.mark.parametrize("name", PLATFORMS)
def test_asked_nothing_no_fact_is_known(name):
    found = list(leaves(platform(name).parse({}).facts))
    assert found
    assert all(isinstance(leaf, Unknown) for leaf in found)


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_fact_that_is_unknown_says_why(name):
    described = platform(name)
    for text in configurations(name):
        facts = described.parse({described.configuration_command: text}).facts
        reasons = {leaf.reason for leaf in leaves(facts) if isinstance(leaf, Unknown)}
        assert "not collected" not in reasons
        assert all(len(reason) > 10 for reason in reasons)


@pytest.mark.parametrize("name", PLATFORMS)
def test_an_answer_of_another_command_is_not_believed(name):
    """Every command but the configuration gets the list of routes: what only it tells stays unknown."""
    described = platform(name)
    command = described.configuration_command
    routes = "Codes: L - local, C - connected\nGateway of last resort is not set\n"
    outputs = {each.text: routes for each in described.commands} | {command: configurations(name)[0]}
    alone = described.parse({command: outputs[command]}).facts
    facts = described.parse(outputs).facts
    for section in ("users", "aaa", "management", "logging", "interfaces", "control_plane"):
        known = [leaf for leaf in leaves(getattr(facts, section)) if not isinstance(leaf, Unknown)]
        assert known == [leaf for leaf in leaves(getattr(alone, section)) if not isinstance(leaf, Unknown)]
    assert isinstance(facts.certificates, Unknown)
    assert isinstance(facts.device.serial, Unknown)
    assert isinstance(facts.clock.synchronised, Unknown)


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("          ^\r\n% Invalid input detected at '^' marker.\r\n", "unsupported"),
        ("% Invalid command at '^' marker.\r\n", "unsupported"),
        ("% Invalid input\r\n", "unsupported"),
        ("% Incomplete command.\r\n", "unsupported"),
        ("% Permission denied for the role\r\n", "privilege"),
        ("% This command is not authorized\r\n", "privilege"),
        ("% Authorization denied for command 'show running-config'\r\n", "privilege"),
        ("% Invalid input (privileged mode required)\r\n", "privilege"),
    ],
)
def test_a_refusal_gives_no_facts(name, answer, code):
    described = platform(name)
    facts = described.parse({described.configuration_command: answer}).facts
    assert isinstance(facts.users, Unknown)
    refusal = described.refusal(answer)
    if refusal is not None:
        assert refusal.code == code
        assert "refused" in facts.users.reason


PROMPTS = {
    "cisco_nxos": [
        ("\r\npr-sw-datahal-01# ", "pr-sw-datahal-01", "#"),
        ("sw1> ", "sw1", ">"),
        ("\r\nsw1(config-if)# ", "sw1", "#"),
    ],
    "cisco_iosxr": [
        ("\r\nRP/0/RP0/CPU0:kern-rt-01#", "kern-rt-01", "#"),
        ("RP/0/RSP1/CPU0:pe.voorbeeld.nl(config)#", "pe.voorbeeld.nl", "#"),
        ("\r\nkern-rt-01#", "kern-rt-01", "#"),
    ],
    "arista_eos": [
        ("\r\nleaf-01>", "leaf-01", ">"),
        ("leaf-01(s1)#", "leaf-01", "#"),
        ("\r\nleaf-01(config-if-Et1)#", "leaf-01", "#"),
    ],
}


@pytest.mark.parametrize(("name", "sent", "host", "mode"), [(n, *row) for n in PLATFORMS for row in PROMPTS[n]])
def test_a_prompt_is_known_at_the_end_of_what_was_sent(name, sent, host, mode):
    found = platform(name).prompt.search(sent)
    assert (found["host"], found["mode"]) == (host, mode)


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize("sent", ["# a remark\r\n", "Alleen voor bevoegden > \r\n", "100 % done\r\n", "a b#", ""])
def test_other_text_is_no_prompt(name, sent):
    assert platform(name).prompt.search(sent) is None
