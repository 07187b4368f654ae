"""Windows over SSH: a server on loopback that plays OpenSSH for Windows. No live Windows was at hand."""

import asyncio
import base64
import re

import asyncssh
import pytest

from baseline.collectors.interface import CollectSettings
from baseline.collectors.registry import collector_for
from baseline.collectors.windows.collector import WindowsCollector
from baseline.collectors.windows.script import BOOTSTRAP, compose
from baseline.models.errors import CollectError
from baseline.models.target import Connection, Credentials, Target
from tests.windows.played import facts_of, recording, spoken

HARDENED = recording("server_2022_hardened")
PASSWORD = "Welkom-niet-2026"


class Windows(asyncssh.SSHServer):
    """Lets one user in with a password."""

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return (username, password) == ("baseline", PASSWORD)


class Played:
    """What was sent to the server, and what it answers."""

    def __init__(self, answer):
        self.answer = answer
        self.commands, self.scripts = [], []

    async def serve(self, process):
        self.commands.append(process.command)
        script = await process.stdin.read()
        self.scripts.append(script.decode("ascii"))
        mark = re.search(r"^\$mark = '(@[0-9a-f]{32})'\r$", self.scripts[-1], re.MULTILINE)[1]
        await self.answer(process, mark)


def collect(folder, answer, needs=frozenset(), **options):
    played = Played(answer)

    async def run():
        key = asyncssh.generate_private_key("ssh-ed25519")
        server = await asyncssh.create_server(
            Windows, "127.0.0.1", 0, server_host_keys=[key], process_factory=played.serve, encoding=None,
            server_version="OpenSSH_for_Windows_9.5",
        )  # fmt: skip
        async with server:
            port = server.get_port()
            known = folder / "known_hosts"
            known.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")
            target = Target(
                name="srv-1",
                kind="workplace",
                platform="windows",
                connection=Connection(address="127.0.0.1", port=port, credentials=Credentials(user="baseline")),
            )
            settings = CollectSettings(
                known_hosts=known,
                attempts=1,
                secret=lambda _target, kind: PASSWORD if kind == "password" else None,
                **options,
            )
            collector = collector_for(target)
            assert isinstance(collector, WindowsCollector)
            return await collector.collect(target, needs, settings)

    return asyncio.run(run()), played


def refused(folder, answer, **options):
    with pytest.raises(CollectError) as caught:
        collect(folder, answer, **options)
    return caught.value


def writes(output, errors=b"", status=0):
    async def answer(process, mark):
        process.stdout.write(output(mark))
        process.stderr.write(errors)
        process.exit(status)

    return answer


def test_one_command_and_one_script_give_all_facts(tmp_path):
    noise = b'#< CLIXML\r\n<Objs Version="1.1.0.1"></Objs>'
    collection, played = collect(tmp_path, writes(lambda mark: spoken(HARDENED, mark), noise))
    assert collection.facts.smb == facts_of(HARDENED).smb
    assert collection.facts.services == facts_of(HARDENED).services
    assert collection.round_trips == 1
    (command,) = played.commands
    assert base64.b64decode(command.rpartition(" ")[2]).decode("utf-16-le") == BOOTSTRAP
    (script,) = played.scripts
    mark = re.search(r"'(@[0-9a-f]{32})'", script)[1]
    assert script.replace("\r\n", "\n") == compose(frozenset(), mark)
    assert PASSWORD not in script


def test_every_fact_points_at_the_line_it_stands_on(tmp_path):
    collection, _ = collect(tmp_path, writes(lambda mark: spoken(HARDENED, mark)))
    contents = {one.name: one.content.decode().splitlines() for one in collection.artefacts}
    for fact, line in (
        ("smb.guest_logon", "smb.guest_logon = no  (as Windows tells it)"),
        ("running.role", "role = server"),
        ("services.sshd", "sshd: start automatic"),
    ):
        source = collection.sources[fact]
        assert contents[source.artefact][source.lines[0] - 1].startswith(line)
    assert contents["script"] == ["asked as an administrator", "seconds on the target = 6"]


def test_only_what_is_needed_is_asked(tmp_path):
    collection, played = collect(tmp_path, writes(lambda mark: spoken(HARDENED, mark)), frozenset({"smb.guest_logon"}))
    assert "$wanted = @('registry', 'smb')" in played.scripts[0]
    assert collection.facts.smb.guest_logon is False
    assert collection.facts.services.reason == "not collected"


@pytest.mark.parametrize(
    ("output", "errors", "words"),
    [
        (b"", b"'powershell.exe' is not recognized as an internal or external command", "is not recognized"),
        (b"", b"bash: powershell.exe: command not found", "command not found"),
        (b"This service allows sftp connections only.\r\n", b"", "sftp connections only"),
        (b"", b"", "did not run the script"),
    ],
)
def test_a_shell_that_is_no_powershell_is_an_error_with_its_words(tmp_path, output, errors, words):
    error = refused(tmp_path, writes(lambda _mark: output, errors, 1))
    assert error.code == "unparsable"
    assert words in error.message


def test_an_endless_answer_is_cut_off(tmp_path):
    async def flood(process, mark):
        process.stdout.write(f"{mark} begin\r\n".encode())
        for _ in range(400):
            process.stdout.write(b"x" * 65536)
            await process.stdout.drain()
        process.exit(0)

    assert refused(tmp_path, flood, maximum_output_bytes=1_000_000).code == "too_much_output"


def test_a_windows_that_says_nothing_is_given_up(tmp_path):
    async def sleep(_process, _mark):
        await asyncio.sleep(30)

    assert refused(tmp_path, sleep, timeout_seconds=1.0).code == "timeout"


def test_another_transport_is_refused():
    target = Target(name="x", kind="workplace", platform="windows", connection=Connection(transport="local"))
    with pytest.raises(CollectError) as caught:
        asyncio.run(WindowsCollector().collect(target, frozenset(), CollectSettings()))
    assert caught.value.code == "not_allowed"
