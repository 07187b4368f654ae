"""Recorded answers of Windows, of our own making: no Windows was at hand. They are sent as the script would."""

import copy
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.collectors.windows.answer import read_answer
from baseline.collectors.windows.facts import read_facts
from baseline.collectors.windows.script import PARTS
from tests.shipped import shipped_checks

FOLDER = Path(__file__).parent / "recorded"
MARK = "@00112233445566778899aabbccddeeff"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NOTHING = object()
"""In the place of a value: null, which PowerShell makes of a property that does not exist."""
EVERYTHING = ("registry", *PARTS)
CHECKS = {
    name: compiled for name, compiled in shipped_checks().items() if "windows" in compiled.check.applies_to.platforms
}


def recording(name):
    return json.loads((FOLDER / f"{name}.json").read_text())


def changed(document, path, value):
    """A copy in which the value at a path is another; None takes it away. Parts of a path stand between slashes."""
    copied = copy.deepcopy(document)
    *parents, last = path.split("/")
    place = copied["parts"]
    for part in parents:
        place = place[int(part) if isinstance(place, list) else part]
    if value is None:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = None if value is NOTHING else value
    return copied


def spoken(document, mark=MARK):
    """What PowerShell writes: ASCII in lines of at most 76 characters, that end as Windows ends them."""
    text = json.dumps(document, separators=(",", ":")).replace("  ", " \\u0020")
    lines = re.findall(r".{0,75}[^ ]", text)
    assert "".join(lines) == text
    return "\r\n".join(["", f"{mark} begin", *lines, f"{mark} end", ""]).encode("ascii")


def facts_of(document, *, asked=EVERYTHING):
    answer = read_answer(spoken(document), b"", MARK, asked)
    return read_facts(answer, NOW)[0]


def statuses(document):
    """Check -> the statuses of its verdicts, as a set; of the whole document."""
    facts = msgspec.to_builtins(facts_of(document))
    judged = Judged(facts, {"platform": "windows"}, 0)
    return {
        name: {str(verdict.status) for verdict in judge(compiled, judged, compiled.check.params)}
        for name, compiled in CHECKS.items()
    }


def with_status(found, status):
    return {name for name, those in found.items() if status in those}
