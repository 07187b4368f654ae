"""A real OpenSSH server and simulated switches, with a client's settings for each."""

import asyncio
import contextlib
import socket
import threading

import pytest

from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.target import Connection, Credentials, Target
from tests.services.openssh import openssh_server


@pytest.fixture(scope="module")
def openssh(tmp_path_factory):
    with openssh_server(tmp_path_factory.mktemp("sshd"), host_keys=("ed25519", "rsa")) as server:
        yield server


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """No agent, keys or configuration of whoever runs the tests."""
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture
def failure():
    """Runs a coroutine that must fail, and gives its CollectError."""

    def run(coroutine):
        with pytest.raises(CollectError) as caught:
            asyncio.run(coroutine)
        return caught.value

    return run


@pytest.fixture
def tcp_server():
    """Starts TCP servers that say something, hang up, or neither; gives port and number of connections so far."""
    with contextlib.ExitStack() as running:
        yield lambda greeting=None, **behaviour: running.enter_context(_tcp_server(greeting, **behaviour))


class Visits:
    """What a TCP server saw."""

    def __init__(self, port):
        self.port = port
        self.count = 0

    def target(self, name="device"):
        credentials = Credentials(user="nobody")
        return Target(
            name=name,
            kind="network",
            platform="cisco_ios",
            connection=Connection(address="127.0.0.1", port=self.port, credentials=credentials),
        )


@contextlib.contextmanager
def _tcp_server(greeting, *, hang_up=False):
    with socket.create_server(("127.0.0.1", 0)) as listener, contextlib.ExitStack() as open_sockets:
        visits = Visits(listener.getsockname()[1])

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    visits.count += 1
                    if greeting:
                        connection.sendall(greeting)
                    if hang_up:
                        connection.close()
                    else:
                        open_sockets.enter_context(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield visits
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)


@pytest.fixture
def once():
    """Makes settings for one attempt."""
    return lambda **overrides: CollectSettings(**({"attempts": 1} | overrides))


@pytest.fixture
def impatient():
    """Settings for targets that do not answer."""
    return CollectSettings(attempts=1, connect_timeout_seconds=0.4)
