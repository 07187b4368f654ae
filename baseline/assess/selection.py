"""Which checks and targets a person asks for."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Protocol, TypeVar

import msgspec

from baseline.content.catalogue import Catalogue
from baseline.content.nearest import did_you_mean
from baseline.models.check import Check
from baseline.models.errors import BaselineError
from baseline.models.result import Severity
from baseline.models.target import Target


class Described(Protocol):
    """What holds a check: compiled, or imported and judged by another scanner."""

    @property
    def check(self) -> Check:
        """The check."""
        ...


Some = TypeVar("Some", bound=Described)


class SelectionError(BaselineError):
    """A name in a selection that nothing answers to."""


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What to assess; an empty tuple does not limit. Names of checks, targets, groups and sites may hold ``*`` and ``?``.

    ``controls`` select every check that is mapped to one of them, directly or through the norms' own mapping.
    ``severity`` is the least that counts.
    """

    checks: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    severity: Severity | None = None
    tags: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    @property
    def names_checks(self) -> bool:
        """Whether it names checks, or something that checks have."""
        return bool(self.checks or self.controls or self.tags)


def select_checks(checks: Mapping[str, Some], selection: Selection, catalogue: Catalogue) -> dict[str, Some]:
    """The checks that a selection asks for.

    Raises:
        SelectionError: a check, control or tag that does not exist, or nothing is left.
    """
    chosen = matching_checks(checks, selection, catalogue)
    if not chosen:
        raise SelectionError("no check is left by this selection; see `baseline checks list`")
    return chosen


def matching_checks(checks: Mapping[str, Some], selection: Selection, catalogue: Catalogue) -> dict[str, Some]:
    """The same, where none may be left.

    Raises:
        SelectionError: a check, control or tag that does not exist.
    """
    require_names(selection.checks, checks, "check")
    require_names(selection.tags, {tag for check in checks.values() for tag in check.check.tags}, "tag")
    controls = frozenset(catalogue.find(control).id for control in selection.controls)
    return {name: check for name, check in checks.items() if _wants_check(selection, check, controls, catalogue)}


def select_targets(targets: Iterable[Target], selection: Selection) -> list[Target]:
    """The targets that a selection asks for.

    Raises:
        SelectionError: a target, group or site that does not exist, or nothing is left.
    """
    everything = list(targets)
    require_names(selection.targets, [target.name for target in everything], "target")
    require_names(selection.groups, {group for target in everything for group in target.groups}, "group")
    require_names(selection.sites, {target.site for target in everything if target.site}, "site")
    chosen = [target for target in everything if _wants_target(selection, target)]
    if not chosen:
        raise SelectionError("no target is left by this selection; see `baseline inventory list`")
    return chosen


def _wants_check(selection: Selection, compiled: Described, controls: frozenset[str], catalogue: Catalogue) -> bool:
    check = compiled.check
    return (
        _matches(selection.checks, [check.id])
        and (not selection.tags or not set(selection.tags).isdisjoint(check.tags))
        and (selection.severity is None or check.severity.rank >= selection.severity.rank)
        and (not controls or not controls.isdisjoint(catalogue.closure(check.controls)))
    )


def _wants_target(selection: Selection, target: Target) -> bool:
    return (
        _matches(selection.targets, [target.name])
        and _matches(selection.groups, target.groups)
        and _matches(selection.sites, [target.site or ""])
    )


def _matches(patterns: tuple[str, ...], names: Iterable[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def require_names(patterns: tuple[str, ...], names: Iterable[str], what: str) -> None:
    """Demand that each pattern matches one of the names.

    Raises:
        SelectionError: one does not; the message names the nearest.
    """
    known = list(names)
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in known):
            hint = did_you_mean(pattern, known)
            raise SelectionError(f"there is no {what} '{pattern}'" + (f"; {hint}" if hint else ""))
