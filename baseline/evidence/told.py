"""How the runs of a bundle are told: as they are, or as the log committed to them without names of people."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from baseline.content.pseudonyms import Pseudonyms
from baseline.evidence.selection import SelectionError
from baseline.evidence.teller import Place, Teller
from baseline.evidence.telling import outdated, places_of, told_root
from baseline.store.evidence_history import HistoryRow
from baseline.store.evidence_results import Root
from baseline.store.evidence_runs import PopulationLeaf
from baseline.store.evidence_told import Telling, read_tellings
from baseline.store.merkle import leaf_hash

MENDED_BY = "tell it as it is now with: baseline evidence tell; or write a restricted bundle with names: --names"

Population = Sequence[tuple[int, PopulationLeaf]]
Ends = Sequence[Mapping[str, Any]]


class NothingTold:
    """Runs as they are, with names."""

    positions = None

    def results(
        self, run: int, number: int, rows: Sequence[HistoryRow], root: Root, *, only_root: bool
    ) -> tuple[Sequence[HistoryRow], Root]:
        """The results of a target in a run."""
        del run, number, only_root
        return rows, root

    def population(self, run: int, population: Population) -> Iterator[PopulationLeaf]:
        """The targets of a run."""
        del run
        return (leaf for _, leaf in population)

    def ends(self, run: int, ends: Ends) -> Ends:
        """How a run ended, each time."""
        del run
        return ends

    def require(self, run: int, what: str, root: Root) -> None:
        """Nothing: what is read is what the log holds, and the verifier holds it against that."""


class ToldRuns:
    """Runs with pseudonyms, as the log committed to them."""

    def __init__(self, connection: Connection, pseudonyms: Pseudonyms, runs: Sequence[int]) -> None:
        """Raises SelectionError where a run was not told, or cannot be told so any more."""
        self.teller = Teller(connection, pseudonyms)
        self._tellings = _tellings(connection, runs, self.teller.key)
        self._places: dict[int, dict[int, Place]] = {}
        self._rows: dict[tuple[bytes, bytes], HistoryRow] = {}
        self._number = 0

    @property
    def positions(self) -> list[int]:
        """Where what was told stands in the log."""
        return sorted(each.position for each in self._tellings.values())

    def read_population(self, run: int, population: Population) -> None:
        """Look up under what each target of a run is told; before anything else."""
        self._places[run] = places_of(population, self.teller)

    def results(
        self, run: int, number: int, rows: Sequence[HistoryRow], root: Root, *, only_root: bool
    ) -> tuple[Sequence[HistoryRow], Root]:
        """The told results of a target in a run; ``only_root``: no rows, where the root is known without them."""
        place = self._places[run][number]
        known = self.teller.known_root(root, place) if only_root else None
        if known is not None:
            return (), known
        if number != self._number:
            self._number, self._rows = number, {}
        told = sorted((self._row(row, place) for row in rows), key=lambda row: row.digest)
        return told, told_root(row.digest for row in told)

    def population(self, run: int, population: Population) -> Iterator[PopulationLeaf]:
        """The targets of a run, told."""
        return (self.teller.population(leaf, self._places[run][number]) for number, leaf in population)

    def ends(self, run: int, ends: Ends) -> Ends:
        """How a run ended at last; its interruptions are not told."""
        del ends
        return [self._tellings[run].body]

    def require(self, run: int, what: str, root: Root) -> None:
        """What is told now is what the log committed to.

        Raises:
            SelectionError: it is not: contents went since, or the store was changed.
        """
        if self._tellings[run].body[what] != root.as_document():
            raise SelectionError(
                f"run {run}: its {what} cannot be told any more as the log holds them (was something destroyed since? see: "
                f"baseline evidence verify --store); " + MENDED_BY
            )

    def _row(self, row: HistoryRow, place: Place) -> HistoryRow:
        key = (row.digest, place.shield)
        if key not in self._rows:
            document = self.teller.result(row.document, place)
            told = row if document is row.document else row._replace(document=document, digest=leaf_hash(document))
            self._rows[key] = told
        return self._rows[key]


def _tellings(connection: Connection, runs: Sequence[int], key: str) -> dict[int, Telling]:
    every = read_tellings(connection)
    for run in runs:
        reason = outdated(every[run], key) if run in every else "it was never told without names of people"
        if reason:
            raise SelectionError(f"run {run}: {reason}; " + MENDED_BY)
    return {run: every[run] for run in runs}
