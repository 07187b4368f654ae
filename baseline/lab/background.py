"""Starts, asks, changes and stops a lab that runs in processes of its own."""

import os
import sys
import time
from pathlib import Path

import msgspec

from baseline.lab.control import Request, ask
from baseline.lab.errors import LabError
from baseline.lab.folder import LabFolder
from baseline.lab.inventory import write_inventory
from baseline.lab.keys import client_key
from baseline.lab.probe import answering
from baseline.lab.process_identity import ProcessIdentity, identify
from baseline.lab.spec import LabSpec
from baseline.lab.status import LabStatus, known_hosts

START_SECONDS = 60.0
STOP_SECONDS = 10.0
WATCH_SECONDS = 0.5


def up(folder: LabFolder, spec: LabSpec, *, workers: int = 1, include_localhost: bool = True) -> LabStatus:
    """Start a lab, write its inventory and wait until every device answers.

    Raises:
        LabError: a lab runs in this folder already, a port is taken, or a device did not answer in time.
    """
    if any(process.alive for process in folder.read_processes()):
        raise LabError(f"a lab runs in {folder.path} already; stop it with `baseline lab down`")
    folder.make()
    _clear(folder)
    authorized = (*spec.authorized_keys, client_key(folder.client_key))
    spec = msgspec.structs.replace(spec, authorized_keys=authorized).laid_out()
    folder.write_spec(spec)
    folder.write_processes([_launch(folder, worker, workers) for worker in range(workers)])
    try:
        status = _wait(folder, spec)
    except BaseException:
        down(folder)
        raise
    folder.known_hosts.write_text(known_hosts(status.devices))
    _write_inventory(folder, spec, status, include_localhost=include_localhost)
    return status


def _write_inventory(folder: LabFolder, spec: LabSpec, status: LabStatus, *, include_localhost: bool) -> None:
    pairs = zip(spec.devices, status.devices, strict=True)
    devices = tuple(msgspec.structs.replace(device, port=now.port) for device, now in pairs)
    write_inventory(
        folder.path,
        msgspec.structs.replace(spec, devices=devices),
        key=folder.client_key,
        known_hosts=folder.known_hosts,
        include_localhost=include_localhost,
    )


def _clear(folder: LabFolder) -> None:
    folder.forget_processes()
    for path in folder.statuses():
        path.unlink()


def _launch(folder: LabFolder, worker: int, workers: int) -> ProcessIdentity:
    """Start one process in a session of its own, so that it outlives the terminal."""
    root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-m", "baseline.lab", str(folder.path), str(worker), str(workers)]
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(folder.log(worker)), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return identify(os.posix_spawn(sys.executable, command, environment, file_actions=files, setsid=True))


def _wait(folder: LabFolder, spec: LabSpec) -> LabStatus:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            status = _ask_all(folder, spec, Request("status"))
            break
        except LabError:
            _report_the_dead(folder)
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    answering([(device.address, device.port) for device in status.devices])
    return _ask_all(folder, spec, Request("reset"))


def _report_the_dead(folder: LabFolder) -> None:
    for worker, process in enumerate(folder.read_processes()):
        if not process.alive:
            lines = folder.log(worker).read_text(errors="replace").strip().splitlines() or ["it printed nothing"]
            raise LabError(f"the lab could not start: {lines[-1]}")


def _ask_all(folder: LabFolder, spec: LabSpec, request: Request) -> LabStatus:
    workers = range(len(folder.read_processes()))
    found = {device.name: device for worker in workers for device in ask(folder, worker, request).devices}
    return LabStatus(devices=tuple(found[device.name] for device in spec.devices))


def status(folder: LabFolder) -> LabStatus:
    """What the lab has seen; the last known counts, marked as stopped, when it does not run.

    Raises:
        LabError: there never was a lab in this folder, or it does not answer.
    """
    spec = folder.read_spec()
    if any(process.alive for process in folder.read_processes()):
        return _ask_all(folder, spec, Request("status"))
    kept = [msgspec.json.decode(path.read_bytes(), type=LabStatus) for path in folder.statuses()]
    found = {device.name: device for part in kept for device in part.devices}
    return LabStatus(
        state="stopped", devices=tuple(found[name] for name in (d.name for d in spec.devices) if name in found)
    )


def change(folder: LabFolder, request: Request) -> LabStatus:
    """Break, repair or configure one device, and keep known_hosts in step with its host keys.

    Raises:
        LabError: no lab runs, or there is no such device, defect or fault.
    """
    spec = folder.read_spec()
    names = [device.name for device in spec.devices]
    workers = len(folder.read_processes())
    if not workers:
        raise LabError(f"no lab runs in {folder.path}; start it with `baseline lab up`")
    if request.device not in names:
        raise LabError(f"the lab has no device {request.device!r}")
    ask(folder, names.index(request.device) % workers, request)
    status_now = _ask_all(folder, spec, Request("status"))
    folder.known_hosts.write_text(known_hosts(status_now.devices))
    return status_now


def wait(folder: LabFolder) -> None:
    """Return when every process of the lab has ended."""
    while any(process.alive for process in folder.read_processes()):
        time.sleep(WATCH_SECONDS)


def down(folder: LabFolder) -> int:
    """Stop the lab; gives the number of processes that were stopped. Processes that it did not start are left alone.

    Raises:
        LabError: a process did not end in time.
    """
    processes = [process for process in folder.read_processes() if process.alive]
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while any(process.alive for process in processes):
        if time.monotonic() > deadline:
            raise LabError(f"a process of the lab does not stop: {[process.pid for process in processes]}")
        time.sleep(0.02)
    folder.forget_processes()
    return len(processes)
