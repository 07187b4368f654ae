"""Makes the pictures of the README from real output: `python docs/pictures/make.py`, with a lab that this starts itself."""

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
WIDTH = 118
FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Rich points to fonts elsewhere; a picture that is looked at offline has none of those."""


def terminal_output(command: list[str], environment: dict[str, str]) -> str:
    """What a command prints on a terminal of WIDTH columns."""
    parent, child = pty.openpty()
    settings = {**os.environ, **environment, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdout=child, stderr=subprocess.DEVNULL, stdin=child, env=settings)
    os.close(child)
    received = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        received += part
    process.wait()
    return received.decode().replace("\r\n", "\n")


def picture(name: str, title: str, output: str, most_lines: int) -> None:
    """Draw terminal output as an SVG."""
    lines = output.rstrip().split("\n")
    shown = lines if len(lines) <= most_lines else [*lines[:most_lines], "  ..."]
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi("\n".join(shown)))
        drawing = FONTS.sub("", console.export_svg(title=title))
    (HERE / name).write_text("\n".join(line.rstrip() for line in drawing.splitlines()) + "\n")


def main() -> None:
    """Start a lab, check it, draw what it says, stop it."""
    with tempfile.TemporaryDirectory() as folder:
        lab = [sys.executable, "-m", "baseline.cli.main", "lab"]
        environment = {"BASELINE_STORE": f"{folder}/store.db", "BASELINE_INVENTORY": f"{folder}/lab/inventory.yml"}
        subprocess.run([*lab, "up", "--folder", f"{folder}/lab", "--no-include-localhost"], check=True)
        try:
            check = terminal_output([*lab[:-1], "check", "--site", "zwolle"], environment)
            picture("check.svg", "baseline check --site zwolle", check, 62)
            show = terminal_output([*lab[:-1], "show", "network-lines-ssh-only", "zwolle-core-01"], environment)
            picture("show.svg", "baseline show network-lines-ssh-only zwolle-core-01", show, 40)
        finally:
            subprocess.run([*lab, "down", "--folder", f"{folder}/lab"], check=True)


if __name__ == "__main__":
    main()
