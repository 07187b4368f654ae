"""Stable exit codes."""

from collections.abc import Iterable
from enum import IntEnum

from baseline.models.result import Status


class ExitCode(IntEnum):
    """What a command's exit code says."""

    MET = 0
    NOT_MET = 1
    USAGE = 2
    NOT_CHECKED = 3


def exit_code_of(statuses: Iterable[Status]) -> ExitCode:
    """NOT_CHECKED when anything is an error, even beside fails: the picture is not whole. Waived fails count as met."""
    found = set(statuses)
    if Status.ERROR in found or not found:
        return ExitCode.NOT_CHECKED
    return ExitCode.NOT_MET if Status.FAIL in found else ExitCode.MET
