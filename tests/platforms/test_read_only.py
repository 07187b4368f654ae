"""Not one command that writes can be sent, whatever is asked for.

Held against every platform that there is: the gate, and both transports with a real server that keeps every byte.
"""

import asyncio
import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.collector import SESSIONS
from baseline.collectors.network.device_shell import DeviceShell
from baseline.collectors.network.netmiko_connection import Opening, open_connection
from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.collectors.network.shell_session import _open_shell
from baseline.collectors.network.shell_stream import ShellStream
from baseline.collectors.ssh.connection import connect
from baseline.collectors.ssh.host_keys import load_known_hosts
from baseline.models.errors import CollectError
from tests.platforms.recording_device import PASSWORD, assert_only_stated, recording_devices, settings_for, stated
from tests.platforms.write_commands import HEADS, OWN_WRITE_COMMANDS, TAILS, WRITE_COMMANDS

CONFIGURATION_MODE = (
    "boot",
    "boot-config",
    "feature",
    "https-server",
    "kron",
    "license",
    "loop-protect",
    "monitor",
    "power",
    "power-over-ethernet",
    "route-map",
    "watchfrr",
)
"""First words that act in configuration mode only, in which no session of ours is."""

ELSEWHERE = ("ssh", "telnet")
"""First words that open a session on another device, which asks who is there."""

ANYTHING = (re.compile(r"[\s\S]*"),)
"""The widest pattern that a platform could have by mistake."""

WORDS = st.sampled_from(sorted({word for line in WRITE_COMMANDS for word in line.split(" ")}))


def is_refused(name, command):
    """Whether the gate refuses a command on a platform."""
    try:
        check_command(platform(name).sendable, command)
    except CollectError as error:
        return error.code == "not_allowed"
    return False


def hostile(name):
    """Lines that a session on a platform must never send."""
    first, last = platform(name).commands[0].text, platform(name).commands[-1].text
    extended = [first + tail for tail in TAILS] + [head + last for head in HEADS]
    return [*sorted(OWN_WRITE_COMMANDS[name]), *extended]


@pytest.mark.parametrize("name", PLATFORM_NAMES)
class TestGate:
    """The gate, with the patterns of each platform."""

    def test_the_test_knows_the_commands_of_this_vendor(self, name):
        assert len(OWN_WRITE_COMMANDS[name]) > 25

    def test_every_write_command_of_every_vendor_is_refused(self, name):
        assert [line for line in WRITE_COMMANDS if not is_refused(name, line)] == []

    def test_every_beginning_of_every_write_command_is_refused(self, name):
        """Devices expand abbreviations."""
        beginnings = {line[:length] for line in WRITE_COMMANDS for length in range(1, len(line))}
        passing = {line for line in beginnings if not is_refused(name, line)}
        assert passing <= {platform(name).enable_command}

    def test_nothing_can_be_added_to_a_reading_command_to_make_it_write(self, name):
        commands = [command.text for command in platform(name).commands]
        tails = [command + tail for command in commands for tail in TAILS]
        heads = [head + command for command in commands for head in HEADS]
        assert [line for line in (*tails, *heads) if not is_refused(name, line)] == []

    def test_a_reading_command_that_lost_its_start_does_not_write(self, name):
        lines = [f"{verb} {line}" for verb in ("show", "get") for line in OWN_WRITE_COMMANDS[name]]
        passing = {line.split(" ")[1] for line in lines if not is_refused(name, line)}
        assert passing <= {*CONFIGURATION_MODE, *ELSEWHERE}

    def test_case_and_look_alikes_do_not_help(self, name):
        for line in OWN_WRITE_COMMANDS[name]:
            for variant in (
                line.upper(),
                line.title(),
                line.replace(" ", "\u00a0"),
                line.replace("e", "\u0435"),
                f"{line} ",
            ):
                assert is_refused(name, variant), variant

    @given(
        words=st.lists(WORDS, min_size=1, max_size=6), glue=st.sampled_from([" ", "\n", ";", "\r", " | ", "\t", "  "])
    )
    def test_words_of_write_commands_in_any_order_are_refused(self, name, words, glue):
        assert is_refused(name, glue.join(words)) or words == [platform(name).enable_command]


class TestEachLock:
    """What one of the two locks refuses when the other stands open."""

    def test_the_rules_refuse_every_write_when_a_pattern_lets_everything_through(self):
        passing = [line for line in WRITE_COMMANDS if passes(ANYTHING, line)]
        assert passing == ["enable"] * len(passing)

    def test_the_rules_refuse_every_addition_when_a_pattern_lets_everything_through(self):
        commands = {command.text for name in PLATFORM_NAMES for command in platform(name).commands}
        lines = [command + tail for command in commands for tail in TAILS]
        lines += [head + command for command in commands for head in HEADS]
        assert [line for line in lines if passes(ANYTHING, line)] == []

    def test_the_patterns_let_no_write_command_through_by_themselves(self):
        assert [line for line in WRITE_COMMANDS for name in PLATFORM_NAMES if platform(name).is_read_only(line)] == []


def passes(patterns, command):
    try:
        return check_command(patterns, command) == command
    except CollectError:
        return False


async def session_attempts(device, folder):
    """Try every hostile line in an open session; gives those that were not refused."""
    described = platform(device.platform)
    settings = settings_for([device], folder)
    async with connect(device.target(), settings) as connection:
        stream = ShellStream(settings.maximum_output_bytes)
        shell = DeviceShell(described, stream, await _open_shell(connection, stream))
        await shell.start()
        await shell.set_up(None)
        return [line for line in hostile(device.platform) if not await _refuses(shell, line)]


async def _refuses(shell, line):
    try:
        await shell.run([line])
    except CollectError as error:
        return error.code == "not_allowed"
    return False


@pytest.mark.parametrize("name", PLATFORM_NAMES)
def test_an_open_session_refuses_every_write_before_a_byte_leaves(name, tmp_path):
    async def scenario():
        async with recording_devices(name) as (device,):
            passed = await session_attempts(device, tmp_path)
            return passed, device

    passed, device = asyncio.run(scenario())
    assert passed == []
    assert set(filter(None, device.lines)) <= {*platform(name).session_setup, "a"}


@pytest.mark.parametrize("transport", SESSIONS)
@pytest.mark.parametrize("name", PLATFORM_NAMES)
def test_a_write_among_the_commands_means_that_no_connection_is_made(name, transport, tmp_path):
    run_commands = import_module(SESSIONS[transport]).run_commands
    reading = platform(name).commands[0].text

    async def scenario():
        async with recording_devices(name) as (device,):
            settings = settings_for([device], tmp_path)
            for line in hostile(name):
                with pytest.raises(CollectError, match="refused to send") as caught:
                    await run_commands(device.target(transport), platform(name), [reading, line], settings)
                assert caught.value.code == "not_allowed"
            return device

    assert asyncio.run(scenario()).raw == []


NETMIKO_WAYS = (
    lambda device: device.send_config_set(["hostname x"]),
    lambda device: device.config_mode(),
    lambda device: device.save_config(),
    lambda device: device.commit(),
    lambda device: device.send_command("show version\nreload"),
    lambda device: device.send_command_timing("reload"),
    lambda device: device.send_multiline(["reload", "y"]),
    lambda device: device.write_channel("reload\n"),
    lambda device: device.write_channel("show version\rreload\n"),
    lambda device: device.write_channel("show version\u2028reload\n"),
    lambda device: device.enable(),
    lambda device: device.exit_config_mode(),
)
"""What somebody who has the object in hand may call."""


@pytest.mark.parametrize("name", PLATFORM_NAMES)
def test_netmiko_itself_cannot_be_made_to_write(name, tmp_path):
    def attempts(device, settings):
        trusted = load_known_hosts(settings.known_hosts).lookup("127.0.0.1", device.port)
        opened = open_connection(
            Opening(
                target=device.target("netmiko"),
                platform=platform(name),
                trusted=trusted,
                password=PASSWORD,
                connect_timeout_seconds=10,
            )
        )
        opened.global_delay_factor = opened.read_timeout_override = 0.01
        try:
            for line in hostile(name):
                if line.strip("\n") in stated(name):
                    continue  # Enter once more
                with pytest.raises(CollectError, match="refused to send"):
                    opened.write_channel(line)
            for way in NETMIKO_WAYS:
                try:
                    way(opened)
                except Exception:  # noqa: BLE001  whatever it is that stops it: the server's record decides
                    continue
        finally:
            opened.disconnect()

    async def scenario():
        async with recording_devices(name) as (device,):
            await asyncio.to_thread(attempts, device, settings_for([device], tmp_path))
            return device

    assert_only_stated(asyncio.run(scenario()))
