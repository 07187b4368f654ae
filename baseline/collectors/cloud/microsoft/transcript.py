"""Keeps answers as artefacts: masked, one per request, bounded in all."""

from collections import Counter
from typing import Any

import msgspec

from baseline.collectors.cloud.microsoft.masking import masked
from baseline.models.artefact import Artefact

MAXIMUM_BYTES = 64 * 1024 * 1024
"""Of all artefacts of one target together; what comes after that is used, and named, but not kept."""


class Transcript:
    """The answers of one target, in the order they came."""

    def __init__(self) -> None:
        self._artefacts: dict[str, Artefact] = {}
        self._times: Counter[str] = Counter()
        self._bytes = 0

    def note(self, name: str, body: dict[str, Any] | None, document: dict[str, Any]) -> None:
        """Keep one answer. Pages of the same request get a number."""
        self._times[name] += 1
        unique = name if self._times[name] == 1 else f"{name} ({self._times[name]})"
        told = {"request": masked(body), "answer": masked(document)} if body is not None else masked(document)
        content = msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"
        if self._bytes + len(content) > MAXIMUM_BYTES:
            content = b'"left out: the answers of this target are larger than is kept"\n'
        self._bytes += len(content)
        self._artefacts[unique] = Artefact(name=unique, content=content, media_type="application/json")

    def artefacts(self) -> tuple[Artefact, ...]:
        """What was kept."""
        return tuple(self._artefacts.values())
