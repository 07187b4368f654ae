"""Runs the command in a terminal, as a person does."""

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios

from tests.acceptance.command import PROGRAM, Command

SIZE = struct.pack("HHHH", 50, 160, 0, 0)
"""Rows and columns of the terminal, and no pixels."""


def shown_in_terminal(command: Command, *arguments: object) -> str:
    """Everything that a terminal is sent, escape sequences included."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, SIZE)
    environment = {
        name: value for name, value in command.environment(TERM="xterm-256color").items() if name != "COLUMNS"
    }
    with subprocess.Popen(
        [PROGRAM, *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=command.folder
    ):
        os.close(theirs)
        shown = bytearray()
        with contextlib.suppress(OSError):  # what a terminal says when nobody writes any more
            while data := os.read(ours, 65_536):
                shown += data
    os.close(ours)
    return shown.decode(errors="replace")


class Terminal:
    """A command in a terminal that waits for a person's answer."""

    def __init__(self, command: Command, *arguments: object) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, SIZE)
        environment = command.environment(TERM="xterm-256color")
        self._process = subprocess.Popen(
            [PROGRAM, *map(str, arguments)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            cwd=command.folder,
        )
        os.close(theirs)
        self._shown = ""

    def read_until(self, words: str) -> None:
        """Read until the terminal was sent these words."""
        while words not in self._shown:
            self._shown += os.read(self._ours, 65_536).decode(errors="replace")

    def answer(self, words: str) -> None:
        """Type a line."""
        os.write(self._ours, f"{words}\n".encode())

    def read_to_end(self) -> tuple[str, int]:
        """Everything that the terminal was sent, and the exit code."""
        with contextlib.suppress(OSError):  # what a terminal says when nobody writes any more
            while data := os.read(self._ours, 65_536):
                self._shown += data.decode(errors="replace")
        os.close(self._ours)
        return self._shown.replace("\r\n", "\n"), self._process.wait()
