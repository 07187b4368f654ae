"""Errors that explain themselves to a person."""

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with a content file, pointed at.

    ``line`` and ``column`` are 1-based; 0 means the whole file. ``hint`` says how to fix it.
    """

    path: str
    line: int = 0
    column: int = 0
    message: str
    hint: str = ""
    level: str = "error"
    """``error`` or ``warning``."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.level}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class BaselineError(Exception):
    """Base of every error that this package raises on purpose; the message is for a person."""


class ContentError(BaselineError):
    """Content (checks, catalogue, inventory, waivers) that is not right; holds every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class CollectError(BaselineError):
    """A target that could not be asked. ``code`` is a stable word for metrics, ``hint`` what a person can do.

    Codes: unreachable, timeout, authentication, host_key_unknown, host_key_changed, no_common_algorithm, disconnected,
    too_much_output, unparsable, privilege, not_allowed, credential, missing_extra, not_saved, internal.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        self.code = code
        self.message = message
        self.hint = hint
        super().__init__(message + (f" ({hint})" if hint else ""))


class StoreError(BaselineError):
    """The store cannot be opened, read or written."""
