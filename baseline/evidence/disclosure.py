"""Picks from a store what a bundle shows, and the hashes of what it leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from baseline.evidence.selection import CheckFilter, EvidenceSelection, SelectionError
from baseline.evidence.told import NothingTold, ToldRuns
from baseline.store.canonical import canonical_json
from baseline.store.evidence_history import read_histories
from baseline.store.evidence_recording import NO_RESULTS
from baseline.store.evidence_results import Root, root_over
from baseline.store.evidence_runs import PopulationLeaf, check_documents, population_leaves, target_document
from baseline.store.evidence_store import Checkpoint, Leaf, read_checkpoints, read_leaves
from baseline.store.evidence_tables import LeafRow
from baseline.store.merkle import leaf_hash, root_of
from baseline.store.plan import read_checks
from baseline.store.records import CheckVersion
from baseline.store.tables import TargetRow


class Run(NamedTuple):
    """An ended run: its population, its checks, and how each of its ends was logged."""

    number: int
    population: Sequence[tuple[int, PopulationLeaf]]
    checks: Sequence[CheckVersion]
    ends: Sequence[Mapping[str, Any]]


class Tree(NamedTuple):
    """The leaf hashes under a root that the log holds."""

    kind: str
    leaves: bytes

    def as_line(self) -> bytes:
        """The tree as a line of ``trees.jsonl``."""
        root = root_of([self.leaves[start : start + 32] for start in range(0, len(self.leaves), 32)])
        return canonical_json({"kind": self.kind, "leaves": self.leaves.hex(), "root": root.hex()})


class Chain(NamedTuple):
    """The checkpoints of a period, all that lie between the first and the last."""

    checkpoints: Sequence[Checkpoint]
    runs: Sequence[int]


def chain_of(connection: Connection, selection: EvidenceSelection) -> Chain:
    """The checkpoints of the runs that began in the period, of those in between, and of decisions up to the next run.

    Where a run was told after that, ``closing_at`` adds the checkpoint that holds it.

    Raises:
        SelectionError: no run of the period has ended.
    """
    every = read_checkpoints(connection)
    begun = {leaf.run: _started(leaf) for leaf in read_leaves(connection, LeafRow.kind == "run begun")}
    numbers = [each.number for each in every if each.run in begun and selection.holds_moment(begun[each.run])]
    if not numbers:
        raise SelectionError("no run of this period has ended: there is nothing to show; see: baseline runs")
    end = numbers[-1] + 1
    while end < len(every) and every[end].run is None:
        end += 1
    chain = every[numbers[0] : end]
    return Chain(chain, sorted({each.run for each in chain if each.run is not None}))


def closing_at(connection: Connection, chain: Chain, position: int) -> Chain:
    """The chain, with the first checkpoint after its end that holds an entry, when it does not hold that itself.

    Raises:
        SelectionError: no checkpoint holds it yet.
    """
    if position < chain.checkpoints[-1].size:
        return chain
    later = [each for each in read_checkpoints(connection) if each.size > position]
    if not later:
        raise SelectionError("no checkpoint holds what was told of these runs yet: run baseline evidence tell")
    return Chain([*chain.checkpoints, later[0]], chain.runs)


def _started(leaf: Leaf) -> datetime:
    return msgspec.convert(msgspec.json.decode(leaf.document)["body"]["started"], datetime)


def read_run_disclosures(connection: Connection, chain: Chain) -> list[Run]:
    """The runs of a chain."""
    ends: dict[int, list[Mapping[str, Any]]] = {run: [] for run in chain.runs}
    last = chain.checkpoints[-1].size
    for leaf in read_leaves(connection, LeafRow.kind == "run ended", LeafRow.position < last):
        if leaf.run in ends:
            ends[leaf.run].append(msgspec.json.decode(leaf.document)["body"])
    return [Run(run, population_leaves(connection, run), read_checks(connection, run), ends[run]) for run in chain.runs]


class Disclosure:
    """What a bundle shows of results and population. Lines are made once, in one order."""

    def __init__(
        self,
        connection: Connection,
        runs: Sequence[Run],
        selection: EvidenceSelection,
        checks: CheckFilter,
        told: ToldRuns | NothingTold,
    ) -> None:
        """``told`` says how each run is told: as it is, or with pseudonyms for people."""
        self._connection, self._runs, self._selection = connection, runs, selection
        self._told = told
        self.trees: list[Tree] = []
        self.versions = {f"{each.id} {each.digest}": each for run in runs for each in run.checks if checks.holds(each)}
        self._checks = {run.number: frozenset(each.id for each in run.checks) for run in runs}
        self._shown = {run.number: frozenset(each.id for each in run.checks if checks.holds(each)) for run in runs}
        self._roots: dict[tuple[int, int], Root] = {}
        self._known: set[tuple[str, bytes]] = set()

    def results(self) -> Iterator[bytes]:
        """Every result of the targets and checks selected, once; and their trees."""
        seen: set[bytes] = set()
        observed = self._observed()
        for name, number, history in self._histories(observed):
            for run, moment in observed[number]:
                rows, root = history.at(moment, self._checks[run])
                is_selected = self._selection.holds_target(name)
                rows, root = self._told.results(run, number, rows, root, only_root=not is_selected)
                self._roots[run, number] = root
                if not is_selected:
                    continue
                self._add("results", b"".join(row.digest for row in rows), root.root)
                for row in rows:
                    if row.check in self._shown[run] and row.digest not in seen:
                        seen.add(row.digest)
                        yield row.document
        if len(self._roots) < sum(map(len, observed.values())):
            self._add("results", b"", NO_RESULTS.root)

    def _observed(self) -> dict[int, list[tuple[int, datetime]]]:
        observed: dict[int, list[tuple[int, datetime]]] = {}
        for run in self._runs:
            for number, leaf in run.population:
                if leaf.collected_at is not None:
                    observed.setdefault(number, []).append((run.number, leaf.collected_at))
        return observed

    def _histories(self, observed: Mapping[int, Any]) -> Iterator[tuple[str, int, Any]]:
        numbers = {name: number for number, name in self._connection.execute(select(TargetRow.id, TargetRow.name))}
        ordered = [number for name, number in sorted(numbers.items()) if number in observed]
        for history in read_histories(self._connection, ordered):
            yield history.target, numbers[history.target], history

    def population(self) -> Iterator[bytes]:
        """Every target selected in each run, as it ended and where it was interrupted; after ``results``."""
        seen: set[bytes] = set()
        for run in self._runs:
            for planned in self._interruptions(run):
                lines = [
                    (leaf.target, canonical_json(leaf.as_planned() if leaf.target in planned else leaf))
                    for leaf in self._told.population(run.number, run.population)
                ]
                self._told.require(run.number, "population", root_over([line for _, line in lines]))
                self._add("population", b"".join(leaf_hash(line) for _, line in lines))
                for name, line in lines:
                    if self._selection.holds_target(name) and line not in seen:
                        seen.add(line)
                        yield line

    def targets(self) -> Iterator[bytes]:
        """The root over the results of each target in each run; after ``results``."""
        seen: set[bytes] = set()
        for run in self._runs:
            for planned in self._interruptions(run):
                lines = [
                    (leaf.target, target_document(leaf.target, self._roots.get((run.number, number), NO_RESULTS)))
                    for number, leaf in run.population
                    if leaf.collected_at is not None and leaf.target not in planned
                ]
                self._told.require(run.number, "results", root_over([line for _, line in lines]))
                self._add("targets", b"".join(leaf_hash(line) for _, line in lines))
                for name, line in lines:
                    if self._selection.holds_target(name) and line not in seen:
                        seen.add(line)
                        yield line

    def checks(self) -> Iterator[bytes]:
        """The checks selected, by the SHA-256 of their text."""
        for run in self._runs:
            self._add("checks", b"".join(leaf_hash(line) for line in check_documents(run.checks)))
        yield from check_documents([self.versions[key] for key in sorted(self.versions)])

    def _interruptions(self, run: Run) -> list[frozenset[str]]:
        return [frozenset(end["planned"]) for end in self._told.ends(run.number, run.ends)]

    def _add(self, kind: str, leaves: bytes, root: bytes | None = None) -> None:
        key = (kind, root if root is not None else leaf_hash(leaves))
        if key not in self._known:
            self._known.add(key)
            self.trees.append(Tree(kind, leaves))
