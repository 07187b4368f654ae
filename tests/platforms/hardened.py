"""The hardened device of a platform, and what the shipped checks say of it once something of it is weakened."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from baseline.models.result import Status
from tests.platforms.vendors import recording
from tests.platforms.verdicts import Bench

RUNNING, SAVED = "show running-config", "show startup-config"
OUTSIDE = {
    "tags": ["outside-controlled-area", "public-space"],
    "exposure": "internet",
    "confidentiality": "high",
}
"""What a target is like that every check applies to."""

Found = dict[str, Status]


@dataclass(frozen=True, kw_only=True)
class Hardened:
    """Tables of one platform: checks without their prefix, and pieces of the recording ``strict`` and of other answers."""

    platform: str
    target: Mapping[str, Any]
    params: Mapping[str, dict[str, Any]]
    lines: Sequence[tuple[str, str, str]]
    """What stands in the configuration, what comes instead, and the checks that then fail; those behind a ``?`` cannot tell
    any more."""
    answers: Sequence[tuple[str, str, str, str]]
    """The same of another command, which comes first."""
    weak: AbstractSet[str]
    """Fail whatever is configured."""
    unfailed: AbstractSet[str]
    """No row of the tables fails them, though they apply."""
    not_asked: AbstractSet[str]
    """Not applicable to this device."""
    rested_on: AbstractSet[str]
    """Commands without whose answer some check cannot tell; for the others something else tells."""
    told_without_configuration: AbstractSet[str]
    """Checks that other answers suffice for."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Command -> its recording, where that does not have the command's name."""
    repairs: Sequence[tuple[str, str, str]] = ()
    """What recorded answers say otherwise on the hardened device: command, old, new."""

    @cached_property
    def bench(self) -> Bench:
        """The checks of this platform."""
        return Bench(self.platform, self.target, self.params)

    @cached_property
    def outputs(self) -> dict[str, str]:
        """What the device answers to each command."""
        files = {command.text: command.text.replace(" ", "_") for command in self.bench.platform.commands}
        files |= {RUNNING: "strict"} | self.files
        answers = {command: recording(self.platform, file) for command, file in files.items()}
        for command, old, new in self.repairs:
            answers[command] = answers[command].replace(old, new)
        return answers

    @cached_property
    def verdicts(self) -> Found:
        """What the checks say of the device as it is."""
        return self.bench.verdicts(self.outputs)

    def weakened(self, command: str, old: str, new: str) -> dict[str, str]:
        """The answers with one piece replaced; what is configured is saved as well."""
        text = self.outputs[command]
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the recording"
        changed = text.replace(old, new)
        saved = {SAVED: changed} if command == RUNNING and SAVED in self.outputs else {}
        return self.outputs | {command: changed} | saved

    def without(self, command: str) -> dict[str, str]:
        """The answers but one."""
        return {name: text for name, text in self.outputs.items() if name != command}

    def changed(self, outputs: dict[str, str]) -> dict[str, tuple[Status, Status]]:
        """Checks whose verdict these answers change: what it was, and what it becomes."""
        found = self.bench.verdicts(outputs)
        return {name: (self.verdicts[name], now) for name, now in found.items() if now != self.verdicts[name]}

    def worse(self, outputs: dict[str, str]) -> Found:
        """New verdicts that these answers give, but for checks that do not apply any more."""
        return {name: now for name, (_, now) in self.changed(outputs).items() if now != Status.NOT_APPLICABLE}

    def failing(self) -> set[str]:
        """Checks that some row of the tables fails."""
        rows = (*self.lines, *self.answers)
        return {name for row in rows for name, status in expected_verdicts(row[-1]).items() if status == Status.FAIL}


def expected_verdicts(names: str) -> Found:
    """The verdicts that the last column of a table spells out."""
    return {name.removeprefix("?"): Status.ERROR if name.startswith("?") else Status.FAIL for name in names.split()}
