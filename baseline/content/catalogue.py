"""The norm catalogue: every control of every norm, and how they refer to each other."""

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from baseline.content.location import content_folder
from baseline.content.nearest import did_you_mean
from baseline.content.norm_file import NormFile, read_norm
from baseline.models.control import Control, Norm
from baseline.models.errors import BaselineError, ContentError, Problem

_LONGEST_ID = 60
"""Longer input is no misspelling, and comparing it would take time."""


class UnknownControlError(BaselineError):
    """A control id that no norm in the catalogue has. ``nearest`` holds up to three ids that look like it."""

    def __init__(self, control: str, nearest: list[str]) -> None:
        self.control = control
        self.nearest = nearest
        hint = f"; did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"no control '{control}' in the catalogue{hint}")


class Catalogue(msgspec.Struct, frozen=True):
    """Norms by id, and controls by full id (``bio2:8.24.04``) in the order of their norms."""

    norms: dict[str, Norm]
    controls: dict[str, Control]

    def control(self, identifier: str) -> Control:
        """The control with this full id.

        Raises:
            UnknownControlError: there is none; it names the nearest ids.
        """
        found = self.controls.get(identifier)
        if found is None:
            raise UnknownControlError(identifier, self.nearest(identifier))
        return found

    def find(self, text: str) -> Control:
        """The control that a person means: a full id, or a number that only one norm has (``8.24.04``), in any case.

        Raises:
            UnknownControlError: there is none, or more than one.
        """
        wanted = text.strip().casefold()
        found = [c for c in self.controls.values() if wanted in (c.id.casefold(), c.number.casefold())]
        return found[0] if len(found) == 1 else self.control(text)

    def nearest(self, identifier: str) -> list[str]:
        """Up to three full ids that look most like a misspelt one, best first."""
        return difflib.get_close_matches(identifier[:_LONGEST_ID], self.controls, n=3, cutoff=0.6)

    def controls_of(self, norm: str) -> list[Control]:
        """The controls of one norm, in its order."""
        return [control for control in self.controls.values() if control.norm == norm]

    def closure(self, identifiers: Iterable[str]) -> tuple[str, ...]:
        """These controls and all that they answer for: a moved one's new place, and the ISO controls they elaborate.

        Unknown ids are kept as they are: the linter reports them.
        """
        found: dict[str, None] = {}
        waiting = list(identifiers)
        while waiting:
            identifier = waiting.pop(0)
            if identifier not in found:
                found[identifier] = None
                waiting.extend(self._implied(identifier))
        return tuple(found)

    def _implied(self, identifier: str) -> Iterator[str]:
        control = self.controls.get(identifier)
        if control is None:
            return
        if control.moved_to in self.controls:
            yield control.moved_to
        elif control.moved_to is None:
            yield from control.iso

    def mapped_to(self, identifier: str) -> list[Control]:
        """The controls of other norms that elaborate this ISO control."""
        return [control for control in self.controls.values() if identifier in control.iso]


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read every ``<norm id>.yaml`` in a folder; None: the shipped ``checks/catalogue``.

    Raises:
        ContentError: a file is wrong, or a control refers to one that does not exist; it holds every problem found.
    """
    problems: list[Problem] = []
    folder = folder or content_folder("checks") / "catalogue"
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ContentError([Problem(path=str(folder), message="holds no norm", hint="one <norm id>.yaml per norm")])
    files = [file for path in paths if (file := read_norm(path, problems)) is not None]
    controls = {control.id: control for file in files for control in file.controls}
    if not problems:  # else references to what could not be read would be reported as well
        problems.extend(problem for file in files for problem in _dangling(file, controls))
    if problems:
        raise ContentError(problems)
    return Catalogue({file.norm.id: file.norm for file in files}, controls)


def _dangling(file: NormFile, controls: dict[str, Control]) -> Iterator[Problem]:
    """References to controls that do not exist, and moves to ones that are not in force."""
    for control in file.controls:
        keys = ("controls", control.number)
        for index, reference in enumerate(control.iso):
            if reference not in controls:
                hint = did_you_mean(reference, controls)
                yield file.document.problem((*keys, "iso", index), f"refers to '{reference}', which is not there", hint)
        target = controls.get(control.moved_to) if control.moved_to else None
        if control.moved_to and not control.source_defect and (target is None or not target.in_force):
            message = f"is moved to '{control.moved_to}', which is {'not in force' if target else 'not there'}"
            hint = "" if target else did_you_mean(control.moved_to, controls.keys() - {control.id})
            yield file.document.problem((*keys, "moved_to"), message, hint or "explain it in 'source_defect'")
