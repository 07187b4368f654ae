"""What sessions with these devices look like: several lines of prompt, pages, terms to accept."""

from dataclasses import replace

import pytest

from baseline.collectors.network.answers import split_answers, without_headings
from baseline.collectors.network.platforms import platform
from tests.platforms.vendors import PLATFORMS
from tests.transport.scripted import ask

JUNOS = platform("juniper_junos")
COMMANDS = ["show version", "show system uptime"]
VERSION = b"Hostname: sw1\r\nModel: ex4300-48p\r\nJunos: 21.4R3-S5.4\r\n"


async def junos_member(terminal):
    """A member of a virtual chassis: a blank line and its state stand above every prompt, also after a blank line."""
    answers = {b"show version": VERSION, b"show system uptime": b"System booted: 2026-01-01\r\n\r\nAll is well\r\n"}
    terminal.send(b"--- JUNOS 21.4R3-S5.4 Kernel 64-bit\r\n{master:0}\r\n", b"auditor@sw1> ")
    while True:
        line = await terminal.line()
        terminal.send(answers.get(line, b""), b"\r\n{master:0}\r\n", b"auditor@sw1> ")


async def junos_router(terminal):
    """A single router: a blank line above every prompt."""
    terminal.send(b"auditor@rt1> ")
    while True:
        line = await terminal.line()
        terminal.send(VERSION if line == b"show version" else b"", b"\r\n", b"auditor@rt1> ")


async def junos_with_pages(terminal):
    """A device that goes on paging."""
    terminal.send(b"auditor@rt1> ")
    while True:
        line = await terminal.line()
        if line == b"show version":
            terminal.send(b"Hostname: a\r\n---(more)---")
            while await terminal.key() != b" ":
                pass
            terminal.send(b"\r                                        \rModel: b\r\n\r\nauditor@rt1> ")
        else:
            terminal.send(b"\r\n", b"auditor@rt1> ")


@pytest.mark.parametrize("script", [junos_member, junos_router])
def test_what_stands_above_a_prompt_belongs_to_no_answer(script, tmp_path):
    output, typed = ask(script, tmp_path, COMMANDS, platform=JUNOS, timeout_seconds=10)
    assert output.outputs["show version"] == VERSION.decode().replace("\r", "")
    assert output.failures == {}
    assert typed[:3] == list(JUNOS.session_setup)


def test_blank_lines_inside_an_answer_stay(tmp_path):
    output, _ = ask(junos_member, tmp_path, COMMANDS, platform=JUNOS, timeout_seconds=10)
    assert output.outputs["show system uptime"] == "System booted: 2026-01-01\n\nAll is well\n"


@pytest.mark.slow
def test_pages_are_turned(tmp_path):
    output, _ = ask(junos_with_pages, tmp_path, ["show version"], platform=JUNOS, timeout_seconds=10)
    assert output.outputs["show version"] == "Hostname: a\nModel: b\n"


def test_headings_are_taken_out_only_above_prompts():
    text = "show x\n{master:0}\nline\n\n{master:0}\na@b> \n\n{master:0}\na@b> "
    bare = without_headings(text, "a@b> ", JUNOS.above_prompt)
    assert split_answers(bare, "a@b> ", ["show x"]) == {"show x": "{master:0}\nline\n"}
    assert without_headings(text, "a@b> ", None) == text


FORTIOS_ANSWER = b"Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\r\nHostname: fw1\r\n"


async def fortigate(terminal):
    """A firewall that asks to accept its terms of use, and that pages."""
    terminal.send(b"Alleen voor bevoegden.\r\n(Press 'a' to accept): ")
    assert await terminal.key() == b"a"
    terminal.send(b"\r\nfw1 # ")
    while True:
        line = await terminal.line()
        if line == b"get system status":
            first, second = FORTIOS_ANSWER.split(b"Hostname")
            terminal.send(first, b"--More-- ")
            while await terminal.key() != b" ":
                pass
            terminal.send(b"\r         \r", b"Hostname", second, b"\r\nfw1 # ")
        else:
            terminal.send(b"fw1 # " if not line else b"Unknown action 0\r\n\r\nfw1 # ")


@pytest.mark.skipif("fortinet_fortios" not in PLATFORMS, reason="no recordings")
def test_terms_of_use_are_accepted_and_pages_turned(tmp_path):
    described = platform("fortinet_fortios")
    commands = ["get system status", "get system ha status"]
    output, typed = ask(fortigate, tmp_path, commands, platform=described, timeout_seconds=15)
    assert output.outputs["get system status"].strip() == FORTIOS_ANSWER.decode().replace("\r", "").strip()
    assert "the device does not know this command" in output.failures["get system ha status"]
    assert [line for line in typed if line] == commands


async def panos(terminal):
    """A firewall that prints a blank line above every prompt."""
    answers = {b"show system info": b"\r\nhostname: fw1\r\nsw-version: 10.2.9\r\n", b"show ntp": b"\r\nNTP state:\r\n"}
    terminal.send(b"auditor@fw1(active)> ")
    while True:
        line = await terminal.line()
        terminal.send(answers.get(line, b""), b"\r\nauditor@fw1(active)> ")


@pytest.mark.skipif("paloalto_panos" not in PLATFORMS, reason="no recordings")
def test_a_firewall_with_its_state_in_the_prompt(tmp_path):
    described = platform("paloalto_panos")
    output, typed = ask(panos, tmp_path, ["show system info", "show ntp"], platform=described, timeout_seconds=15)
    assert output.outputs == {
        "show system info": "\nhostname: fw1\nsw-version: 10.2.9\n",
        "show ntp": "\nNTP state:\n",
    }
    assert typed[:2] == ["set cli pager off", "set cli scripting-mode on"]


async def aoscx(terminal):
    """A switch that pages until it is told not to, and that names no user group the right to one command."""
    answers = {
        b"show version": b"ArubaOS-CX\r\nVersion      : FL.10.13.1030\r\n",
        b"show ssh host-key": b"Cannot execute command. Command not allowed.\r\n",
        b"show ntp status": b"Invalid input: ntp\r\n",
    }
    terminal.send(b"Last login: 2026-03-03 09:00:00 from 192.0.2.70\r\nUser has logged in 2 times\r\n\r\nzw-sw-01# ")
    paging = True
    while True:
        line = await terminal.line()
        paging = paging and line != b"no page"
        if line == b"show system" and paging:
            terminal.send(b"Hostname : zw-sw-01\r\n -- MORE --, next page: Space, next line: Enter, quit: q")
            assert await terminal.key() == b" "
            terminal.send(b"\r", b" " * 60, b"\rUp Time : 1 day\r\n", b"zw-sw-01# ")
        else:
            whole = b"Hostname : zw-sw-01\r\nUp Time : 1 day\r\n" if line == b"show system" else b""
            terminal.send(answers.get(line, whole), b"zw-sw-01# ")


@pytest.mark.skipif("aruba_aoscx" not in PLATFORMS, reason="no recordings")
def test_a_switch_is_told_not_to_page_and_its_refusals_are_understood(tmp_path):
    described = platform("aruba_aoscx")
    commands = ["show version", "show system", "show ssh host-key", "show ntp status"]
    output, typed = ask(aoscx, tmp_path, commands, platform=described, timeout_seconds=15)
    assert output.outputs["show version"] == "ArubaOS-CX\nVersion      : FL.10.13.1030\n"
    assert output.outputs["show system"] == "Hostname : zw-sw-01\nUp Time : 1 day\n"
    assert typed[0] == "no page"
    assert "Command not allowed" in output.failures["show ssh host-key"]
    assert "Invalid input: ntp" in output.failures["show ntp status"]


XR_PROMPT = b"RP/0/RSP0/CPU0:wan-pe-01#"
XR_TIME = b"Tue Mar  3 09:14:02.118 CET\r\n"


async def iosxr(terminal):
    """A router that shows the time above each answer, also of what has none, and pages until it is told not to."""
    answers = {
        b"show version": b"Cisco IOS XR Software, Version 7.5.2\r\ncisco ASR9K () processor\r\n",
        b"show crypto key mypubkey dsa": b"",
        b"show ssh server": b"                            ^\r\n% Invalid input detected at '^' marker.\r\n",
        b"show inventory": b"% This command is not authorized\r\n",
    }
    paged = True
    terminal.send(b"Alleen voor bevoegden.\r\n\r\n\r\n", XR_PROMPT)
    while True:
        line = await terminal.line()
        paged = paged and line != b"terminal length 0"
        if line in answers:
            first, _, rest = answers[line].partition(b"\r\n")
            terminal.send(XR_TIME, first, b"\r\n" if first else b"")
            if paged and rest:
                terminal.send(b" --More-- ")
                while await terminal.key() != b" ":
                    pass
                terminal.send(b"\r          \r")
            terminal.send(rest)
        elif line.startswith(b"terminal "):
            terminal.send(XR_TIME)
        terminal.send(XR_PROMPT)


@pytest.mark.parametrize("told", [True, False], ids=["told not to page", "pages whatever it is told"])
def test_a_router_that_shows_the_time_above_each_answer(told, tmp_path):
    described = platform("cisco_iosxr")
    if not told:
        described = replace(described, session_setup=("terminal width 511",))
    commands = ["show version", "show crypto key mypubkey dsa", "show ssh server", "show inventory"]
    output, typed = ask(iosxr, tmp_path, commands, platform=described, timeout_seconds=15)
    assert typed[: len(described.session_setup)] == list(described.session_setup)
    time = XR_TIME.decode().replace("\r", "")
    assert output.outputs["show version"] == f"{time}Cisco IOS XR Software, Version 7.5.2\ncisco ASR9K () processor\n"
    assert output.outputs["show crypto key mypubkey dsa"] == time
    assert "does not know this command" in output.failures["show ssh server"]
    assert "may not run this command" in output.failures["show inventory"]
    assert described.parse(output.outputs).facts.software.version == "7.5.2"


PROMPTS = {
    "juniper_junos": [
        ("{master:0}\r\nauditor@zw-sw-01> ", "zw-sw-01", ">"),
        ("\r\nroot@fw.voorbeeld.nl# ", "fw.voorbeeld.nl", "#"),
    ],
    "fortinet_fortios": [
        ("\r\nfw-01 # ", "fw-01", "#"),
        ("fw_01 (global) $ ", "fw_01", "$"),
        ("\r\nFGT60F~1 # ", "FGT60F~1", "#"),
    ],
    "paloalto_panos": [
        ("\r\nauditor@PA-850> ", "PA-850", ">"),
        ("auditor@fw.voorbeeld.nl(active)> ", "fw.voorbeeld.nl", ">"),
        ("\r\nCORP\\jan@fw1(active-primary)> ", "fw1", ">"),
    ],
    "aruba_aoscx": [("\r\nzw-sw-01# ", "zw-sw-01", "#"), ("8320> ", "8320", ">"), ("sw(config)# ", "sw", "#")],
}


@pytest.mark.parametrize(("name", "sent", "host", "mode"), [(n, *row) for n in PLATFORMS for row in PROMPTS[n]])
def test_a_prompt_is_known_at_the_end_of_what_was_sent(name, sent, host, mode):
    found = platform(name).prompt.search(sent)
    assert (found["host"], found["mode"]) == (host, mode)


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "sent", ["# a remark\r\n", "Alleen voor bevoegden > \r\n", "100 % done\r\n", "config {\r\n", ""]
)
def test_other_text_is_no_prompt(name, sent):
    assert platform(name).prompt.search(sent) is None
