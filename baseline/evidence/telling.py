"""Commits, in the log, to what runs found as it is told to others: with pseudonyms in place of names of people.

A telling is an entry of its own, made as soon as a run has ended. It has its own roots over population and results, and
no digest of what holds names: who knows all of a document but a name could try names against such a digest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from baseline.content.name_shield import FORM
from baseline.content.pseudonyms import Pseudonyms
from baseline.evidence.teller import Place, Teller, key_id
from baseline.store.bulk import batches
from baseline.store.canonical import canonical_json
from baseline.store.evidence_recording import NO_RESULTS
from baseline.store.evidence_results import Root, result_documents
from baseline.store.evidence_runs import PopulationLeaf, population_leaves, results_of_run, target_document
from baseline.store.evidence_tables import LeafRow
from baseline.store.evidence_told import Telling, Told, read_destroyed, read_ends, read_latest_run, read_tellings
from baseline.store.merkle import Peaks, leaf_hash, root_of
from baseline.store.store import Store

SAID_OF_AN_END = ("counts", "finished", "planned", "started", "status")
"""What a telling repeats of how a run ended; it names nobody."""
LOOKED_BACK = 20
"""Runs before the latest that are told with it where they are not: those that were killed, or that ran beside it."""
AT_ONCE = 50
"""Targets of which what was worked out stands in memory: some 15 KB each."""
Population = Sequence[tuple[int, PopulationLeaf]]


def tell_latest(store: Store, pseudonyms: Pseudonyms) -> list[int]:
    """Tell the latest run, and those before it that ended since runs are told; give the numbers of those told."""
    with store.evidence.reading() as connection:
        since = read_latest_run(connection) - LOOKED_BACK
        ends, told = read_ends(connection, since), read_tellings(connection, since)
    first = min((each.position for each in told.values()), default=max(ends.values(), default=0))
    return _tell(store, pseudonyms, [run for run, end in ends.items() if run not in told and end >= first])


def is_told(store: Store) -> bool:
    """Whether any run is told without names."""
    with store.evidence.reading() as connection:
        return bool(read_tellings(connection))


def tell_all(store: Store, pseudonyms: Pseudonyms, *, again: bool = False) -> list[int]:
    """Tell every run that is not told, or that cannot be told so any more; ``again``: every run there is."""
    with store.evidence.reading() as connection:
        ends, told = read_ends(connection), read_tellings(connection)
        runs = [run for run in ends if again or run not in told or not _stands(connection, run, told[run], pseudonyms)]
    return _tell(store, pseudonyms, runs)


def _stands(connection: Connection, run: int, telling: Telling, pseudonyms: Pseudonyms) -> bool:
    """Whether a run can still be told as it was: only destruction changes that, beside another key or form."""
    if outdated(telling, key_id(pseudonyms)):
        return False
    return not read_destroyed(connection) or says_the_same(
        telling_of(connection, run, Teller(connection, pseudonyms)), telling
    )


def says_the_same(told: Mapping[str, Any], telling: Telling) -> bool:
    """Whether what is told now is what the log committed to."""
    return all(told[name] == telling.body[name] for name in ("population", "results"))


def outdated(telling: Telling, key: str) -> str:
    """Why a telling cannot be made again now; empty when it can."""
    if telling.body["key"] != key:
        return "it was told under another key of pseudonyms"
    if telling.body["form"] != FORM:
        return "it was told by another version of baseline"
    return ""


def _tell(store: Store, pseudonyms: Pseudonyms, runs: list[int]) -> list[int]:
    for run in sorted(runs):
        with store.evidence.reading() as connection:
            end = read_ends(connection, run)[run]
            body = telling_of(connection, run, Teller(connection, pseudonyms), store.evidence.remember)
        store.evidence.tell({run: (end, body)})
    return sorted(runs)


def telling_of(
    connection: Connection, run: int, teller: Teller, remember: Callable[[Told], None] = lambda _: None
) -> dict[str, Any]:
    """What is told of a run. ``remember`` is given what was worked out on the way, every now and then."""
    population = population_leaves(connection, run)
    real = results_of_run(connection, run, population)
    lines, targets = Peaks(), Peaks()
    for some in batches(population, AT_ONCE):
        places = places_of(some, teller)
        for number, leaf in some:
            lines.append(leaf_hash(canonical_json(teller.population(leaf, places[number]))))
        roots = _roots(connection, run, some, places, real, teller)
        for number, leaf in some:
            if leaf.collected_at is not None:
                targets.append(leaf_hash(target_document(leaf.target, roots[number])))
        remember(teller.forget())
    said = _said_of_end(connection, run)
    return {
        **{name: said[name] for name in SAID_OF_AN_END},
        "form": FORM,
        "key": teller.key,
        "population": Root(lines.size, lines.root).as_document(),
        "results": Root(targets.size, targets.root).as_document(),
    }


def places_of(population: Population, teller: Teller) -> dict[int, Place]:
    """Under what each target (by number) of a run is told."""
    teller.load([each for _, leaf in population for each in (leaf.facts, leaf.manifest) if each])
    return {number: teller.place(number, leaf) for number, leaf in population}


def _roots(
    connection: Connection,
    run: int,
    population: Population,
    places: Mapping[int, Place],
    real: Mapping[str, Root],
    teller: Teller,
) -> dict[int, Root]:
    """The root over the told results of each target (by number); worked out only where it is not known."""
    observed = {leaf.target: number for number, leaf in population if leaf.collected_at is not None}
    teller.load([real[name].root.hex() for name in observed if name in real])
    roots: dict[int, Root] = {}
    for name, number in observed.items():
        found = teller.known_root(real[name], places[number]) if name in real else NO_RESULTS
        if found is not None:
            roots[number] = found
    for name, documents in result_documents(connection, run, sorted(observed.values() - roots.keys())):
        number = observed[name]
        roots[number] = told_root(leaf_hash(teller.result(each, places[number])) for each in documents)
        teller.learn_root(real[name], places[number], roots[number])
    return roots


def told_root(leaves: Iterable[bytes]) -> Root:
    """The root over told results, by their hashes: in the order of subjects a name would stand between its neighbours."""
    ordered = sorted(leaves)
    return Root(len(ordered), root_of(ordered))


def _said_of_end(connection: Connection, run: int) -> dict[str, Any]:
    query = select(LeafRow.document).where(LeafRow.kind == "run ended", LeafRow.run_id == run)
    last = connection.scalars(query.order_by(LeafRow.position.desc()).limit(1)).one()
    body: dict[str, Any] = msgspec.json.decode(last)["body"]
    return body
