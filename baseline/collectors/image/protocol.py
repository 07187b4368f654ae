"""What the child process that reads an image is asked, and what it answers: JSON on its standard streams."""

from typing import Any, Literal

import msgspec

from baseline.collectors.image.file_state import FileState


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Read one image. ``maximum_memory_bytes`` and ``maximum_seconds`` bound the process itself."""

    path: str
    system: Literal["windows", "linux"]
    index: int | None = None
    needs: tuple[str, ...] = ()
    maximum_memory_bytes: int
    maximum_seconds: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: ``facts`` is a facts document, ``artefacts`` holds lines by name, ``files`` what the image is made
    of, each with its state before anything was read from it.
    """

    format: str
    file_system: str
    volume: str = ""
    notes: tuple[str, ...] = ()
    files: dict[str, FileState] = {}
    facts: dict[str, Any] = {}
    artefacts: dict[str, list[str]] = {}
    sources: dict[str, tuple[str, int]] = {}
    told: str = ""
    """Of a Linux image: what the collecting script would have printed, with ``mark`` at its boundaries."""
    mark: str = ""
    boots: bool = False
    """Of a Linux image: it holds a kernel."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why an image could not be read. ``code`` is that of a CollectError."""

    code: str
    message: str
    hint: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One of both."""

    answer: Answer | None = None
    failure: Failure | None = None
