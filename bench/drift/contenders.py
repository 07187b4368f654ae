"""A fleet that was approved, and then one switch in a hundred changes."""

import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec

from baseline.assess.outcome import judged_outcome
from baseline.assess.plan import TargetPlan, make_plan
from baseline.assess.waive import Waivers
from baseline.collectors.network.platforms import platform
from baseline.content.checks.folder import load_checks
from baseline.drift.approval import approve, states_to_approve
from baseline.drift.causes import causes
from baseline.drift.watch import update
from baseline.lab.device import Device
from baseline.lab.spec import DeviceSpec
from baseline.models.artefact import Artefact
from baseline.models.collection import Collection
from baseline.models.target import Target
from baseline.store.records import CheckVersion
from baseline.store.store import Store
from bench.contender import Work

START = datetime(2026, 1, 1, tzinfo=UTC)
GROUP = 8
CHANGED = 100
"""One switch in so many changes."""


def evaluation(targets: int) -> Work:
    """Judge every switch, and store it: what a first run costs without asking."""
    fleet = _Fleet(targets)

    def work() -> dict[str, float]:
        judged = fleet.run(0, changed=False)
        fleet.close()
        return {"checks judged": judged}

    return work


def judging_again(targets: int) -> Work:
    """Judge and store what changed, after the same was done for the whole fleet."""
    fleet = _Fleet(targets)
    fleet.run(0, changed=False)

    def work() -> dict[str, float]:
        judged = fleet.run(1, changed=True)
        fleet.close()
        return {"checks judged": judged}

    return work


def drift(targets: int) -> Work:
    """Compare the state of every switch with its approved one, after a run in which some changed, and group by cause."""
    fleet = _Fleet(targets)
    fleet.run(0, changed=False)
    states = states_to_approve(fleet.store, [target.name for target in fleet.targets])
    approve(fleet.store, states, ticket="C-1", person="bench")
    fleet.run(1, changed=True)

    def work() -> dict[str, float]:
        watched = update(fleet.store, hold=1)
        found = causes({name: each.drift for name, each in watched.items()}, fleet.store.targets())
        fleet.close()
        return {"causes": len(found), "targets": sum(len(cause.targets) for cause in found)}

    return work


class _Fleet:
    """Switches that answer alike, but for their names, and a store."""

    def __init__(self, targets: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
        self.store = Store.open(Path(self._folder.name) / "store.db")
        self.targets = [
            Target(name=f"switch-{number:05d}", kind="network", platform="cisco_ios", site=f"site-{number % 20}")
            for number in range(targets)
        ]
        checks = load_checks(kinds={"network"})
        self._plan = make_plan(self.targets, checks)
        self._versions = [
            CheckVersion(id=name, digest=check.check.digest, document=check.check.source)
            for name, check in checks.items()
        ]
        collected(changed=False)
        collected(changed=True)

    def close(self) -> None:
        """Throw the store away."""
        self.store.close()
        self._folder.cleanup()

    def run(self, number: int, *, changed: bool) -> int:
        """Judge and store the fleet; give how many checks were judged."""
        run = self.store.begin_run({}, "bench", self._plan.population, self._versions)
        waivers, judged = Waivers.today([]), 0
        at = START + timedelta(days=number)
        for start in range(0, len(self._plan.targets), GROUP):
            plans = self._plan.targets[start : start + GROUP]
            keys = self.store.judge_keys([plan.target.name for plan in plans])
            outcomes = [
                judged_outcome(plan, self._answer(plan, at, changed=changed), keys[plan.target.name], waivers)
                for plan in plans
            ]
            self.store.record_targets(run, outcomes)
            judged += sum(len(outcome.judged) for outcome in outcomes)
        self.store.finish_run(run)
        return judged

    def _answer(self, plan: TargetPlan, at: datetime, *, changed: bool) -> Collection:
        other = changed and int(plan.target.name.rpartition("-")[2]) % CHANGED == 0
        return msgspec.structs.replace(collected(changed=other), collected_at=at)


@cache
def collected(*, changed: bool) -> Collection:
    """What one switch answers; ``changed``: after somebody opened Telnet."""
    switch = Device(DeviceSpec(name="switch", lines=1100, defects=("telnet_on_vty",) if changed else ()), seed=1)
    moment, ios = switch.moment(own_line=1, privilege=15), platform("cisco_ios")
    outputs = {}
    for command in ios.commands:
        with suppress(KeyError):  # the switch does not know this one
            outputs[command.text] = switch.answer(command.text, (), moment).text
    parsed = ios.parse(outputs)
    artefacts = tuple(Artefact(name=name, content=ios.redact(name, text).encode()) for name, text in outputs.items())
    return Collection(facts=parsed.facts, sources=parsed.sources, artefacts=artefacts, collected_at=START)
