"""Reads one norm's YAML file; what it says of other controls is checked by the catalogue."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from baseline.content.document import Document, load_document
from baseline.content.nearest import did_you_mean
from baseline.content.reading import Reading
from baseline.models.control import (
    Aspect,
    Automatable,
    Basis,
    Control,
    ControlStatus,
    Domain,
    HygieneGroup,
    Norm,
    Theme,
)
from baseline.models.errors import Problem

ISO = "iso27001"
"""The norm to whose controls every other norm is mapped."""

_NORM_ID = re.compile(r"[a-z][a-z0-9-]{1,30}")
_NUMBER = re.compile(r"[A-Z0-9][A-Za-z0-9./-]{0,30}")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

_REQUIRED = ("title", "title_nl")
_TEXTS = ("moved_to", "note", "source_defect")
_WORDS = {
    "status": get_args(ControlStatus),
    "automatable": get_args(Automatable),
    "theme": get_args(Theme),
    "basis": get_args(Basis),
}
_LISTS = {"domains": get_args(Domain), "hygiene": get_args(HygieneGroup), "tested_on": get_args(Aspect)}


class NormFile(msgspec.Struct, frozen=True):
    """A norm, its controls in the order of the file, and the document they were read from."""

    norm: Norm
    controls: list[Control]
    document: Document


def read_norm(path: Path, problems: list[Problem]) -> NormFile | None:
    """Read the norm in one file; None, with ``problems`` appended, when anything in it is wrong."""
    document = load_document(path, problems)
    if document is None:
        return None
    before = len(problems)
    file = Reading(document, problems)
    file.only(("norm", "controls"))
    for key in ("norm", "controls"):
        if not file.data.get(key):
            file.report((key,), f"'{key}' is missing")
    head, body = file.mapping("norm"), file.mapping("controls")
    if head is None or body is None:
        return None
    values = _norm(head, path.stem)
    blocks = [_control(block, values["id"]) for block in _blocks(body)]
    if len(problems) > before:
        return None
    return NormFile(msgspec.convert(values, Norm), msgspec.convert(blocks, list[Control]), document)


def _norm(reading: Reading, stem: str) -> dict[str, str]:
    fields = msgspec.structs.fields(Norm)
    reading.only(field.name for field in fields)
    values = {field.name: reading.text(field.name, required=field.required) for field in fields}
    _refuse_unprintable(reading, values)
    identifier, date = values["id"], values["date"]
    if identifier and not _NORM_ID.fullmatch(identifier):
        reading.report(("id",), f"'{identifier}' is not a norm id", "lower-case letters, digits, dashes")
    elif identifier and identifier != stem:
        message = f"the norm's id '{identifier}' is not the file's name '{stem}'"
        reading.report(("id",), message, f"call the file {identifier}.yaml")
    if date and not _DATE.fullmatch(date):
        reading.report(("date",), f"'{date}' is not a date", "2026-01-09, 2026-01 or 2026")
    return values


def _blocks(reading: Reading) -> Iterator[Reading]:
    for number in reading.data:
        if _NUMBER.fullmatch(number):
            yield Reading(reading.document, reading.problems, (*reading.keys, number))
        else:
            reading.report((number,), f"'{number}' is not a control number", "such as 8.24.04, A.8.24 or U/TV.01")


def _control(reading: Reading, norm: str) -> dict[str, Any]:
    """The control's fields as plain values; its last key is its number."""
    number = reading.keys[-1]
    reading.only((*_REQUIRED, *_TEXTS, *_WORDS, *_LISTS, "iso"))
    values: dict[str, Any] = {key: reading.text(key, required=True) for key in _REQUIRED}
    values |= {key: reading.text(key) for key in _TEXTS}
    values |= {key: word for key, choices in _WORDS.items() if (word := reading.choice(key, choices))}
    values |= {key: _choices(reading, key, choices) for key, choices in _LISTS.items()}
    _refuse_unprintable(reading, values)
    _refuse_contradictions(reading, values)
    values["iso"] = [f"{ISO}:{reference}" for reference in _without_repetition(reading, "iso")]
    values["moved_to"] = f"{norm}:{values['moved_to']}" if values["moved_to"] else None
    return values | {"id": f"{norm}:{number}", "norm": norm, "number": number}


def _choices(reading: Reading, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    words = _without_repetition(reading, key)
    for index, word in enumerate(words):
        if word not in choices:
            reading.report((key, index), f"'{word}' is not one of the {key}", did_you_mean(word, choices))
    return words


def _without_repetition(reading: Reading, key: str) -> tuple[str, ...]:
    words = reading.texts(key)
    for index, word in enumerate(words):
        if word in words[:index]:
            reading.report((key, index), f"'{key}' names '{word}' twice", "keep one")
    return words


def _refuse_unprintable(reading: Reading, values: dict[str, Any]) -> None:
    """Refuse line breaks and control characters, which could rewrite the terminal that shows them."""
    for key, value in values.items():
        if isinstance(value, str) and not value.isprintable():
            reading.report((key,), f"'{key}' holds a character that cannot be printed", "one line of plain text")


def _refuse_contradictions(reading: Reading, values: dict[str, Any]) -> None:
    """Report what a control says that cannot all be true."""
    status, automatable = values.get("status", "measure"), values.get("automatable")
    if (status == "moved") != bool(values["moved_to"]):
        reading.report(("moved_to",), "'status: moved' and 'moved_to' go together", "give both or neither")
    if status == "measure" and "automatable" not in reading.data:
        reading.report((), "is in force and lacks 'automatable'", "one of: yes, partly, no")
    if status != "measure" and automatable:
        reading.report(("automatable",), f"'automatable' says nothing of what is not in force (status: {status})")
    if (automatable in ("yes", "partly")) != bool(values["domains"]):
        message = "'domains' go with 'automatable: yes' or 'partly', and with nothing else"
        reading.report(("domains",), message, "give both or neither")
