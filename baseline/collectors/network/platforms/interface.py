"""The seam between what is asked of a network device and what its answers mean. Nothing here does I/O."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from baseline.models.artefact import SourceLines
from baseline.models.facts.network import NetworkFacts


@dataclass(frozen=True, slots=True)
class Command:
    """One read-only command, and the fact paths that its output supplies (``management.ssh``, ``users``)."""

    text: str
    supplies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Facts read from outputs, and where: fact path -> lines (see ``Collection.sources``)."""

    facts: NetworkFacts
    sources: dict[str, SourceLines]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A device's answer that means no. ``code``: ``unsupported``, ``privilege`` or ``failed``; ``message`` is its own."""

    code: str
    message: str


Refusals = tuple[tuple[re.Pattern[str], str], ...]
"""What a platform says when it does not run a command, with the code of the refusal. Each pattern starts with ``^``."""

_REFUSAL_LENGTH = 2048
"""Characters at the start of an answer in which a refusal is looked for."""


def find_refusal(refusals: Refusals, output: str) -> Refusal | None:
    """The refusal that an answer starts with, else None."""
    head = output[:_REFUSAL_LENGTH]
    if not _any_of(refusals).search(f"\n{head}"):
        return None
    for pattern, code in refusals:
        if found := pattern.search(head):
            return Refusal(code=code, message=found.group(0).strip())
    return None


@cache
def _any_of(refusals: Refusals) -> re.Pattern[str]:
    """What matches a line end before one of them: nearly every answer is no refusal, and is searched once.

    Line ends are found much faster than starts of lines, at which the patterns would be tried at every character.
    """
    if not all(pattern.pattern.startswith("^") and pattern.flags & re.MULTILINE for pattern, _ in refusals):
        raise ValueError("a refusal is looked for at the start of a line: its pattern starts with ^, in MULTILINE")
    lines = "|".join(f"{_flagged(pattern)}{pattern.pattern[1:]})" for pattern, _ in refusals) or r"(?!)"
    return re.compile(rf"\n(?:{lines})")


def _flagged(pattern: re.Pattern[str]) -> str:
    letters = (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL), ("x", re.VERBOSE))
    return "(?" + "".join(letter for letter, flag in letters if pattern.flags & flag) + ":"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """Everything the collector must know about one platform.

    ``parse`` takes outputs by command text, as received, and never raises: what cannot be read becomes Unknown. A
    command that was not run is left out of the mapping; a refusal is passed as it came. ``redact`` takes a command and
    its output and returns it with secrets replaced, line for line. ``cut_off`` gives the reason why an output is
    incomplete, or None. ``prompt`` matches the end of what a device has sent when it waits for a command: group
    ``host`` is its name, group ``mode`` the last character. ``above_prompt`` matches, at the end of a text, what it prints
    above each prompt. ``acceptance`` matches a question at logging in that the key ``a`` accepts.
    """

    name: str
    title: str
    netmiko_device_type: str
    commands: tuple[Command, ...]
    parse: Callable[[Mapping[str, str]], Parsed]
    redact: Callable[[str, str], str]
    cut_off: Callable[[str, str], str | None]
    prompt: re.Pattern[str]
    above_prompt: re.Pattern[str] | None = None
    acceptance: re.Pattern[str] | None = None
    privileged_mode: str = "#"
    enable_command: str | None = None
    enable_prompt: re.Pattern[str] | None = None
    session_setup: tuple[str, ...] = ()
    refusals: Refusals = ()
    allowed: tuple[re.Pattern[str], ...] = field(default=())
    sendable: tuple[re.Pattern[str], ...] = field(init=False)
    """What may be sent: what only reads, and this platform's own session set-up and ``enable``."""

    def __post_init__(self) -> None:
        own = (*self.session_setup, *((self.enable_command,) if self.enable_command else ()))
        sendable = (*self.allowed, *(re.compile(re.escape(command)) for command in own))
        object.__setattr__(self, "sendable", sendable)

    @property
    def configuration_command(self) -> str:
        """The command that prints the configuration: the one that supplies most facts."""
        return max(self.commands, key=lambda command: len(command.supplies)).text

    def refusal(self, output: str) -> Refusal | None:
        """What the device says when it does not run a command, read from the first lines of its answer; else None."""
        return find_refusal(self.refusals, output)

    def is_read_only(self, command: str) -> bool:
        """Whether a command is one of those that only read: the whole text matches one of ``allowed``."""
        return any(pattern.fullmatch(command) for pattern in self.allowed)
