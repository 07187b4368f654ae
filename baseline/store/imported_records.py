"""What an import gives the store, and what it gives back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

import msgspec

from baseline.models.result import Result
from baseline.store.records import CheckVersion

MARK = ":"
"""Stands in the id of every imported check, and in no id of our own: ``prowler:iam_root_mfa_enabled``."""

IMPORTED = "imported"
"""Platform of a target that only imports speak about."""

INDEX = "application/vnd.baseline.parts+json"
"""Media type of the index of a file that is kept in parts: its name, size, SHA-256 and the SHA-256 of each part."""


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of another scanner. ``digest`` is the SHA-256 of the file as it was given, ``artefact`` that of what is kept.

    ``scope`` says whose earlier results it replaces, on the targets that it names. ``tools`` maps the first part of its
    check ids to the tool's name and version. ``artefact`` is the SHA-256 of the redacted file, or of its index where it
    is kept in ``parts``. ``redactions`` counts the texts that were removed. ``whole`` is false where the scanner did not end
    well: then what it found before and this file does not hold is not gone.
    """

    name: str
    digest: str
    format: str
    scope: str
    tools: dict[str, str]
    size: int
    artefact: str
    parts: int
    redactions: int
    measured_at: datetime
    whole: bool = True

    def as_selection(self) -> dict[str, object]:
        """What the run of it says that it was to do. Its name, size and digests are not for the log, which cannot be told
        without names of people: whoever has the file without a name could try names against a digest of it.
        """
        names = ("format", "measured_at", "scope", "tools", "whole")
        return {"import": {name: msgspec.to_builtins(getattr(self, name)) for name in names}}


class ImportedContent(Protocol):
    """What was read and found right, gone through as often as needed without standing in memory."""

    def checks(self) -> Iterable[CheckVersion]:
        """The rules that findings name, as documents, one by one."""
        ...

    def parts(self) -> Iterable[tuple[str, str, bytes]]:
        """What is kept of the file: name, media type and content."""
        ...

    def results(self) -> Iterable[Result]:
        """Every finding once, ordered by target."""
        ...


class ImportTotals(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did to what stands: results ``new`` or changed, ``unchanged``, and ``closed`` as they are gone."""

    run: int
    new: int
    unchanged: int
    closed: int
