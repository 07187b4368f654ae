import asyncio
import socket
import time

import asyncssh
import pytest

from baseline.lab.errors import LabError
from baseline.lab.faults import FAULTS, FLOOD_BYTES, truncated
from baseline.lab.fleet import DeviceSpec
from tests.lab.client import PASSWORD, SWITCH

RUN = b"show running-config\n"


def faulty(*faults):
    return DeviceSpec(name=SWITCH, lines=450, faults=faults)


async def process_of(connection):
    return await connection.create_process(term_type="vt100", term_size=(511, 0), encoding=None)


async def answer_of(connection, command=RUN):
    """What an interactive session shows for a command until it falls silent or ends, and whether it ended."""
    process = await process_of(connection)
    await process.stdout.readuntil(b"#")
    process.stdin.write(b"terminal length 0\n" + command)
    await process.stdout.readuntil(command.rstrip() + b"\r\n")
    shown = b""
    try:
        while True:
            data = await asyncio.wait_for(process.stdout.read(65_536), 0.5)
            if not data:
                return shown, True
            shown += data
    except TimeoutError:
        return shown, False
    except asyncssh.Error:
        return shown, True


def test_a_hanging_device_accepts_the_session_and_never_prompts(lab_of):
    async def scenario():
        async with lab_of(faulty("hang")) as client, client.connect() as connection:
            process = await process_of(connection)
            process.stdin.write(b"\n")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(process.stdout.read(1), 0.5)

    asyncio.run(scenario())


def test_a_device_that_hangs_in_the_handshake_shows_its_version_only(lab_of):
    async def scenario():
        async with lab_of(faulty("hang_handshake")) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.connect(), 0.5)
            reader, writer = await asyncio.open_connection(*client.lab.endpoint(SWITCH))
            line = await reader.readline()
            writer.close()
            return line

    assert asyncio.run(scenario()) == b"SSH-2.0-Cisco-1.25\r\n"


def test_a_device_that_hangs_in_a_command_falls_silent_half_way(lab_of):
    async def scenario():
        async with lab_of(faulty("hang_mid_command")) as client, client.connect() as connection:
            return await answer_of(connection)

    shown, ended = asyncio.run(scenario())
    assert len(shown) > 1000
    assert b"\nend" not in shown
    assert not ended


def test_a_device_that_disconnects_breaks_off_half_way(lab_of):
    async def scenario():
        async with lab_of(faulty("disconnect")) as client:
            connection = await client.connect()
            return await answer_of(connection)

    shown, ended = asyncio.run(scenario())
    assert b"\nend" not in shown
    assert ended


@pytest.mark.parametrize("interactive", [True, False])
def test_a_flood_is_100_mb_unless_the_client_leaves(lab_of, interactive):
    async def scenario():
        async with lab_of(faulty("flood")) as client, client.connect() as connection:
            if interactive:
                process = await process_of(connection)
                process.stdin.write(RUN)
            else:
                process = await connection.create_process("show running-config", encoding=None)
            received = 0
            while received < 3_000_000:
                received += len(await process.stdout.read(65_536))
        return received

    assert asyncio.run(scenario()) >= 3_000_000


@pytest.mark.slow
def test_a_flood_ends_after_100_mb(lab_of):
    async def scenario():
        async with lab_of(faulty("flood")) as client, client.connect() as connection:
            process = await connection.create_process("show running-config", encoding=None)
            received = 0
            while data := await process.stdout.read(1_000_000):
                received += len(data)
            return received

    assert asyncio.run(scenario()) >= FLOOD_BYTES


def test_noise_is_no_text(lab_of):
    async def scenario():
        async with lab_of(faulty("binary")) as client, client.connect() as connection:
            process = await process_of(connection)
            greeting = await process.stdout.read(65_536)
            process.stdin.write(RUN)
            return greeting, await process.stdout.read(65_536)

    for shown in asyncio.run(scenario()):
        assert b"\x00" in shown
        with pytest.raises(UnicodeDecodeError):
            shown.decode()


@pytest.mark.slow
def test_a_slow_device_takes_its_time_for_every_round_trip(lab_of):
    async def scenario():
        async with lab_of(faulty("slow"), slow_ms=150) as client, client.shell() as screen:
            started = time.perf_counter()
            await screen.ask("show privilege")
            return time.perf_counter() - started

    assert 0.150 <= asyncio.run(scenario()) < 0.25


def test_a_device_with_other_credentials_lets_nobody_in(lab_of):
    async def scenario():
        async with lab_of(faulty("wrong_password"), password=PASSWORD) as client:
            for options in ({}, {"client_keys": None, "password": PASSWORD}):
                with pytest.raises((asyncssh.PermissionDenied, asyncssh.DisconnectError)):
                    await client.connect(**options)

    asyncio.run(scenario())


@pytest.mark.filterwarnings("ignore:Diffie-Hellman over finite fields")  # the point of this test
def test_a_device_with_weak_ssh_is_refused_by_a_modern_client_and_works_when_asked_to(lab_of):
    legacy = {
        "kex_algs": ["diffie-hellman-group1-sha1"],
        "server_host_key_algs": ["ssh-rsa"],
        "encryption_algs": ["aes128-cbc"],
        "mac_algs": ["hmac-sha1"],
    }

    async def scenario():
        async with lab_of(faulty("weak_ssh")) as client:
            with pytest.raises(asyncssh.KeyExchangeFailed):
                await client.connect()
            async with client.connect(**legacy) as connection:
                used = connection.get_extra_info("send_cipher")
                return used, (await connection.run("show privilege")).stdout

    used, shown = asyncio.run(scenario())
    assert used == "aes128-cbc"
    assert "level is 15" in shown


def test_a_truncated_configuration_ends_in_the_middle_of_a_line(lab_of):
    async def scenario():
        async with lab_of(faulty("truncated")) as client, client.connect() as connection:
            return (await connection.run("show running-config")).stdout

    shown = asyncio.run(scenario())
    assert "\r\nend" not in shown
    assert not shown.endswith("\n")
    assert len(shown) > 1000


def test_truncating_always_cuts_within_a_line():
    text = "".join(f"{'x' * length}\n" for length in range(1, 60))
    for start in range(len(text) // 2):
        cut = truncated(text[start:])
        assert text[start:][len(cut)] != "\n"
        assert not cut.endswith("\n")


def test_a_device_of_another_vendor_does_not_speak_ios(lab_of):
    async def scenario():
        async with lab_of(faulty("wrong_vendor")) as client, client.connect() as connection:
            process = await process_of(connection)
            prompt = await process.stdout.readuntil(b"> ")
            process.stdin.write(b"terminal length 0\nshow version\nshow running-config\nconfigure\nexit\nexit\n")
            return prompt, (await process.stdout.read()).decode(), client.lab.counters(SWITCH).violations

    prompt, shown, violations = asyncio.run(scenario())
    assert prompt.endswith(b"\r\nauditor@zwolle-sw-01> ")
    assert "unknown command." in shown
    assert "Junos: 22.4R3" in shown
    assert violations == 1


def test_a_changed_host_key_is_seen_by_a_client_that_knew_the_old_one(lab_of):
    async def scenario():
        async with lab_of(faulty("changed_host_key")) as client:
            with pytest.raises(asyncssh.HostKeyNotVerifiable):
                await client.connect()
            client.lab.repair_device(SWITCH)
            async with client.connect():
                pass

    asyncio.run(scenario())


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_every_fault_can_come_and_go_while_the_device_runs(lab_of, fault):
    async def scenario():
        async with lab_of() as client:
            client.lab.break_device(SWITCH, fault)
            assert client.lab.status().devices[0].faults == (fault,)
            client.lab.repair_device(SWITCH)
            async with client.connect() as connection:
                return (await connection.run("show privilege")).stdout

    assert "level is 15" in asyncio.run(scenario())


def test_an_unknown_fault_or_device_is_refused(lab_of):
    async def scenario():
        async with lab_of() as client:
            with pytest.raises(LabError, match="no defect or fault 'kapot'"):
                client.lab.break_device(SWITCH, "kapot")
            with pytest.raises(LabError, match="no device 'elders'"):
                client.lab.break_device("elders", "hang")

    asyncio.run(scenario())
    with pytest.raises(LabError, match="no fault 'kapot'"):
        asyncio.run(_start(lab_of, faulty("kapot")))


async def _start(lab_of, device):
    async with lab_of(device):
        pass


def test_noise_on_the_wire_does_not_stop_the_server(lab_of):
    def shout(endpoint):
        with socket.create_connection(endpoint) as wire:
            wire.sendall(bytes(range(256)) * 400)

    async def scenario():
        async with lab_of() as client:
            await asyncio.to_thread(shout, client.lab.endpoint(SWITCH))
            async with client.connect() as connection:
                return (await connection.run("show privilege")).stdout

    assert "level is 15" in asyncio.run(scenario())
