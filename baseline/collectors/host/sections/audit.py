"""The kernel audit trail: auditd and the rules it loads."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer, Setting
from baseline.collectors.host.section import KILOBYTE, Reading, ScriptSection
from baseline.collectors.host.sections.units import Units, is_active, is_enabled, read_units
from baseline.collectors.host.values import integer, unreadable
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import Audit

UNIT = ("auditd.service",)
MOST_RULES = 2000


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``audit``. Rules are those of rules.d, or of audit.rules where there are none (augenrules(8))."""
    answer = answers["audit"]
    if answer.notes("auditd"):
        return _installed(answer, read_units(answers))
    if answer.missing("auditd"):
        return Reading(HostFacts(audit=_not_installed()), {"audit": answer.source()})
    nothing = unreadable(None, "word of auditd")
    return Reading(HostFacts(audit=Audit(**dict.fromkeys(Audit.__struct_fields__, nothing))))


def _not_installed() -> Audit:
    none = Unknown("auditd is not installed")
    return Audit(
        installed=False,
        active=False,
        enabled=False,
        rules=[],
        immutable=False,
        max_log_file_megabytes=none,
        max_log_file_action=none,
        space_left_action=none,
    )


def _installed(answer: Answer, units: Fact[Units]) -> Reading:
    rules = _rules(answer)
    lines = {
        setting.text.partition("=")[0].strip().lower(): setting for setting in answer.settings("/etc/audit/auditd.conf")
    }
    refused = answer.unreadable("/etc/audit/auditd.conf") or (
        None if lines else Unknown("/etc/audit/auditd.conf is empty")
    )
    size = lines.get("max_log_file")
    audit = Audit(
        installed=True,
        active=is_active(units, UNIT),
        enabled=is_enabled(units, UNIT),
        rules=rules if isinstance(rules, Unknown) else [rule.text for rule in rules],
        immutable=rules if isinstance(rules, Unknown) else _immutable(rules),
        max_log_file_megabytes=refused or (integer(_value(size)) if size else None),
        max_log_file_action=refused or _word(lines.get("max_log_file_action")),
        space_left_action=refused or _first_word(lines.get("space_left_action")),
    )
    sources = {"audit": answer.source()}
    if not isinstance(rules, Unknown):
        sources["audit.rules"] = answer.source(*(rule.number for rule in rules))
    sources |= {f"audit.{name}": answer.source(setting.number) for name, setting in lines.items()}
    return Reading(HostFacts(audit=audit), sources)


def _rules(answer: Answer) -> Fact[list[Setting]]:
    refused = answer.unreadable("/etc/audit/rules.d") or answer.unreadable("/etc/audit/audit.rules")
    if refused:
        return refused
    found = list(answer.settings("/etc/audit/rules.d/")) or list(answer.settings("/etc/audit/audit.rules"))
    if len(found) > MOST_RULES:
        return Unknown(f"there are {len(found)} audit rules, more than {MOST_RULES}")
    return [rule._replace(text=" ".join(rule.text.split())) for rule in found]


def _immutable(rules: list[Setting]) -> bool:
    """augenrules(8) puts the last ``-e`` of all files behind every other rule."""
    switches = [rule.text for rule in rules if rule.text.startswith("-e ")]
    return switches[-1:] == ["-e 2"]


def _value(setting: Setting) -> str:
    return setting.text.partition("=")[2].strip()


def _word(setting: Setting | None) -> str | None:
    return _value(setting).lower() if setting else None


def _first_word(setting: Setting | None) -> str | None:
    """``exec`` names its program too (auditd.conf(5))."""
    word = _word(setting)
    return word.split()[0] if word else word


SECTION = ScriptSection(
    name="audit",
    artefact="audit rules",
    supplies=("audit",),
    parse=parse,
    reads=("services",),
    maximum_bytes=512 * KILOBYTE,
)
