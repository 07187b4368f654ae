"""One simulated switch while the lab runs: what it is, what is wrong with it, what it answers and what it saw."""

import re
import time

import msgspec

from baseline.lab.answers import CONFIGURED, LIVE, STEADY, Output
from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.document import running_configuration, saved_configuration
from baseline.lab.counters import Counters
from baseline.lab.defects import DEFECTS, posture_with
from baseline.lab.errors import LabError
from baseline.lab.faults import FAULTS, checked_faults, truncated
from baseline.lab.moment import Login, Moment, local_now
from baseline.lab.outputs.configuration import show_running_config, show_startup_config
from baseline.lab.outputs.interfaces import found_interface
from baseline.lab.spec import DeviceSpec

_HOST_NAME = re.compile(r"^hostname (\S+)$", re.MULTILINE)


class Device:
    """A switch with its defects and faults, which may change while it runs."""

    def __init__(self, spec: DeviceSpec, seed: int) -> None:
        self.spec = spec
        self.counters = Counters()
        self.logins: dict[int, Login] = {}
        self.defects = tuple(spec.defects)
        self.faults = checked_faults(spec.faults)
        self._started = time.monotonic()
        self._replacement = spec.configuration
        self._answers: dict[str, Output] = {}
        self._blueprint = Blueprint(
            name=spec.name,
            site=spec.site,
            site_number=spec.site_number,
            number=spec.number,
            role=spec.role,
            lines=spec.lines,
            seed=seed,
            posture=posture_with(spec.defects),
        )
        self._load()

    def _load(self) -> None:
        self.configuration = self._replacement or running_configuration(self._blueprint)
        self.saved = saved_configuration(self._blueprint, self.configuration)
        found = _HOST_NAME.search(self.configuration)
        self.host_name = found.group(1) if found else self.spec.name
        self._answers.clear()

    def break_with(self, name: str) -> None:
        """Add a defect or a fault.

        Raises:
            LabError: there is none of this name.
        """
        if name in FAULTS:
            self.faults |= {name}
            self._answers.clear()
        elif name in DEFECTS:
            self._change((*self.defects, name) if name not in self.defects else self.defects)
        else:
            known = ", ".join(sorted(DEFECTS | FAULTS))
            raise LabError(f"there is no defect or fault {name!r}; known are {known}")

    def repair(self) -> None:
        """Take away every defect and fault, and a configuration that was set."""
        self.faults = frozenset()
        self._replacement = None
        self._change(())

    def set_configuration(self, text: str) -> None:
        """Let the device run, and have saved, exactly this text (from ``version`` to ``end``)."""
        self._replacement = text if text.endswith("\n") else text + "\n"
        self._change(self.defects)

    def _change(self, defects: tuple[str, ...]) -> None:
        self.defects = defects
        revision = self._blueprint.revision + 1
        self._blueprint = msgspec.structs.replace(self._blueprint, posture=posture_with(defects), revision=revision)
        self._load()

    def moment(self, own_line: int, privilege: int) -> Moment:
        """The circumstances in which one session asks something now."""
        return Moment(
            now=local_now(),
            up_seconds=time.monotonic() - self._started,
            logins=tuple(self.logins.values()),
            own_line=own_line,
            privilege=privilege,
        )

    def answer(self, command: str, arguments: tuple[str, ...], moment: Moment) -> Output:
        """What the device says to a ``show`` command."""
        if command in LIVE:
            return Output(LIVE[command](self._blueprint, moment))
        if arguments:
            return Output(self._one_interface(arguments[0]))
        if command not in self._answers:
            self._answers[command] = Output(self._steady(command, moment))
        return self._answers[command]

    def _steady(self, command: str, moment: Moment) -> str:
        if command in STEADY:
            return STEADY[command](self._blueprint, moment)
        if command in CONFIGURED:
            return CONFIGURED[command](self._blueprint, self.configuration)
        if command == "show startup-config":
            return show_startup_config(self._blueprint, self.saved)
        text = show_running_config(self._blueprint, self.configuration)
        return truncated(text) if "truncated" in self.faults else text

    def _one_interface(self, name: str) -> str:
        full, lines = found_interface(self.configuration, name)
        if not full:
            return "% Invalid input detected at '^' marker.\n\n"
        body = "".join(f" {line}\n" for line in lines)
        text = f"!\ninterface {full}\n{body}end\n\n"
        return f"Building configuration...\n\nCurrent configuration : {len(text)} bytes\n{text}"
