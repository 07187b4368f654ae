"""One simulated Cisco switch while the lab runs: what it is, what is wrong with it, what it answers and what it saw."""

import re
import time
from collections.abc import Mapping

import msgspec

from baseline.lab.answers import CONFIGURED, LIVE, STEADY, Output
from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration.document import running_configuration, saved_configuration
from baseline.lab.configuration.management import BANNER
from baseline.lab.defects import DEFECTS, posture_with
from baseline.lab.faults import truncated
from baseline.lab.moment import Moment, local_now
from baseline.lab.outputs.configuration import show_running_config, show_startup_config
from baseline.lab.outputs.interfaces import found_interface
from baseline.lab.simulated import SimulatedDevice
from baseline.lab.spec import DeviceSpec

_HOST_NAME = re.compile(r"^hostname (\S+)$", re.MULTILINE)


class Device(SimulatedDevice):
    """A Cisco switch, whose configuration and answers are made from a blueprint."""

    def __init__(self, spec: DeviceSpec, seed: int) -> None:
        super().__init__(spec)
        self._started = time.monotonic()
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
        self.banner = tuple(BANNER) if f"\n{BANNER[0]}\n" in self.configuration else ()
        self._answers.clear()

    @property
    def known_defects(self) -> Mapping[str, object]:
        """What can be wrong with a switch, by name."""
        return DEFECTS

    @property
    def server_version(self) -> str:
        """What IOS calls its SSH server."""
        return "Cisco-1.25"

    def take(self, text: str) -> None:
        """Run this configuration; what is saved stays."""
        self.configuration = text
        self._answers.clear()

    def save(self) -> None:
        """Save what runs."""
        self.saved = self.configuration
        self._answers.clear()

    def _forget_answers(self) -> None:
        self._answers.clear()

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
