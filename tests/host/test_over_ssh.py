"""Hosts over SSH, against a real OpenSSH server on loopback."""

import asyncio
import os
import re
import shutil
import tempfile
from pathlib import Path

import msgspec
import pytest

from baseline.collectors.host.collector import HostCollector
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown
from baseline.models.target import Connection, Credentials
from tests.host.conftest import collect_here, needs_root, sudo_rule
from tests.services.openssh import OpensshServer, openssh_server

pytestmark = [pytest.mark.sshd, pytest.mark.slow]

STEADY = frozenset(
    {"system", "kernel_parameters", "mounts", "files", "users", "groups", "sudo", "ssh_server", "password_rules"}
)


@pytest.fixture(scope="module")
def server():
    folder = Path(tempfile.mkdtemp(prefix="baseline-"))
    try:
        with openssh_server(folder) as running:
            folder.chmod(0o755)
            (folder / "authorized_keys").chmod(0o644)
            yield running
    finally:
        shutil.rmtree(folder)


def collect(server: OpensshServer, needs=frozenset(), user: str | None = None, **connection):
    target = server.target(**connection)
    if user:
        credentials = Credentials(user=user, key_file=str(server.key_file))
        target = msgspec.structs.replace(
            target, connection=msgspec.structs.replace(target.connection, credentials=credentials)
        )
    return asyncio.run(HostCollector().collect(target, frozenset(needs), server.settings()))


@pytest.mark.usefixtures("steady_machine")
def test_a_host_over_ssh_gives_what_it_gives_locally(server):
    over_ssh, here = collect(server, STEADY), collect_here(*STEADY)
    for name in ("kernel_parameters", "files", "users", "groups", "sudo", "password_rules", "system"):
        assert getattr(over_ssh.facts, name) == getattr(here.facts, name), name
    assert over_ssh.facts.ssh_server.running is True
    assert over_ssh.round_trips == 1


def test_a_whole_host_takes_one_session(server):
    before = len(re.findall(r"Starting session", server.log))
    collection = collect(server)
    assert len(re.findall(r"Starting session", server.log)) - before == 1
    assert f"tcp/127.0.0.1/{server.port}" in {socket.name for socket in collection.facts.listening_sockets}
    assert collection.duration_seconds > 0


@needs_root
def test_authorised_keys_are_counted_of_who_can_be_seen(server, account):
    folder = Path(f"~{account}").expanduser() / ".ssh"
    folder.mkdir(mode=0o700)
    (folder / "authorized_keys").write_text("# two keys\nssh-ed25519 AAAA one\n\nssh-ed25519 BBBB two\n")
    users = {user.name: user for user in collect(server, {"users"}).facts.users}
    assert users[account].authorized_keys == 2
    assert users[account].home_mode == f"{folder.parent.stat().st_mode & 0o7777:04o}"
    assert users["root"].authorized_keys in range(100)


@needs_root
def test_a_home_that_tries_to_hold_the_script_up_does_not(server, account):
    folder = Path(f"~{account}").expanduser() / ".ssh"
    folder.mkdir()
    os.mkfifo(folder / "authorized_keys")
    users = {user.name: user for user in collect(server, {"users"}).facts.users}
    assert users[account].authorized_keys == Unknown(f"{folder}/authorized_keys may not be read")


@needs_root
def test_an_ordinary_account_knows_what_it_cannot_see(server, account):
    facts = collect(server, user=account).facts
    assert facts.system.privileged is False
    for unknown in (
        next(user for user in facts.users if user.name == account).password_status,
        facts.sudo.rules,
        facts.ssh_server.ciphers,
        facts.firewall.input_policy,
        next(iter(facts.listening_sockets)).process,
    ):
        assert isinstance(unknown, Unknown)
        assert unknown.reason.startswith("needs root: ")
        assert "set become" in unknown.reason
    assert facts.files["/etc/shadow"].mode == "0640"
    assert facts.kernel_parameters["net.ipv4.ip_forward"].running in {"0", "1"}


@needs_root
def test_become_sees_as_root_in_the_same_session(server, account):
    with sudo_rule(account, "ALL=(root) NOPASSWD: /bin/sh -s, /usr/bin/sh -s"):
        before = len(re.findall(r"Starting session", server.log))
        collection = collect(server, {"users", "sudo", "system"}, user=account, become=True)
        assert len(re.findall(r"Starting session", server.log)) - before == 1
    assert collection.facts.system.privileged is True
    assert next(user for user in collection.facts.users if user.name == account).password_status == "disabled"
    assert any(rule.who == account and rule.no_password for rule in collection.facts.sudo.rules)


@needs_root
def test_a_refused_become_is_told_and_the_rest_is_seen(server, account):
    facts = collect(server, {"users", "system", "mounts"}, user=account, become=True).facts
    user = next(user for user in facts.users if user.name == account)
    assert facts.system.privileged is False
    assert "sudo says: a password is required" in user.password_status.reason
    assert facts.mounts


@needs_root
@pytest.mark.parametrize("shell", ["/bin/dash", "/usr/bin/fish", "/bin/tcsh", "/bin/ash"])
def test_the_login_shell_does_not_matter(server, account, shell):
    if not Path(shell).exists():
        pytest.skip(f"needs {shell}")
    os.system(f"usermod -s {shell} {account}")
    with sudo_rule(account, "ALL=(root) NOPASSWD: ALL"):
        assert collect(server, {"mounts"}, user=account, become=True).facts.system.privileged
    assert collect(server, {"mounts"}, user=account).facts.mounts


@needs_root
def test_an_account_without_a_shell_is_an_error_of_the_target(server, account):
    os.system(f"usermod -s /usr/sbin/nologin {account}")
    with pytest.raises(CollectError) as caught:
        collect(server, {"mounts"}, user=account)
    assert caught.value.code in {"unparsable", "disconnected"}  # it may end before it has got the whole script


@needs_root
def test_words_that_a_login_script_prints_do_no_harm(server, account):
    home = Path(f"~{account}").expanduser()
    (home / ".bashrc").write_text("echo welcome; echo '@0 finished'\n")
    assert collect(server, {"mounts"}, user=account).facts.mounts


def test_a_host_that_takes_too_long_is_left(server):
    target = server.target()
    with pytest.raises(CollectError) as caught:
        asyncio.run(HostCollector().collect(target, frozenset(), server.settings(timeout_seconds=0.05)))
    assert caught.value.code == "timeout"


def test_no_server_is_an_error_of_the_target(server):
    target = msgspec.structs.replace(server.target(), connection=Connection(address="127.0.0.1", port=1))
    with pytest.raises(CollectError) as caught:
        asyncio.run(HostCollector().collect(target, frozenset({"mounts"}), server.settings()))
    assert caught.value.code == "unreachable"
