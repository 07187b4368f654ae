import re
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.interface import wanted
from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.collectors.network.platforms.interface import find_refusal
from baseline.models.facts.fact import Section
from baseline.models.facts.network import NetworkFacts

PLATFORMS = [platform(name) for name in PLATFORM_NAMES]
IOS = platform("cisco_ios")


def _exists(path):
    kind = NetworkFacts
    for name in path.split("."):
        if not (isinstance(kind, type) and issubclass(kind, Section)):
            return True  # below a list or a dict
        hints = get_type_hints(kind)
        if name not in hints:
            return False
        kind = next(
            (part for part in get_args(hints[name]) if isinstance(part, type) and issubclass(part, Section)), None
        )
    return True


def test_an_unknown_platform_names_those_that_are_known():
    with pytest.raises(KeyError, match=f"known are {', '.join(PLATFORM_NAMES)}"):
        platform("toaster")


@pytest.mark.parametrize("described", PLATFORMS, ids=PLATFORM_NAMES)
def test_every_command_only_reads_and_supplies_facts_that_exist(described):
    for command in described.commands:
        assert check_command(described.allowed, command.text) == command.text
        assert described.is_read_only(command.text)
        assert command.supplies
        assert all(_exists(path) for path in command.supplies), command


@pytest.mark.parametrize("described", PLATFORMS, ids=PLATFORM_NAMES)
@pytest.mark.parametrize(
    "command",
    [
        "configure terminal",
        "show key chain",
        "show tech-support",
        "show running-config | redirect flash:x",
        "show running-config | include x | append flash:y",
        "show running-config\nreload",
        "show running-config ; reload",
        "reload",
        "",
        "show",
        "write memory",
    ],
)
def test_anything_else_is_not_read_only(described, command):
    assert not described.is_read_only(command)


@pytest.mark.parametrize(
    ("need", "commands"),
    [
        ("management.ssh.version", {"show running-config", "show ip ssh"}),
        ("software.version", {"show version"}),
        ("clock.stratum", {"show ntp status"}),
        ("clock.timezone", {"show running-config"}),
        ("configuration.saved_matches_running", {"show startup-config"}),
        ("services.smart-install", {"show running-config", "show vstack config"}),
        ("certificates", {"show crypto pki certificates"}),
        ("interfaces", {"show running-config"}),
    ],
)
def test_only_what_is_needed_is_asked(need, commands):
    asked = {command.text for command in IOS.commands if wanted(command.supplies, frozenset({need}))}
    assert asked == commands


@pytest.mark.parametrize(
    ("sent", "host", "mode"),
    [
        ("\r\nzw-sw-kantoor-01#", "zw-sw-kantoor-01", "#"),
        ("Gebruik wordt vastgelegd\r\nsw1>", "sw1", ">"),
        ("\nsw1(config-if)# ", "sw1", "#"),
        ("kern-rt1# ", "kern-rt1", "#"),
    ],
)
@pytest.mark.parametrize("name", ["cisco_ios", "frr"])
def test_a_prompt_is_known_at_the_end_of_what_was_sent(name, sent, host, mode):
    found = platform(name).prompt.search(sent)
    assert (found["host"], found["mode"]) == (host, mode)


@pytest.mark.parametrize("sent", ["sw1# show version\r\n", "\r\n### welkom #", "uptime is 3 weeks\r\n", "a b#"])
def test_other_text_is_no_prompt(sent):
    assert IOS.prompt.search(sent) is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("           ^\r\n% Invalid input detected at '^' marker.\r\n", "unsupported"),
        ("Command authorization failed.\r\n", "privilege"),
        ("% Authorization failed.\n", "privilege"),
        ("% Incomplete command.\n", "unsupported"),
    ],
)
def test_a_refusal_is_known_with_its_kind(answer, code):
    assert IOS.refusal(answer).code == code


@pytest.mark.parametrize(
    "answer", ["%NTP is not enabled.\n", "", "hostname a\nbanner login ^C\nAuthorization is required\n"]
)
def test_an_answer_is_no_refusal(answer):
    assert IOS.refusal(answer) is None


def test_log_messages_are_left_out_of_what_is_kept_line_for_line(recorded):
    text = recorded("cisco_ios/show_logging")
    kept = IOS.redact("show logging", text)
    assert "j.devries" not in kept
    assert "Log Buffer (65536 bytes):" in kept
    assert kept.count("\n") == text.count("\n")


PHRASES = [
    *(
        "% Invalid input detected at '^' marker.",
        "Permission denied",
        "% Authorization failed",
        "syntax error, expecting",
    ),
    *(
        "Unknown command",
        "error: no",
        "ERROR: x",
        "Server error",
        "Cannot execute command.",
        "version 15.2",
        " ",
        "",
        "\t",
    ),
]


@given(st.lists(st.tuples(st.sampled_from(["", " ", "  ", "x "]), st.sampled_from(PHRASES)), max_size=6))
def test_a_refusal_is_found_on_whichever_line_it_stands(lines):
    text = "\n".join(blank + phrase for blank, phrase in lines)
    for described in PLATFORMS:
        searched = [pattern.search(text) for pattern, _ in described.refusals]
        assert (described.refusal(text) is not None) == any(searched), described.name


def test_a_refusal_that_may_stand_anywhere_in_a_line_is_a_mistake_of_its_platform():
    with pytest.raises(ValueError, match="at the start of a line"):
        find_refusal(((re.compile("denied"), "privilege"),), "denied")
