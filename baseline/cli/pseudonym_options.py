"""Options that say whether names of people are told, and where the key of their pseudonyms is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from baseline.content.pseudonyms import DEFAULT_KEY_FILE, Pseudonyms, load_pseudonyms

Command = Callable[..., Any]


def names_options(command: Command) -> Command:
    """``--names`` and ``--pseudonym-key``."""
    key = click.option(
        "--pseudonym-key",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_KEY_FILE,
        show_default=True,
        envvar="BASELINE_PSEUDONYM_KEY",
        help="Key of the pseudonyms; made when it is not there.",
    )
    names = click.option("--names", is_flag=True, help="Tell names of people as they are.")
    return names(key(command))


def pseudonyms_of(given: Mapping[str, Any]) -> Pseudonyms | None:
    """The pseudonyms that the options ask for; None: names as they are.

    Raises:
        PseudonymError: the key cannot be used.
    """
    return None if given["names"] else load_pseudonyms(given["pseudonym_key"], create=True)
