"""One process that serves a lab, or its share of one."""

import asyncio
import gc
import os
import resource
import signal

import msgspec

from baseline.lab.control import ControlServer
from baseline.lab.fleet import Lab
from baseline.lab.folder import LabFolder
from baseline.lab.spec import LabSpec

STATUS_SECONDS = 1.0
PASSWORD_VARIABLE = "BASELINE_LAB_PASSWORD"  # noqa: S105  the name of a variable
ENABLE_VARIABLE = "BASELINE_LAB_ENABLE"


def with_passwords(spec: LabSpec) -> LabSpec:
    """The specification with the passwords in the environment, which are kept in no file."""
    environment = os.environ
    return msgspec.structs.replace(
        spec,
        password=environment.get(PASSWORD_VARIABLE) or None,
        enable_password=environment.get(ENABLE_VARIABLE) or None,
    )


async def serve(folder: LabFolder, worker: int, workers: int) -> None:
    """Serve until a signal or a request to stop; the last counts stay in the status file.

    Raises:
        LabError: a port is taken.
    """
    spec = with_passwords(folder.read_spec()).share(worker, workers)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    _allow_many_files()
    async with Lab(spec) as lab:
        gc.freeze()
        async with await ControlServer(lab, stopping.set).listen(folder.control_listener(worker)):
            await _write_status_until(stopping, lab, folder, worker)


async def _write_status_until(stopping: asyncio.Event, lab: Lab, folder: LabFolder, worker: int) -> None:
    written = b""
    while True:
        current = msgspec.json.encode(lab.status())
        if current != written:
            written = _replace(folder, worker, current)
        if stopping.is_set():
            return
        try:
            await asyncio.wait_for(stopping.wait(), STATUS_SECONDS)
        except TimeoutError:
            continue


def _replace(folder: LabFolder, worker: int, content: bytes) -> bytes:
    """Write the status file in one step, so that a reader never meets half of it."""
    path = folder.status(worker)
    draft = path.with_suffix(".new")
    draft.write_bytes(content)
    draft.replace(path)
    return content


def _allow_many_files() -> None:
    """Every device and every connection takes a file descriptor."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
