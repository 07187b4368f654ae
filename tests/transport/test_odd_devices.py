"""Devices that are right in their own way, and some that are not."""

import asyncio
import dataclasses

import asyncssh
import pytest

from baseline.models.errors import CollectError
from tests.transport.lab import IOS
from tests.transport.scripted import ANSWERS, COMMANDS, PROMPT, answer_all, ask

EXPECTED = {command.decode(): answer.decode().replace("\r\n", "\n") for command, answer in ANSWERS.items()}
SENT = [*IOS.session_setup, *COMMANDS]


def one_at_a_time(commands):
    return [line for command in commands for line in (command, "")]


def failed(*arguments, **options):
    with pytest.raises(CollectError) as caught:
        ask(*arguments, **options)
    return caught.value


def test_an_ordinary_device_is_asked_ahead(tmp_path):
    output, typed = ask(answer_all, tmp_path)
    assert output.outputs == EXPECTED
    assert typed == [*SENT, ""]
    assert output.round_trips == 3


def test_a_banner_that_looks_like_a_prompt_does_not_deceive(tmp_path):
    async def script(terminal):
        terminal.send(b"\r\n* Welcome to the network of the city *\r\nedge-9#")
        await asyncio.sleep(0.1)
        terminal.send(b" is the name of another device\r\n\r\n")
        await answer_all(terminal)

    assert ask(script, tmp_path)[0].outputs == EXPECTED


def test_text_may_arrive_in_pieces_of_any_size(tmp_path):
    async def script(terminal):
        whole = terminal.send
        terminal.send = lambda *pieces: whole(*(bytes([byte]) for piece in pieces for byte in piece))
        await answer_all(terminal)

    assert ask(script, tmp_path)[0].outputs == EXPECTED


def test_a_device_that_forgets_what_was_typed_ahead_is_asked_one_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("baseline.collectors.network.device_shell.QUIET_SECONDS", 0.3)

    async def script(terminal):
        while True:
            terminal.send(PROMPT)
            line = await terminal.line()
            await terminal.forget_typed_ahead()
            terminal.send(ANSWERS.get(line, b""))

    setup = dataclasses.replace(IOS, session_setup=("terminal length 0",))
    output, typed = ask(script, tmp_path, platform=setup)
    assert output.outputs == EXPECTED
    assert typed == ["terminal length 0", COMMANDS[0], *one_at_a_time(COMMANDS)]


def test_an_answer_that_imitates_the_next_command_is_not_believed(tmp_path):
    answers = ANSWERS | {b"show clock": b"12:00\r\nedge-1#show version\r\nforged\r\n"}
    output, typed = ask(lambda terminal: answer_all(terminal, answers=answers), tmp_path)
    assert output.outputs["show version"] == EXPECTED["show version"]
    assert "forged" in output.outputs["show clock"]
    assert typed[-6:] == one_at_a_time(COMMANDS)


def test_colours_and_cleared_lines_are_taken_out(tmp_path):
    prompt = b"\x1b[32medge-1\x1b[0m#"
    answers = {command: b"\x1b[K" + answer for command, answer in ANSWERS.items()}
    output, _ = ask(lambda terminal: answer_all(terminal, prompt=prompt, answers=answers), tmp_path)
    assert output.outputs == EXPECTED


def test_a_device_that_keeps_paging_gets_one_command_at_a_time_and_only_spaces(tmp_path):
    keys = []

    async def script(terminal):
        while True:
            terminal.send(PROMPT)
            line = await terminal.line()
            if line.startswith(b"terminal"):
                terminal.send(b"% Unknown command\r\n")
                continue
            for row in ANSWERS.get(line, b"").splitlines(keepends=True):
                terminal.send(b" --More-- ")
                keys.append(await terminal.key())
                terminal.send(b"\b" * 10 + b" " * 10 + b"\b" * 10 + row)

    output, typed = ask(script, tmp_path)
    assert output.outputs == EXPECTED
    assert set(keys) == {b" "}
    assert typed == [*IOS.session_setup, *one_at_a_time(COMMANDS)]


def test_a_line_that_looks_like_the_prompt_does_not_cut_an_answer_short(tmp_path):
    async def script(terminal):
        while True:
            terminal.send(PROMPT)
            line = await terminal.line()
            if line == b"show clock":
                terminal.send(b"said on the console:\r\nedge-1#")
                await asyncio.sleep(0.1)
                terminal.send(b"reload\r\n12:00\r\n")
            elif line == b"terminal width 511":
                terminal.send(b"% Invalid input detected at '^' marker.\r\n")
            else:
                terminal.send(ANSWERS.get(line, b""))

    output, _ = ask(script, tmp_path)
    assert output.outputs["show clock"] == "said on the console:\nedge-1#reload\n12:00\n"
    assert output.outputs["show users"] == EXPECTED["show users"]


@pytest.mark.slow
def test_answers_of_a_device_that_echoes_nothing_are_not_attributed(tmp_path):
    async def script(terminal):
        for command in IOS.session_setup:
            terminal.send(PROMPT)
            assert await terminal.line() == command.encode()
        while True:
            terminal.send(PROMPT)
            terminal.send(ANSWERS.get(await terminal.line(echo=False), b""))

    error = failed(script, tmp_path, timeout_seconds=2)
    assert error.code == "timeout"


def test_a_device_that_says_goodbye_before_its_prompt_is_quoted_by_place(tmp_path):
    async def script(terminal):
        terminal.send(b"% Authorization failed.\r\n")

    error = failed(script, tmp_path)
    assert error.code == "disconnected"
    assert "before the first prompt" in error.message


def test_a_device_that_ends_the_session_half_way_names_the_command(tmp_path):
    async def script(terminal):
        for _ in range(4):
            terminal.send(PROMPT)
            line = await terminal.line()
            terminal.send(ANSWERS.get(line, b""))

    error = failed(script, tmp_path)
    assert error.code == "disconnected"
    assert "after sending 'show version'" in error.message


def test_a_device_without_a_command_line_is_disconnected(tmp_path):
    class NoSessions(asyncssh.SSHServer):
        def begin_auth(self, username):
            return False

        def session_requested(self):
            return False

    error = failed(answer_all, tmp_path, server_factory=NoSessions, process_factory=None)
    assert error.code == "disconnected"


def test_latin_text_and_broken_utf_8_are_kept_readable(tmp_path):
    answers = ANSWERS | {b"show clock": "één: ".encode() + b"\xe9\xff\r\n"}
    output, _ = ask(lambda terminal: answer_all(terminal, answers=answers), tmp_path)
    assert output.outputs["show clock"] == "één: \ufffd\ufffd\n"


@pytest.mark.slow
def test_a_host_name_that_changes_on_the_way_ends_in_a_timeout_and_not_in_wrong_answers(tmp_path):
    async def script(terminal):
        for command in IOS.session_setup:
            terminal.send(PROMPT)
            assert await terminal.line() == command.encode()
        terminal.send(PROMPT)
        await terminal.line()
        await answer_all(terminal, prompt=b"edge-2#")

    assert failed(script, tmp_path, timeout_seconds=2).code == "timeout"


def test_a_long_list_of_commands_is_sent_in_parts(tmp_path):
    commands = [f"show interfaces GigabitEthernet1/0/{number} status" for number in range(40)]
    answers = {command.encode(): f"port {command.split()[2]}\r\n".encode() for command in commands}
    output, _ = ask(lambda terminal: answer_all(terminal, answers=answers), tmp_path, commands)
    assert output.outputs == {command: f"port {command.split()[2]}\n" for command in commands}
    assert 4 < output.round_trips < 10
