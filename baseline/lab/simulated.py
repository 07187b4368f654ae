"""What the lab knows of every simulated device, whatever its vendor."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from baseline.lab.counters import Counters
from baseline.lab.errors import LabError
from baseline.lab.faults import FAULTS, checked_faults
from baseline.lab.moment import Login
from baseline.lab.spec import DeviceSpec


class SimulatedDevice(ABC):
    """A device with its defects and faults, which may change while it runs.

    ``host_name`` is what its prompt shows, ``banner`` the lines that it shows before logging in.
    """

    host_name: str
    configuration: str
    banner: tuple[str, ...]

    def __init__(self, spec: DeviceSpec) -> None:
        self.spec = spec
        self.counters = Counters()
        self.logins: dict[int, Login] = {}
        self.defects = tuple(spec.defects)
        self.faults = checked_faults(spec.faults)
        self._replacement = spec.configuration

    @property
    @abstractmethod
    def known_defects(self) -> Mapping[str, object]:
        """What can be wrong with its configuration, by name."""

    @property
    @abstractmethod
    def server_version(self) -> str:
        """What its SSH server calls itself."""

    @abstractmethod
    def _change(self, defects: tuple[str, ...]) -> None:
        """Take on these defects."""

    @abstractmethod
    def take(self, text: str) -> None:
        """Run this configuration from now on, as a session typed it; what is saved stays."""

    @abstractmethod
    def save(self) -> None:
        """Keep the running configuration over a restart."""

    @abstractmethod
    def _forget_answers(self) -> None:
        """Make the answers anew when they are asked for again."""

    def break_with(self, name: str) -> None:
        """Add a defect or a fault.

        Raises:
            LabError: there is none of this name.
        """
        if name in FAULTS:
            self.faults |= {name}
            self._forget_answers()
        elif name in self.known_defects:
            self._change((*self.defects, name) if name not in self.defects else self.defects)
        else:
            known = ", ".join(sorted({*self.known_defects, *FAULTS}))
            raise LabError(f"there is no defect or fault {name!r}; known are {known}")

    def repair(self) -> None:
        """Take away every defect and fault, and a configuration that was set."""
        self.faults = frozenset()
        self._replacement = None
        self._change(())

    def set_configuration(self, text: str) -> None:
        """Let the device run, and have saved, exactly this text."""
        self._replacement = text if text.endswith("\n") else text + "\n"
        self._change(self.defects)
