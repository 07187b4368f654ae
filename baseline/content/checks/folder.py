"""Loads every check of one or more folders, with all that is wrong in any of them."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from baseline.content.checks.compiled import CompiledCheck
from baseline.content.checks.linter import lint_check
from baseline.content.checks.reader import read_check
from baseline.content.expression.engine import forget_types
from baseline.content.location import content_folder
from baseline.models.errors import ContentError, Problem
from baseline.models.target import Kind

CATALOGUE_FOLDER = "catalogue"
"""The folder inside ``checks`` that holds norms, not checks."""

OTHER_FOLDERS = frozenset({CATALOGUE_FOLDER, "mappings", "volatile"})
"""The folders inside ``checks`` that hold no checks: norms, what other scanners' references mean, and what is volatile."""


class CheckFile(msgspec.Struct, frozen=True, kw_only=True):
    """One check file: the compiled check when it compiles, and its problems."""

    path: Path
    compiled: CompiledCheck | None
    problems: tuple[Problem, ...]


def check_paths(places: Iterable[Path]) -> Iterator[Path]:
    """Every check file in these folders, and these files themselves, in order."""
    for place in places:
        if not place.is_dir():
            yield place
            continue
        for path in sorted((*place.rglob("*.yaml"), *place.rglob("*.yml"))):
            if OTHER_FOLDERS.isdisjoint(path.relative_to(place).parts[:-1]):
                yield path


def read_check_files(places: Iterable[Path], controls: Collection[str] | None) -> list[CheckFile]:
    """Read and lint every check. ``controls`` are the control ids that exist; None leaves them unchecked."""
    files = [_check_file(path, controls) for path in check_paths(places)]
    return _refuse_doubles(files)


def load_checks(
    places: Iterable[Path] = (), controls: Collection[str] | None = None, kinds: Collection[Kind] | None = None
) -> dict[str, CompiledCheck]:
    """Checks by id: those shipped, and those in ``places``. Of the shipped ones only those for ``kinds``,
    if there are any.

    Raises:
        ContentError: any check is not right; it holds the problems of all of them.
    """
    shipped = content_folder("checks")
    folders = [shipped / kind for kind in sorted(kinds or ()) if (shipped / kind).is_dir()]
    files = read_check_files((*(folders or [shipped]), *places), controls)
    forget_types()
    problems = [problem for file in files for problem in file.problems if problem.level == "error"]
    if problems:
        raise ContentError(problems)
    return {file.compiled.check.id: file.compiled for file in files if file.compiled is not None}


def _check_file(path: Path, controls: Collection[str] | None) -> CheckFile:
    problems: list[Problem] = []
    read = read_check(path, problems)
    if read is None:
        return CheckFile(path=path, compiled=None, problems=tuple(problems))
    compiled, found = lint_check(*read, controls)
    return CheckFile(path=path, compiled=compiled, problems=(*problems, *found))


def _refuse_doubles(files: list[CheckFile]) -> list[CheckFile]:
    first: dict[str, Path] = {}
    checked: list[CheckFile] = []
    for file in files:
        current = file
        identity = file.compiled.check.id if file.compiled else file.path.stem
        if identity in first:
            double = Problem(path=str(file.path), message=f"the id '{identity}' is also in {first[identity]}")
            current = msgspec.structs.replace(file, problems=(*file.problems, double))
        first.setdefault(identity, file.path)
        checked.append(current)
    return checked
