"""``--from-files``: targets from a folder of saved configurations and outputs, and what to say of them."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline.assess.plan import Plan
from baseline.content.inventory import Inventory
from baseline.content.nearest import did_you_mean
from baseline.models.errors import BaselineError
from baseline.models.target import Target

_SHOWN_NAMES = 10

_OPTIONS = (
    click.option(
        "--from-files",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Ask nothing: read saved configurations and outputs, as Oxidized and RANCID keep them.",
    ),
    click.option("--platform", metavar="NAME", help="Platform of the devices in --from-files."),
)


def from_files_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options with which saved files are read instead of asking devices."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """Targets of a run. ``refused`` are those that could not be understood, ``notes`` what the report must say."""

    targets: tuple[Target, ...]
    refused: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def from_folder(root: Path, platform: str | None, inventory: Inventory | None) -> Gathered:
    """The devices of a folder as targets: those of the inventory, if there is one, else all.

    Raises:
        BaselineError: the folder cannot be read, holds no device, or ``platform`` does not exist.
    """
    from baseline.collectors.files.folder import find_devices  # noqa: PLC0415 - loads every platform
    from baseline.collectors.files.targets import targets_in, with_saved_files  # noqa: PLC0415

    saved = find_devices(root)
    _say(saved.problems)
    if not saved.devices:
        raise BaselineError(f"{root} holds no saved configuration or output; see docs/offline.md for the layouts")
    if inventory is None:
        targets = targets_in(saved, root, _platform(platform))
    else:
        targets, strangers = with_saved_files(inventory.targets, saved, root)
        _say([f"not in the inventory, and left out: {_names(strangers)}"] if strangers else [])
    refused = [target for target in targets if target.excluded and target.platform == "unknown" and inventory is None]
    _say([target.excluded for target in refused if target.excluded][:_SHOWN_NAMES], "red")
    return Gathered(
        targets=tuple(targets),
        refused=frozenset(target.name for target in refused),
        notes=(f"Nothing was asked: facts come from {root}, measured when the files were last modified.",),
    )


def _platform(word: str | None) -> str | None:
    from baseline.collectors.files.recognition import named_platform  # noqa: PLC0415 - loads every platform
    from baseline.collectors.network.platforms import PLATFORM_NAMES  # noqa: PLC0415

    if word is None:
        return None
    found = named_platform(word)
    if found is None:
        raise click.UsageError(f"'{word}' is not a network platform; {did_you_mean(word, PLATFORM_NAMES)}")
    return found


def missing_commands(plan: Plan) -> list[str]:
    """One line with the commands that some check needs and that are not among the saved files, with how many lack them."""
    from baseline.collectors.files.collector import saved_command  # noqa: PLC0415 - loads every platform
    from baseline.collectors.interface import wanted  # noqa: PLC0415
    from baseline.collectors.network.platforms import platform  # noqa: PLC0415

    lacking: Counter[str] = Counter()
    for planned in plan.targets:
        described = platform(planned.target.platform)
        saved = {saved_command(path, described) for path in planned.target.connection.files}
        needed = [command.text for command in described.commands if wanted(command.supplies, planned.needs)]
        lacking.update(command for command in needed if command not in saved)
    if not lacking:
        return []
    told = ", ".join(f"`{command}` ({number} device{'s' * (number > 1)})" for command, number in lacking.items())
    return [f"Not saved, so that what only they tell is unknown: {told}."]


def _names(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


def _say(lines: Any, colour: str = "yellow") -> None:
    for line in lines:
        click.secho(line, fg=colour, err=True)
