import asyncio
import dataclasses

import pytest

from baseline.collectors.network import collector as collector_module
from baseline.collectors.network.collector import NetworkCollector
from baseline.collectors.network.handshake import ARTEFACT, with_handshake
from baseline.collectors.network.unanswered import with_reasons
from baseline.collectors.registry import collector_for
from baseline.collectors.ssh.algorithms import Offer, TransportDetails
from baseline.models.errors import CollectError
from baseline.models.facts.fact import NOT_COLLECTED, Unknown
from baseline.models.facts.network import NetworkFacts
from baseline.models.facts.network.management import Management, Ssh
from baseline.models.target import Connection, Target
from tests.transport.lab import COMMANDS, IOS, SWITCH, secrets, site

DETAILS = TransportDetails(
    key_exchange="curve25519-sha256",
    host_key="ssh-ed25519",
    host_key_fingerprint="SHA256:x",
    cipher="aes128-ctr",
    mac="hmac-sha2-256",
    server_version="SSH-1.99-Cisco-1.25",
    offered=Offer(
        key_exchanges=("curve25519-sha256", "ext-info-s"),
        host_keys=("ssh-ed25519",),
        ciphers=("aes128-ctr", "aes128-cbc"),
        macs=("hmac-sha1",),
    ),
)


def collect(folder, needs=frozenset(), *, transport="ssh", settings=None, **spec):
    async def scenario():
        async with site(folder, **spec) as at:
            target = at.target(transport=transport)
            collected = await NetworkCollector().collect(target, frozenset(needs), at.settings(**(settings or {})))
            return collected, list(at.counters.received), at.counters.violations

    return asyncio.run(scenario())


def test_the_registry_finds_this_collector():
    target = Target(name="x", kind="network", platform="cisco_ios")
    assert isinstance(collector_for(target), NetworkCollector)


@pytest.mark.parametrize("transport", ["ssh", "netmiko"])
def test_a_switch_gives_facts_artefacts_and_their_sources(tmp_path, transport):
    collected, _, violations = collect(tmp_path, transport=transport)
    assert collected.facts.device.hostname == SWITCH
    assert collected.facts.management.ssh.version == 2
    assert [artefact.name for artefact in collected.artefacts] == [*COMMANDS, ARTEFACT]
    assert {source.artefact for source in collected.sources.values()} <= {*COMMANDS, ARTEFACT}
    assert collected.round_trips == 3
    assert collected.duration_seconds > 0
    assert collected.collected_at.tzinfo is not None
    assert violations == 0


def test_only_what_is_needed_is_asked(tmp_path):
    collected, received, _ = collect(tmp_path, {"software.version"})
    assert "show version" in received
    assert "show ntp associations" not in received
    assert collected.facts.clock == NOT_COLLECTED or "not" in str(collected.facts.clock)


def test_nothing_is_asked_when_nothing_is_needed(tmp_path):
    collected, received, _ = collect(tmp_path, {"no_such_fact"})
    assert (received, collected.artefacts) == ([], ())


def test_artefacts_hold_no_secret_and_every_line(tmp_path):
    async def scenario():
        async with site(tmp_path) as at:
            collected = await NetworkCollector().collect(at.target(), frozenset(), at.settings())
            return collected, at.lab.configuration(SWITCH)

    collected, configuration = asyncio.run(scenario())
    running = next(a.content.decode() for a in collected.artefacts if a.name == "show running-config")
    secret_lines = [line for line in configuration.splitlines() if " secret 9 " in line or "snmp-server user" in line]
    assert secret_lines
    assert not [line for line in secret_lines if line.split()[-1] in running]
    assert configuration.count("\n") <= running.count("\n")


def test_the_handshake_is_kept_as_evidence(tmp_path):
    collected, _, _ = collect(tmp_path, {"management.ssh"})
    text = next(a.content.decode() for a in collected.artefacts if a.name == ARTEFACT)
    assert text.splitlines()[0] == "server version: SSH-2.0-Cisco-1.25"
    assert "ciphers offered: aes128-gcm@openssh.com" in text
    assert "SHA256:" in text


def test_a_user_without_privilege_gets_unknown_facts_with_the_reason(tmp_path):
    only_password = {"secret": lambda target, kind: secrets(target, kind) if kind == "password" else None}
    collected, _, _ = collect(tmp_path, privilege=1, settings=only_password)
    assert isinstance(collected.facts.users, Unknown)
    assert collected.facts.software.version


def test_the_handshake_fills_only_what_is_unknown():
    facts = NetworkFacts(management=Management(ssh=Ssh(version=2, ciphers=Unknown("not in the configuration"))))
    filled, sources = with_handshake(facts, DETAILS)
    ssh = filled.management.ssh
    assert (ssh.version, ssh.enabled) == (2, True)
    assert ssh.ciphers == ["aes128-ctr", "aes128-cbc"]
    assert ssh.key_exchanges == ["curve25519-sha256"]
    assert sources["management.ssh.ciphers"].artefact == ARTEFACT
    assert sources["management.ssh.ciphers"].lines == (4,)
    assert "management.ssh.version" not in sources


def test_a_server_that_says_1_99_accepts_version_1():
    filled, _ = with_handshake(NetworkFacts(), DETAILS)
    assert filled.management.ssh.version == 1


def test_a_handshake_that_told_nothing_fills_nothing_but_that_the_server_answers():
    filled, _ = with_handshake(NetworkFacts(), TransportDetails())
    assert filled.management.ssh.enabled is True
    assert filled.management.ssh.ciphers == NOT_COLLECTED
    assert filled.management.ssh.version == NOT_COLLECTED


def test_facts_of_an_unanswered_command_say_why_and_others_stay():
    facts = NetworkFacts(management=Management(ssh=Ssh(version=2)))
    command = dataclasses.replace(IOS.commands[0], text="show ip ssh", supplies=("management.ssh", "users"))
    platform = dataclasses.replace(IOS, commands=(command,))
    explained = with_reasons(facts, platform, {"show ip ssh": "no answer"})
    assert explained.users == Unknown("no answer")
    assert explained.management.ssh.version == 2
    assert explained.management.ssh.ciphers == Unknown("no answer")
    assert explained.management.telnet == NOT_COLLECTED
    assert explained.clock == NOT_COLLECTED


def test_a_platform_that_nobody_wrote_is_an_error():
    target = Target(name="x", kind="network", platform="abacus")
    with pytest.raises(CollectError, match="abacus"):
        asyncio.run(NetworkCollector().collect(target, frozenset(), collector_module.CollectSettings()))


def test_a_network_device_is_not_asked_locally():
    target = Target(name="x", kind="network", platform="cisco_ios", connection=Connection(transport="local"))
    with pytest.raises(CollectError) as caught:
        asyncio.run(NetworkCollector().collect(target, frozenset(), collector_module.CollectSettings()))
    assert caught.value.code == "not_allowed"
