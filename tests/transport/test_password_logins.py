"""Passwords, against a server that counts how often it is offered one."""

import asyncio
from contextlib import asynccontextmanager

import asyncssh
import pytest

from baseline.collectors.interface import CollectSettings
from baseline.collectors.ssh.connection import connect
from baseline.models.errors import CollectError
from baseline.models.target import Connection, Credentials, Target
from tests.transport.scripted import answer_all, device

PASSWORD = "niet-te-raden"


class Door(asyncssh.SSHServer):
    """Asks for a password by one or both methods, and remembers what it was offered."""

    methods = ("password", "keyboard-interactive")
    questions = (("Password: ", False),)

    def __init__(self):
        self.offered = []
        type(self).doors.append(self)

    def public_key_auth_supported(self):
        return False

    def password_auth_supported(self):
        return "password" in self.methods

    def validate_password(self, username, password):
        self.offered.append(password)
        return password == PASSWORD

    def kbdint_auth_supported(self):
        return "keyboard-interactive" in self.methods

    def get_kbdint_challenge(self, username, lang, submethods):
        return "", "", "", list(self.questions)

    def validate_kbdint_response(self, username, responses):
        self.offered += responses
        return list(responses) == [PASSWORD]


def log_in(tmp_path, password, **door):
    """Log in once; gives what the server was offered, or also the error."""
    kind = type("CountingDoor", (Door,), {"doors": [], **door})

    @asynccontextmanager
    async def target():
        async with device(answer_all, server_factory=kind) as (port, key, _):
            known_hosts = tmp_path / "known_hosts"
            known_hosts.write_text(f"[127.0.0.1]:{port} {key}")
            connection = Connection(address="127.0.0.1", port=port, credentials=Credentials(user="auditor"))
            settings = CollectSettings(known_hosts=known_hosts, attempts=3, secret=lambda _target, _kind: password)
            yield Target(name="edge-1", kind="network", platform="cisco_ios", connection=connection), settings

    async def scenario():
        async with target() as (asked, settings):
            try:
                async with connect(asked, settings):
                    return None
            except CollectError as error:
                return error

    error = asyncio.run(scenario())
    return error, [offer for server in kind.doors for offer in server.offered]


@pytest.mark.parametrize("methods", [("password",), ("keyboard-interactive",), ("password", "keyboard-interactive")])
def test_a_password_opens_the_door_by_either_method(tmp_path, methods):
    assert log_in(tmp_path, PASSWORD, methods=methods) == (None, [PASSWORD])


@pytest.mark.parametrize("methods", [("password",), ("keyboard-interactive",), ("password", "keyboard-interactive")])
def test_a_wrong_password_is_offered_once_whatever_methods_there_are(tmp_path, methods):
    error, offered = log_in(tmp_path, "fout", methods=methods)
    assert error.code == "authentication"
    assert offered == ["fout"]


@pytest.mark.parametrize(
    "questions",
    [
        (("Password: ", False), ("One-time code: ", False)),
        (("Your name: ", True),),
        (("New password: ", False), ("Again: ", False)),
    ],
)
def test_questions_that_are_not_for_the_password_get_no_answer(tmp_path, questions):
    error, offered = log_in(tmp_path, PASSWORD, methods=("keyboard-interactive",), questions=questions)
    assert error.code == "authentication"
    assert offered == []
