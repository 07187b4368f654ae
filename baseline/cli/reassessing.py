"""What a reassessment needs, read from the store and from folders, and the reassessment itself."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

import msgspec

from baseline.assess.plan import TargetPlan, make_plan
from baseline.assess.reassess import Difference, Place, could_not_be_judged, differences, judged, still_waived
from baseline.assess.reassess_controls import ControlDifference, Outcomes, answers, control_differences
from baseline.assess.selection import Selection, select_checks, select_targets
from baseline.cli.content import usable_controls
from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.checks.folder import load_checks, read_check_files
from baseline.content.checks.reader import read_check_text
from baseline.imports.stored import stored_checks
from baseline.models.check import Check
from baseline.models.errors import BaselineError, ContentError, StoreError
from baseline.models.result import Result
from baseline.store.records import ResultFilter, StoredFacts
from baseline.store.run_contents import read_run_contents
from baseline.store.store import Store

RUNS = 1000
"""Runs before the moment that are looked through for the checks and norms of then."""
CATALOGUE = "catalogue/"
"""How the names of norms begin among what a run was held against."""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """The norms and checks to judge by."""

    catalogue: Catalogue
    checks: dict[str, CompiledCheck]

    @classmethod
    def read(cls, catalogue: Path | None, folders: tuple[Path, ...]) -> Self:
        """Those in the folders, else those of today.

        Checks of another time may name controls that the norms do not have; those do not count.

        Raises:
            ContentError: any of them is not right.
        """
        norms = load_catalogue(catalogue)
        if not folders:
            return cls(catalogue=norms, checks=load_checks((), usable_controls(norms)))
        files = read_check_files(folders, None)
        problems = [problem for file in files for problem in file.problems if problem.level == "error"]
        if problems:
            raise ContentError(problems)
        return cls(
            catalogue=norms,
            checks={file.compiled.check.id: file.compiled for file in files if file.compiled is not None},
        )


class Reassessed(msgspec.Struct, frozen=True, kw_only=True):
    """A reassessment: every outcome again, and what differs. ``without_facts`` are targets that nothing is stored of."""

    as_of: datetime
    norms: dict[str, str]
    checks: dict[str, str]
    again: list[Result]
    differences: list[Difference]
    controls: list[ControlDifference]
    not_judged: int
    without_facts: list[str]


def reassess_all(store: Store, as_of: datetime, content: Content, selection: Selection) -> Reassessed:
    """Judge what is stored of a moment again.

    Raises:
        BaselineError: nothing was assessed by then, or the selection names what is not there.
    """
    earlier = _earlier_checks(store, as_of)
    if not earlier:
        raise BaselineError(f"the store holds no run of {as_of:%Y-%m-%d} or before")
    chosen = select_checks(content.checks, selection, content.catalogue)
    before = {
        name: check for name, check in earlier.items() if name in chosen or not (selection.checks or selection.controls)
    }
    targets = select_targets(store.targets().values(), selection)
    plans = make_plan((msgspec.structs.replace(target, excluded=None) for target in targets), chosen).targets
    then = _then(store, as_of, before, [plan.target.name for plan in plans])
    return _judged(store, as_of, content, (before, {name: check.check for name, check in chosen.items()}), plans, then)


def _judged(
    store: Store,
    as_of: datetime,
    content: Content,
    versions: tuple[dict[str, Check], dict[str, Check]],
    plans: Iterable[TargetPlan],
    then: Mapping[str, dict[Place, Result]],
) -> Reassessed:
    outcomes = Outcomes(), Outcomes(), Outcomes()
    found: list[Difference] = []
    every: list[Result] = []
    without: list[str] = []
    for plan in plans:
        name, own = plan.target.name, then.get(plan.target.name, {})
        facts, latest = _facts(store, name, as_of), _facts(store, name, None)
        if facts is None:
            without.append(name)
            continue
        again = still_waived(judged(plan, facts), own)
        now = again if latest is None or latest.digest == facts.digest else still_waived(judged(plan, latest), own)
        found.extend(differences(name, own, again, now, versions))
        every.extend(again.values())
        for each, results in zip(outcomes, (own, again, now), strict=True):
            each.add(results.values())
    mapped = (
        answers(versions[0].values(), _earlier_catalogue(store, as_of) or load_catalogue()),
        answers(versions[1].values(), content.catalogue),
    )
    return Reassessed(
        as_of=as_of,
        norms={norm.id: norm.version for norm in content.catalogue.norms.values()},
        checks={name: check.digest for name, check in sorted(versions[1].items())},
        again=every,
        differences=found,
        controls=control_differences(mapped, outcomes, found),
        not_judged=len(could_not_be_judged(every)),
        without_facts=without,
    )


def _facts(store: Store, target: str, before: datetime | None) -> StoredFacts | None:
    """Facts of a target; None where there are none, or none any more."""
    try:
        return store.facts(target, before=before)
    except StoreError:
        return None


def _runs_before(store: Store, as_of: datetime) -> list[int]:
    """The latest ``RUNS`` runs up to the last that asked a target at or before a moment, newest first."""
    last = store.reassessments.last_run(as_of)
    return [] if last is None else store.reassessments.runs_until(last, RUNS)


def _earlier_checks(store: Store, as_of: datetime) -> dict[str, Check]:
    """The checks by id, each as the last run before the moment held it; not those of other scanners, which judge there."""
    found: dict[str, Check] = {}
    imported = frozenset(stored_checks(store.imports.checks()))
    texts: dict[str, Check] = {}
    for run in _runs_before(store, as_of):
        for version in store.run_checks(run):
            if version.id not in found and version.id not in imported:
                found[version.id] = texts.setdefault(version.digest, read_check_text(version.id, version.document))
    return found


def _earlier_catalogue(store: Store, as_of: datetime) -> Catalogue | None:
    """The norms as the last run before the moment was held against them; None where no run kept any."""
    for run in _runs_before(store, as_of):
        with store.evidence.reading() as connection:
            kept = {
                name: digest
                for name, digest in read_run_contents(connection, run).items()
                if name.startswith(CATALOGUE)
            }
        if kept:
            with tempfile.TemporaryDirectory() as folder:
                for name, digest in kept.items():
                    (Path(folder) / Path(name).name).write_bytes(store.artefact(digest))
                return load_catalogue(Path(folder))
    return None


def _then(
    store: Store, as_of: datetime, checks: Mapping[str, Check], targets: list[str]
) -> dict[str, dict[Place, Result]]:
    """What stood at the moment, by target."""
    found: dict[str, dict[Place, Result]] = defaultdict(dict)
    for result in store.results_as_of(as_of, ResultFilter(targets=tuple(targets), checks=tuple(checks))):
        found[result.target][result.check, result.subject] = result
    return found
