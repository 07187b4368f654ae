"""A real FRRouting router, asked over a real SSH server."""

import asyncio
from importlib import import_module

import pytest

from baseline.collectors.network.collector import NetworkCollector
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.services.frr import HOST_NAME, frr_router

pytestmark = [pytest.mark.frr, pytest.mark.sshd, pytest.mark.filterwarnings("ignore::DeprecationWarning:paramiko")]

FRR = platform("frr")
COMMANDS = ["show version", "show running-config", "show interface", "show bgp summary", "show ip ospf interface"]


@pytest.fixture(scope="module")
def router(tmp_path_factory):
    with frr_router(tmp_path_factory.mktemp("frr"), ospf=True) as running:
        yield running


def ask(router, transport, commands):
    run_commands = import_module(f"baseline.collectors.network.{transport}").run_commands
    target = router.server.target(name="utrecht-rtr-1", kind="network", platform="frr")
    return asyncio.run(run_commands(target, FRR, commands, router.server.settings()))


@pytest.mark.parametrize("transport", ["shell_session", "netmiko_session"])
def test_vtysh_answers_over_ssh_as_it_does_on_the_machine(router, transport):
    output = ask(router, transport, COMMANDS)
    assert output.failures == {}
    assert output.round_trips == 3
    for command in ("show version", "show running-config", "show ip ospf interface"):
        assert output.outputs[command].split() == router.vtysh(command).split()
    assert output.outputs["show running-config"].rstrip().endswith("end")


@pytest.mark.parametrize("transport", ["shell_session", "netmiko_session"])
def test_a_command_that_vtysh_does_not_know_is_a_failure_of_that_command(router, transport):
    output = ask(router, transport, ["show bgp nonsense", "show version"])
    assert list(output.failures) == ["show bgp nonsense"]
    assert output.outputs["show version"].startswith("FRRouting")


def test_long_outputs_are_not_paged(router):
    output = ask(router, "shell_session", ["show memory"])
    assert output.outputs["show memory"].count("\n") > 100
    assert "More" not in output.outputs["show memory"]


def test_the_router_is_collected_without_its_secrets(router):
    target = router.server.target(name="utrecht-rtr-1", kind="network", platform="frr")
    collected = asyncio.run(NetworkCollector().collect(target, frozenset(), router.server.settings()))
    assert collected.facts.device.hostname == HOST_NAME
    assert not isinstance(collected.facts.software.version, Unknown)
    assert "een-geheim-tussen-buren" not in "".join(artefact.content.decode() for artefact in collected.artefacts)
    assert "een-geheim-tussen-buren" not in str(collected.facts)
