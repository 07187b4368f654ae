"""Collects the facts of a workplace or host from its image: nothing is started, mounted or asked."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from baseline.collectors.image.child import MAXIMUM_MEMORY_BYTES, read_in_child
from baseline.collectors.image.identity import Identity
from baseline.collectors.image.protocol import Answer, Request
from baseline.collectors.interface import CollectSettings
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Section
from baseline.models.facts.workplace import WorkplaceFacts
from baseline.models.facts.workplace_system import WorkplaceImage
from baseline.models.target import Target

HEADING_LINES = 1
"""Lines at the top of each artefact, which name the image: every result can be traced to it."""


class ImageCollector:
    """Reads images in a process of their own. Implements Collector."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """The facts of the system in the image.

        Raises:
            CollectError: the image cannot be read, or does not hold such a system.
        """
        started = time.monotonic()
        path = Path(target.connection.image)
        request = Request(
            path=str(path),
            system="windows" if target.kind == "workplace" else "linux",
            index=target.connection.image_index,
            needs=tuple(sorted(needs)),
            maximum_memory_bytes=MAXIMUM_MEMORY_BYTES,
            maximum_seconds=max(1, int(settings.timeout_seconds)),
        )
        with Identity(path) as identity:
            answer = await read_in_child(request, settings.timeout_seconds, settings.maximum_output_bytes)
            digest = await _digest(identity, answer, settings.timeout_seconds - (time.monotonic() - started))
        facts, sources, lines = _windows(answer, digest) if target.kind == "workplace" else _linux(answer)
        return Collection(
            facts=facts,
            artefacts=_artefacts(answer, lines, path, digest),
            sources=sources,
            collected_at=datetime.now(UTC),
            duration_seconds=time.monotonic() - started,
        )


async def _digest(identity: Identity, answer: Answer, timeout_seconds: float) -> str | None:
    """The digest of the image's files; None for a folder."""
    try:
        async with asyncio.timeout(max(timeout_seconds, 0)):
            return await identity.sha256(answer.files)
    except TimeoutError as error:
        message = "the SHA-256 of the image was not made in time"
        raise CollectError(
            "timeout", message, "give more time: --timeout SECONDS; it is kept once it is made"
        ) from error
    except OSError as error:
        hint = "wait until nothing writes to it, or copy it again"
        raise CollectError("unparsable", f"the image could not be read whole: {error}", hint) from error


Read = tuple[Section, dict[str, SourceLines], dict[str, list[str]]]
"""Facts, the lines they stand on, and the artefacts in lines."""


def _windows(answer: Answer, digest: str | None) -> Read:
    sources = {
        fact: SourceLines(artefact=name, lines=(line + HEADING_LINES,)) for fact, (name, line) in answer.sources.items()
    }
    return _facts(answer, digest), sources, answer.artefacts


def _linux(answer: Answer) -> Read:
    from baseline.collectors.image.linux.facts import host_facts  # noqa: PLC0415 - only for Linux

    facts, sources, transcript = host_facts(answer.told, answer.mark, boots=answer.boots)
    moved = {
        fact: SourceLines(artefact=source.artefact, lines=tuple(line + HEADING_LINES for line in source.lines))
        for fact, source in sources.items()
    }
    lines = {told.artefact: told.text.splitlines() for told in transcript.sections.values()}
    return facts, moved, lines


def _facts(answer: Answer, digest: str | None) -> WorkplaceFacts:
    try:
        facts = msgspec.convert(answer.facts, WorkplaceFacts)
    except msgspec.ValidationError as error:
        raise CollectError("internal", f"the facts of the image have the wrong form: {error}") from error
    image = msgspec.convert(
        {"sha256": digest, "format": answer.format, "file_system": answer.file_system, "volume": answer.volume or None},
        WorkplaceImage,
    )
    return msgspec.structs.replace(facts, image=image)


def _artefacts(answer: Answer, read: dict[str, list[str]], path: Path, digest: str | None) -> tuple[Artefact, ...]:
    identity = f"sha256 {digest}" if digest else "a folder, which has no digest"
    heading = f"# image {path.name}: {identity}"
    described = [
        f"path = {path}",
        f"format = {answer.format}",
        f"file system = {answer.file_system}",
        f"volume = {answer.volume or 'the whole image'}",
        *(f"not read: {note}" for note in answer.notes),
    ]
    return tuple(
        Artefact(name=name, content="\n".join([heading, *lines, ""]).encode())
        for name, lines in {"image": described, **read}.items()
    )
