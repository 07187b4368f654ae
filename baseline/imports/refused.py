"""What is said of a file that is not imported."""

from pathlib import Path

from baseline.models.errors import BaselineError


class RefusedFileError(BaselineError):
    """A file that is malformed, hostile or of no known format. Nothing of it is stored.

    ``line`` and ``column`` are 1-based; 0 where the whole file is meant.
    """

    def __init__(self, path: Path, message: str, line: int = 0, column: int = 0) -> None:
        self.path, self.line, self.column, self.reason = path, line, column, message
        place = f"{path}:{line}:{column}" if column else f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {message}; nothing was imported")


class MalformedError(Exception):
    """Raised by a reader that does not know its path; ``line`` is 0 where only the place in the stream is known."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.message, self.line, self.column = message, line, column
        super().__init__(message)
