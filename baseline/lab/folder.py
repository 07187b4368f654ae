"""The folder of a lab that runs in the background: what operators use, and what the processes keep in ``run``."""

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec

from baseline.lab.errors import LabError
from baseline.lab.process_identity import ProcessIdentity
from baseline.lab.spec import LabSpec

DEFAULT_FOLDER = Path(".baseline/lab")


class LabFolder:
    """Names of the files, and reading and writing of the small ones."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.inventory = self.path / "inventory.yml"
        self.known_hosts = self.path / "known_hosts"
        self.client_key = self.path / "client_key"
        self.run = self.path / "run"
        self._spec = self.run / "spec.json"
        self._processes = self.run / "processes.json"

    def make(self) -> None:
        """Make the folder; ``run`` is for its owner only."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.run.mkdir(mode=0o700, exist_ok=True)
        self.run.chmod(0o700)

    def log(self, worker: int) -> Path:
        """What one process printed."""
        return self.run / f"log-{worker}.txt"

    def status(self, worker: int) -> Path:
        """The last counts of one process; they stay after it has stopped."""
        return self.run / f"status-{worker}.json"

    def statuses(self) -> list[Path]:
        """The status files that exist."""
        return sorted(self.run.glob("status-*.json"))

    def write_spec(self, spec: LabSpec) -> None:
        """Keep the specification, without its passwords."""
        public = msgspec.structs.replace(spec, password=None, enable_password=None)
        self._spec.write_bytes(msgspec.json.encode(public))

    def read_spec(self) -> LabSpec:
        """The specification of the lab in this folder.

        Raises:
            LabError: there never was one.
        """
        try:
            return msgspec.json.decode(self._spec.read_bytes(), type=LabSpec)
        except (OSError, msgspec.MsgspecError) as error:
            raise LabError(f"there is no lab in {self.path}: {error}") from error

    def write_processes(self, processes: list[ProcessIdentity]) -> None:
        """Keep which processes serve this lab."""
        self._processes.write_bytes(msgspec.json.encode(processes))

    def read_processes(self) -> list[ProcessIdentity]:
        """The processes that were started for this lab; empty when none were."""
        try:
            return msgspec.json.decode(self._processes.read_bytes(), type=list[ProcessIdentity])
        except (OSError, msgspec.MsgspecError):
            return []

    def forget_processes(self) -> None:
        """Nothing serves this lab any more."""
        self._processes.unlink(missing_ok=True)
        for path in self.run.glob("control-*.sock"):
            path.unlink()

    @contextlib.contextmanager
    def control_address(self, worker: int) -> Iterator[str]:
        """A path to the control socket of one process that is short enough to bind (108 bytes), however deep the folder."""
        descriptor = os.open(self.run, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}/control-{worker}.sock"
        finally:
            os.close(descriptor)

    def control_listener(self, worker: int) -> socket.socket:
        """A bound control socket that only its owner can use."""
        (self.run / f"control-{worker}.sock").unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with self.control_address(worker) as address:
            listener.bind(address)
            Path(address).chmod(0o600)
        return listener
