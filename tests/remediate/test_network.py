"""``baseline remediate`` on network devices: simulated switches that take lines, and a real FRRouting router."""

import importlib.util
import json

import pytest
import yaml

from baseline.lab import background
from baseline.lab.control import Request
from baseline.lab.spec import DeviceSpec
from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet, switch
from tests.acceptance.terminal import Terminal
from tests.services.ansible_network import network_modules
from tests.services.frr import frr_router

pytestmark = pytest.mark.slow

CHECK = "network-lines-idle-timeout-short"
SENT = ("remediate", CHECK, "--pass-environment", "PYTHONPATH")
APPLY = ("--apply", "--yes", "--json", "--ticket", "CHG-1")
WEAK = {"defects": ("no_exec_timeout",), "accepts_changes": True}
DEVICES = (
    switch("sw-01", **WEAK),
    switch("sw-02", **WEAK, refuses=("line vty",)),
    switch("sw-03", **WEAK, hangs_up=("line vty",)),
    switch("sw-04", **WEAK),
    DeviceSpec(name="leaf-01", platform="arista_eos", **WEAK),
    DeviceSpec(name="leaf-02", platform="arista_eos", **WEAK, refuses=("idle-timeout",)),
)
REPAIRED = ("network-bgp-hops-limited", "network-lines-login-personal")
SECRET = "geheim-tussen-buren"
ROUTER = f"""\
frr defaults traditional
hostname utrecht-rtr-1
log syslog informational
service integrated-vtysh-config
password {SECRET}
!
router bgp 65010
 bgp router-id 192.0.2.10
 neighbor 192.0.2.1 remote-as 65020
 neighbor 192.0.2.1 password {SECRET}
exit
!
end
"""


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    with Fleet(tmp_path_factory.mktemp("lab"), *DEVICES) as fleet:
        fleet.set_host_variables("sw-03", ansible_command_timeout=10)  # seconds until a lost connection is given up
        yield fleet
        forget(fleet)


def forget(fleet):
    """Count anew what devices were sent."""
    for device in DEVICES:
        background.change(fleet.folder, Request("reset", device.name))


@pytest.fixture
def baseline(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(network_modules()))
    command = Command(tmp_path)
    yield command
    command.close()


def changed_lines(fleet):
    """Device -> what it was sent that would change it."""
    return {device.name: device.violating for device in fleet.status.devices if device.violating}


def test_a_dry_run_sends_nothing_and_a_repair_turns_fail_into_pass(baseline, fleet):
    limit = ("-i", fleet.inventory, "--target", "sw-01", "--target", "leaf-01")
    terminal = Terminal(baseline, *SENT, *limit, "--apply", "--ticket", "CHG-4711", "--json", "--save", "--serial", "2")
    terminal.read_until("[y/N]")
    assert changed_lines(fleet) == {}, "a dry run sends no configuration command"
    assert all(device.commands for device in fleet.status.devices if device.name in {"sw-01", "leaf-01"})
    terminal.answer("y")
    shown, code = terminal.read_to_end()
    told = json.loads(shown[shown.index("\n{") :])
    assert (told["status"], told["left"], code) == ("repaired", [], 0)
    planned = {each["target"]: each["diff"] for each in told["planned"] if each["outcome"] == "changed"}
    done = {each["target"]: each["diff"] for each in told["done"] if each["diff"]}
    assert "+  exec-timeout 10 0" in planned["sw-01"]
    assert "  line vty 0 4\n-  exec-timeout 0 0\n+  exec-timeout 10 0" in done["sw-01"]
    assert "  management ssh\n-  idle-timeout 0\n+  idle-timeout 10" in done["leaf-01"]

    sent = changed_lines(fleet)
    assert sent["sw-01"][0] == "configure terminal"
    assert sent["sw-01"][-1] == "write memory"
    assert sent["leaf-01"][0].startswith("configure session baseline-")
    assert sent["leaf-01"][-2:] == ("commit", "write memory")

    record = baseline("remediations", "1", "--json", code=0).document
    assert (record["ticket"], record["document"]["saved"]) == ("CHG-4711", True)
    undone = {each["target"]: each["lines"] for each in record["document"]["undo"]}
    assert undone["leaf-01"] == ["management ssh", " no idle-timeout 10", " idle-timeout 0"]
    again = baseline(*SENT, *limit, code=0)
    assert "Nothing to repair by machine." in again.stdout
    assert changed_lines(fleet) == sent


def test_devices_that_refuse_a_line_or_hang_up_have_failed_in_their_own_words_and_the_rest_is_left_alone(
    baseline, fleet
):
    forget(fleet)
    names = ("sw-02", "sw-03", "sw-04", "leaf-02")
    limit = [word for name in names for word in ("--target", name)]
    ended = baseline(*SENT, "-i", fleet.inventory, *limit, *APPLY, "--serial", "3", code=1)
    told = ended.document
    assert told["status"] == "failed"
    assert {each["target"] for each in told["left"]} == set(names)
    said = {each["target"]: each["message"] for each in told["done"] if each["outcome"] in ("failed", "unreachable")}
    assert said["sw-02"] == "the device refused 'line vty 0 4': % Invalid input detected at '^' marker."
    assert "the device refused 'idle-timeout 10': % Invalid input" in said["leaf-02"]
    assert "timeout" in said["sw-03"]
    sent = changed_lines(fleet)
    assert set(sent) == {"sw-02", "sw-03", "leaf-02"}
    assert sent["leaf-02"][1:] == ("management ssh", "idle-timeout 10", "abort")
    assert sent["sw-02"][-2:] == ("exec-timeout 10 0", "line vty 0 4")
    (undo,) = baseline("remediations", "1", "--json", code=0).document["document"]["undo"]
    assert (undo["target"], undo["lines"]) == ("sw-02", ["line con 0", " no exec-timeout 10 0", " exec-timeout 0 0"])


@pytest.mark.skipif(importlib.util.find_spec("pylibsshext") is not None, reason="what is to be missing is installed")
def test_what_is_not_installed_is_named_with_the_command_that_installs_it(baseline, fleet):
    limit = ("-i", fleet.inventory, "--target", "sw-02")
    said = baseline("remediate", CHECK, *limit, code=2).stderr
    assert "pip install ansible-pylibssh==1.4.0 && ansible-galaxy collection install -r" in said


@pytest.mark.frr
@pytest.mark.sshd
def test_a_real_router_is_repaired_once_and_its_secrets_stay_on_it(baseline, tmp_path):
    with frr_router(tmp_path / "router", configuration=ROUTER) as router:
        inventory = router_inventory(
            tmp_path, router.server, as_number=65010, maximum_prefixes="100\nno router bgp 65010"
        )
        before = router.vtysh("show running-config")
        named = (*REPAIRED, "network-bgp-prefixes-limited")
        terminal = Terminal(baseline, "remediate", *named, "-i", inventory, *SENT[2:], "--apply", "--ticket", "CHG-2")
        terminal.read_until("[y/N]")
        assert router.vtysh("show running-config") == before
        terminal.answer("y")
        shown, code = terminal.read_to_end()
        after = router.vtysh("show running-config")
        assert code == 1, "a person must still say how many prefixes"
        assert "maximum_prefixes' of baseline_remediate is not one plain word" in " ".join(shown.split())
        assert "neighbor 192.0.2.1 ttl-security hops 1" in after
        assert f"\npassword {SECRET}" not in after
        assert f" neighbor 192.0.2.1 password {SECRET}" in after
        verdicts = baseline("check", "-i", inventory, "--json").verdicts
        assert {status for (_, check, _), status in verdicts.items() if check in REPAIRED} == {"pass"}
        record = baseline("remediations", "1", "--json", code=0).stdout
        assert "password <redacted>" in record
        for text in (shown, record, *(path.read_text("latin-1") for path in tmp_path.glob("store.db*"))):
            assert SECRET not in text
        for each in reversed(json.loads(record)["document"]["undo"]):
            arguments = [line.replace("<redacted>", SECRET) for line in each["lines"]]
            router.vtysh("configure terminal", *arguments)
        assert sorted(router.vtysh("show running-config").splitlines()) == sorted(before.splitlines())


def router_inventory(folder, server, **values):
    variables = {
        "ansible_host": server.address,
        "ansible_port": server.port,
        "ansible_user": server.user,
        "ansible_ssh_private_key_file": str(server.key_file),
        "baseline_platform": "frr",
        "baseline_owner": "netwerkbeheer",
        "baseline_known_hosts": str(server.known_hosts),
        "baseline_remediate": values,
    }
    path = folder / "inventory.yml"
    path.write_text(yaml.safe_dump({"all": {"hosts": {"router-1": variables}}}))
    return path
