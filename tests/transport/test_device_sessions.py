"""What both transports do on a simulated switch; and that they do the same."""

import asyncio
import dataclasses
import resource
import time

import msgspec
import pytest

from baseline.models.errors import CollectError
from baseline.models.target import Credentials
from tests.transport.lab import COMMANDS, IOS, SWITCH, ask, run_commands, secrets, site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Diffie-Hellman over finite fields", "ignore::DeprecationWarning:paramiko"),
]

transports = pytest.mark.parametrize("transport", ["shell_session", "netmiko_session"])


def failed(*arguments, **options):
    with pytest.raises(CollectError) as caught:
        ask(*arguments, **options)
    return caught.value


@transports
def test_every_command_is_answered_in_three_round_trips(tmp_path, transport):
    output, counters = ask(tmp_path, transport)
    assert list(output.outputs) == COMMANDS
    assert output.outputs["show running-config"].startswith("Building configuration...\n")
    assert output.outputs["show running-config"].rstrip().endswith("end")
    assert output.outputs["show version"].startswith("Cisco IOS")
    assert SWITCH + "#" not in "".join(output.outputs.values())
    assert "\r" not in "".join(output.outputs.values())
    assert output.round_trips == 3
    assert list(counters.received) == [*IOS.session_setup, *COMMANDS]
    assert counters.sessions == 1


def test_both_transports_bring_back_the_same(tmp_path):
    async def both():
        async with site(tmp_path) as at:
            return [
                await run_commands(name)(at.target(), IOS, ["show running-config", "show ip ssh"], at.settings())
                for name in ("shell_session", "netmiko_session")
            ]

    native, netmiko = asyncio.run(both())
    assert native.outputs == netmiko.outputs
    assert native.transport.host_key_fingerprint == netmiko.transport.host_key_fingerprint
    assert native.transport.host_key == netmiko.transport.host_key == "ssh-ed25519"
    assert native.transport.weak == netmiko.transport.weak == ()


@transports
def test_a_slow_line_changes_nothing_but_the_time(tmp_path, transport):
    far, _ = ask(tmp_path, transport, ["show running-config", "show snmp user"], latency_ms=30)
    near, _ = ask(tmp_path, transport, ["show running-config", "show snmp user"])
    assert far.outputs["show snmp user"] == near.outputs["show snmp user"]
    assert len(far.outputs["show running-config"].splitlines()) == len(near.outputs["show running-config"].splitlines())


@transports
def test_an_unprivileged_user_enters_the_privileged_mode_with_the_secret(tmp_path, transport):
    output, counters = ask(tmp_path, transport, privilege=1)
    assert "hostname" in output.outputs["show running-config"]
    assert list(counters.received)[:3] == [*IOS.session_setup, "enable"]
    assert output.round_trips == 4


@transports
def test_without_an_enable_secret_the_refusal_says_what_is_missing(tmp_path, transport):
    settings = {"secret": lambda target, kind: secrets(target, kind) if kind == "password" else None}
    output, _ = ask(tmp_path, transport, ["show running-config", "show clock"], privilege=1, settings=settings)
    assert list(output.failures) == ["show running-config"]
    assert "no enable secret is configured" in output.failures["show running-config"]
    assert output.outputs["show clock"]


@transports
def test_a_wrong_enable_secret_is_tried_once(tmp_path, transport):
    settings = {"secret": lambda target, kind: "fout" if kind == "enable" else secrets(target, kind)}
    error = failed(tmp_path, transport, privilege=1, settings=settings)
    assert error.code == "privilege"
    assert "fout" not in str(error)


@transports
@pytest.mark.parametrize("secret", ["x\nconfigure terminal", "x\rreload", "x\x03"])
def test_an_enable_secret_cannot_carry_a_command(tmp_path, transport, secret):
    settings = {"secret": lambda target, kind: secret if kind == "enable" else secrets(target, kind)}
    assert failed(tmp_path, transport, privilege=1, settings=settings).code == "credential"


@transports
def test_a_command_that_the_device_does_not_know_is_a_failure_of_that_command(tmp_path, transport):
    output, _ = ask(tmp_path, transport, ["show vlan nonsense", "show clock"])
    assert list(output.failures) == ["show vlan nonsense"]
    assert "does not know" in output.failures["show vlan nonsense"]
    assert "%" in output.outputs["show vlan nonsense"]


@transports
@pytest.mark.parametrize(
    "command",
    [
        "configure terminal",
        "show clock\nreload",
        "show clock\rwrite",
        "reload",
        "show clock; reload",
        " show clock",
        "",
    ],
)
def test_a_command_that_is_not_allowed_never_reaches_the_device(tmp_path, transport, command):
    async def scenario():
        async with site(tmp_path) as at:
            with pytest.raises(CollectError) as caught:
                await run_commands(transport)(at.target(), IOS, ["show clock", command], at.settings())
            return caught.value.code, at.counters.connections

    assert asyncio.run(scenario()) == ("not_allowed", 0)


@transports
@pytest.mark.parametrize("setup", ["configure terminal", "terminal length 0\nreload", "write memory"])
def test_a_platform_cannot_prepare_a_session_by_changing_the_device(tmp_path, transport, setup):
    wrong = dataclasses.replace(IOS, session_setup=(setup,))
    assert failed(tmp_path, transport, platform=wrong).code == "not_allowed"


@transports
def test_names_from_the_inventory_are_never_typed(tmp_path, transport):
    async def scenario():
        async with site(tmp_path) as at:
            target = msgspec.structs.replace(
                at.target(), name="x\nreload\n", site="\nreload", groups=("a\nwrite",), owner="$(reload)"
            )
            await run_commands(transport)(target, IOS, ["show clock"], at.settings())
            return list(at.counters.received), at.counters.violations

    assert asyncio.run(scenario()) == ([*IOS.session_setup, "show clock"], 0)


@transports
def test_a_user_name_cannot_carry_a_command(tmp_path, transport):
    error = failed(tmp_path, transport, connection={"credentials": Credentials(user="auditor\nreload")})
    assert error.code == "credential"


@transports
@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ("hang", "timeout", "before the first prompt"),
        ("hang_mid_command", "timeout", "after sending 'show running-config'"),
        ("disconnect", "disconnected", "after sending 'show running-config'"),
        ("flood", "too_much_output", "after sending 'show running-config'"),
        ("binary", "unparsable", "binary"),
        ("wrong_password", "authentication", "auditor"),
        ("weak_ssh", "no_common_algorithm", SWITCH),
        ("changed_host_key", "host_key_changed", "SHA256:"),
        ("hang_handshake", "timeout", "handshake"),
    ],
)
def test_a_device_that_misbehaves_ends_in_an_error_that_names_it(tmp_path, transport, fault, code, words):
    started = time.monotonic()
    error = failed(
        tmp_path,
        transport,
        ["show running-config"],
        fault=fault,
        settings={"timeout_seconds": 2.5, "connect_timeout_seconds": 1.0} if code == "timeout" else None,
    )
    assert (error.code, words in error.message, SWITCH in error.message) == (code, True, True), error
    assert time.monotonic() - started < 15


@transports
def test_a_flood_of_100_megabytes_stays_within_the_bound(tmp_path, transport):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bound = 4_000_000
    error = failed(tmp_path, transport, ["show clock"], fault="flood", settings={"maximum_output_bytes": bound})
    assert error.code == "too_much_output"
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 40_000_000


@transports
def test_a_wrong_password_is_offered_once(tmp_path, transport):
    async def scenario():
        async with site(tmp_path) as at:
            settings = at.settings(attempts=4, secret=lambda _target, _kind: "fout")
            with pytest.raises(CollectError) as caught:
                await run_commands(transport)(at.target(), IOS, ["show clock"], settings)
            return caught.value, at.counters

    error, counters = asyncio.run(scenario())
    assert error.code == "authentication"
    assert "fout" not in str(error)
    assert (counters.connections, counters.authentication_failures) == (1, 1)


@transports
def test_a_revoked_host_key_is_refused_even_if_it_is_also_accepted(tmp_path, transport):
    async def scenario():
        async with site(tmp_path) as at:
            settings = at.settings()
            with settings.known_hosts.open("a") as file:
                file.write("".join(f"@revoked {line}\n" for line in at.lab.known_hosts().splitlines()))
            with pytest.raises(CollectError) as caught:
                await run_commands(transport)(at.target(), IOS, ["show clock"], settings)
            return caught.value, at.counters

    error, counters = asyncio.run(scenario())
    assert (error.code, "revoked" in error.message) == ("host_key_changed", True)
    assert (counters.sessions, counters.authentication_failures) == (0, 0)


@transports
def test_an_unknown_host_key_is_refused_with_the_command_that_accepts_it(tmp_path, transport):
    error = failed(tmp_path, transport, settings={"known_hosts": tmp_path / "none"})
    assert error.code == "host_key_unknown"
    assert error.hint.endswith(f"baseline trust {SWITCH}")


def test_the_native_client_accepts_weak_algorithms_when_the_inventory_says_so(tmp_path):
    allowed = {"legacy_algorithms": True}
    output, _ = ask(tmp_path, "shell_session", ["show clock"], fault="weak_ssh", connection=allowed)
    assert set(output.transport.weak) == {"diffie-hellman-group1-sha1", "ssh-rsa", "aes128-cbc", "hmac-sha1"}


def test_pages_are_turned_when_paging_cannot_be_switched_off(tmp_path):
    stubborn = dataclasses.replace(IOS, session_setup=())
    paged, _ = ask(tmp_path, "shell_session", ["show running-config"], platform=stubborn, lines=1500)
    whole, _ = ask(tmp_path, "shell_session", ["show running-config"], lines=1500)
    assert paged.outputs["show running-config"].count("\n") > 1000
    assert "--More--" not in paged.outputs["show running-config"]
    assert [line.rstrip() for line in paged.outputs["show running-config"].splitlines()][5:] == [
        line.rstrip() for line in whole.outputs["show running-config"].splitlines()
    ][5:]


def test_many_switches_are_asked_at_once(tmp_path):
    async def scenario():
        async with site(tmp_path) as at:
            settings = at.settings()
            asked = (run_commands("shell_session")(at.target(), IOS, ["show clock"], settings) for _ in range(25))
            return await asyncio.gather(*asked)

    assert len(asyncio.run(scenario())) == 25
