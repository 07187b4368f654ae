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
