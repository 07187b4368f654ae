"""How the devices of one platform look to a client, as its ``device.toml`` says."""

import tomllib
from pathlib import Path

import msgspec

from baseline.lab.errors import LabError


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """A change to the answers: ``old`` becomes ``new`` wherever it stands, or only in the answer to one command.

    ``{year}`` in ``new`` is the present year and ``{next year}`` the one after.
    """

    old: str
    new: str
    command: str | None = None


class RecordedDefect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mistake, and what it changes in the answers of a good device."""

    title: str
    edits: tuple[Edit, ...]


class Complaints(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a device says to a line that it does not run.

    In the texts ``{caret}`` is a ``^`` below the word, ``{word}`` the word, ``{token}`` its number from 0 and ``{line}``
    the line. ``unknown`` is for the first word, ``invalid`` for a later one.
    """

    unknown: str
    invalid: str
    ambiguous: str
    incomplete: str
    unprivileged: str = ""


class Dialect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The manners of a command line.

    ``prompt``, ``unprivileged_prompt`` (of those that must ``enable``) and ``configuring_prompt`` may hold ``{user}`` and
    ``{host}``. ``above_prompt`` stands above each prompt, ``after_answer`` below each answer. ``acceptance`` is asked at
    logging in and accepted with the key ``a``. ``page_lines``: pages of so many lines, whatever the terminal's height
    and the session commands; 0 is as high as the terminal. ``session`` are commands that change the session only,
    ``unpaged`` those of them that end paging. ``privileged`` are commands that take ``enable``. ``configures`` enter the
    configuration mode, ``changes`` are other first words of commands that change a device, ``writing_filters`` those that
    put output in a file. ``filters`` maps what may follow a pipe to ``include``, ``exclude``, ``begin``, ``section``,
    ``count`` or ``all``.
    """

    prompt: str
    configuring_prompt: str
    complaints: Complaints
    unprivileged_prompt: str = ""
    above_prompt: str = ""
    after_answer: str = ""
    greeting: str = ""
    acceptance: str = ""
    more: str = "--More--"
    page_lines: int = 0
    session: tuple[str, ...] = ()
    unpaged: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ("exit", "quit", "logout")
    privileged: tuple[str, ...] = ()
    configures: tuple[str, ...]
    changes: tuple[str, ...]
    filters: dict[str, str] = {}
    writing_filters: tuple[str, ...] = ()
    counted: str = "Count: {count} lines\n"


class Description(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of device. ``label`` is for names, ``recorded_names`` the host names in the recordings.

    ``answers`` maps commands to recordings, ``configuration`` is the command that prints the configuration. ``banner`` is
    shown before logging in as long as its first line stands in the configuration. ``good`` is done to the recordings of
    every device, so that those without defects are good.
    """

    title: str
    label: str
    recorded_names: tuple[str, ...]
    server_version: str
    configuration: str
    dialect: Dialect
    answers: dict[str, str]
    banner: tuple[str, ...] = ()
    good: tuple[Edit, ...] = ()
    defects: dict[str, RecordedDefect] = {}
    recordings: dict[str, str] = {}
    """Command -> recorded text."""


def load_description(folder: Path) -> Description:
    """Read the ``device.toml`` of a folder and the recordings that it names.

    Raises:
        LabError: a file is missing, or does not say what it must.
    """
    try:
        document = tomllib.loads((folder / "device.toml").read_text("utf-8"))
        described = msgspec.convert(document, Description)
        texts = {
            command: (folder / "recordings" / f"{file}.txt").read_text("utf-8")
            for command, file in described.answers.items()
        }
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise LabError(f"{folder.name}: its device.toml cannot be used: {error}") from error
    if described.configuration not in texts:
        raise LabError(f"{folder.name}: no answer to {described.configuration!r}, which should print its configuration")
    return msgspec.structs.replace(described, recordings=texts)
