"""Composes the one script that is ever sent to Windows, from the tables that images are read by too."""

import base64
import secrets
from functools import cache
from pathlib import Path

from baseline.collectors.image.windows.firewall_rules import RULES
from baseline.collectors.image.windows.leftovers import (
    ANSWER_FILES,
    DEPLOYMENT_FILES,
    KEY_FOLDERS,
    KEY_SUFFIXES,
)
from baseline.collectors.image.windows.settings import all_settings
from baseline.collectors.image.windows.system import STATE, VERSION
from baseline.collectors.image.windows.tasks import PROTECTED, WRITABLE, WRITABLE_TOO
from baseline.collectors.interface import wanted

BOOTSTRAP = '& ([ScriptBlock]::Create((@($input) -join "`n")))'
"""Runs what arrives on standard input: a command line of Windows holds 8,191 characters, less than the script."""

SECONDS = 40
"""After so long the script asks nothing more, and says so of what is left. Seconds."""
MAXIMUM_ITEMS = 5_000
"""Items of one list; a list that is longer is not used."""

PARTS: dict[str, tuple[str, ...]] = {
    "machine": ("running", "updates", "network", "installation"),
    "accounts": ("accounts", "foreign_administrators"),
    "policy": ("password_policy",),
    "services": ("services",),
    "states": ("firewall", "antimalware"),
    "software": ("software",),
    "firewall_rules": ("firewall_rules",),
    "firewall": ("firewall",),
    "defender": ("defender", "attack_surface", "antimalware"),
    "smb": ("smb",),
    "drives": ("drives",),
    "tasks": ("scheduled_tasks",),
    "hotfixes": ("hotfixes", "running"),
    "listeners": ("listeners",),
    "leftovers": ("leftovers",),
}
"""Part of the script -> the facts that it is needed for; the part ``registry`` is always asked."""

PATTERNS = {
    "answer_file": (
        r"(?is)<(?:\w+:)?(?:password|administratorpassword|plaintextpassword)>\s*(?!</|\*SENSITIVE)[^\s<]",
        r"(?is)<(?:\w+:)?(?:password|administratorpassword)>\s*<(?:\w+:)?value>\s*(?!\*SENSITIVE)[^\s<]",
    ),
    "deployment_share": (r"(?im)^\s*\w*password\w*\s*=\s*\S",),
    "policy_preference": (r'(?i)cpassword="[^"]+"',),
}
"""What a password in a file looks like. Only that it is there leaves the machine."""


def new_mark() -> str:
    """A mark that nothing on the target can guess: 128 random bits."""
    return f"@{secrets.token_hex(16)}"


def wanted_parts(needs: frozenset[str]) -> tuple[str, ...]:
    """The parts of the script that supply what is needed."""
    return ("registry", *(name for name, supplies in PARTS.items() if wanted(supplies, needs)))


def command() -> str:
    """The command that is run over SSH; the script goes to its standard input."""
    encoded = base64.b64encode(BOOTSTRAP.encode("utf-16-le")).decode()
    return f"powershell.exe -NoLogo -NoProfile -NonInteractive -EncodedCommand {encoded}"


def compose(needs: frozenset[str], mark: str) -> str:
    """The script: what it is to read, and the text of ``script.ps1``. ASCII only."""
    return "\n".join(
        (
            f"$mark = {_quoted(mark)}",
            f"$seconds = {SECONDS}",
            f"$most = {MAXIMUM_ITEMS}",
            f"$wanted = {_list(wanted_parts(needs))}",
            f"$writable = {_list((*WRITABLE, *WRITABLE_TOO))}",
            f"$protected = {_list(PROTECTED)}",
            f"$rulekeys = {_list(RULES)}",
            f"$patterns = @{{ {'; '.join(f'{kind} = {_list(found)}' for kind, found in PATTERNS.items())} }}",
            f"$files = {_quoted(_files())}",
            f"$folders = {_quoted(_folders())}",
            f"$places = {_quoted(_places())}",
            _text(),
        )
    )


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Registry keys below HKEY_LOCAL_MACHINE -> the names of the values that are read there."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    settings = ((place.key, place.name) for setting in all_settings().values() for place in setting.places)
    for key, name in (*settings, *_BESIDES):
        found.setdefault(key.casefold(), (key, {}))[1].setdefault(name.casefold(), name)
    return {key: tuple(names.values()) for key, names in found.values()}


_BESIDES = (
    ("SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\ControlPolicyConflict", "MDMWinsOverGP"),
    *(
        (VERSION, name)
        for name in ("CurrentBuildNumber", "ProductName", "EditionID", "UBR", "DisplayVersion", "ReleaseId")
    ),
    (STATE, "ImageState"),
)


@cache
def _text() -> str:
    """The text of the script without comments and indentation."""
    lines = (line.strip() for line in (Path(__file__).parent / "script.ps1").read_text("ascii").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("#")) + "\n"


def _places() -> str:
    return "\n".join("|".join((key, *names)) for key, names in places().items())


def _files() -> str:
    kinds = (("answer_file", ANSWER_FILES), ("deployment_share", DEPLOYMENT_FILES))
    return "\n".join(f"{kind}|{path}" for kind, paths in kinds for path in paths)


def _folders() -> str:
    """Folders with the names of files in them, and whether those below them are meant too."""
    keys = [f"key_file|{folder}|{suffix}|TopDirectoryOnly" for folder in KEY_FOLDERS for suffix in KEY_SUFFIXES]
    return "\n".join(["policy_preference|ProgramData/Microsoft/Group Policy/History|.xml|AllDirectories", *keys])


def _list(words: tuple[str, ...]) -> str:
    return f"@({', '.join(map(_quoted, words))})"


def _quoted(text: str) -> str:
    """Text between single quotes, in which PowerShell replaces nothing."""
    return "'" + text.replace("'", "''") + "'"
