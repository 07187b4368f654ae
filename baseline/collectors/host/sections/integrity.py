"""Watching for changed files."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.units import is_enabled, read_units
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import FileIntegrity

PRODUCTS = {"aide": "aide", "tripwire": "tripwire", "samhain": "samhain", "ossec-control": "ossec"}
TIMERS = ("dailyaidecheck.timer", "aidecheck.timer", "aide-check.timer", "aide.timer")


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``file_integrity``."""
    answer = answers["integrity"]
    if not answer.notes("searched"):
        reason = Unknown("programs could not be searched for")
        return Reading(HostFacts(file_integrity=FileIntegrity(product=reason, scheduled=reason)))
    product = next((PRODUCTS[note] for note in answer.notes("program") if note in PRODUCTS), None)
    scheduled = False if product is None else _scheduled(answer, answers, product)
    facts = HostFacts(file_integrity=FileIntegrity(product=product, scheduled=scheduled))
    return Reading(facts, {"file_integrity": answer.source()})


def _scheduled(answer: Answer, answers: Mapping[str, Answer], product: str) -> Fact[bool]:
    if any(product in job for job in answer.notes("job")):
        return True
    if any(product in setting.text for setting in answer.settings("/etc/crontab")):
        return True
    by_timer = is_enabled(read_units(answers), TIMERS)
    return by_timer if by_timer is True else answer.unreadable("/etc/cron") or by_timer


SECTION = ScriptSection(
    name="integrity", artefact="file integrity", supplies=("file_integrity",), parse=parse, reads=("services",)
)
