"""What a simulated switch has seen of its clients."""

from collections import deque

REMEMBERED_LINES = 2000
"""Commands kept per device, the newest; the counts go on."""
REMEMBERED_LENGTH = 500
"""Characters kept of one command."""


class Counters:
    """Counts since the lab started. ``violations`` are attempts to change the device, refused ones included."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start counting anew."""
        self.connections = 0
        self.sessions = 0
        self.authentication_failures = 0
        self.commands = 0
        self.violations = 0
        self.received: deque[str] = deque(maxlen=REMEMBERED_LINES)
        self.violating: deque[str] = deque(maxlen=REMEMBERED_LINES)

    def command(self, line: str, *, violation: bool) -> None:
        """Note a line that a client sent."""
        self.commands += 1
        self.received.append(line[:REMEMBERED_LENGTH])
        if violation:
            self.violations += 1
            self.violating.append(line[:REMEMBERED_LENGTH])
