"""A certificate authority, a signer and a time stamp authority, made by openssl; the last on loopback."""

import http.server
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TSA_CONFIGURATION = """
[tsa]
default_tsa = config
[config]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""


def openssl(*words: str | Path, given: bytes = b"") -> bytes:
    return subprocess.run(
        ["openssl", *map(str, words)], input=given, check=True, capture_output=True, timeout=60
    ).stdout


def make_authorities(folder: Path) -> Path:
    """The folder with ``ca.pem``, ``signer.pem`` and ``signer.key``, ``tsa.pem`` and ``tsa.key``."""
    new = ("req", "-newkey", "rsa:2048", "-nodes", "-keyout")
    openssl(*new, folder / "ca.key", "-x509", "-days", "30", "-subj", "/CN=Test authority", "-out", folder / "ca.pem")
    uses = {"signer": "keyUsage=digitalSignature", "tsa": "extendedKeyUsage=critical,timeStamping"}
    for name, use in uses.items():
        openssl(*new, folder / f"{name}.key", "-subj", f"/CN=Test {name}", "-out", folder / f"{name}.csr")
        (folder / f"{name}.cnf").write_text(use)
        issuer = ("-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-CAcreateserial", "-days", "30")
        request = ("-req", "-in", folder / f"{name}.csr", "-extfile", folder / f"{name}.cnf")
        openssl("x509", *request, *issuer, "-out", folder / f"{name}.pem")
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(TSA_CONFIGURATION.format(folder=folder))
    return folder


@contextmanager
def time_stamp_server(folder: Path) -> Iterator[str]:
    """The URL of a time stamp authority (RFC 3161 over HTTP)."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "query.tsq").write_bytes(query)
            reply = openssl("ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "query.tsq")
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
