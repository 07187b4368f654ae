"""The hand-over report of a batch: who, what, the verdict per device, and what is still open."""

from collections.abc import Iterator
from datetime import datetime

from baseline.drift.text import difference_lines
from baseline.models.result import Status
from baseline.rollout.document import (
    Block,
    Cell,
    Conclusion,
    Document,
    Heading,
    Items,
    Lines,
    Mark,
    Paragraph,
    Table,
    Tone,
)
from baseline.rollout.peers import LEAST_PEERS, MAJORITY, Oddity
from baseline.rollout.verdict import Answer, DeviceVerdict, HandOver, OpenPoint
from baseline.rollout.words import Language, Words

MAXIMUM_DIFFERENCES = 60
"""Lines of a difference that are printed for one device; the rest is counted."""
MAXIMUM_ODDITIES = 40

_TONES: dict[Answer, Tone] = {"yes": "good", "no": "bad", "unknown": "doubt", "not asked": "quiet"}


def hand_over_report(hand_over: HandOver, language: Language) -> Document:
    """The report as blocks, in Dutch or English."""
    say = Words(language)
    blocks = (
        Heading(1, say("title")),
        _conclusion(hand_over, say),
        _facts_of_report(hand_over, say),
        Heading(2, say("overview")),
        _overview(hand_over, say),
        *_population(hand_over, say),
        *_open_points(hand_over, say),
        *_method(hand_over, say),
        Heading(2, say("signatures")),
        Table(("", say("name_date")), ((say("handed_over_by"), ""), (say("accepted_by"), ""))),
    )
    return Document(language, f"{say('title')}: {hand_over.batch}", blocks)


def _moment(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %Z")


def _conclusion(hand_over: HandOver, say: Words) -> Conclusion:
    count, ready = len(hand_over.devices), len(hand_over.ready)
    if not count:
        return Conclusion(say("none"), "bad")
    if hand_over.complete:
        return Conclusion(say("all_ready", count=count), "good")
    return Conclusion(say("some_ready", ready=ready, count=count, left=count - ready), "bad")


def _facts_of_report(hand_over: HandOver, say: Words) -> Table:
    run = say("run_text", run=hand_over.run, started=_moment(hand_over.run_started), host=hand_over.host)
    template = f"{hand_over.template} (sha256 {hand_over.template_digest})" if hand_over.template else say("not_asked")
    return Table(
        (),
        (
            (say("batch"), hand_over.batch),
            (say("made_at"), _moment(hand_over.at)),
            (say("made_by"), hand_over.by),
            (say("run"), run),
            (say("tool"), f"baseline {hand_over.tool_version}"),
            (say("software_wanted"), ", ".join(hand_over.software) or say("not_asked")),
            (say("template"), template),
            (say("checks"), str(hand_over.checks)),
        ),
    )


def _overview(hand_over: HandOver, say: Words) -> Table:
    columns = ("device", "site", "model", "software", "reachable", "baseline", "template", "peers", "hand_over")
    return Table(tuple(map(say, columns)), tuple(_overview_row(device, say) for device in hand_over.devices))


def _overview_row(device: DeviceVerdict, say: Words) -> tuple[Cell, ...]:
    ready = device.may_be_handed_over
    software = device.answers["software"]
    return (
        device.name,
        device.site,
        " ".join(filter(None, (device.model, device.serial))),
        Mark(device.version or say("unknown"), _TONES[software]) if software != "not asked" else device.version,
        _answer(device, "reachable", say),
        _answer(device, "baseline", say, yes="met", no=say("open_count", count=len(device.open_points))),
        _answer(device, "template", say, yes="alike", no=say("differs", count=len(device.changes))),
        _peers_mark(device, say),
        Mark(say("yes" if ready else "no"), "good" if ready else "bad"),
    )


def _answer(device: DeviceVerdict, aspect: str, say: Words, *, yes: str = "yes", no: str = "") -> Mark:
    answer = device.answers[aspect]
    text = {"yes": say(yes), "no": no or say("no")}.get(answer) or say(answer)
    return Mark(text, _TONES[answer])


def _peers_mark(device: DeviceVerdict, say: Words) -> Mark:
    mark = _answer(device, "peers", say, yes="alike", no=say("odd_count", count=len(device.oddities)))
    if device.answers["peers"] == "no" and device.odd_allowed:
        return Mark(mark.text, "doubt")
    if device.answers["peers"] == "not asked" and device.answers["reachable"] == "yes":
        return Mark(say("too_few"), "quiet")
    return mark


def _population(hand_over: HandOver, say: Words) -> Iterator[Block]:
    devices = hand_over.devices
    answers = [device.answers["reachable"] for device in devices]
    yield Heading(2, say("population"))
    yield Table(
        (),
        (
            (say("in_batch"), str(len(devices))),
            (say("reached"), str(answers.count("yes"))),
            (say("not_reached"), str(answers.count("no"))),
            (say("left_out"), str(answers.count("unknown"))),
        ),
    )
    absent = [device for device in devices if device.answers["reachable"] != "yes"]
    if absent:
        yield Table(
            (say("device"), say("reachable"), say("reason")),
            tuple(
                (device.name, _answer(device, "reachable", say), device.reasons.get("reachable", ""))
                for device in absent
            ),
        )


def _open_points(hand_over: HandOver, say: Words) -> Iterator[Block]:
    yield Heading(2, say("open_points"))
    open_devices = [device for device in hand_over.devices if list(_device_blocks(device, hand_over, say))]
    if not open_devices:
        yield Paragraph(say("no_open_points"))
    for device in open_devices:
        ready = device.may_be_handed_over
        yield Heading(
            3, device.name, Mark(say("hand_over") + ": " + say("yes" if ready else "no"), "good" if ready else "bad")
        )
        yield from _device_blocks(device, hand_over, say)


def _device_blocks(device: DeviceVerdict, hand_over: HandOver, say: Words) -> Iterator[Block]:
    if device.answers["reachable"] != "yes":
        yield Paragraph(f"{say('not_reached')}: {device.reasons.get('reachable', '')}")
        return
    if device.answers["software"] in ("no", "unknown"):
        version = device.version or say("software_unknown")
        yield Paragraph(say("software_open", version=version, wanted=", ".join(hand_over.software)))
    points = (*device.open_points, *device.waived)
    if points:
        columns = (say("severity"), say("what"), say("observed"), say("fix"))
        yield Table(columns, tuple(_point(point, say) for point in points))
    yield from _template_blocks(device, say)
    yield from _peer_blocks(device, say)


def _point(point: OpenPoint, say: Words) -> tuple[Cell, ...]:
    what = f"{point.title} ({point.check})"
    if point.subjects:
        what += ": " + ", ".join(point.subjects[:8]) + (" ..." if len(point.subjects) > 8 else "")
    if point.waiver:
        what += f" - {say('waived', waiver=point.waiver)}"
    found = point.observed
    if point.status is Status.ERROR:
        found = f"{say('not_known')}: {point.reason}"
    return (say(point.severity.value), what, found, Lines(point.fix))


def _template_blocks(device: DeviceVerdict, say: Words) -> Iterator[Block]:
    if device.answers["template"] == "unknown":
        yield Paragraph(say("template_unknown", reason=device.reasons.get("template", "")))
    if device.changes:
        lines = [f"{sign or ' '} {text}" for sign, text in difference_lines(device.changes)]
        yield Paragraph(say("template_open"))
        yield Lines(tuple(_limited(lines, MAXIMUM_DIFFERENCES, say)))


def _limited(lines: list[str], maximum: int, say: Words) -> list[str]:
    more = len(lines) - maximum
    return [*lines[:maximum], say("more", count=more)] if more > 0 else lines


def _peer_blocks(device: DeviceVerdict, say: Words) -> Iterator[Block]:
    if device.answers["peers"] == "unknown":
        yield Paragraph(say("peers_unknown", reason=device.reasons.get("peers", "")))
    if device.oddities:
        yield Paragraph(say("peers_open"))
        rows = tuple(_oddity(oddity, say) for oddity in device.oddities[:MAXIMUM_ODDITIES])
        yield Table((say("where"), say("oddity"), say("kind"), say("who_else")), rows)
        more = len(device.oddities) - MAXIMUM_ODDITIES
        if more > 0:
            yield Paragraph(say("more", count=more))
        if device.odd_allowed:
            yield Paragraph(say("peers_allowed"))


def _oddity(oddity: Oddity, say: Words) -> tuple[Cell, ...]:
    where = " / ".join(oddity.section) or say({"fact": "facts", "port": "ports"}.get(oddity.kind, "whole"))
    below = say("below", count=oddity.below) if oddity.below else ""
    shown = [line for line in oddity.line.split("\n") if line][:6]
    shown[-1:] = [shown[-1] + below] if shown else [below]
    if oddity.kind == "port":
        shown += oddity.usual.split("\n")[:12]
    elif oddity.usual:
        shown.append(say("usual", value=oddity.usual))
    return (where, Lines(tuple(shown)), say(oddity.kind), say("agree", agreeing=oddity.agreeing, peers=oddity.peers))


def _method(hand_over: HandOver, say: Words) -> Iterator[Block]:
    items = [say("how_read_only"), say("how_unknown")]
    items.append(say("how_peers", share=round(MAJORITY * 100), least=LEAST_PEERS))
    moments = [device.collected_at for device in hand_over.devices if device.collected_at]
    if moments:
        items.append(say("how_measured", first=_moment(min(moments)), last=_moment(max(moments)), run=hand_over.run))
    yield Heading(2, say("how"))
    yield Items(tuple(items))
