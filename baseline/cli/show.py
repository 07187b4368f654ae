"""``baseline show``: the whole story of one result, with the lines of output that decided it."""

from collections.abc import Iterator, Sequence
from typing import Any

import click
import msgspec

from baseline.cli.content import all_checks
from baseline.cli.exit_codes import exit_code_of
from baseline.cli.findings import fix_lines, value_text
from baseline.cli.findings_view import SEVERITY_STYLES, STATUS_STYLES, STATUS_WORDS
from baseline.cli.imported_checks import with_imported
from baseline.cli.main import Settings
from baseline.cli.options import checks_folder_option, json_option
from baseline.cli.runs import local_time
from baseline.cli.shown import on_one_line
from baseline.cli.table import in_terminal
from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.content.nearest import did_you_mean
from baseline.models.artefact import SourceLines
from baseline.models.check import Check
from baseline.models.result import Result, Status
from baseline.store.imported_records import MARK
from baseline.store.records import Period, ResultFilter
from baseline.store.store import Store

CONTEXT_LINES = 1
"""Lines of output shown before and after one that decided."""
MAXIMUM_EXCERPT = 40
"""Lines of one artefact that are shown."""

Line = tuple[str, str]
"""Text and its style."""


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One result with everything that explains it. ``excerpts`` maps artefact name to numbered lines."""

    result: Result
    since: str
    excerpts: dict[str, list[tuple[int, str, bool]]]


@click.command()
@checks_folder_option
@click.argument("check")
@click.argument("target")
@click.option("--subject", help="Only this subject: an interface, a user ...")
@json_option
@click.pass_obj
def show(
    settings: Settings, checks_folders: Any, check: str, target: str, subject: str | None, *, as_json: bool
) -> None:
    """Tell the whole story of CHECK on TARGET."""
    catalogue = load_catalogue()
    own = all_checks(catalogue, checks_folders)
    with Store.open(settings.store, read_only=True) as store:
        known = {name: each.check for name, each in with_imported(own, store).items()}
        _require(store, check, target, known)
        periods = _standing(store, check, target, subject)
        platform = store.targets()[target].platform
        stories = [_story(store, period) for period in periods]
        history = store.history(target, check, subject)
    if as_json:
        document = {"stories": stories, "history": history, "check": known.get(check)}
        click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
    else:
        _write(stories, history, known.get(check), platform, catalogue)
    raise click.exceptions.Exit(exit_code_of(story.result.status for story in stories))


def _require(store: Store, check: str, target: str, known: dict[str, Check]) -> None:
    targets = store.targets()
    if target not in targets:
        raise click.UsageError(f"the store knows no target '{target}'; {did_you_mean(target, targets)}")
    if check not in known:
        raise click.UsageError(f"there is no check '{check}'; {did_you_mean(check, known)}")


def _standing(store: Store, check: str, target: str, subject: str | None) -> list[Period]:
    where = ResultFilter(targets=(target,), checks=(check,))
    periods = [period for period in store.periods(where) if subject in (None, period.result.subject)]
    if not periods:
        raise click.UsageError(f"nothing stands of check '{check}' on '{target}'; see `baseline results`")
    order = (Status.FAIL, Status.ERROR, Status.WAIVED, Status.PASS, Status.NOT_APPLICABLE)
    return sorted(periods, key=lambda period: (order.index(period.result.status), period.result.subject))


def _story(store: Store, period: Period) -> Story:
    result = period.result
    excerpts = {source.artefact: _excerpt(store, result, source) for source in result.sources}
    return Story(
        result=result,
        since=local_time(period.valid_from),
        excerpts={name: lines for name, lines in excerpts.items() if lines},
    )


def _excerpt(store: Store, result: Result, source: SourceLines) -> list[tuple[int, str, bool]]:
    digest = result.artefacts.get(source.artefact)
    if digest is None:
        return []
    lines = store.artefact(digest).decode("utf-8", "replace").splitlines()
    deciding = set(source.lines)
    near = {number + step for number in deciding for step in range(-CONTEXT_LINES, CONTEXT_LINES + 1)}
    shown = sorted(number for number in near if 1 <= number <= len(lines))[:MAXIMUM_EXCERPT]
    return [(number, lines[number - 1], number in deciding) for number in shown]


def _write(
    stories: Sequence[Story], history: Sequence[Period], check: Check | None, platform: str, catalogue: Catalogue
) -> None:
    shown = stories[:5] if len(stories) > 5 else stories
    lines: list[Line] = list(_check_lines(check, catalogue)) if check else []
    for story in shown:
        lines += _story_lines(story)
    if len(shown) < len(stories):
        lines.append((f"... and {len(stories) - len(shown)} more; one of them: --subject NAME", "dim"))
    if check is not None:
        lines += _fix(check, platform)
    lines += _history_lines(history)
    for text, style in lines:
        _print(text, style)


def _check_lines(check: Check, catalogue: Catalogue) -> Iterator[Line]:
    yield (check.title, "bold")
    yield (f"{check.id}   severity {check.severity}", SEVERITY_STYLES[check.severity])
    yield (check.rationale, "")
    for control in check.controls:
        yield (f"  {control}  {catalogue.control(control).title}", "dim")


def _story_lines(story: Story) -> Iterator[Line]:
    result = story.result
    yield ("", "")
    name = f"{result.target} {result.subject}".strip()
    yield (f"{name}: {STATUS_WORDS[result.status]}, since {story.since}", STATUS_STYLES[result.status])
    yield (f"  expected  {result.expected}", "")
    for path, value in result.observed.items():
        yield (f"  observed  {path} = {value_text(value)}", "")
    if result.reason:
        yield (f"  why       {result.reason}", "")
    if result.waiver:
        yield (f"  waiver    {result.waiver}", "")
    yield (f"  measured  {local_time(result.measured_at)}", "")
    for artefact, digest in result.artefacts.items() if MARK in result.check else ():
        yield (f"  evidence  {artefact}  (sha256 {digest})", "cyan")
    for artefact, lines in story.excerpts.items():
        yield (f"  {artefact}  (sha256 {result.artefacts[artefact]})", "cyan")
        yield from _excerpt_lines(lines)


def _excerpt_lines(lines: Sequence[tuple[int, str, bool]]) -> Iterator[Line]:
    previous = lines[0][0]
    for number, text, decides in lines:
        if number > previous + 1:
            yield ("       ...", "dim")
        previous = number
        yield (f"  {'>' if decides else ' '} {number:5} | {text}", "bold" if decides else "dim")


def _fix(check: Check, platform: str) -> Iterator[Line]:
    fix = fix_lines(check, platform)
    if fix or check.remediation.text:
        yield ("", "")
        yield ("Fix", "bold")
        if check.remediation.text:
            yield (f"  {check.remediation.text}", "")
        yield from ((f"    {line}", "green") for line in fix if line != check.remediation.text)


def _history_lines(history: Sequence[Period]) -> Iterator[Line]:
    if len(history) < 2:
        return
    yield ("", "")
    yield ("History", "bold")
    for period in history[-20:]:
        until = local_time(period.valid_to) if period.valid_to else "now"
        subject = f"  {period.result.subject}" if period.result.subject else ""
        status = period.result.status
        yield (f"  {local_time(period.valid_from)} to {until}  {STATUS_WORDS[status]}{subject}", STATUS_STYLES[status])


def _print(text: str, style: str) -> None:

    if not in_terminal() or not style:
        click.echo(on_one_line(text))
        return
    from rich.console import Console  # noqa: PLC0415 - heavy, and only needed in a terminal
    from rich.text import Text  # noqa: PLC0415

    Console(highlight=False, soft_wrap=True).print(Text(on_one_line(text), style))
