"""A proxy before moto: fills moto's gaps, counts, replays, and breaks one operation on demand."""

import http.client
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.aws import answers
from tests.aws.operations import operation_of, signed_for

FAULTS = {
    "denied": lambda service: answers.error(service, "UnauthorizedOperation" if service == "ec2" else "AccessDenied"),
    "throttled": lambda service: answers.error(service, "ThrottlingException", 400),
    "broken": lambda _service: (500, {"Content-Type": "text/html"}, b"<html>sorry</html>"),
    "empty": lambda _service: (200, {"Content-Type": "text/xml"}, b""),
}


class Proxy(ThreadingHTTPServer):
    """``faults`` maps (service, operation) to a fault; ``only`` limits them to one region. ``latency`` is in seconds."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, upstream: str, latency: float = 0.0):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream, self.latency = urlsplit(upstream), latency
        self.faults: dict[tuple[str, str], str] = {}
        self.only = ""
        self.calls: list[tuple[str, str, str]] = []
        self.replaying = False
        self.local = threading.local()
        self.forget()

    def forget(self) -> None:
        """A new account: nothing recorded, and what moto lacks as it should be."""
        self.recorded: dict = {}
        self.root: dict[str, str] = {}
        self.public_snapshots: set[str] = set()
        self.states = {"snapshots": "block-all-sharing", "images": "block-new-sharing"}
        self.analyzer = True
        self.account_block: dict[str, bool] = {}

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """A client that goes away in the middle is no error here."""

    def answer(self, method, address, headers, body):
        region, _ = signed_for(headers.get("Authorization", ""))
        operation = operation_of(method, address, headers, body)
        self.calls.append((*operation, region))
        time.sleep(self.latency)
        fault = self.faults.get(operation) if self.only in ("", region) else None
        if fault in FAULTS:
            return FAULTS[fault](operation[0])
        key = (method, address, region, operation, body)
        if self.replaying and key in self.recorded:
            found = self.recorded[key]
        else:
            if operation == ("lambda", "ListFunctionUrlConfigs"):
                address = address.replace("/urls", "/url")
            found = self.recorded[key] = self._own(operation, body) or self._changed(
                operation, self._forwarded(method, address, headers, body)
            )
        if fault == "truncated":
            return found[0], found[1], found[2][: len(found[2]) // 2]
        if fault == "slow":
            time.sleep(8)
        return found

    def _own(self, operation, body):
        if operation == ("ec2", "GetSnapshotBlockPublicAccessState"):
            return answers.ec2(operation[1], f"<state>{self.states['snapshots']}</state>")
        if operation == ("ec2", "GetImageBlockPublicAccessState"):
            inner = f"<imageBlockPublicAccessState>{self.states['images']}</imageBlockPublicAccessState>"
            return answers.ec2(operation[1], inner)
        if operation == ("ec2", "DescribeSnapshots") and b"RestorableBy" in body:
            return answers.snapshots(sorted(self.public_snapshots))
        if operation == ("accessanalyzer", "ListAnalyzers"):
            return answers.analyzers(self.analyzer)
        if operation == ("s3control", "GetPublicAccessBlock") and self.account_block:
            return answers.account_block(self.account_block)
        return None

    def _changed(self, operation, found):
        if operation == ("iam", "GetCredentialReport") and found[0] == 200:
            return found[0], found[1], answers.with_root(found[2], **self.root)
        if operation == ("lambda", "ListFunctionUrlConfigs"):
            inner = found[2] if found[0] < 300 else b""
            return 200, {"Content-Type": "application/json"}, b'{"FunctionUrlConfigs": [' + inner + b"]}"
        return found

    def _forwarded(self, method, address, headers, body):
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection(self.upstream.hostname, self.upstream.port, timeout=60)
            self.local.connection = connection
        connection.request(method, address, body, dict(headers))
        response = connection.getresponse()
        content = response.read()
        kept = {name: value for name, value in response.getheaders() if name.lower() in _KEPT or "amz" in name.lower()}
        return response.status, kept, content


_KEPT = {"content-type", "smithy-protocol", "location", "etag", "last-modified"}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy
    disable_nagle_algorithm = True

    def _serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, content = self.server.answer(self.command, self.path, self.headers, body)
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
        head = "\r\n".join([*lines, f"Content-Length: {len(content)}", "", ""]).encode("latin-1")
        self.wfile.write(head + (b"" if self.command == "HEAD" else content))

    def __getattr__(self, name):
        """Every method is served alike."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, *_arguments):
        """Tests are quiet."""


@contextmanager
def running(proxy: Proxy):
    """The proxy, in threads of its own."""
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
