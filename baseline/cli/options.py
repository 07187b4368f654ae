"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from baseline.models.result import Severity, Status

Command = Callable[..., Any]

inventory_option = click.option(
    "-i",
    "--inventory",
    "inventories",
    multiple=True,
    envvar="BASELINE_INVENTORY",
    help="Ansible inventory (file, folder, script, host list) or pyATS testbed. May be repeated.  [env: BASELINE_INVENTORY]",
)
limit_option = click.option("-l", "--limit", help="Only these hosts, as an Ansible pattern.")
vault_option = click.option(
    "--vault-password-file",
    "vault_password_files",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="File (or program) with an ansible-vault password. May be repeated.",
)
checks_folder_option = click.option(
    "--checks-folder",
    "checks_folders",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Folder with your own checks, beside those that came with baseline. May be repeated.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Moment(click.DateTime):
    """A moment at which this program, or a certificate, can have been: beyond it the clocks of time zones give out."""

    _FIRST, _LAST = 1970, 9000

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The moment; a usage error for what is none."""
        found = super().convert(value, param, ctx)
        if not self._FIRST <= found.year <= self._LAST:
            self.fail(f"{value!r} is not between the years {self._FIRST} and {self._LAST}", param, ctx)
        return found


DAY, MOMENT = Moment(("%Y-%m-%d",)), Moment(("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"))

# Click takes the members of an enumeration by their Python names, so their values are given.
SEVERITIES = click.Choice([severity.value for severity in Severity])
STATUSES = click.Choice([status.value for status in Status])

_SELECTION = (
    click.option("--check", "checks", multiple=True, metavar="ID", help="Only these checks; * and ? match."),
    click.option("--control", "controls", multiple=True, metavar="ID", help="Only checks for this control."),
    click.option("--severity", type=SEVERITIES, help="Only checks of at least this severity."),
    click.option("--tag", "tags", multiple=True, help="Only checks with this tag."),
    click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets; * and ? match."),
    click.option("--group", "groups", multiple=True, help="Only targets in this inventory group."),
    click.option("--site", "sites", multiple=True, help="Only targets at this site."),
)


def selection_options(command: Command) -> Command:
    """The options that select checks and targets."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command
