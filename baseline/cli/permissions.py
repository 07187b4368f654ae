"""``baseline permissions``: the least rights that the selected checks take, per cloud."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from baseline.cli.options import checks_folder_option

COMMANDS: dict[str, tuple[str, str]] = {
    "aws": ("baseline.cli.permissions_aws:aws", "The IAM policy that AWS accounts need."),
    "azure": ("baseline.cli.permissions_azure:azure", "The role that Azure subscriptions need."),
    "graph": ("baseline.cli.permissions_graph:graph", "The application permissions that Microsoft Graph needs."),
}
"""Cloud -> where its command is, and its line of help."""


class LazyClouds(click.Group):
    """A group that imports the command of a cloud when it is run; a cloud without one is not listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The clouds."""
        return [name for name, (place, _) in COMMANDS.items() if _exists(place)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a cloud, or None when there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the clouds with their lines of help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _exists(place: str) -> bool:
    module = place.partition(":")[0].rpartition(".")[2]
    return Path(__file__).with_name(f"{module}.py").exists()


@click.group(cls=LazyClouds)
def permissions() -> None:
    """Print the least rights that the selected checks take; without a selection, all checks."""


_SELECTION = (
    click.option("--check", "checks", multiple=True, metavar="ID", help="Only these checks; * and ? match."),
    click.option("--control", "controls", multiple=True, metavar="ID", help="Only checks for this control."),
    click.option("--tag", "tags", multiple=True, help="Only checks with this tag."),
    checks_folder_option,
)


def check_selection(command: Any) -> Any:
    """The options that select checks."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command


def selected_needs(kind: str, given: dict[str, Any]) -> frozenset[str]:
    """The fact paths that the selected checks for one kind of target read.

    Raises:
        BaselineError: a check, control or tag that does not exist.
        UsageError: no check for this kind of target is selected.
    """
    from baseline.assess.selection import Selection, select_checks  # noqa: PLC0415 - loads with the command's work
    from baseline.cli.content import all_checks  # noqa: PLC0415 - as above
    from baseline.content.catalogue import load_catalogue  # noqa: PLC0415 - as above

    catalogue = load_catalogue()
    selection = Selection(checks=given["checks"], controls=given["controls"], tags=given["tags"])
    chosen = select_checks(all_checks(catalogue, given["checks_folders"]), selection, catalogue)
    of_kind = [check for check in chosen.values() if check.check.applies_to.kind == kind]
    if not of_kind:
        raise click.UsageError(f"none of the selected checks is for targets of kind {kind}")
    return frozenset(need for check in of_kind for need in check.needs)
