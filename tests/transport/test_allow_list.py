import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.models.errors import CollectError

ANYTHING = (re.compile(r"[\s\S]*"),)
"""The widest pattern that a platform could make by mistake."""


def refused(command, patterns=ANYTHING):
    with pytest.raises(CollectError) as caught:
        check_command(patterns, command)
    assert caught.value.code == "not_allowed"
    return caught.value.message


@pytest.mark.parametrize("name", PLATFORM_NAMES)
def test_every_command_of_every_platform_is_allowed(name):
    described = platform(name)
    commands = [command.text for command in described.commands]
    for command in (*commands, *described.session_setup, *filter(None, [described.enable_command])):
        assert check_command(described.sendable, command) == command


@pytest.mark.parametrize(
    "command",
    [
        "show version",
        "show running-config",
        "show ip ssh",
        "show interfaces GigabitEthernet1/0/1 status",
        "show running-config | section line vty",
        "show logging | include SSH",
        "show configuration | display set | no-more",
        "get system status",
        "display version",
        "terminal length 0",
        "terminal width 511",
        "set cli screen-length 0",
    ],
)
def test_reading_commands_pass_a_wide_pattern(command):
    assert check_command(ANYTHING, command) == command


def test_a_reading_command_that_the_platform_does_not_list_is_refused():
    assert "does not list it" in refused("show version", (re.compile("show clock"),))


def test_a_pattern_must_match_the_whole_command():
    refused("show version brief", (re.compile("show version"),))
    refused("get show version", (re.compile("show version"),))


@pytest.mark.parametrize(
    "command",
    [
        "configure terminal",
        "configure",
        "conf t",
        "config t",
        "write",
        "write memory",
        "wr",
        "wr mem",
        "copy running-config startup-config",
        "copy run start",
        "reload",
        "rel",
        "delete flash:image.bin",
        "del /force flash:x",
        "erase startup-config",
        "format flash:",
        "clear counters",
        "clear logging",
        "debug all",
        "undebug all",
        "no shutdown",
        "no logging",
        "do show version",
        "do write",
        "test crash",
        "tclsh",
        "set system host-name x",
        "request system reboot",
        "rollback 1",
        "execute reboot",
        "ping 192.0.2.1",
        "telnet 192.0.2.1",
        "ssh 192.0.2.1",
        "send log x",
        "terminal monitor",
        "terminal length 0 | tee x",
        "end",
        "exit",
        "more flash:config",
        "dir",
        "sh version",
        "sho ver",
        "SHOW version",
        "Show version",
        "show",
        "show ",
        "show | include x",
        "get",
    ],
)
def test_what_does_not_start_by_reading_is_refused_even_by_a_pattern_that_is_too_wide(command):
    refused(command)


@pytest.mark.parametrize(
    "command",
    [
        "show reload",
        "show write",
        "show configure",
        "show version configure terminal",
        "show running-config | include reload",
        "show run",
        "show copy",
        "show RELOAD",
        "get Write",
    ],
)
def test_a_word_that_would_act_if_the_line_lost_its_start_is_refused(command):
    assert "can change a device" in refused(command)


@pytest.mark.parametrize(
    "command",
    [
        "show version\nreload",
        "show version\n",
        "show version\r",
        "show version\rwrite",
        "show version\x0breload",
        "show version\x0creload",
        "show version\x1a",
        "show version\x03",
        "show version\x00",
        "show ver\t",
        "show ver\x08\x08\x08",
        "show version\x1b[A",
        "show version\x7f",
        "show version?",
        "show version; reload",
        "show version && reload",
        "show version & reload",
        "show version `reload`",
        "show version $(reload)",
        "show version ${IFS}",
        "show version > flash:x",
        "show version >> flash:x",
        "show version < x",
        "show version \\",
        'show version "',
        "show version '",
        "! show version",
        "show version !",
        "# show version",
        "show version #",
        "show version % reload",
        "show {version}",
        "show version ~",
        "show\u00a0version",
        "show version\u2028reload",
        "show version\u0085reload",
        "\u0455how version",
        "\uff53\uff48\uff4f\uff57 version",
        "show vers\u0131on",
        "show version\u200b",
        "show\u2003version",
        "show version\ud800",
        "",
        " ",
        "show " + "x" * 200,
    ],
)
def test_characters_that_no_reading_command_needs_are_refused(command):
    refused(command)


@pytest.mark.parametrize(
    "command", [" show version", "show version ", "show  version", "\tshow version", "show version  | include x"]
)
def test_spaces_are_counted_so_that_a_command_has_one_spelling(command):
    refused(command)


@pytest.mark.parametrize(
    "command",
    [
        "show version | redirect flash:x",
        "show version | tee flash:x",
        "show version | append flash:x",
        "show version | save x",
        "show version | vsh",
        "show version | email a",
        "show version | include x | redirect tftp://192.0.2.1/x",
        "show version | include a|b",
        "show version|redirect x",
        "show version |redirect x",
        "show version | ",
        "show version |",
        "show version ||",
        "show version | include",
        "show version | no-more x",
        "show version | display xml",
        "| show version",
    ],
)
def test_only_filters_may_follow_a_pipe(command):
    refused(command)


def test_the_message_shows_the_command_without_letting_it_write_on_the_terminal():
    message = refused("show \x1b[2J" + "x" * 300)
    assert "\x1b" not in message
    assert len(message) < 250


SHAPES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=string.printable, max_size=60),
    st.lists(
        st.sampled_from(
            [
                "show",
                "get",
                "version",
                "|",
                "include",
                "redirect",
                "reload",
                "conf",
                "t",
                "\n",
                "\r",
                ";",
                ">",
                "  ",
                "!",
            ]
        ),
        max_size=8,
    ).map(" ".join),
    st.builds("show {}".format, st.text(max_size=30)),
)


@given(SHAPES)
def test_whatever_passes_is_one_printable_line_that_starts_with_a_reading_verb(command):
    try:
        check_command(ANYTHING, command)
    except CollectError:
        return
    assert re.fullmatch(r"[\x20-\x7e]{1,200}", command)
    assert re.match(r"(show|get|display|terminal|set cli|no page|screen-length|enable)\b", command)
    assert not set(command) & set(";&`$><!?#\\'\"")
    assert all(re.match(r"(include|exclude|begin|section|match|except|find|no-more|display|count)", part)
               for part in command.split(" | ")[1:])  # fmt: skip


@given(st.text(max_size=40))
def test_nothing_after_a_line_end_ever_gets_through(text):
    for end in ("\n", "\r", "\r\n", "\x0b", "\x85"):
        refused(f"show version{end}{text}")
