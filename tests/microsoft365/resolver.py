"""A DNS resolver on loopback, over TCP, that knows some text records."""

import contextlib
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator, Mapping

Answer = Callable[[bytes, str], bytes]
"""Message and name asked -> message answered."""


def told_by(records: Mapping[str, list[str]]) -> Answer:
    """Answers from a mapping; a name that it does not hold does not exist, one that holds ``SERVFAIL`` fails."""

    def answer(message: bytes, name: str) -> bytes:
        texts = records.get(name)
        if texts == ["SERVFAIL"]:
            return header(message, code=2)
        return header(message, code=0 if texts else 3, answers=len(texts or ())) + b"".join(map(record, texts or ()))

    return answer


def header(message: bytes, *, code: int, answers: int = 0) -> bytes:
    return message[:2] + struct.pack("!5H", 0x8180 | code, 1, answers, 0, 0) + message[12:]


def record(text: str) -> bytes:
    """A TXT record of which the name points at the question, in strings of 200 bytes as long keys are."""
    raw = text.encode()
    parts = [raw[start : start + 200] for start in range(0, len(raw), 200)] or [b""]
    data = b"".join(bytes([len(part)]) + part for part in parts)
    return b"\xc0\x0c" + struct.pack("!2HIH", 16, 1, 300, len(data)) + data


def name_in(message: bytes) -> str:
    labels, place = [], 12
    while message[place]:
        labels.append(message[place + 1 : place + 1 + message[place]].decode())
        place += 1 + message[place]
    return ".".join(labels)


@contextlib.contextmanager
def resolving(answer: Answer) -> Iterator[str]:
    """Serve on an ephemeral port; gives ``address:port``."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            stream = self.request.makefile("rb")
            (length,) = struct.unpack("!H", stream.read(2))
            message = stream.read(length)
            told = answer(message, name_in(message))
            self.request.sendall(struct.pack("!H", len(told)) + told)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
