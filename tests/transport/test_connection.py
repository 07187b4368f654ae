import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import time

import msgspec
import pytest

from baseline.collectors.ssh import attempts
from baseline.collectors.ssh.connection import connect, fetch_host_key, transport_details
from baseline.collectors.ssh.execution import execute
from baseline.models.errors import CollectError
from baseline.models.target import Credentials
from tests.services.openssh import free_port, make_key, openssh_server

pytestmark = [pytest.mark.sshd, pytest.mark.slow]


async def whoami(target, settings):
    async with connect(target, settings) as connection:
        answer = await execute(connection, "id -un", timeout_seconds=60, maximum_output_bytes=100)
    return answer.stdout.decode().strip()


def with_credentials(target, **credentials):
    changed = msgspec.structs.replace(target.connection, credentials=Credentials(**credentials))
    return msgspec.structs.replace(target, connection=changed)


def logins(server):
    """Failed and accepted logins so far, as the server counts them."""
    return len(re.findall(r"^(?:Failed|Accepted) ", server.log, re.MULTILINE))


@contextlib.contextmanager
def ssh_agent(tmp_path, *keys):
    address = tmp_path / "agent"
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(address)], stdout=subprocess.DEVNULL)
    try:
        while not address.exists():
            time.sleep(0.01)
        for key in keys:
            subprocess.run(
                ["ssh-add", "-q", str(key)],
                check=True,
                env=os.environ | {"SSH_AUTH_SOCK": str(address), "SSH_ASKPASS_REQUIRE": "never"},
            )
        yield str(address)
    finally:
        agent.terminate()
        agent.wait(timeout=5)


def test_a_known_host_is_logged_in_to_with_the_configured_key(openssh):
    assert asyncio.run(whoami(openssh.target(), openssh.settings())) == openssh.user


def test_many_connections_at_once_share_what_was_read(openssh):
    async def all_at_once():
        return await asyncio.gather(*(whoami(openssh.target(), openssh.settings()) for _ in range(12)))

    assert set(asyncio.run(all_at_once())) == {openssh.user}


def test_what_was_agreed_and_offered_is_told(openssh):
    async def details():
        async with connect(openssh.target(), openssh.settings()) as connection:
            return transport_details(connection)

    told = asyncio.run(details())
    assert (told.key_exchange, told.host_key, told.cipher) == (
        "curve25519-sha256",
        "ssh-ed25519",
        "aes128-gcm@openssh.com",
    )
    assert told.weak == ()
    assert "rsa-sha2-512" in told.offered.host_keys
    assert "hmac-sha1" in told.offered.macs
    assert told.server_version.startswith("SSH-2.0-OpenSSH")
    fingerprint = subprocess.run(
        ["ssh-keygen", "-lf", str(openssh.host_key_files[0])], check=True, capture_output=True, text=True
    ).stdout
    assert told.host_key_fingerprint in fingerprint


def test_an_unknown_host_key_is_refused_with_the_command_that_accepts_it(openssh, tmp_path, failure):
    before = logins(openssh)
    error = failure(whoami(openssh.target(name="core sw"), openssh.settings(known_hosts=tmp_path / "none")))
    assert error.code == "host_key_unknown"
    assert re.search(r"SHA256:[A-Za-z0-9+/]{43}", error.message)
    assert error.hint.endswith("baseline trust 'core sw'")
    assert logins(openssh) == before


def test_a_changed_host_key_is_refused_and_shown_beside_the_known_one(openssh, tmp_path, failure):
    other = make_key(tmp_path / "other").with_suffix(".pub").read_text()
    known = tmp_path / "known_hosts"
    known.write_text(f"[127.0.0.1]:{openssh.port} {other}")
    error = failure(whoami(openssh.target(), openssh.settings(known_hosts=known)))
    assert error.code == "host_key_changed"
    assert len(set(re.findall(r"SHA256:[A-Za-z0-9+/]{43}", error.message))) == 2
    assert "baseline trust --replace server" in error.hint


def test_a_host_with_a_key_of_another_type_only_counts_as_changed(openssh, tmp_path, failure):
    other = make_key(tmp_path / "other", "ecdsa").with_suffix(".pub").read_text()
    known = tmp_path / "known_hosts"
    known.write_text(f"[127.0.0.1]:{openssh.port} {other}")
    assert failure(whoami(openssh.target(), openssh.settings(known_hosts=known))).code == "host_key_changed"


def test_the_type_of_key_that_is_known_is_asked_for(openssh, tmp_path):
    known = tmp_path / "known_hosts"
    known.write_text(
        "".join(line for line in openssh.known_hosts.read_text().splitlines(keepends=True) if "rsa" in line)
    )
    assert asyncio.run(whoami(openssh.target(), openssh.settings(known_hosts=known))) == openssh.user
    assert asyncio.run(fetch_host_key(openssh.target(), openssh.settings(known_hosts=known))).type == "ssh-rsa"


def test_a_revoked_host_key_is_refused_even_if_it_is_also_accepted(openssh, tmp_path, failure):
    accepted = openssh.known_hosts.read_text()
    known = tmp_path / "known_hosts"
    known.write_text(accepted + "".join(f"@revoked {line}\n" for line in accepted.splitlines()))
    error = failure(whoami(openssh.target(), openssh.settings(known_hosts=known)))
    assert error.code == "host_key_changed"
    assert "revoked" in error.message


def test_hashed_known_hosts_work(openssh, tmp_path):
    known = tmp_path / "known_hosts"
    shutil.copy(openssh.known_hosts, known)
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", str(known)], check=True, capture_output=True)
    assert asyncio.run(whoami(openssh.target(), openssh.settings(known_hosts=known))) == openssh.user


def test_a_host_certificate_of_a_known_authority_is_accepted(tmp_path, failure):
    authority, stranger = make_key(tmp_path / "authority"), make_key(tmp_path / "stranger")
    known = tmp_path / "known_hosts"
    with openssh_server(tmp_path / "sshd", authority=authority) as server:
        known.write_text(f"@cert-authority [127.0.0.1]:{server.port} {authority.with_suffix('.pub').read_text()}")
        assert asyncio.run(whoami(server.target(), server.settings(known_hosts=known))) == server.user
        known.write_text(f"@cert-authority [127.0.0.1]:{server.port} {stranger.with_suffix('.pub').read_text()}")
        assert failure(whoami(server.target(), server.settings(known_hosts=known))).code == "host_key_changed"


def test_a_refused_key_is_an_authentication_error_and_is_offered_once(openssh, tmp_path, failure):
    target = with_credentials(openssh.target(), user=openssh.user, key_file=str(make_key(tmp_path / "stranger")))
    before = openssh.log.count("Connection from")
    error = failure(whoami(target, openssh.settings(attempts=4)))
    assert error.code == "authentication"
    assert "stranger" in error.message
    assert openssh.log.count("Connection from") == before + 1


def test_a_missing_key_file_is_named(openssh, tmp_path, failure):
    error = failure(
        whoami(with_credentials(openssh.target(), user="x", key_file=str(tmp_path / "no")), openssh.settings())
    )
    assert (error.code, str(tmp_path / "no") in error.message) == ("credential", True)


def test_a_file_that_is_no_key_is_named(openssh, failure):
    error = failure(whoami(with_credentials(openssh.target(), user="x", key_file=__file__), openssh.settings()))
    assert error.code == "credential"


def test_a_key_with_a_passphrase_is_never_asked_for(openssh, tmp_path, failure):
    key = make_key(tmp_path / "locked", passphrase="geheime zin")
    error = failure(whoami(with_credentials(openssh.target(), user="x", key_file=str(key)), openssh.settings()))
    assert error.code == "credential"
    assert error.hint == f"ssh-add {key}"


def test_a_key_with_a_passphrase_is_used_through_the_agent(openssh, tmp_path, monkeypatch):
    locked = tmp_path / "locked"
    shutil.copy(openssh.key_file, locked)
    shutil.copy(openssh.key_file.with_suffix(".pub"), tmp_path / "locked.pub")
    subprocess.run(["ssh-keygen", "-q", "-p", "-N", "geheime zin", "-f", str(locked)], check=True, capture_output=True)
    with ssh_agent(tmp_path, make_key(tmp_path / "stranger"), openssh.key_file) as address:
        monkeypatch.setenv("SSH_AUTH_SOCK", address)
        target = with_credentials(openssh.target(), user=openssh.user, key_file=str(locked))
        assert asyncio.run(whoami(target, openssh.settings())) == openssh.user


def test_without_a_configured_credential_the_agent_is_asked(openssh, tmp_path, monkeypatch):
    with ssh_agent(tmp_path, make_key(tmp_path / "stranger"), openssh.key_file) as address:
        monkeypatch.setenv("SSH_AUTH_SOCK", address)
        assert (
            asyncio.run(whoami(with_credentials(openssh.target(), user=openssh.user), openssh.settings()))
            == openssh.user
        )


def test_without_an_agent_the_default_key_files_are_tried(openssh, tmp_path, monkeypatch):
    shutil.copy(openssh.key_file, tmp_path / "home" / ".ssh" / "id_ed25519")
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "nobody listens"))
    assert (
        asyncio.run(whoami(with_credentials(openssh.target(), user=openssh.user), openssh.settings())) == openssh.user
    )


def test_without_any_credential_the_error_says_so(openssh, failure):
    error = failure(whoami(with_credentials(openssh.target(), user=openssh.user), openssh.settings()))
    assert error.code == "authentication"
    assert "none is configured" in error.message


def test_a_configured_password_keeps_the_agents_keys_at_home(openssh, tmp_path, monkeypatch, failure):
    before = logins(openssh)
    with ssh_agent(tmp_path, openssh.key_file) as address:
        monkeypatch.setenv("SSH_AUTH_SOCK", address)
        settings = openssh.settings(secret=lambda _target, _kind: "wachtwoord")
        error = failure(whoami(with_credentials(openssh.target(), user=openssh.user), settings))
    assert error.code == "authentication"
    assert "wachtwoord" not in str(error)
    assert logins(openssh) == before


def test_what_the_secret_resolver_says_is_passed_on(openssh, failure):
    def resolver(_target, _kind):
        raise CollectError("credential", "the vault is locked")

    error = failure(whoami(with_credentials(openssh.target(), user="x"), openssh.settings(secret=resolver)))
    assert (error.code, error.message) == ("credential", "the vault is locked")


def test_the_users_ssh_configuration_is_not_read(openssh, tmp_path):
    trap = tmp_path / "home" / ".ssh" / "config"
    trap.write_text("Host *\n  User mallory\n  Port 1\n  ProxyCommand touch %d/proxied\n  StrictHostKeyChecking no\n")
    assert asyncio.run(whoami(openssh.target(), openssh.settings())) == openssh.user
    assert not (tmp_path / "home" / "proxied").exists()


@pytest.mark.filterwarnings("ignore:Diffie-Hellman over finite fields")
@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("KexAlgorithms", "diffie-hellman-group14-sha1", "key exchange"),
        ("Ciphers", "aes128-cbc", "cipher"),
        ("HostKeyAlgorithms", "ssh-rsa", "host key algorithm"),
    ],
)
def test_a_server_with_weak_algorithms_only_is_accepted_when_the_inventory_says_so(
    tmp_path, failure, option, value, named
):
    with openssh_server(tmp_path, host_keys=("rsa",), **{option: value}) as server:
        error = failure(whoami(server.target(), server.settings()))
        assert error.code == "no_common_algorithm"
        assert named in error.message
        assert value in error.message
        assert "baseline_legacy_algorithms: true" in error.hint

        async def weak():
            async with connect(server.target(legacy_algorithms=True), server.settings()) as connection:
                return transport_details(connection).weak

        assert asyncio.run(weak()) == (value,)


def test_a_weak_mac_needs_the_same_permission(tmp_path, failure):
    with openssh_server(tmp_path, Ciphers="aes128-ctr", MACs="hmac-sha1") as server:
        assert "MAC" in failure(whoami(server.target(), server.settings())).message
        assert asyncio.run(whoami(server.target(legacy_algorithms=True), server.settings())) == server.user


def test_a_closed_port_is_unreachable(openssh, once, failure):
    error = failure(whoami(openssh.target(port=free_port()), once()))
    assert error.code == "unreachable"


def test_a_name_that_does_not_resolve_is_unreachable(openssh, once, failure):
    error = failure(whoami(openssh.target(address="no-such-host.invalid"), once()))
    assert (error.code, "no-such-host.invalid" in error.message) == ("unreachable", True)


@pytest.mark.parametrize("address", ["", "x" * 300, "a b", "-oProxyCommand=x", "host\nname", "..", "\u0130"])
def test_an_address_that_is_none_is_an_error_for_a_person(openssh, once, failure, address):
    target = openssh.target(address=address, name="no such name")
    assert failure(whoami(target, once())).code == "unreachable"


def test_a_server_that_says_nothing_is_a_timeout(tcp_server, impatient, failure):
    error = failure(whoami(tcp_server().target(), impatient))
    assert error.code == "timeout"


def test_a_server_that_never_finishes_the_handshake_is_a_timeout(tcp_server, impatient, failure):
    assert failure(whoami(tcp_server(b"SSH-2.0-slow\r\n").target(), impatient)).code == "timeout"


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n" * 3000, b"SSH-1.5-ancient\r\n", b"\x00" * 70_000]
)
def test_what_does_not_speak_ssh_is_named_so(tcp_server, once, failure, greeting):
    error = failure(whoami(tcp_server(greeting, hang_up=True).target(), once()))
    assert error.code == "unparsable"


def test_a_server_that_hangs_up_is_tried_again(tcp_server, once, failure, monkeypatch):
    monkeypatch.setattr(attempts, "FIRST_DELAY_SECONDS", 0.01)
    server = tcp_server(hang_up=True)
    assert failure(whoami(server.target(), once(attempts=3))).code == "disconnected"
    assert server.count == 3


def test_pauses_grow_and_stay_bounded():
    pauses = [attempts._pause(number) for number in range(1, 12)]
    assert 0.25 <= pauses[0] <= 0.5
    assert max(pauses) <= attempts.LONGEST_DELAY_SECONDS


def test_cancelling_leaves_no_connection_behind(openssh):
    async def cancelled():
        async with asyncio.timeout(0.05):
            await whoami(openssh.target(), openssh.settings())

    async def scenario():
        with pytest.raises(TimeoutError):
            await cancelled()
        await asyncio.sleep(0)
        return [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert asyncio.run(scenario()) == []
