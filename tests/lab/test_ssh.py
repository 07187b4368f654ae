import asyncio
import os
import shutil
import subprocess
import time

import asyncssh
import pytest

from baseline.lab.demo import demo_fleet
from baseline.lab.errors import LabError
from baseline.lab.fleet import DeviceSpec, LabSpec, start
from tests.lab.client import PASSWORD, SWITCH


def test_a_client_with_the_right_key_gets_a_session(lab_of):
    async def scenario():
        async with lab_of() as client, client.shell() as screen:
            await screen.ask("terminal length 0")
            shown = await screen.ask("show running-config", end=b"\nend\r\n\r\n" + SWITCH.encode() + b"#")
            assert "Building configuration...\n\nCurrent configuration : " in shown
            return client.lab.counters(SWITCH)

    counters = asyncio.run(scenario())
    assert (counters.connections, counters.sessions, counters.violations) == (1, 1, 0)
    assert list(counters.received) == ["terminal length 0", "show running-config"]


def test_a_client_with_the_right_password_gets_a_session(lab_of):
    async def scenario():
        by_password = {"client_keys": None, "password": PASSWORD}
        async with lab_of(password=PASSWORD, authorized_keys=()) as client, client.connect(**by_password) as connection:
            return (await connection.run("show privilege")).stdout

    assert asyncio.run(scenario()) == "\r\nCurrent privilege level is 15\r\n"


@pytest.mark.parametrize(
    "options",
    [{"username": "iemand"}, {"client_keys": None, "password": "geraden"}, {"client_keys": None}],
    ids=["unknown user", "wrong password", "nothing"],
)
def test_a_client_without_the_right_credentials_is_refused_and_counted(lab_of, options):
    async def scenario():
        async with lab_of(password=PASSWORD) as client:
            with pytest.raises((asyncssh.PermissionDenied, asyncssh.DisconnectError)):
                await client.connect(**options)
            await asyncio.sleep(0.05)
            return client.lab.counters(SWITCH)

    counters = asyncio.run(scenario())
    assert counters.authentication_failures == 1
    assert counters.sessions == 0


def test_no_password_works_when_the_lab_has_none(lab_of):
    async def scenario():
        async with lab_of() as client:
            with pytest.raises(asyncssh.PermissionDenied):
                await client.connect(client_keys=None, password="")

    asyncio.run(scenario())


def test_a_single_command_is_answered_without_prompt_and_then_the_device_hangs_up(lab_of):
    async def scenario():
        async with lab_of() as client, client.connect() as connection:
            answer = await connection.run("show version | include IOS XE")
            await asyncio.wait_for(connection.wait_closed(), 5)
            return answer

    answer = asyncio.run(scenario())
    assert answer.stdout == "\r\nCisco IOS XE Software, Version 17.12.04\r\n"
    assert answer.exit_status == 0


def test_a_long_answer_arrives_whole_over_an_exec_channel(lab_of):
    async def scenario():
        async with lab_of(DeviceSpec(name=SWITCH, lines=5000)) as client, client.connect() as connection:
            return (await connection.run("show running-config")).stdout

    assert asyncio.run(scenario()).endswith("\r\nend\r\n\r\n")


def test_a_connection_has_one_session_only(lab_of):
    async def scenario():
        async with lab_of() as client, client.connect() as connection:
            await connection.create_process(term_type="vt100")
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.create_process("show version")

    asyncio.run(scenario())


def test_a_device_has_32_vty_lines_and_shows_who_is_on_them(lab_of):
    async def scenario():
        async with lab_of() as client:
            connections = [await client.connect() for _ in range(33)]
            processes = [await connection.create_process(term_type="vt100") for connection in connections[:32]]
            with pytest.raises(asyncssh.ChannelOpenError):
                await connections[32].create_process(term_type="vt100")
            processes[3].stdin.write("terminal length 0\nshow users\n")
            shown = await processes[3].stdout.readuntil("Peer Address")
            for connection in connections:
                connection.close()
            return shown

    shown = asyncio.run(scenario())
    assert shown.count(" vty ") == 32
    assert shown.count("*  5 vty 3 ") == 1


def test_the_banner_is_shown_before_logging_in_unless_it_is_missing(lab_of):
    banners = []

    class Listener(asyncssh.SSHClient):
        def auth_banner_received(self, msg, lang):
            banners.append(msg)

    async def scenario():
        devices = (DeviceSpec(name=SWITCH), DeviceSpec(name="kaal", defects=("no_banner",)))
        async with lab_of(*devices) as client:
            for name in (SWITCH, "kaal"):
                async with client.connect(name, client_factory=Listener):
                    pass

    asyncio.run(scenario())
    assert len(banners) == 1
    assert "bevoegde beheerders" in banners[0]


def test_port_forwarding_and_file_transfer_are_refused(lab_of):
    async def scenario():
        async with lab_of() as client, client.connect() as connection:
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.open_connection("127.0.0.1", 22)
            with pytest.raises((asyncssh.ChannelOpenError, asyncssh.SFTPError)):
                await connection.start_sftp_client()

    asyncio.run(scenario())


def test_an_upload_counts_as_a_violation(lab_of):
    async def scenario():
        async with lab_of() as client, client.connect() as connection:
            await connection.run("scp -t flash:")
            return client.lab.counters(SWITCH).violations

    assert asyncio.run(scenario()) == 1


def test_a_device_that_is_changed_while_it_runs_answers_differently_to_an_open_session(lab_of):
    async def scenario():
        async with lab_of() as client, client.shell() as screen:
            before = await screen.ask("show running-config | include ^ip http server")
            client.lab.break_device(SWITCH, "http_server")
            broken = await screen.ask("show running-config | include ^ip http server")
            client.lab.repair_device(SWITCH)
            repaired = await screen.ask("show running-config | include ^ip http server")
            client.lab.set_config(SWITCH, f"hostname {SWITCH}\nip http server\nend\n")
            replaced = await screen.ask("show running-config | include ^ip http server")
            return ["\nip http server\n" in shown for shown in (before, broken, repaired, replaced)]

    assert asyncio.run(scenario()) == [False, True, False, True]


def test_latency_is_added_once_to_every_round_trip_and_blocks_nobody(lab_of):
    async def ask_ten_times(client, name):
        async with client.shell(name) as screen:
            started = time.perf_counter()
            for _ in range(10):
                await screen.ask("show privilege", end=b"15\r\n" + name.encode() + b"#")
            return (time.perf_counter() - started) / 10

    async def scenario():
        names = [f"sw-{number:02d}" for number in range(10)]
        async with lab_of(*(DeviceSpec(name=name, lines=450) for name in names), latency_ms=50) as client:
            return await asyncio.gather(*(ask_ten_times(client, name) for name in names))

    for seconds in asyncio.run(scenario()):
        assert 0.050 <= seconds < 0.090


def test_a_port_that_is_taken_is_said_with_the_device_and_the_port(lab_of):
    async def scenario():
        async with lab_of() as client:
            port = client.lab.endpoint(SWITCH)[1]
            with pytest.raises(LabError, match=rf"deventer-sw-01 cannot listen on 127.0.0.1 port {port}: "):
                async with start(LabSpec(devices=(DeviceSpec(name="deventer-sw-01"),), first_port=port)):
                    pass

    asyncio.run(scenario())


def test_devices_with_addresses_of_their_own_share_a_port(lab_of):
    async def scenario():
        async with lab_of() as client:
            port = client.lab.endpoint(SWITCH)[1]  # free on every other loopback address
            devices = demo_fleet(3, lines=450)
            async with start(LabSpec(devices=devices, addressing="address", first_port=port)) as lab:
                return [lab.endpoint(device.name) for device in devices], port

    endpoints, port = asyncio.run(scenario())
    assert endpoints == [("127.1.0.1", port), ("127.1.0.2", port), ("127.1.0.3", port)]


@pytest.mark.skipif(shutil.which("ssh") is None, reason="no OpenSSH client here")
def test_the_openssh_client_works_interactively_and_for_one_command(lab_of):
    def ssh(client, *arguments, typed=""):
        address, port = client.lab.endpoint(SWITCH)
        command = ["ssh", "-F", "none", "-o", f"UserKnownHostsFile={client.known_hosts}", "-i", str(client.key)]
        command += ["-p", str(port), *arguments[:1], f"auditor@{address}", *arguments[1:]]
        environment = {"PATH": os.environ["PATH"]}
        return subprocess.run(
            command, input=typed, capture_output=True, text=True, timeout=20, check=False, env=environment
        )

    async def scenario():
        async with lab_of() as client:
            one = await asyncio.to_thread(ssh, client, "-T", "show privilege")
            many = await asyncio.to_thread(ssh, client, "-tt", typed="terminal length 0\nshow privilege\nexit\n")
            return one, many

    one, many = asyncio.run(scenario())
    assert "Current privilege level is 15" in one.stdout
    assert "bevoegde beheerders" in one.stderr
    assert "zwolle-sw-01#show privilege" in many.stdout
