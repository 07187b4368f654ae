"""A loopback HTTP server that plays Azure Resource Manager or Microsoft Graph, faults included."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import MicrosoftAccess
from baseline.models.register import Register, RegisteredTarget
from baseline.models.target import Connection, Target

TOKEN = "eyJ0.loopback.token"
COMPUTE = "/subscriptions/11111111-0000-0000-0000-000000000000/resourcegroups/rg-app/providers/microsoft.compute"
REGISTER = Register(
    [
        RegisteredTarget(name="vm01", cloud_id=f"{COMPUTE}/virtualmachines/vm01"),
        RegisteredTarget(name="win01", cloud_id=f"{COMPUTE}/virtualmachines/win01"),
        RegisteredTarget(name="set01", cloud_id=f"{COMPUTE}/virtualmachinescalesets/set01"),
        RegisteredTarget(name="lt-1", cloud_id="device-1", account="11111111-2222-4333-8444-555555555555"),
    ]
)
"""An inventory that holds every machine of the imaginary tenants."""
DENIED = {"error": {"code": "AuthorizationFailed", "message": "The client does not have authorization"}}


@dataclass(frozen=True)
class Asked:
    """One request as the server got it."""

    method: str
    path: str
    """With its query."""
    body: Any
    headers: dict[str, str]

    @property
    def bare(self) -> str:
        return self.path.partition("?")[0]


@dataclass(frozen=True)
class Reply:
    """What to answer. ``cut_off`` promises more bytes than are sent; ``seconds_per_byte`` drips the body."""

    document: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    text: bytes | None = None
    cut_off: bool = False
    seconds_per_byte: float = 0.0

    def content(self) -> bytes:
        return json.dumps(self.document).encode() if self.text is None else self.text


THROTTLED = Reply({"error": {"code": "TooManyRequests", "message": "slow down"}}, 429, {"Retry-After": "0.01"})
BROKEN = Reply({"error": {"code": "InternalServerError", "message": "?"}}, 503, {"Retry-After": "0.01"})
FORBIDDEN = Reply(DENIED, 403)
NOT_FOUND = Reply({"error": {"code": "ResourceNotFound", "message": "not here"}}, 404)

Answer = Callable[[Asked], Reply]


class MicrosoftServer:
    """Answers with what ``answer`` gives, and remembers what was asked. Tokens other than ``token`` are refused."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked, self.token = answer, list[Asked](), TOKEN
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def requests(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.bare == path]

    def _handler(server) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                asked = Asked(self.command, self.path, body, {k.lower(): v for k, v in self.headers.items()})
                server.asked.append(asked)
                if asked.headers.get("authorization") != f"Bearer {server.token}":
                    return self.send(
                        Reply({"error": {"code": "InvalidAuthenticationToken", "message": "expired"}}, 401)
                    )
                return self.send(server.answer(asked))

            do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_GET  # noqa: N815 - the base class calls these names

            def send(self, reply: Reply) -> None:
                content = reply.content()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content) + (1000 if reply.cut_off else 0)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    if not reply.seconds_per_byte:
                        self.wfile.write(content)
                    for byte in content if reply.seconds_per_byte else b"":
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(reply.seconds_per_byte)
                self.close_connection = self.close_connection or reply.cut_off

            def log_message(self, *_: object) -> None: ...

        return Handler

    @contextlib.contextmanager
    def running(self) -> Iterator["MicrosoftServer"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def microsoft_target(address: str, kind: str = "azure", **access: Any) -> Target:
    platform = {"azure": "azure", "m365": "microsoft365"}[kind]
    known = {"sign_in": "token", "resource_manager": address, "graph": address, **access}
    connection = Connection(transport="api", microsoft=MicrosoftAccess(**known))
    return Target(name="tenant", kind=kind, platform=platform, connection=connection)


def microsoft_settings(*tokens: str, **settings: Any) -> CollectSettings:
    """Settings whose secret is each of the tokens in turn, the last of them for ever after."""
    waiting = list(tokens or (TOKEN,))
    known = {
        "register": REGISTER,
        "secret": lambda _target, _kind: waiting.pop(0) if len(waiting) > 1 else waiting[0],
        **settings,
    }
    return CollectSettings(**known)
