import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import asyncssh
import msgspec
import pytest
from click.testing import CliRunner

from baseline.cli.lab import lab
from baseline.lab import background
from baseline.lab.control import Request, ask
from baseline.lab.demo import demo_fleet
from baseline.lab.errors import LabError
from baseline.lab.folder import LabFolder
from baseline.lab.process_identity import ProcessIdentity, identify
from baseline.lab.spec import LabSpec

pytestmark = pytest.mark.slow


def baseline_lab(*arguments, environment=None):
    """Run a ``baseline lab`` command in this process; gives its output."""
    result = CliRunner().invoke(lab, [str(argument) for argument in arguments], env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def folder(tmp_path):
    """A folder in which a lab may be started; whatever runs there afterwards is stopped."""
    path = tmp_path / "lab"
    yield path
    background.down(LabFolder(path))


def start_small(folder, *options, environment=None):
    arguments = ["up", "--folder", folder, "--first-port", 0, "--devices", 4, "--lines", 450, "--latency-ms", 0]
    return baseline_lab(*arguments, *options, environment=environment)


def status_of(folder):
    return json.loads(baseline_lab("status", "--folder", folder, "--json"))


def ask_device(folder, device, command, **options):
    async def session():
        defaults = {"client_keys": [str(folder / "client_key")], "known_hosts": str(folder / "known_hosts")}
        address, port = device["address"], device["port"]
        login = {"username": "auditor", "config": None, "agent_path": None} | defaults | options
        async with asyncssh.connect(address, port, **login) as connection:
            return (await connection.run(command)).stdout

    return asyncio.run(session())


def test_a_lab_starts_answers_counts_and_stops(folder):
    assert "4 devices answer" in start_small(folder)
    before = status_of(folder)
    assert before["state"] == "running"
    assert [device["connections"] for device in before["devices"]] == [0, 0, 0, 0]
    device = before["devices"][3]
    assert "hostname zwolle-sw-01" in ask_device(folder, device, "show running-config")
    ask_device(folder, device, "write memory")
    after = status_of(folder)["devices"][3]
    assert (after["connections"], after["sessions"], after["commands"], after["violations"]) == (2, 2, 2, 1)
    assert after["violating"] == ["write memory"]
    assert baseline_lab("down", "--folder", folder) == "Stopped.\n"
    assert baseline_lab("down", "--folder", folder) == "No lab was running.\n"
    stopped = status_of(folder)
    assert stopped["state"] == "stopped"
    assert stopped["devices"][3]["violations"] == 1


def test_several_processes_share_the_devices(folder):
    start_small(folder, "--workers", 3)
    devices = status_of(folder)["devices"]
    assert [device["name"] for device in devices] == [device.name for device in demo_fleet(4)]
    for device in devices:
        assert device["name"] in ask_device(folder, device, "show running-config | include ^hostname")
    baseline_lab("break", "zwolle-sw-01", "telnet_on_vty", "--folder", folder)
    shown = ask_device(folder, devices[3], "show running-config | include transport input")
    assert "transport input telnet ssh" in shown
    assert sum(device["connections"] for device in status_of(folder)["devices"]) == 5


def test_a_device_is_broken_and_repaired_while_the_lab_runs(folder):
    start_small(folder)
    baseline_lab("break", "kampen-core-01", "http_server", "--folder", folder)
    broken = status_of(folder)["devices"][2]
    assert broken["defects"][-1] == "http_server"
    assert "\r\nip http server" in ask_device(folder, broken, "show running-config")
    baseline_lab("repair", "kampen-core-01", "--folder", folder)
    assert "\r\nno ip http server" in ask_device(folder, broken, "show running-config")


def test_breaking_what_does_not_exist_is_refused_with_what_does(folder):
    start_small(folder)
    with pytest.raises(LabError, match="no device 'elders'"):
        baseline_lab("break", "elders", "http_server", "--folder", folder)
    with pytest.raises(LabError, match=r"no defect or fault 'kapot'; known are .*telnet_on_vty"):
        baseline_lab("break", "zwolle-sw-01", "kapot", "--folder", folder)


def test_a_configuration_can_be_given_to_a_running_device(folder):
    start_small(folder)
    place = LabFolder(folder)
    background.change(place, Request("configure", "zwolle-sw-01", "version 17.12\nhostname anders\nend\n"))
    assert "hostname anders" in ask_device(folder, status_of(folder)["devices"][3], "show running-config")


def test_passwords_come_from_the_environment_and_are_in_no_file(folder):
    secret = "alleen-in-de-omgeving"
    start_small(folder, environment={"BASELINE_LAB_PASSWORD": secret, "BASELINE_LAB_ENABLE": secret + "2"})
    device = status_of(folder)["devices"][0]
    assert "level is 15" in ask_device(folder, device, "show privilege", client_keys=None, password=secret)
    baseline_lab("down", "--folder", folder)
    for path in folder.rglob("*"):
        if path.is_file():
            assert secret not in path.read_text(errors="replace"), path


def test_what_only_the_owner_may_use_is_closed_to_others(folder):
    start_small(folder)
    assert stat.S_IMODE((folder / "client_key").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "run").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "run" / "control-0.sock").stat().st_mode) == 0o600


def test_a_second_lab_in_the_same_folder_is_refused(folder):
    start_small(folder)
    with pytest.raises(LabError, match=r"runs in .* already; stop it with `baseline lab down`"):
        start_small(folder)
    assert status_of(folder)["state"] == "running"


def test_a_port_that_is_taken_is_reported_and_nothing_is_left_running(folder, tmp_path):
    start_small(folder)
    taken = status_of(folder)["devices"][0]["port"]
    other = LabFolder(tmp_path / "other")
    with pytest.raises(LabError, match=rf"could not start: zwolle-core-01 cannot listen on 127.0.0.1 port {taken}"):
        background.up(other, LabSpec(devices=demo_fleet(2, lines=450), first_port=taken))
    assert other.read_processes() == []


def test_a_very_deep_folder_works(tmp_path):
    deep = tmp_path / ("diep" * 30)
    try:
        start_small(deep)
        assert status_of(deep)["state"] == "running"
    finally:
        background.down(LabFolder(deep))


def test_a_process_that_has_taken_over_a_number_is_left_alone(folder):
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        place = LabFolder(folder)
        place.make()
        now = identify(bystander.pid)
        earlier = msgspec.structs.replace(now, started=now.started - 1)
        elsewhere = msgspec.structs.replace(now, boot="another boot")
        place.write_processes([earlier, elsewhere])
        assert background.down(place) == 0
        assert not earlier.terminate()
        assert bystander.poll() is None
        assert now.alive
        assert now.terminate()
        assert bystander.wait(5) == -signal.SIGTERM
        assert not now.alive
    finally:
        bystander.kill()
        bystander.wait()


def test_a_process_that_is_gone_cannot_be_signalled():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not ProcessIdentity(ended.pid, 1, "x").terminate()


def test_a_lab_that_crashed_can_be_started_again(folder):
    start_small(folder)
    place = LabFolder(folder)
    process = place.read_processes()[0]
    os.kill(process.pid, signal.SIGKILL)
    while process.alive:
        time.sleep(0.01)
    assert status_of(folder)["state"] == "stopped"
    start_small(folder)
    assert status_of(folder)["state"] == "running"


def test_the_key_stays_the_same_when_a_lab_starts_again_and_host_keys_do_not(folder):
    start_small(folder)
    key, hosts = (folder / "client_key").read_bytes(), (folder / "known_hosts").read_text()
    baseline_lab("down", "--folder", folder)
    start_small(folder)
    assert (folder / "client_key").read_bytes() == key
    assert (folder / "known_hosts").read_text() != hosts


def test_asking_where_no_lab_ever_was_says_so(tmp_path):
    with pytest.raises(LabError, match="there is no lab in"):
        baseline_lab("status", "--folder", tmp_path / "nergens")
    with pytest.raises(LabError, match="does not answer"):
        place = LabFolder(tmp_path / "leeg")
        place.make()
        ask(place, 0, Request("status"))


def test_nonsense_on_the_control_socket_is_answered_with_an_error(folder):
    import socket

    start_small(folder)
    place = LabFolder(folder)
    with socket.socket(socket.AF_UNIX) as client, place.control_address(0) as address:
        client.connect(address)
        client.sendall(b'{"operation": "explode"}\n')
        answer = json.loads(client.makefile("rb").readline())
    assert "explode" in answer["error"]
    assert status_of(folder)["state"] == "running"


def test_a_lab_in_the_foreground_stops_when_it_is_interrupted(folder):
    command = [sys.executable, "-c", "from baseline.cli.main import main; main()", "lab", "up", "--foreground"]
    command += ["--folder", str(folder), "--first-port", "0", "--devices", "2", "--lines", "450"]
    environment = os.environ | {"PYTHONPATH": str(Path(background.__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        while "Ctrl-C" not in process.stdout.readline():
            pass
        running = LabFolder(folder).read_processes()
        assert all(one.alive for one in running)
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    assert not any(one.alive for one in running)


def test_the_defects_and_faults_are_listed():
    listed = baseline_lab("defects")
    assert "telnet_on_vty\tconfiguration\tTelnet is accepted on the vty lines" in listed
    assert "flood\tbehaviour\tThe device answers with 100 MB" in listed
