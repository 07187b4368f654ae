"""Options that say whether names of people are told, and where the key of their pseudonyms is."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from baseline.content.pseudonyms import DEFAULT_KEY_FILE, Pseudonyms, load_pseudonyms

KEY_VARIABLE = "BASELINE_PSEUDONYM_KEY"
Command = Callable[..., Any]


pseudonym_key_option = click.option(
    "--pseudonym-key",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_KEY_FILE,
    show_default=True,
    envvar=KEY_VARIABLE,
    help="Key of the pseudonyms; made when it is not there.",
)


def names_options(command: Command) -> Command:
    """``--names`` and ``--pseudonym-key``."""
    names = click.option("--names", is_flag=True, help="Tell names of people as they are.")
    return names(pseudonym_key_option(command))


def pseudonyms_of_environment() -> Pseudonyms:
    """The pseudonyms under the key that a run uses, which asks for no options.

    Raises:
        PseudonymError: the key cannot be made, or used.
    """
    return load_pseudonyms(Path(os.environ.get(KEY_VARIABLE) or DEFAULT_KEY_FILE), create=True)


def pseudonyms_of(given: Mapping[str, Any]) -> Pseudonyms | None:
    """The pseudonyms that the options ask for; None: names as they are.

    Raises:
        PseudonymError: the key cannot be used.
    """
    return None if given["names"] else load_pseudonyms(given["pseudonym_key"], create=True)
