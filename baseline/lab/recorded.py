"""A simulated device that answers with recordings of its platform."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import msgspec

from baseline.lab.answers import Output
from baseline.lab.errors import LabError
from baseline.lab.faults import truncated
from baseline.lab.platforms import description
from baseline.lab.platforms.description import Edit
from baseline.lab.simulated import SimulatedDevice
from baseline.lab.spec import DeviceSpec


class RecordedDevice(SimulatedDevice):
    """A device whose answers are recordings, made good and then given its defects."""

    def __init__(self, spec: DeviceSpec) -> None:
        super().__init__(spec)
        self.description = description(spec.platform)
        self.host_name = spec.name
        self._outputs: dict[str, Output] = {}
        self._load()

    @property
    def known_defects(self) -> Mapping[str, object]:
        """What can be wrong with a device of its platform, by name."""
        return self.description.defects

    @property
    def server_version(self) -> str:
        """What its SSH server calls itself."""
        return self.description.server_version

    def answer(self, command: str) -> Output:
        """What the device says to a command of its description."""
        if command not in self._outputs:
            text = self._texts[command]
            cut = command == self.description.configuration and "truncated" in self.faults
            self._outputs[command] = Output(truncated(text) if cut else text)
        return self._outputs[command]

    def take(self, text: str) -> None:
        """Run this configuration; what is saved stays."""
        self._texts[self.description.configuration] = self.configuration = text
        self._forget_answers()

    def save(self) -> None:
        """Save what runs, where the platform shows what is saved."""
        if "show startup-config" in self._texts:
            self._texts["show startup-config"] = self.configuration
            self._forget_answers()

    def _change(self, defects: tuple[str, ...]) -> None:
        self.defects = defects
        self._load()

    def _forget_answers(self) -> None:
        self._outputs.clear()

    def _load(self) -> None:
        kind = self.description
        names = (Edit(name, self.spec.name) for name in kind.recorded_names)
        edits = (*names, *kind.good, *self._mistakes())
        self._texts = edited(kind.recordings, edits)
        if self._replacement is not None:
            self._texts[kind.configuration] = self._replacement
        self.configuration = self._texts[kind.configuration]
        self.banner = kind.banner if kind.banner and kind.banner[0] in self.configuration else ()
        self._forget_answers()

    def _mistakes(self) -> Iterable[Edit]:
        known = self.description.defects
        for name in self.defects:
            if name not in known:
                raise LabError(f"{self.spec.platform} has no defect {name!r}; known are {', '.join(sorted(known))}")
            yield from known[name].edits


def stand_in(device: SimulatedDevice, platform: str) -> RecordedDevice:
    """A device of a platform at the place of another: same name, same counts."""
    spec = msgspec.structs.replace(device.spec, platform=platform, defects=(), faults=(), configuration=None)
    other = RecordedDevice(spec)
    other.counters = device.counters
    return other


def edited(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """The texts by command with every edit done, in order.

    Raises:
        LabError: what an edit replaces stands nowhere.
    """
    changed = dict(texts)
    for edit in edits:
        places = [command for command, text in changed.items() if edit.old in text and edit.command in {None, command}]
        if not places:
            raise LabError(f"a recording does not hold {edit.old!r}, which was to become {edit.new!r}")
        for command in places:
            changed[command] = changed[command].replace(edit.old, _dated(edit.new))
    return changed


def _dated(text: str) -> str:
    year = datetime.now(UTC).year
    return text.replace("{year}", str(year)).replace("{next year}", str(year + 1))
