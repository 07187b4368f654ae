"""The seam between stored results and the formats that other programs read."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import BinaryIO, Protocol

import msgspec

from baseline.content.catalogue import Catalogue
from baseline.models.check import Check
from baseline.models.control import Control
from baseline.models.errors import BaselineError
from baseline.models.result import Result
from baseline.models.target import Target
from baseline.models.waiver import Waiver
from baseline.store.records import PopulationEntry


class ExportError(BaselineError):
    """What is stored cannot be told in the format that was asked for."""


class Material(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that an exporter may tell of; names of people in it are pseudonyms already, unless asked otherwise.

    ``results`` gives the results from the start each time it is called, ordered by target, check and subject, so that
    none need to be held in memory. ``moment`` is when they stood so (UTC); it stands in for the time of export, so that
    the same input gives the same bytes. ``norm`` limits controls to one norm; None: every norm in ``catalogue``.
    ``population`` is that of ``run``; both are empty where what stands now is exported.
    """

    results: Callable[[], Iterator[Result]]
    moment: datetime
    targets: Mapping[str, Target]
    checks: Mapping[str, Check]
    catalogue: Catalogue
    waivers: Mapping[str, Waiver] = {}
    norm: str | None = None
    run: int | None = None
    population: tuple[PopulationEntry, ...] = ()
    tool_version: str

    def title(self, check: str) -> str:
        """The title of a check; its name where the check itself is not known any more."""
        known = self.checks.get(check)
        return known.title if known else check

    def controls(self, check: str) -> tuple[Control, ...]:
        """The controls that a check answers, directly or through the norms' own mapping, in order of the catalogue."""
        return self._controls.get(check, ())

    @cached_property
    def _controls(self) -> dict[str, tuple[Control, ...]]:
        return {name: self._answered(check) for name, check in self.checks.items()}

    def _answered(self, check: Check) -> tuple[Control, ...]:
        known = self.catalogue.controls
        found = (known[name] for name in self.catalogue.closure(check.controls) if name in known)
        chosen = [each for each in found if self.norm in (None, each.norm) and each.status in ("measure", "none")]
        return tuple(sorted(chosen, key=lambda control: control.id))


class Exporter(Protocol):
    """Writes what is stored in one format. Other packages add theirs by the entry point group ``baseline.exporters``."""

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write all of it.

        Raises:
            ExportError: the format cannot tell it.
        """
        ...
