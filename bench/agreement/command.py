"""``python -m bench agree``: verdicts beside those of Prowler."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import click
import msgspec

from bench.agreement.comparing import Compared, Observed, compare
from bench.agreement.tables import Difference, differences, pairs
from bench.environments import environment

PROVIDERS = {
    "aws": "bench.agreement.aws:observe_aws",
    "azure": "bench.agreement.azure:observe_azure",
    "entra": "bench.agreement.entra:observe_entra",
}


@click.command()
@click.argument("provider", type=click.Choice(list(PROVIDERS)))
@click.option(
    "--prowler", "program", help="Prowler's program; without it, Prowler is installed in an environment of its own."
)
@click.option("--keep", type=click.Path(path_type=Path, dir_okay=False), help="File for what both sides said.")
@click.option("--again", is_flag=True, help="Compare what --keep kept, instead of asking.")
@click.option("--json", "as_json", is_flag=True, help="Print every verdict of both.")
def agree(provider: str, program: str | None, keep: Path | None, *, again: bool, as_json: bool) -> None:
    """Hold the verdicts of the shipped checks against Prowler's, on resources that are made here.

    Ends with 1 when a verdict differs without a reason in differences.csv, or a pair of checks was never compared.
    """
    program = program or ("" if again else environment("prowler", "prowler").program("prowler"))
    module, function = PROVIDERS[provider].split(":")
    observe: Callable[[str], Iterator[Observed]] = getattr(import_module(module), function)
    observed = msgspec.json.decode(keep.read_bytes(), type=list[Observed]) if again and keep else list(observe(program))
    if keep:
        keep.write_bytes(msgspec.json.encode(observed))
    same, known = pairs(provider), differences(provider)
    found = [one for account in observed for one in compare(account, same, known)]
    missing = sorted(
        {pair.ours for pair in same} - {one.ours for one in found if one.they != "absent" or one.agrees == "explained"}
    )
    if as_json:
        document = {"verdicts": found, "never compared": missing}
        click.echo(msgspec.json.format(msgspec.json.encode(document)))
    else:
        click.echo("\n".join(_report(found, missing, known)))
    sys.exit(1 if missing or any(one.agrees == "no" for one in found) else 0)


def _report(found: list[Compared], missing: list[str], known: list[Difference]) -> Iterator[str]:
    counts = Counter(one.agrees for one in found)
    both = {one.ours for one in found if one.agrees == "yes"}
    yield f"{counts['yes']} verdicts of {len(both)} checks agree, {counts['explained']} differ with a reason, {counts['no']} without; of {counts['alone']} Prowler says nothing"
    yield from _table("Differ without a reason", [one for one in found if one.agrees == "no"])
    yield from _table("Differ with a reason", [one for one in found if one.agrees == "explained"])
    unused = sorted({(row.ours, row.we, row.they) for row in known} - {(one.ours, one.we, one.they) for one in found})
    if unused:
        yield f"\nReasons that nothing needs any more: {'; '.join(' '.join(one) for one in unused)}"
    if missing:
        yield f"\nProwler said nothing of any resource of: {', '.join(missing)}"


def _table(title: str, rows: list[Compared]) -> Iterator[str]:
    if not rows:
        return
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in rows:
        key = (one.ours, one.we, one.they, ", ".join(one.prowler), one.right, one.why)
        groups.setdefault(key, []).append(" ".join(part for part in (one.account, one.resource) if part))
    yield f"\n**{title}**\n"
    yield "| check | ours | Prowler | resources | of Prowler | right | why |"
    yield "|---|---|---|---|---|---|---|"
    for (ours, we, they, prowler, right, why), resources in sorted(groups.items()):
        shown = ", ".join(resources[:4]) + (f" and {len(resources) - 4} more" if len(resources) > 4 else "")
        yield f"| {ours} | {we} | {they} | {shown} | {prowler} | {right} | {why} |"
