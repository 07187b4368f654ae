"""Reads how a check is repaired, and holds lines that may be sent to what a machine can send."""

import re

from baseline.content.reading import Reading
from baseline.models.check import Fix, Remediation, holds
from baseline.models.platforms import PLATFORMS, SAME_REMEDY

SOURCE = re.compile(r"item|params\.[a-z][a-z0-9_]{0,63}|inventory\.[a-z][a-z0-9_]{0,63}")
"""What may stand in place of an example: the subject, a parameter of the check, a value of the inventory."""

EXAMPLE = re.compile(
    r"(?<!\S)(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+|[A-Z]{4,}|(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+\S*|2001:db8:\S*|650[0-2]\d"
    r"|(?:[A-Z][A-Za-z]*Ethernet|Ethernet|[A-Z][A-Za-z]*GigE|Vlan|Management|eth)\d\S*)(?!\S)"
)
"""Words that are only examples: names in capitals, addresses and AS numbers for examples (RFC 5737, 3849; 65000 to 65029
among the private ones of RFC 6996), and ports."""


def read_remediation(reading: Reading) -> Remediation:
    """The ``remediation`` of a check."""
    section = reading.mapping("remediation")
    if section is None:
        reading.report((), "'remediation' is missing", "say how to fix it")
        return Remediation()
    section.only(("text", "text_nl", "playbook", *PLATFORMS))
    platforms = {name: _fix(fix, reading) for name in PLATFORMS if (fix := section.mapping(name)) is not None}
    platforms |= {
        name: platforms[other] for name, other in SAME_REMEDY.items() if other in platforms and name not in platforms
    }
    return Remediation(
        text=section.text("text"),
        text_nl=section.text("text_nl"),
        platforms=platforms,
        playbook=section.text("playbook"),
    )


def _fix(section: Reading, check: Reading) -> Fix:
    section.only(("lines", "commands", "send", "values"))
    values = section.mapping("values")
    fix = Fix(
        lines=section.texts("lines"),
        commands=section.texts("commands"),
        send=section.data.get("send", False) is True,
        values={str(word): str(source) for word, source in values.data.items()} if values else {},
    )
    if section.data.get("send", False) not in (True, False):
        section.report(("send",), "'send' must be true or false")
    if fix.values and not fix.send:
        section.report(("values",), "'values' are for lines that are sent", "add: send: true")
    if fix.send:
        _require_sendable(section, fix, check)
    return fix


def _require_sendable(section: Reading, fix: Fix, check: Reading) -> None:
    if not fix.lines:
        section.report(("send",), "there are no lines to send")
    for word, source in fix.values.items():
        if not any(holds(line, word) for line in fix.lines):
            section.report(("values",), f"no line holds '{word}'")
        _require_source(section, source, check)
    for line in fix.lines:
        for found in EXAMPLE.findall(line):
            if found not in fix.values:
                section.report(("lines",), f"'{found}' is only an example", "say in 'values' what stands there")


def _require_source(section: Reading, source: str, check: Reading) -> None:
    params = check.mapping("params")
    if not SOURCE.fullmatch(source):
        section.report(("values",), f"'{source}' is no source of a value", "item, params.NAME or inventory.NAME")
    elif source == "item" and not check.text("each"):
        section.report(("values",), "'item' needs a check with 'each'")
    elif source.startswith("params.") and source.removeprefix("params.") not in (params.data if params else {}):
        section.report(("values",), f"the check has no parameter '{source.removeprefix('params.')}'")
