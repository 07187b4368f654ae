"""Collects the facts of a Linux host with one script and one round trip."""

import asyncio
import os
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Protocol

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.merge import merge, unknown_facts
from baseline.collectors.host.script import BECOME_COMMAND, PLAIN_COMMAND, compose, new_mark
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections import SECTIONS
from baseline.collectors.host.transcript import Transcript, read_transcript
from baseline.collectors.interface import CollectSettings, wanted
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import System
from baseline.models.target import Target

ALWAYS = ("system.privileged",)
ORDINARY = "log in as root, or set become and let sudo ask no password for sh"


class ShellResult(Protocol):
    """What a shell wrote, wherever it ran."""

    @property
    def stdout(self) -> bytes:
        """Standard output."""

    @property
    def stderr(self) -> bytes:
        """Standard error."""


class HostCollector:
    """Asks Linux hosts over SSH, or this machine (``transport: local``). Implements Collector."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """Collect what the needs ask, in one command on the target.

        Raises:
            CollectError: the host could not be asked; ``unparsable`` when its shell did not run the script.
        """
        started = time.perf_counter()
        sections = select_sections(needs)
        mark = new_mark()
        command = BECOME_COMMAND if _becomes(target) else PLAIN_COMMAND
        ask = _ask_locally if target.connection.transport == "local" else _ask_over_ssh
        result = await ask(target, settings, command, compose(sections, mark))
        transcript = _transcript(result, mark, sections, become=target.connection.become)
        facts, sources = read_facts(transcript, [section for section in sections if _is_wanted(section, needs)])
        return Collection(
            facts=facts,
            artefacts=tuple(
                Artefact(name=answer.artefact, content=answer.text.encode()) for answer in transcript.sections.values()
            ),
            sources=sources,
            collected_at=datetime.now(UTC),
            duration_seconds=time.perf_counter() - started,
            round_trips=1,
        )


def select_sections(needs: frozenset[str]) -> tuple[ScriptSection, ...]:
    """The sections that supply what is needed, and those that their parsers read, in the order of the script."""
    chosen = {section.name for section in SECTIONS if _is_wanted(section, needs)}
    chosen |= {name for section in SECTIONS if section.name in chosen for name in section.reads}
    return tuple(section for section in SECTIONS if section.name in chosen)


def read_facts(transcript: Transcript, sections: Iterable[ScriptSection]) -> tuple[HostFacts, dict[str, SourceLines]]:
    """Facts and their sources from what the script printed."""
    found = [HostFacts(system=System(privileged=transcript.uid == 0))]
    sources: dict[str, SourceLines] = {}
    for section in sections:
        reading = _read(section, transcript.sections)
        found.append(reading.facts)
        sources |= reading.sources
    return merge(found), sources


def _is_wanted(section: ScriptSection, needs: frozenset[str]) -> bool:
    return wanted(section.supplies, needs)


def _becomes(target: Target) -> bool:
    connection = target.connection
    if connection.transport == "local":
        return connection.become and os.geteuid() != 0
    return connection.become and connection.credentials.user != "root"


async def _ask_locally(_target: Target, settings: CollectSettings, command: str, script: bytes) -> ShellResult:
    from baseline.collectors.host.local import run_locally  # noqa: PLC0415 - processes and threads only when used

    return await run_locally(
        command,
        script,
        timeout_seconds=settings.timeout_seconds,
        maximum_output_bytes=settings.maximum_output_bytes,
    )


async def _ask_over_ssh(target: Target, settings: CollectSettings, command: str, script: bytes) -> ShellResult:
    if target.connection.transport != "ssh":
        raise CollectError("not_allowed", f"hosts are not asked over {target.connection.transport}", "use ssh or local")
    from baseline.collectors.ssh.connection import connect  # noqa: PLC0415 - asyncssh is slow to import
    from baseline.collectors.ssh.execution import execute  # noqa: PLC0415 - same

    try:
        async with asyncio.timeout(settings.timeout_seconds), connect(target, settings) as connection:
            return await execute(
                connection,
                command,
                input=script,
                timeout_seconds=settings.timeout_seconds,
                maximum_output_bytes=settings.maximum_output_bytes,
            )
    except TimeoutError as error:
        raise CollectError("timeout", f"no answer within {settings.timeout_seconds:g} s") from error


def _transcript(result: ShellResult, mark: str, sections: Iterable[ScriptSection], *, become: bool) -> Transcript:
    errors = [line for line in result.stderr.decode("utf-8", "replace").split("\n") if line.startswith("sudo:")]
    refusal = f"sudo says: {errors[-1].removeprefix('sudo:').strip()[:120]}" if become and errors else ORDINARY
    names = {section.name: section.artefact for section in sections}
    transcript = read_transcript(result.stdout, mark, names, refusal)
    if transcript.uid is None:
        said = (result.stderr or result.stdout).decode("utf-8", "replace").strip()[:120]
        raise CollectError(
            "unparsable", f"the shell did not run the script; it said: {said!r}", "is this a Linux host?"
        )
    return transcript


def _read(section: ScriptSection, answers: Mapping[str, Answer]) -> Reading:
    for name in (section.name, *section.reads):
        answer = answers.get(name)
        if answer is None:
            return Reading(unknown_facts(section.supplies, f"the script ended before it came to {name}"))
        if silent := answer.named("silent"):
            return Reading(unknown_facts(section.supplies, f"the file system at {silent[0]} gives no answer"))
        if not answer.complete:
            reason = f"the answer about {name} was broken off: longer than {section.maximum_bytes} bytes, or the script was stopped"
            return Reading(unknown_facts(section.supplies, reason))
        if failed := next((part for part in answer.parts if part.kind == "lines" and part.status != 0), None):
            reason = f"files of {name} could not be read: awk ended with status {failed.status}"
            return Reading(unknown_facts(section.supplies, reason))
    try:
        return section.parse(answers)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        return Reading(
            unknown_facts(
                section.supplies, f"internal: the answer about {section.name} was not understood: {error!r}"[:200]
            )
        )
