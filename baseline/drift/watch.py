"""Holds every new state of a target against its approved one. What did not change since the last look costs nothing."""

import logging
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from baseline.drift.changes import Change, Seen, advance, repeat
from baseline.drift.configuration import Change as LineChange
from baseline.drift.configuration import compare
from baseline.drift.fact_changes import FactPath, covered, differences, unknown_paths, volatile_facts
from baseline.drift.rules import NoRulesError, rules_for
from baseline.drift.verdict_changes import hidden_checks, verdict_changes
from baseline.models.errors import StoreError
from baseline.models.platforms import PLATFORMS
from baseline.models.target import Target
from baseline.store.drift_states import Approved, Compared, State
from baseline.store.store import Store

DEFAULT_HOLD = 2
"""Runs that must show a change before it counts, and runs that must not show it before it is gone."""
MOST_LINES = 500
"""Lines of a configuration that are kept as changes of one target; a whole new configuration is told in fewer words."""

log = logging.getLogger(__name__)

_SEEN = msgspec.json.Decoder(list[Seen])


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What differs of one target that has an approved state."""

    approved: Approved
    seen: tuple[Seen, ...] = ()
    compared: Compared | None = None

    @property
    def drift(self) -> tuple[Seen, ...]:
        """The changes that count."""
        return tuple(each for each in self.seen if each.confirmed)


def watched(store: Store) -> dict[str, Watched]:
    """Every target with an approved state, as it was compared last."""
    compared = store.drift.compared()
    return {
        name: Watched(
            approved=approved,
            compared=compared.get(name),
            seen=tuple(_SEEN.decode(compared[name].document)) if name in compared else (),
        )
        for name, approved in store.drift.approved().items()
    }


def update(store: Store, hold: int = DEFAULT_HOLD) -> dict[str, Watched]:
    """Compare what came in since the last time, in the order in which it was collected; give what differs of every target.

    ``hold`` is explained in ``changes.advance``.
    """
    found = watched(store)
    comparison = Comparison(store, hold)
    touched: dict[str, Compared] = {}
    states = store.drift.new()
    comparison.prepare(states)
    for state in states:
        before = found[state.target]
        after = comparison.next(before, state)
        found[state.target] = after
        if after.compared is not None:
            touched[state.target] = after.compared
    if touched:
        store.drift.write(touched)
    return found


class Comparison:
    """Comparing states, with what several of them need kept at hand."""

    def __init__(self, store: Store, hold: int) -> None:
        self._store, self._hold = store, hold
        self._targets: dict[str, Target] = store.targets()
        self._configurations: dict[str, str] = {}

    def prepare(self, states: Iterable[State]) -> None:
        """Look up the configurations of many states at once."""
        wanted = {state.manifest: command for state in states if state.manifest and (command := self._command(state))}
        manifests = self._store.drift.manifests(wanted.keys() - self._configurations.keys())
        self._configurations |= {
            manifest: manifests.get(manifest, {}).get(command, "") for manifest, command in wanted.items()
        }

    def next(self, before: Watched, state: State) -> Watched:
        """What differs once this state is looked at too."""
        configuration = self.configuration(state)
        last = before.compared
        if last and state.unchanged and (last.facts, last.configuration) == (state.facts, configuration):
            seen = repeat(before.seen, self._hold)
        else:
            seen = self._advanced(before, state, configuration)
        compared = Compared(
            target=state.target,
            approval=before.approved.approval,
            collected_at=state.collected_at,
            facts=state.facts,
            configuration=configuration,
            document=msgspec.json.encode(seen),
        )
        return Watched(approved=before.approved, seen=tuple(seen), compared=compared)

    def _advanced(self, before: Watched, state: State, configuration: str) -> list[Seen]:
        """The changes after this state; as they were where the store does not hold any more what to compare."""
        try:
            present, hidden = self._changes(before, state, configuration)
        except StoreError as error:
            log.warning("%s cannot be compared with its approved state: %s", state.target, error)
            return list(before.seen)
        return advance(before.seen, present, hidden.covers, state.collected_at, self._hold)

    def configuration(self, state: State) -> str:
        """SHA-256 of the configuration of a network device; empty where there is none."""
        if not state.manifest or not self._command(state):
            return ""
        if state.manifest not in self._configurations:
            self.prepare([state])
        return self._configurations[state.manifest]

    def _command(self, state: State) -> str:
        """The command that prints the configuration; empty where there is none."""
        return _configuration_command(self._targets[state.target].platform)

    def _changes(self, before: Watched, state: State, configuration: str) -> tuple[list[Change], "_Hidden"]:
        approved = before.approved
        target = self._targets[state.target]
        verdicts = self._store.drift.verdicts(state)
        present = list(verdict_changes(self._store.drift.verdicts(approved.state), verdicts))
        hidden = _Hidden(hidden_checks(verdicts))
        if approved.state.facts != state.facts:
            old, new = self._facts(approved.state.facts), self._facts(state.facts)
            volatile = volatile_facts(target.kind)
            hidden.facts = unknown_paths(new, volatile)
            present += [_fact_change(*each) for each in differences(old, new, volatile)]
        lines = self._line_changes(target, before, configuration)
        hidden.lines = lines is None
        return present + (lines or []), hidden

    def _facts(self, digest: str) -> Mapping[str, Any]:
        return msgspec.json.decode(self._store.artefact(digest), type=dict[str, Any])

    def _line_changes(self, target: Target, before: Watched, configuration: str) -> list[Change] | None:
        """Changed lines; None when the two cannot be compared. Of too many, those that were seen before come first: none of
        them goes because others came.
        """
        command = _configuration_command(target.platform)
        if not command:
            return []
        was = self.configuration(before.approved.state)
        if not was or not configuration:
            return None
        if was == configuration:
            return []
        from baseline.collectors.network.platforms import platform  # noqa: PLC0415 - only where a device changed

        device = platform(target.platform)
        old, new = (self._store.artefact(digest).decode("utf-8", "replace") for digest in (was, configuration))
        if device.cut_off(command, old) or device.cut_off(command, new):
            return None
        try:
            found = compare(old, new, device, rules_for(target.platform)).changes
        except NoRulesError:
            return None
        known = {each.change.key for each in before.seen}
        return sorted(map(_line_change, found), key=lambda change: change.key not in known)[:MOST_LINES]


class _Hidden:
    """What a run could not tell."""

    def __init__(self, checks: set[tuple[str, str]]) -> None:
        self._checks = checks
        self._whole = {check for check, subject in checks if not subject}
        self.facts: set[FactPath] = set()
        self.lines = False

    def covers(self, change: Change) -> bool:
        """Whether it could not be told that this change is still there."""
        if change.kind == "verdict":
            check, subject = change.place
            return check in self._whole or (check, subject) in self._checks
        if change.kind == "line":
            return self.lines
        return covered(path_of(change), self.facts)


def path_of(change: Change) -> FactPath:
    """Where the fact of a change stands."""
    fields, _, items = change.place[0].partition("\n")
    return FactPath(tuple(fields.split(".")), tuple(items.split("\n")) if items else ())


def _fact_change(path: FactPath, old: str, new: str) -> Change:
    place = "\n".join((".".join(path.fields), *path.items))
    return Change(kind="fact", place=(place,), name=".".join(path.fields), old=old, new=new)


def _line_change(line: LineChange) -> Change:
    return Change(
        kind="line",
        place=(line.kind, *line.section, line.line),
        name=" > ".join((*line.section, line.line)),
        old=line.line if line.kind == "removed" else "",
        new=line.line if line.kind == "added" else "",
    )


@cache
def _configuration_command(name: str) -> str:
    if PLATFORMS.get(name) != "network":
        return ""
    from baseline.collectors.network.platforms import PLATFORM_NAMES, platform  # noqa: PLC0415 - only for devices

    return platform(name).configuration_command if name in PLATFORM_NAMES else ""
