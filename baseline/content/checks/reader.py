"""Reads one check file into a Check; says everything that is wrong with its form."""

import hashlib
import re
from pathlib import Path
from typing import Any, cast

import msgspec

from baseline.content.checks.fixes import read_remediation
from baseline.content.document import Document, load_document, parse_document
from baseline.content.fact_schema import FACT_MODELS
from baseline.content.reading import Reading
from baseline.models.check import AppliesTo, Check, Example, Expectation, WhenEmpty
from baseline.models.errors import ContentError, Problem
from baseline.models.platforms import PLATFORMS
from baseline.models.result import Severity
from baseline.models.target import Kind

CHECK_KEYS = (
    "id",
    "title",
    "title_nl",
    "controls",
    "severity",
    "tags",
    "applies_to",
    "params",
    "each",
    "where",
    "subject",
    "expect",
    "when_empty",
    "observe",
    "rationale",
    "rationale_nl",
    "remediation",
    "references",
    "examples",
)
EXPECTATIONS = ("pass", "fail", "error", "not_applicable")
EXAMPLE_EXTRAS = ("params", "target")
"""Keys of an example that are not facts."""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+){2,}")
_JUDGING_FIELDS = ("params", "each", "where", "subject", "expect", "when_empty", "observe", "severity", "applies_to")


def read_check(path: Path, problems: list[Problem]) -> tuple[Check, Document] | None:
    """Read one file. Returns None when it is not a YAML mapping; otherwise what could be read, problems aside."""
    document = load_document(path, problems)
    if document is None:
        return None
    if not isinstance(document.data, dict):
        problems.append(document.problem((), "a check is a mapping of keys to values"))
        return None
    return _check(Reading(document, problems), path, path.read_text("utf-8")), document


def read_check_text(identifier: str, text: str) -> Check:
    """Read a check from its text, as a run kept it: what of it this version understands, as the rest was right then.

    Raises:
        ContentError: it is no YAML mapping.
    """
    problems: list[Problem] = []
    path = Path(f"{identifier}.yaml")
    document = parse_document(text.encode("utf-8"), str(path), problems)
    if document is not None and not isinstance(document.data, dict):
        problems.append(document.problem((), "a check is a mapping of keys to values"))
    if document is None or problems:
        raise ContentError(problems)
    return _check(Reading(document, problems), path, text)


def _check(reading: Reading, path: Path, source: str) -> Check:
    reading.only(CHECK_KEYS)
    severity = reading.choice("severity", tuple(Severity), required=True)
    when_empty = reading.choice("when_empty", EXPECTATIONS)
    check = Check(
        id=_identity(reading, path),
        title=reading.text("title", required=True),
        title_nl=reading.text("title_nl", required=True),
        controls=reading.texts("controls", required=True),
        severity=Severity(severity or "low"),
        applies_to=_applies_to(reading),
        expect=reading.text("expect", required=True),
        rationale=reading.text("rationale", required=True),
        rationale_nl=reading.text("rationale_nl"),
        tags=reading.texts("tags"),
        params=_params(reading),
        each=reading.text("each"),
        where=reading.text("where"),
        subject=reading.text("subject"),
        when_empty=cast(WhenEmpty, when_empty) if when_empty else None,
        observe=reading.texts("observe"),
        remediation=read_remediation(reading),
        references=reading.texts("references"),
        examples=_examples(reading),
        path=str(path),
        source=source,
        digest=hashlib.sha256(source.encode()).hexdigest(),
    )
    return msgspec.structs.replace(check, judging_digest=_judging_digest(check))


def _judging_digest(check: Check) -> str:
    parts = {name: msgspec.to_builtins(getattr(check, name)) for name in _JUDGING_FIELDS}
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()


def _identity(reading: Reading, path: Path) -> str:
    identity = reading.text("id", required=True)
    if identity and not _ID.fullmatch(identity):
        reading.report(("id",), f"'{identity}' is not a check id", "domain-subject-state, in lower case with hyphens")
    if identity and identity != path.stem:
        reading.report(("id",), f"the id is '{identity}' but the file is '{path.name}'", "they must be the same")
    return identity or path.stem


def _applies_to(reading: Reading) -> AppliesTo:
    section = reading.mapping("applies_to")
    if section is None:
        reading.report((), "'applies_to' is missing", "for example: applies_to: {kind: network}")
        return AppliesTo(kind="host")
    section.only(("kind", "platforms", "when"))
    kind = cast(Kind, section.choice("kind", tuple(FACT_MODELS), required=True) or "host")
    platforms = section.texts("platforms")
    for platform in platforms:
        if PLATFORMS.get(platform) != kind:
            section.report(("platforms",), f"'{platform}' is not a platform of kind {kind}")
    return AppliesTo(kind=kind, platforms=platforms, when=section.text("when"))


def _params(reading: Reading) -> dict[str, Any]:
    section = reading.mapping("params")
    if section is None:
        return {}
    for name, value in section.data.items():
        plain = value if isinstance(value, list) else [value]
        if not all(isinstance(item, bool | int | float | str) for item in plain):
            section.report((name,), f"parameter '{name}' must be text, a number, true or false, or a list of those")
    return dict(section.data)


def _examples(reading: Reading) -> tuple[Example, ...]:
    section = reading.mapping("examples")
    if section is None:
        return ()
    section.only(EXPECTATIONS)
    return tuple(
        _example(cast(Expectation, expectation), item)
        for expectation in EXPECTATIONS
        for item in section.mappings(expectation)
    )


def _example(expectation: Expectation, item: Reading) -> Example:
    extras = {name: dict(section.data) for name in EXAMPLE_EXTRAS if (section := item.mapping(name)) is not None}
    facts = {key: value for key, value in item.data.items() if key not in EXAMPLE_EXTRAS}
    line, _ = item.document.position(*item.keys)
    return Example(expectation=expectation, facts=facts, line=line, **extras)
