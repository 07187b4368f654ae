"""Outputs of a platform's commands, each usable or unknown for a reason that a person can act on."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from baseline.collectors.network.platforms.interface import Refusal, Refusals, find_refusal
from baseline.models.facts.fact import Unknown

T = TypeVar("T")

ADVICE = {
    "privilege": "give the account the right to run it",
    "unsupported": "the release does not know it, or hides it from an account without the privilege",
}
"""Code of a refusal -> what a person can do, or what it means."""


def not_run(command: str) -> str:
    """The reason why facts are unknown whose command has no output."""
    return f"`{command}` was not run, or its answer was lost"


class Outputs:
    """What came back from one target, by command text."""

    def __init__(self, outputs: Mapping[str, str], refusals: Refusals) -> None:
        self.outputs = outputs
        self._refusals = refusals

    def refusal(self, command: str) -> Refusal | None:
        """The device's refusal to run this command, if that is what came back."""
        return find_refusal(self._refusals, self.outputs.get(command, ""))

    def usable(self, command: str, *, may_be_empty: bool = False) -> str | Unknown:
        """The output of a command, or why there is none. ``may_be_empty``: no output means that there is nothing."""
        output = self.outputs.get(command)
        if output is None:
            return Unknown(not_run(command))
        if refusal := self.refusal(command):
            advice = ADVICE.get(refusal.code)
            return Unknown(f"the device refused `{command}`: {refusal.message}" + (f" ({advice})" if advice else ""))
        if not output.strip() and not may_be_empty:
            return Unknown(f"`{command}` gave no output")
        return output

    def read(self, command: str, reader: Callable[[str], T | None]) -> T | Unknown:
        """What a reader makes of the output of a command; a reader returns None for what is not of its command."""
        output = self.usable(command)
        if isinstance(output, Unknown):
            return output
        value = reader(output)
        return (
            Unknown(f"the answer to `{command}` is not one that this release of baseline can read")
            if value is None
            else value
        )
