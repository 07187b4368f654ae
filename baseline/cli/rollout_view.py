"""Shows the verdict on a batch, and writes its report."""

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from baseline.cli.table import write_table
from baseline.models.errors import BaselineError
from baseline.rollout.html import to_html
from baseline.rollout.markdown import to_markdown
from baseline.rollout.report import hand_over_report
from baseline.rollout.verdict import ASPECTS, DeviceVerdict, HandOver
from baseline.rollout.words import Language

_STYLES = {"yes": "green", "no": "bold red", "unknown": "bold magenta"}
_WRITERS = {".html": to_html, ".md": to_markdown}


class ReportError(BaselineError):
    """A report that cannot be written."""


def write_reports(hand_over: HandOver, reports: Sequence[Path], language: Language) -> None:
    """Write the report to each file, in the form that its name asks for.

    Raises:
        ReportError: a file cannot be written.
    """
    document = hand_over_report(hand_over, language)
    for path in reports:
        try:
            path.write_text(_WRITERS[path.suffix.lower()](document), encoding="utf-8")
        except OSError as error:
            raise ReportError(f"the report {path} cannot be written: {error.strerror}") from error


def write_hand_over(hand_over: HandOver, reports: Sequence[Path], *, as_json: bool) -> None:
    """Print one row per device and the conclusion, or everything as JSON."""
    if as_json:
        document = msgspec.to_builtins(hand_over)
        for device, verdict in zip(document["devices"], hand_over.devices, strict=True):
            device["may_be_handed_over"] = verdict.may_be_handed_over
        document["complete"] = hand_over.complete
        click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
        return
    columns = ("Device", "Reachable", "Software", "Baseline", "Template", "Peers", "Hand over", "Why")
    rows = [_row(device) for device in hand_over.devices]
    write_table(columns, rows, narrow=columns[:-1], style=lambda cell: _STYLES.get(cell, ""))
    click.echo(f"{len(hand_over.ready)} of {len(hand_over.devices)} devices may be handed over (run {hand_over.run}).")
    for path in reports:
        click.echo(f"Report: {path}")


def _row(device: DeviceVerdict) -> tuple[str, ...]:
    answers = ["-" if device.answers[aspect] == "not asked" else device.answers[aspect] for aspect in ASPECTS]
    return (device.name, *answers, "yes" if device.may_be_handed_over else "no", "; ".join(_why(device)))


def _why(device: DeviceVerdict) -> list[str]:
    counts = (
        (len(device.open_points), "open points"),
        (len(device.changes), "lines differ from the template"),
        (len(device.oddities), "odd among peers"),
    )
    software = [f"software {device.version or 'unknown'}"] if device.answers["software"] in ("no", "unknown") else []
    reasons = [device.reasons["reachable"]] if device.reasons.get("reachable") else []
    reasons += [device.reasons["template"]] if device.reasons.get("template") else []
    return [*reasons, *software, *(f"{number} {text}" for number, text in counts if number)]
