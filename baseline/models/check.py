"""Checks: declarative rules over facts, each one YAML file."""

import re
from typing import Any, Literal

import msgspec

from baseline.models.result import Severity
from baseline.models.target import Kind

WhenEmpty = Literal["pass", "fail", "error", "not_applicable"]
Expectation = Literal["pass", "fail", "error", "not_applicable"]


class AppliesTo(msgspec.Struct, frozen=True, kw_only=True):
    """Which targets a check is for. ``when`` is a CEL condition over facts and ``target``: false is not_applicable."""

    kind: Kind
    platforms: tuple[str, ...] = ()
    when: str = ""


def example_pattern(*examples: str) -> re.Pattern[str]:
    """Finds any of the examples among the words of a configuration line, the longest first."""
    found = "|".join(re.escape(example) for example in sorted(examples, key=len, reverse=True))
    return re.compile(rf"(?<!\S)(?:{found})(?!\S)")


def holds(line: str, example: str) -> bool:
    """Whether a configuration line holds an example, as whole words."""
    return example_pattern(example).search(line) is not None


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """How to repair one platform: configuration lines, or commands to run on a host.

    ``send``: ``baseline remediate`` may send the lines. ``values`` says what then stands in place of a word that is only an
    example: ``item`` (the subject that is not met), ``params.NAME`` (of the check), or ``inventory.NAME`` (of the target's
    ``baseline_remediate``).
    """

    lines: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    send: bool = False
    values: dict[str, str] = {}


class Remediation(msgspec.Struct, frozen=True, kw_only=True):
    """How to repair: a sentence, lines or commands per platform, and the playbook that does it."""

    text: str = ""
    text_nl: str = ""
    platforms: dict[str, Fix] = {}
    playbook: str = ""


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of an imaginary target with the verdict they must get; ``line`` is where it stands in the check's file."""

    expectation: Expectation
    facts: dict[str, Any]
    params: dict[str, Any] = {}
    target: dict[str, Any] = {}
    line: int = 0


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One rule. ``digest`` is the SHA-256 of the file; ``judging_digest`` of only what decides a verdict."""

    id: str
    title: str
    title_nl: str
    controls: tuple[str, ...]
    severity: Severity
    applies_to: AppliesTo
    expect: str
    rationale: str
    rationale_nl: str = ""
    tags: tuple[str, ...] = ()
    params: dict[str, Any] = {}
    each: str = ""
    where: str = ""
    subject: str = ""
    when_empty: WhenEmpty | None = None
    observe: tuple[str, ...] = ()
    remediation: Remediation = Remediation()
    references: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    path: str = ""
    source: str = ""
    digest: str = ""
    judging_digest: str = ""
