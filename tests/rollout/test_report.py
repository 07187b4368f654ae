"""What devices and people wrote stays text in a report, whatever it is."""

from datetime import UTC, datetime

import pytest

from baseline.drift.configuration import Change
from baseline.models.result import Severity, Status
from baseline.rollout.html import to_html
from baseline.rollout.markdown import to_markdown
from baseline.rollout.peers import Oddity
from baseline.rollout.report import hand_over_report
from baseline.rollout.verdict import DeviceVerdict, HandOver, OpenPoint

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HOSTILE = "</pre><script>alert(1)</script> | `x` **b** [a](javascript:b) ```"
GOOD = dict.fromkeys(("reachable", "software", "baseline", "template", "peers"), "yes")


def hand_over(*devices, **more):
    fields = {"batch": "new", "run": 1, "run_started": NOW, "at": NOW, "by": "J", "tool_version": "1", "host": "h"}
    return HandOver(**fields | more, devices=devices)


def device(name="sw-01", **more):
    return DeviceVerdict(name=name, platform="cisco_ios", **({"answers": GOOD} | more))


def hostile_device():
    point = OpenPoint(
        check="c", title=HOSTILE, severity=Severity.HIGH, status=Status.FAIL, observed=HOSTILE, fix=(HOSTILE,)
    )
    return device(
        HOSTILE,
        answers=GOOD | {"baseline": "no", "template": "no", "peers": "no"},
        open_points=(point,),
        changes=(Change(kind="added", section=(HOSTILE,), line=HOSTILE, number=1),),
        oddities=(Oddity(kind="has", section=(HOSTILE,), line=HOSTILE, agreeing=2, peers=2),),
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_hostile_text_stays_text_in_html(language):
    text = to_html(hand_over_report(hand_over(hostile_device(), by=HOSTILE, template=HOSTILE), language))
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_hostile_text_stays_text_in_markdown():
    text = to_markdown(hand_over_report(hand_over(hostile_device(), by=HOSTILE), "nl"))
    outside = "".join(part for number, part in enumerate(text.split("````")) if number % 2 == 0)
    assert "<script" not in outside
    assert "[a](" not in outside
    for row in (line for line in outside.splitlines() if line.startswith("|")):
        assert row.replace("\\|", "").count("|") in {3, 5, 6, 10}


def test_a_batch_without_open_points_says_so_and_is_complete():
    everything = hand_over(device("a"), device("b"))
    text = to_markdown(hand_over_report(everything, "nl"))
    assert everything.complete
    assert "Alle 2 apparaten mogen worden overgedragen." in text
    assert "Er zijn geen open punten." in text


def test_a_batch_without_devices_is_never_complete():
    assert not hand_over().complete
    assert "No device was assessed." in to_markdown(hand_over_report(hand_over(), "en"))


@pytest.mark.parametrize("aspect", list(GOOD))
@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_one_question_without_a_yes_holds_a_device_up(aspect, answer):
    assert not device(answers=GOOD | {aspect: answer}).may_be_handed_over
    allowed = device(answers=GOOD | {aspect: answer}, odd_allowed=True).may_be_handed_over
    assert allowed is (aspect == "peers" and answer == "no")


def test_long_differences_are_cut_with_the_number_left():
    changes = tuple(Change(kind="added", section=(), line=f"line {number}", number=number) for number in range(200))
    text = to_markdown(hand_over_report(hand_over(device(answers=GOOD | {"template": "no"}, changes=changes)), "en"))
    assert "... and 140 more" in text


def test_a_waived_deviation_stays_visible():
    point = OpenPoint(check="c", title="T", severity=Severity.LOW, status=Status.WAIVED, waiver="W-2026-001")
    verdict = device(waived=(point,))
    assert verdict.may_be_handed_over
    assert "geaccepteerde afwijking W-2026-001" in to_html(hand_over_report(hand_over(verdict), "nl"))
