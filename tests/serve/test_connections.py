"""Who dawdles loses the connection, so that Prometheus keeps its place."""

import socket
import threading
import time

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from baseline.serve.connections import BoundedConnection


class Hurried(BoundedConnection):
    request_seconds = 0.3
    answer_seconds = 1.0


async def answer(_request):
    return PlainTextResponse("metrics")


@pytest.fixture(scope="module")
def port():
    listening = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[Route("/", answer)])
    server = uvicorn.Server(uvicorn.Config(app, http=Hurried, ws="none", log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)


WHOLE = b"GET / HTTP/1.1\r\nHost: baseline\r\n\r\n"
UNFINISHED = b"GET / HTTP/1.1\r\nHost: baseline\r\nX-Slow: "
WITH_A_BODY = b"GET / HTTP/1.1\r\nHost: baseline\r\nContent-Length: 100000\r\n\r\n"


@pytest.mark.parametrize("sent", [b"", UNFINISHED, WHOLE + UNFINISHED, WITH_A_BODY])
def test_a_client_that_sends_a_byte_now_and_then_is_cut_off(port, sent):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(sent)
        begun = time.monotonic()
        with pytest.raises(OSError):
            while time.monotonic() - begun < 5:
                client.sendall(b"a")
                time.sleep(0.05)


def test_a_client_that_asks_again_in_time_keeps_its_connection(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        for _ in range(4):
            client.sendall(WHOLE[:20])
            time.sleep(0.15)
            client.sendall(WHOLE[20:])
            answered = b""
            while not answered.endswith(b"metrics"):
                answered += client.recv(4096) or pytest.fail("cut off")
