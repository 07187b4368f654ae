"""``baseline image``: what images hold, without an inventory."""

import asyncio
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline.assess.plan import make_plan
from baseline.assess.sealing import ask
from baseline.cli.content import all_checks
from baseline.cli.exit_codes import ExitCode
from baseline.cli.image_difference import ImageDifference, difference
from baseline.cli.options import checks_folder_option, json_option
from baseline.cli.table import write_pairs, write_table
from baseline.collectors.interface import CollectSettings
from baseline.content.catalogue import load_catalogue
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.platforms import IMAGE_PLATFORMS, PLATFORMS
from baseline.models.target import Connection, Target

_PATH = click.Path(exists=True, path_type=Path)


@click.group()
def image() -> None:
    """Compare images of workplaces and hosts."""


@image.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option(
    "--platform",
    type=click.Choice(sorted(IMAGE_PLATFORMS)),
    default="windows_image",
    show_default=True,
    help="What the images hold.",
)
@click.option("--old-index", type=click.IntRange(1, 9999), help="Which image of a WIM archive OLD is.")
@click.option("--new-index", type=click.IntRange(1, 9999), help="Which image of a WIM archive NEW is.")
@checks_folder_option
@click.option("--timeout", type=click.FloatRange(1, 3600), default=600.0, show_default=True, help="Seconds per image.")
@json_option
def diff(
    old: Path,
    new: Path,
    platform: str,
    old_index: int | None,
    new_index: int | None,
    checks_folders: Any,
    timeout: float,
    *,
    as_json: bool,
) -> None:
    """Say what changed between two images, in facts and in verdicts.

    \b
    Exit codes: 0 no verdict got worse, 1 one did, 3 an image could not be read.
    """  # noqa: D301 - click reads \b
    targets = [_target(old, platform, old_index), _target(new, platform, new_index)]
    checks = all_checks(load_catalogue(), checks_folders)
    plan = make_plan(targets, checks)
    collections = asyncio.run(_collected(targets, CollectSettings(timeout_seconds=timeout)))
    found = difference(collections[0], collections[1], targets[1], plan.targets[1].checks)
    if as_json:
        _write_json(targets, collections, found)
    else:
        _write(targets, collections, found)
    raise click.exceptions.Exit(ExitCode.NOT_MET if found.worse else ExitCode.MET)


def _target(path: Path, platform: str, index: int | None) -> Target:
    of = IMAGE_PLATFORMS[platform]
    connection = Connection(transport="image", image=str(path.absolute()), image_index=index)
    return Target(name=path.name, kind=PLATFORMS[of], platform=of, connection=connection)


async def _collected(targets: list[Target], settings: CollectSettings) -> list[Collection]:
    """Both at the same time: making a digest keeps one core busy."""
    return await asyncio.gather(*(_of_one(target, settings) for target in targets))


async def _of_one(target: Target, settings: CollectSettings) -> Collection:
    try:
        return await ask(target, frozenset(), settings)
    except CollectError as error:
        click.secho(f"error: {target.connection.image}: {error}", fg="red", err=True)
        raise click.exceptions.Exit(ExitCode.NOT_CHECKED) from error


def _identity(collection: Collection) -> str:
    """What the image's artefacts say of it: its digest."""
    heading = collection.artefacts[0].content.decode("utf-8", "replace").split("\n", 1)[0]
    return heading.partition(": ")[2]


def _write_json(targets: list[Target], collections: list[Collection], found: ImageDifference) -> None:
    sides = [
        {"path": target.connection.image, "identity": _identity(collection)}
        for target, collection in zip(targets, collections, strict=True)
    ]
    document = {"old": sides[0], "new": sides[1], **msgspec.to_builtins(found)}
    click.echo(msgspec.json.format(msgspec.json.encode(document)).decode())


def _write(targets: list[Target], collections: list[Collection], found: ImageDifference) -> None:
    write_pairs(
        (label, f"{target.connection.image}  {_identity(collection)}")
        for label, target, collection in zip(("Old", "New"), targets, collections, strict=True)
    )
    if not found.facts and not found.verdicts:
        click.echo("Nothing differs.")
        return
    write_table(
        ("Change", "Severity", "Check", "Subject", "Old", "New"),
        [(v.change, str(v.severity), v.check, v.subject, v.old, v.new) for v in found.verdicts],
        narrow=("Change", "Severity", "Check"),
    )
    write_table(("Fact", "Old", "New"), [(fact.path, fact.old, fact.new) for fact in found.facts])
