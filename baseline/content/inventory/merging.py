"""Says the same thing about many hosts once."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from baseline.content.inventory.variables import printable
from baseline.models.errors import Problem

SHOWN_HOSTS = 3


def merge(found: Iterable[tuple[str, Problem]]) -> list[Problem]:
    """Problems of hosts (name, problem), those that differ by host only taken together, in order of place."""
    hosts: dict[Problem, list[str]] = {}
    for host, problem in found:
        hosts.setdefault(problem, []).append(host)
    merged = [msgspec.structs.replace(problem, message=_about(names, problem)) for problem, names in hosts.items()]
    return in_order(merged)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems without repetition, by file and line, with paths as a person would write them."""
    unique = dict.fromkeys(msgspec.structs.replace(problem, path=shown_path(problem.path)) for problem in problems)
    return sorted(unique, key=lambda problem: (problem.path, problem.line, problem.column))


def shown_path(path: str) -> str:
    """The path relative to the working directory when it lies below that."""
    try:
        return str(Path(path).relative_to(Path.cwd())) if os.path.isabs(path) else path  # noqa: PTH117 - any text
    except ValueError:
        return path


def _about(names: list[str], problem: Problem) -> str:
    unique = list(dict.fromkeys(names))
    shown = ", ".join(printable(name)[:100] for name in unique[:SHOWN_HOSTS])
    if len(unique) > SHOWN_HOSTS:
        shown = f"{len(unique)} hosts ({shown}, ...)"
    return f"{shown}: {problem.message}"
