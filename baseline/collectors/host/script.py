"""Composes the script of one run from the sections that are wanted."""

import re
import secrets
import shlex
from collections.abc import Iterable

from baseline.collectors.host.section import ScriptSection, shell_text

PLAIN_COMMAND = "sh -s"
BECOME_COMMAND = "sudo -n sh -s || sh -s"
"""As root where sudo lets us without a password, else as we are: sudo then has left standard input alone."""

IN_LARGE_PIECES = "if have dd; then main </dev/null | dd ibs=65536 obs=65536 2>/dev/null; else main </dev/null; fi"
"""Every piece that a target writes costs the reader a packet, and there are hundreds of small ones."""

ABSOLUTE_PATH = re.compile(r"(?<![\\\w.$}*/\]])/[a-z][\w.+-]*(?:/[\w.+-]+)*")
"""A path in shell text, up to the first character that the shell replaces; patterns of awk look otherwise."""
EVERYWHERE = "/usr/local"
"""Every section looks for programs, here last; the rest of the search path is where the shell itself is."""
OF_THE_KERNEL = ("/proc", "/sys", "/dev", "/run")
"""No server is behind these."""
COMMAND_SECONDS = 10
"""Bound of one command on the target."""


def new_mark() -> str:
    """A boundary mark that nothing on the target can guess: 128 random bits."""
    return f"@{secrets.token_hex(16)}"


def compose(sections: Iterable[ScriptSection], mark: str) -> bytes:
    """The script: settings, the prelude, one function a section, and one call that runs them all.

    Everything is defined before anything runs, so that half a script does nothing.
    """
    wanted = list(sections)
    return "".join(
        [
            f"mark={shlex.quote(mark)}\nseconds={COMMAND_SECONDS}\n",
            shell_text("prelude"),
            *(shell_text(section.name) for section in wanted),
            'main() {\nsay "begin $(id -u)"\n',
            f"silent=$(silent_mounts {shlex.join(_places(*wanted))})\n",
            *_calls(wanted),
            f"say finished\n}}\n{IN_LARGE_PIECES}\nexit 0\n",
        ]
    ).encode()


def _calls(wanted: list[ScriptSection]) -> list[str]:
    """One line a section. One that runs beside others is the start of a pipe, which is emptied after their end."""
    calls = [f"{_call(section)}\n" for section in wanted if not section.beside]
    for section in wanted:
        if section.beside:
            calls = [f"{{ {_call(section)}; }} | {{\n", *calls, "cat\n}\n"]
    return calls


def _call(section: ScriptSection) -> str:
    asking = shlex.join(["section", section.name, str(section.maximum_bytes), *section.arguments])
    return f"{shlex.join(['answers', section.name, *_places(section)])} && {asking}"


def _places(*sections: ScriptSection) -> list[str]:
    """Folders that sections look at, without those that lie below another: they must answer, or nothing does."""
    texts = [text for section in sections for text in (shell_text(section.name), *section.arguments)]
    folders = {_folder(found) for text in texts for found in ABSOLUTE_PATH.findall(text)} | {EVERYWHERE}
    named = {folder for folder in folders if not f"{folder}/".startswith(tuple(f"{top}/" for top in OF_THE_KERNEL))}
    return sorted(folder for folder in named if not any(folder.startswith(f"{other}/") for other in named - {folder}))


def _folder(path: str) -> str:
    """The folder that a path stands in; of /var, where mounts of their own are usual, what stands in it."""
    folder = path.rpartition("/")[0]
    return path if folder in {"", "/var"} else folder
