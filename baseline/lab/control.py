"""The control socket of a running lab: one JSON request and one JSON answer per connection."""

import asyncio
import socket
from collections.abc import Callable
from typing import Literal

import msgspec

from baseline.lab.errors import LabError
from baseline.lab.fleet import Lab
from baseline.lab.folder import LabFolder
from baseline.lab.status import LabStatus

MAXIMUM_REQUEST = 8 * 1024 * 1024
TIMEOUT_SECONDS = 20.0


class Request(msgspec.Struct, frozen=True):
    """What to do, to which device, with what: a defect or a configuration."""

    operation: Literal["status", "break", "repair", "configure", "reset", "stop"]
    device: str = ""
    argument: str = ""


class Answer(msgspec.Struct, frozen=True):
    """The state after it was done, or why it was not."""

    status: LabStatus = LabStatus()
    error: str = ""


class ControlServer:
    """Answers requests about one lab. ``stop`` is called when someone asks to stop."""

    def __init__(self, lab: Lab, stop: Callable[[], None]) -> None:
        self._lab = lab
        self._stop = stop

    async def listen(self, listener: socket.socket) -> asyncio.Server:
        """Start to answer on a bound Unix socket."""
        return await asyncio.start_unix_server(self._serve, sock=listener, limit=MAXIMUM_REQUEST)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await asyncio.wait_for(reader.readline(), TIMEOUT_SECONDS)
            writer.write(msgspec.json.encode(self._answer(line)) + b"\n")
            await writer.drain()
        except (OSError, TimeoutError, ValueError):
            return  # the asker went away, or sent more than a request may be
        finally:
            writer.close()

    def _answer(self, line: bytes) -> Answer:
        try:
            self._perform(msgspec.json.decode(line, type=Request))
        except (LabError, msgspec.MsgspecError) as error:
            return Answer(error=str(error))
        return Answer(status=self._lab.status())

    def _perform(self, request: Request) -> None:
        match request.operation:
            case "break":
                self._lab.break_device(request.device, request.argument)
            case "repair":
                self._lab.repair_device(request.device)
            case "configure":
                self._lab.set_config(request.device, request.argument)
            case "reset":
                self._lab.reset_counters()
            case "stop":
                self._stop()
            case "status":
                pass


def ask(folder: LabFolder, worker: int, request: Request) -> LabStatus:
    """Send a request to one process of a lab and wait for its answer.

    Raises:
        LabError: nothing listens, no answer came in time, or the request was refused.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(TIMEOUT_SECONDS)
        try:
            with folder.control_address(worker) as address:
                client.connect(address)
            client.sendall(msgspec.json.encode(request) + b"\n")
            with client.makefile("rb") as stream:
                answer = msgspec.json.decode(stream.readline(), type=Answer)
        except (OSError, msgspec.MsgspecError) as error:
            raise LabError(f"the lab in {folder.path} does not answer: {error}") from error
    if answer.error:
        raise LabError(answer.error)
    return answer.status
