"""baseline: the section tree alone, facts, and facts judged by fifty checks."""

import gc
from typing import Any

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.collectors.network.platforms import platform
from baseline.collectors.network.redaction import COMMON
from baseline.collectors.network.section_tree import parse_sections
from baseline.content.checks.compiled import CompiledCheck
from bench.contender import Work
from bench.judging.contenders import forget
from bench.judging.device import NOW, TARGET, network_checks
from bench.parsing.texts import read_texts

CHECKS = 50
COMMAND = "show running-config"


def tree(folder: str) -> Work:
    """Sections only: what the other contenders do."""
    texts = read_texts(folder)
    return lambda: {"lines": sum(parse_sections(text).line_count for text in texts) / len(texts)}


def facts(folder: str) -> Work:
    """The facts document."""
    texts = read_texts(folder)
    _document(texts[0])
    return lambda: {"facts": sum(len(_document(text)) for text in texts) / len(texts)}


def judged(folder: str, *, forgetful: bool) -> Work:
    """Facts, and the verdicts of fifty checks. ``forgetful``: nothing is remembered of the switch before."""
    texts, checks = read_texts(folder), _checks()
    _verdicts(texts[-1], checks)
    forget(checks)
    COMMON.plain.clear()
    gc.collect()
    gc.freeze()  # as a run does with what was there before it

    def work() -> dict[str, float]:
        verdicts = 0
        for text in texts:
            verdicts += _verdicts(text, checks)
            if forgetful:
                forget(checks)
                COMMON.plain.clear()
        return {"verdicts": verdicts / len(texts)}

    return work


def _document(text: str) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(platform("cisco_ios").parse({COMMAND: text}).facts)
    return document


def _verdicts(text: str, checks: list[CompiledCheck]) -> int:
    judged_facts = Judged(_document(text), TARGET, NOW)
    return sum(len(judge(check, judged_facts, check.check.params)) for check in checks)


def _checks() -> list[CompiledCheck]:
    platforms = (check.check.applies_to.platforms for check in network_checks())
    paired = zip(network_checks(), platforms, strict=True)
    return [check for check, names in paired if not names or "cisco_ios" in names][:CHECKS]
