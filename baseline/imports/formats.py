"""The formats that can be imported, and which of them a file is."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from baseline.imports import prowler, sarif, trivy, xccdf
from baseline.imports.csv_reader import lines_of, read_rows
from baseline.imports.csv_redaction import CsvRedactor
from baseline.imports.finding import Receiver
from baseline.imports.json_place import place_of
from baseline.imports.json_reader import JsonReader, Readable
from baseline.imports.json_redaction import JsonRedactor
from baseline.imports.refused import MalformedError
from baseline.imports.source import Redactor
from baseline.imports.xml_reader import XmlReader
from baseline.imports.xml_redaction import XmlRedactor

FormatName = Literal["prowler-ocsf", "prowler-csv", "xccdf", "trivy", "sarif"]
FORMATS: tuple[FormatName, ...] = get_args(FormatName)
HEAD = 64 * 1024
"""Bytes from which a format is recognised."""

Opening = Callable[[], Readable]
"""Opens the same redacted bytes from their start."""


class Format(NamedTuple):
    """How one format is read. ``read`` may open the file again, to find the place of a mistake."""

    media_type: str
    redactor: Callable[[], Redactor]
    read: Callable[[Readable, Receiver, Opening], None]


def format_of(head: bytes) -> FormatName:
    """The format of a file by its beginning.

    Raises:
        MalformedError: it is none of those known.
    """
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return "xccdf"
    if text.startswith(b"["):
        return "prowler-ocsf"
    if text.startswith(b"{"):
        return _json_format(text)
    if b";" in (first := text.partition(b"\n")[0]) and b"CHECK_ID" in first.upper():
        return "prowler-csv"
    raise MalformedError(f"is of no format that is known; name one with --format ({', '.join(FORMATS)})", 1)


def _json_format(text: bytes) -> FormatName:
    keys = _first_keys(text)
    if "runs" in keys:
        return "sarif"
    if {"SchemaVersion", "ArtifactName"} & keys:
        return "trivy"
    if {"finding_info", "class_uid", "status_code"} & keys:
        return "prowler-ocsf"
    raise MalformedError(f"is JSON of no format that is known; name one with --format ({', '.join(FORMATS)})", 1)


def _first_keys(text: bytes) -> set[str]:
    """The keys of the outermost mapping, as far as they stand in the beginning of the file."""
    keys: set[str] = set()
    reader = JsonReader(io.BytesIO(text))
    try:
        for key in reader.members("the file"):
            keys.add(key)
            reader.skip()
    except MalformedError:
        return keys
    return keys


def format_named(name: FormatName, path: Path) -> Format:
    """How a format is read; ``path`` names what a SARIF log that does not say it is about."""
    if name == "prowler-csv":
        return Format("text/csv", lambda: CsvRedactor(prowler.SECRET_COLUMNS), _read_csv)
    if name == "xccdf":
        return Format("application/xml", XmlRedactor, lambda stream, to, _: xccdf.read_results(XmlReader(stream), to))
    keys, read = {
        "prowler-ocsf": (prowler.SECRET_KEYS, prowler.read_ocsf),
        "trivy": (trivy.SECRET_KEYS, trivy.read_report),
        "sarif": (sarif.SECRET_KEYS, lambda reader, to: sarif.read_log(reader, to, path.stem)),
    }[name]
    return Format("application/json", lambda: JsonRedactor(keys), _reading_json(read))


def _reading_json(read: Callable[[JsonReader, Receiver], None]) -> Callable[[Readable, Receiver, Opening], None]:
    def read_json(stream: Readable, receiver: Receiver, again: Opening) -> None:
        reader = JsonReader(stream)
        try:
            read(reader, receiver)
            reader.require_end()
        except MalformedError as error:
            if error.line:
                raise
            raise MalformedError(error.message, *place_of(again, reader.events)) from None

    return read_json


def _read_csv(stream: Readable, receiver: Receiver, _: Opening) -> None:
    prowler.read_csv(read_rows(lines_of(stream), _require_columns), receiver)


def _require_columns(heading: list[str]) -> None:
    missing = [name for name in prowler.COLUMNS if name not in heading]
    if missing:
        raise MalformedError(f"has no column {', '.join(missing)}: it is not a CSV file of Prowler 4 or newer")
