"""Collects the facts of a Windows that runs with one script and one answer."""

import time
from datetime import UTC, datetime

from baseline.collectors.image.windows.reading import Evidence
from baseline.collectors.interface import CollectSettings
from baseline.collectors.windows.answer import Answer, read_answer
from baseline.collectors.windows.facts import read_facts
from baseline.collectors.windows.script import new_mark, wanted_parts
from baseline.collectors.windows.sending import ask
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.collection import Collection
from baseline.models.target import Target


class WindowsCollector:
    """Asks Windows servers and workplaces over SSH or WinRM. Implements Collector."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """Collect what the needs ask, with one script.

        Raises:
            CollectError: Windows could not be asked; ``unparsable`` when PowerShell did not run the script.
        """
        started = time.perf_counter()
        mark = new_mark()
        told = await ask(target, needs, mark, settings)
        answer = read_answer(told.output, told.complaint, mark, wanted_parts(needs))
        now = datetime.now(UTC)
        facts, evidence = read_facts(answer, now)
        return Collection(
            facts=facts,
            artefacts=artefacts(answer, evidence),
            sources={
                fact: SourceLines(artefact=name, lines=(line,)) for fact, (name, line) in evidence.sources.items()
            },
            collected_at=now,
            duration_seconds=time.perf_counter() - started,
            round_trips=1,
        )


def artefacts(answer: Answer, evidence: Evidence) -> tuple[Artefact, ...]:
    """What Windows told, in lines, and which parts of the script failed."""
    rights = "an administrator" if answer.elevated else "an ordinary account"
    failed = [
        f"{name}: {''.join(c if c.isprintable() else ' ' for c in str(told['error']))[:400]}"
        for name, told in sorted(answer.parts.items())
        if isinstance(told, dict) and "error" in told
    ]
    script = [f"asked as {rights}", f"seconds on the target = {answer.seconds}", *failed]
    return tuple(
        Artefact(name=name, content="\n".join([*lines, ""]).encode("utf-8", "replace"))
        for name, lines in {"script": script, **evidence.lines}.items()
    )
