"""Netmiko without a configured key or password logs in with the keys of the user, as the native client does."""

import asyncio

import asyncssh
import pytest

from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.target import Connection, Credentials, Target
from tests.transport.lab import IOS, run_commands
from tests.transport.scripted import ANSWERS, answer_all, device

KEY = asyncssh.generate_private_key("ssh-ed25519")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:paramiko")
transports = pytest.mark.parametrize("transport", ["shell_session", "netmiko_session"])


class _OneKey(asyncssh.SSHServer):
    def begin_auth(self, username):
        return True

    def public_key_auth_supported(self):
        return True

    def validate_public_key(self, username, key):
        return key == KEY.convert_to_public()


def log_in(folder, transport):
    async def scenario():
        async with device(answer_all, server_factory=_OneKey) as (port, host_key, _):
            (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host_key}")
            connection = Connection(address="127.0.0.1", port=port, credentials=Credentials(user="auditor"))
            target = Target(name="edge-1", kind="network", platform="cisco_ios", connection=connection)
            settings = CollectSettings(known_hosts=folder / "known_hosts", timeout_seconds=20, attempts=1)
            commands = [command.decode() for command in ANSWERS]
            return await run_commands(transport)(target, IOS, commands, settings)

    return asyncio.run(scenario())


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    (tmp_path / ".ssh").mkdir()
    return tmp_path


@transports
def test_the_key_of_the_user_logs_in(transport, home):
    KEY.write_private_key(home / ".ssh" / "id_ed25519")
    assert log_in(home, transport).failures == {}


@transports
def test_a_user_without_a_key_is_refused(transport, home):
    with pytest.raises(CollectError) as caught:
        log_in(home, transport)
    assert caught.value.code == "authentication"
