"""Stands in for Microsoft's hosts: an HTTPS proxy on loopback that answers by itself, and never connects to anything."""

import contextlib
import ipaddress
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOGIN = "login.microsoftonline.com"
MANAGEMENT = "management.azure.com"
GRAPH = "graph.microsoft.com"
HOSTS = (LOGIN, MANAGEMENT, GRAPH, "*.vault.azure.net")
TOKEN = "loopback-token"


class Request(msgspec.Struct, frozen=True):
    """One request, as it came through the proxy; ``path`` is decoded and without its query."""

    method: str
    host: str
    path: str
    query: str
    body: bytes


Answer = Callable[[Request], tuple[int, Any]]
"""Gives the status and the document that is sent as JSON."""


@contextlib.contextmanager
def impostor(folder: Path, tenant: str, answer: Answer) -> Iterator[dict[str, str]]:
    """Runs the proxy; gives the environment variables of a process that shall believe it.

    ``folder`` gets the certificates. Signing in succeeds for ``tenant``; everything else is ``answer``'s.
    """
    authority, context = _certificates(folder)
    server = _Server(context, tenant, answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield {
            "HTTPS_PROXY": address,
            "HTTP_PROXY": address,
            "https_proxy": address,
            "http_proxy": address,
            "NO_PROXY": "",
            "no_proxy": "",
            "REQUESTS_CA_BUNDLE": str(authority),
            "SSL_CERT_FILE": str(authority),
            "AZURE_TENANT_ID": tenant,
            "AZURE_CLIENT_ID": "66666666-7777-8888-9999-000000000000",
            "AZURE_CLIENT_SECRET": "no-secret-at-all",
        }
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, context: ssl.SSLContext, tenant: str, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.context, self.tenant, self.answer = context, tenant, answer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    host = ""

    def do_CONNECT(self) -> None:
        """Let the client believe that it speaks with the host, if that is one of Microsoft's."""
        self.host = self.path.partition(":")[0].lower()
        if self.host not in HOSTS and not self.host.endswith(".vault.azure.net"):
            self.send_error(403, f"{self.host} is not answered for")
            return
        self.send_response(200)
        self.end_headers()
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def do_GET(self) -> None:
        """Answer, or refuse what does not come through CONNECT."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.host:
            self.send_error(403, "only https")
            return
        path, _, query = self.path.partition("?")
        request = Request(self.command, self.host, unquote(path), query, body)
        status, document = self._sign_in(request) if self.host == LOGIN else self.server.answer(request)
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET  # noqa: N815 - the base class calls these names

    def _sign_in(self, request: Request) -> tuple[int, Any]:
        tenant = f"https://{LOGIN}/{self.server.tenant}"
        if request.path.endswith("/discovery/instance"):
            names = {"preferred_network": LOGIN, "preferred_cache": LOGIN, "aliases": [LOGIN]}
            known = f"{tenant}/v2.0/.well-known/openid-configuration"
            return 200, {"tenant_discovery_endpoint": known, "metadata": [names]}
        if request.path.endswith("openid-configuration"):
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
            return 200, {"issuer": f"{tenant}/v2.0"} | {n: f"{tenant}/oauth2/v2.0/{e}" for n, e in ends.items()}
        return 200, {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _certificates(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A throw-away authority, and the context of a server that has a certificate of it for every host."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench of baseline, throw-away")])
    issuer = _signed(authority, authority, authority_key, authority_key, x509.BasicConstraints(ca=True, path_length=0))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, MANAGEMENT)])
    names = x509.SubjectAlternativeName([*map(x509.DNSName, HOSTS), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = _signed(subject, authority, key, authority_key, names)
    known, served = folder / "authority.pem", folder / "server.pem"
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    known.write_bytes(issuer.public_bytes(serialization.Encoding.PEM))
    served.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    return known, context


def _signed(subject: x509.Name, issuer: x509.Name, key: Any, signer: Any, extension: Any) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = builder.add_extension(known, critical=False)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return builder.sign(signer, hashes.SHA256())
