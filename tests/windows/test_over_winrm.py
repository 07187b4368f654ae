"""WinRM against HTTPS servers on loopback; one of them plays PowerShell Remoting. No live Windows was at hand."""

import asyncio
import datetime as dt
import html
import ipaddress
import re
import socket
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from baseline.collectors.interface import CollectSettings
from baseline.collectors.windows.collector import WindowsCollector
from baseline.collectors.windows.script import compose
from baseline.models.errors import CollectError
from baseline.models.target import Connection, Credentials, Target
from tests.windows.played import facts_of, recording, spoken
from tests.windows.remoting import FAILED, Remoting

pytest.importorskip("pypsrp", reason="WinRM is an extra: pip install 'baseline[winrm]'")
HARDENED = recording("server_2022_hardened")
PASSWORD = "Zeer-geheim-2026"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of 127.0.0.1 that signs itself."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "srv-1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def server(certificate):
    """An HTTPS server; ``server.reply`` is what it answers: status and body. ``server.seen`` are headers it got."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            request = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.server.seen.append(self.headers.get("Authorization", ""))
            plays = self.server.remoting
            status, body = self.server.reply if plays is None else (200, plays.reply(request.decode()))
            self.send_response(status)
            self.send_header("Content-Type", "application/soap+xml;charset=UTF-8")
            self.send_header("Content-Length", str(len(body)))
            if status == 307:
                self.send_header("Location", f"https://127.0.0.1:{self.server.server_port}/elsewhere")
            if status == 401:
                self.send_header("WWW-Authenticate", "Basic realm=WSMAN")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_request):
            """A client that refuses the certificate hangs up."""

    running = Quiet(("127.0.0.1", 0), Handler)
    running.seen, running.reply, running.remoting = [], (500, b""), None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    running.socket = context.wrap_socket(running.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


def collect(port, *, password=PASSWORD, user="baseline", **connection):
    target = Target(
        name="srv-1",
        kind="workplace",
        platform="windows",
        connection=Connection(
            transport="winrm", address="127.0.0.1", port=port, credentials=Credentials(user=user), **connection
        ),
    )
    settings = CollectSettings(connect_timeout_seconds=3, timeout_seconds=10, secret=lambda _target, _kind: password)
    return asyncio.run(WindowsCollector().collect(target, frozenset(), settings))


def failure(port, **options):
    with pytest.raises(CollectError) as caught:
        collect(port, **options)
    assert PASSWORD not in f"{caught.value} {caught.value.hint}"
    return caught.value


@pytest.fixture
def play(server, certificate):
    """Has the server play PowerShell Remoting; gives the session and the options to reach it with."""
    options = {"port": server.server_port, "authentication": "basic", "certificate_authority": str(certificate)}

    def begin(answer, **end):
        server.remoting = Remoting(answer, **end)
        return server.remoting, options

    yield begin
    server.remoting = None


def test_one_script_gives_all_facts(play):
    session, options = play(lambda mark: spoken(HARDENED, mark))
    collection = collect(**options)
    assert collection.facts.services == facts_of(HARDENED).services
    assert collection.facts.running.privileged is True
    assert [action for action in session.actions if action == "Command"] == ["Command"]
    mark = re.search(rb"'(@[0-9a-f]{32})'", session.script)[1].decode()
    said = re.sub(r"_x000A_|\n", "\n", html.unescape(session.script.decode("utf-8", "replace")))
    assert compose(frozenset(), mark).strip() in said
    assert PASSWORD not in said


def test_a_session_that_says_nothing_is_an_error(play):
    _, options = play(lambda _mark: b"")
    assert failure(**options).code == "unparsable"


def test_a_pipeline_that_fails_is_an_error(play):
    _, options = play(lambda _mark: b"", end=FAILED)
    assert failure(**options).code in ("unparsable", "disconnected")


def test_a_certificate_that_is_not_trusted_is_refused_before_anything_is_sent(server):
    server.seen.clear()
    error = failure(server.server_port, authentication="basic")
    assert error.code == "host_key_unknown"
    assert "ansible_psrp_ca_cert" in error.hint
    assert server.seen == []


def test_a_login_that_is_refused_is_said_and_not_repeated(server, certificate):
    server.seen.clear()
    server.reply = (401, b"")
    error = failure(server.server_port, authentication="basic", certificate_authority=str(certificate))
    assert error.code == "authentication"
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>hello</html>"),
        (200, b"\xff\xfe\x00"),
        (200, b"<a>" * 50_000),
        (200, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        (404, b"not here"),
        (500, b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Envelope>"),
    ],
)
def test_a_server_that_speaks_no_winrm_is_an_error(server, certificate, status, body):
    server.reply = (status, body)
    error = failure(server.server_port, authentication="basic", certificate_authority=str(certificate))
    assert error.code in ("unparsable", "disconnected")
    assert len(str(error)) < 300


def test_an_answer_that_is_too_large_is_not_read(server, certificate):
    server.reply = (200, b"x" * 17_000_000)
    error = failure(server.server_port, authentication="basic", certificate_authority=str(certificate))
    assert error.code == "too_much_output"


def test_a_redirect_to_elsewhere_is_not_followed(server, certificate):
    server.seen.clear()
    server.reply = (307, b"")
    error = failure(server.server_port, authentication="basic", certificate_authority=str(certificate))
    assert error.code == "unreachable"
    assert len(server.seen) == 1


def test_a_port_without_anything_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert failure(port).code == "unreachable"


@pytest.mark.parametrize("wrong", [{"user": None}, {"password": None, "authentication": "basic"}])
def test_without_user_or_password_nothing_is_tried(wrong):
    assert failure(1, **wrong).code == "credential"


def test_a_certificate_file_that_does_not_exist_is_an_error(server):
    error = failure(server.server_port, authentication="basic", certificate_authority="/nowhere/ca.pem")
    assert error.code == "credential"
    assert "/nowhere/ca.pem" in error.message


def test_without_the_extra_it_says_what_to_install():
    code = (
        "import sys\nsys.modules['pypsrp'] = None\n"
        "from baseline.collectors.interface import CollectSettings\n"
        "from baseline.collectors.windows.winrm import run_script\n"
        "from baseline.models.target import Target\n"
        "from baseline.models.errors import CollectError\n"
        "try:\n    run_script(Target(name='x', kind='workplace', platform='windows'), '', None, CollectSettings())\n"
        "except CollectError as error:\n    sys.exit(error.code + ' ' + error.hint)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "missing_extra pip install 'baseline[winrm]'" in done.stderr
