"""On a device with every mistake of the lab, no damage to an answer turns a mistake into something that is met."""

import tomllib

import msgspec
import pytest

from baseline.assess.judge import Judged, judge
from baseline.collectors.network.platforms import platform
from baseline.models.result import Status
from tests.platforms.hardened import OUTSIDE
from tests.platforms.vendors import FOLDERS, recording
from tests.platforms.verdicts import NOW, Bench

REFUSALS = (
    "",
    "\n",
    "% Invalid input detected at '^' marker.\n",
    "syntax error, expecting <command>.\n",
    "Unknown command.\n",
)
CUTS = (3, 20, 50)
"""Percentages of an answer that are left. Of a configuration without an end mark only the session tells that it is cut."""
Found = dict[tuple[str, str], Status]


def weak_device(name: str) -> dict[str, str]:
    """What the lab's device of a platform answers once it has every mistake that fits together."""
    described = tomllib.loads((FOLDERS[name] / "device.toml").read_text())
    answers = {command: recording(name, file) for command, file in described["answers"].items()}
    edits = [edit for defect in described["defects"].values() for edit in defect["edits"]]
    for old, new, *command in (*described.get("good", ()), *edits):
        for each in command or list(answers):
            answers[each] = answers[each].replace(old, new.replace("{year}", "2026").replace("{next year}", "2027"))
    asked = {command.text for command in platform(name).commands}
    return {command: text for command, text in answers.items() if command in asked}


def found(bench: Bench, outputs: dict[str, str]) -> Found:
    target = bench.target | {"platform": bench.platform.name}
    judged = Judged(msgspec.to_builtins(bench.platform.parse(outputs).facts), target, NOW)
    return {
        (verdict.check, verdict.subject): verdict.status
        for compiled in bench.checks
        for verdict in judge(compiled, judged, dict(compiled.check.params))
    }


def damaged(command: str, outputs: dict[str, str]):
    text = outputs[command]
    yield "not asked", None
    yield from ((f"answers {refusal!r}", refusal) for refusal in REFUSALS)
    yield from ((f"cut at {percent} %", text[: len(text) * percent // 100]) for percent in CUTS)
    yield from (
        (f"answers as `{other}`", outputs[other]) for other in outputs if other != command and "config" not in other
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_a_damaged_answer_makes_no_mistake_disappear(name):
    bench, outputs = Bench(name, OUTSIDE, {}), weak_device(name)
    before = found(bench, outputs)
    failing = {place for place, status in before.items() if status == Status.FAIL}
    assert len(failing) > 15
    better = []
    for command in outputs:
        for damage, text in damaged(command, outputs):
            rest = {other: answer for other, answer in outputs.items() if other != command}
            now = found(bench, rest if text is None else rest | {command: text})
            errors = {check for (check, _), status in now.items() if status == Status.ERROR}
            better += [
                (command, damage, *place)
                for place in failing
                if now.get(place) not in {Status.FAIL, Status.ERROR} and place[0] not in errors
            ]
    assert better == []
