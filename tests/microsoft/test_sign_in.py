"""Signing in by azure-identity itself: against a TLS server on loopback, and against an ``az`` that is on the PATH."""

import asyncio
import datetime as dt
import ipaddress
import json
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from baseline.collectors.cloud.microsoft.client import open_client
from baseline.models.errors import CollectError
from tests.microsoft.loopback import TOKEN, MicrosoftServer, Reply, microsoft_settings, microsoft_target

TENANT = "99999999-0000-0000-0000-000000000000"
CLIENT = "66666666-7777-8888-9999-aaaaaaaaaaaa"
SECRET = "application-secret-1"


def certificate(folder):
    """A self-signed certificate for 127.0.0.1 with its key, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "loopback.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


class Authority(BaseHTTPRequestHandler):
    """What Entra ID answers to an application that signs in."""

    asked: list[dict[str, list[str]]]
    tokens: list[str]
    """The tokens to hand out, the last of them for ever after."""

    def do_GET(self):
        host = f"https://127.0.0.1:{self.server.server_address[1]}/{TENANT}"
        self.send({name: f"{host}/{name}" for name in ("issuer", "authorization_endpoint", "token_endpoint")})

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.asked.append(form)
        if form.get("client_secret", [SECRET]) != [SECRET]:
            self.send({"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret"}, 401)
        else:
            token = self.tokens.pop(0) if len(self.tokens) > 1 else self.tokens[0]
            self.send({"access_token": token, "expires_in": 3600, "token_type": "Bearer"})

    def send(self, document, status=200):
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """An authority over TLS, trusted by who signs in."""
    path = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    handler = type("Handler", (Authority,), {"asked": [], "tokens": [TOKEN]})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    handler.address, handler.pem = f"https://127.0.0.1:{server.server_address[1]}", path
    yield handler
    server.shutdown()
    server.server_close()
    thread.join()


def sign_in(secret=SECRET, **access):
    """What a request gives that is signed in so, and with which token it came."""

    async def run(address):
        target = microsoft_target(address, tenant=TENANT, client=CLIENT, **access)
        async with open_client(target, microsoft_settings(secret), "resource_manager") as client:
            return await client.get("/subscriptions")

    with MicrosoftServer(lambda _asked: Reply({"value": []})).running() as server:
        return asyncio.run(run(server.address))


def test_an_application_signs_in_with_its_secret(authority):
    assert sign_in(sign_in="secret", authority=authority.address) == {"value": []}
    (form,) = authority.asked
    assert form["client_id"] == [CLIENT]
    assert form["scope"][0].split()[0] == "https://management.azure.com/.default"


def test_a_token_that_is_refused_before_its_time_is_asked_for_anew(authority):
    authority.tokens[:] = ["revoked", TOKEN]
    assert sign_in(sign_in="secret", authority=authority.address) == {"value": []}
    assert len(authority.asked) == 2


def test_a_sovereign_cloud_is_asked_for_its_own_audience(authority):
    assert sign_in(sign_in="secret", authority=authority.address, cloud="us_government") == {"value": []}
    assert authority.asked[0]["scope"][0].split()[0] == "https://management.usgovcloudapi.net/.default"


def test_an_application_signs_in_with_its_certificate(authority):
    known = {"sign_in": "certificate", "certificate": str(authority.pem), "authority": authority.address}
    assert sign_in(secret="", **known) == {"value": []}
    assert "client_assertion" in authority.asked[0]


def test_a_wrong_secret_is_told_without_the_secret(authority):
    with pytest.raises(CollectError, match=r"no token for https://management\.azure\.com") as raised:
        sign_in(secret="wrong-secret-2", sign_in="secret", authority=authority.address)
    assert raised.value.code == "authentication"
    assert "AADSTS7000215" in str(raised.value)
    assert "wrong-secret-2" not in str(raised.value)


def test_a_certificate_that_is_not_there_is_told():
    with pytest.raises(CollectError, match="signing in is not set up") as raised:
        sign_in(secret="", sign_in="certificate", certificate="/nowhere/audit.pem")
    assert raised.value.code == "credential"


def test_who_ran_az_login_is_signed_in(tmp_path, monkeypatch):
    program = tmp_path / "az"
    told = {"accessToken": TOKEN, "expiresOn": "2100-01-01 00:00:00.000000", "expires_on": 4102444800}
    program.write_text(f"#!{sys.executable}\nprint({json.dumps(json.dumps(told))})\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert sign_in(sign_in="azure_cli") == {"value": []}


def test_nobody_signed_in_is_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CollectError, match="run az login") as raised:
        sign_in(sign_in="azure_cli")
    assert raised.value.code == "authentication"
