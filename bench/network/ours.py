"""baseline: collecting only, and collecting, judging and storing as ``baseline check`` does it."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

import msgspec

from baseline.assess.plan import make_plan
from baseline.assess.run import Assessment
from baseline.assess.waive import Waivers
from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.collector import SESSIONS, NetworkCollector
from baseline.collectors.network.platforms import platform
from baseline.content.checks.folder import load_checks
from baseline.models.target import Target
from baseline.store.records import CheckVersion
from baseline.store.store import Store
from bench.contender import Work
from bench.network.fleet import WORKERS, Fleet, Transport
from bench.parallel import everywhere
from bench.silence import Silence


def ask(**fleet: object) -> Work:
    """Ask every device, and do nothing with the answers: what the other contenders do."""
    given = msgspec.convert(fleet, Fleet)
    run_commands, cisco = import_module(SESSIONS["ssh"]).run_commands, platform("cisco_ios")
    settings = CollectSettings(known_hosts=Path(given.known_hosts))

    async def one(target: Target) -> tuple[int, int]:
        output = await run_commands(target, cisco, given.commands, settings)
        return sum(map(len, output.outputs.values())), output.round_trips

    return lambda: asyncio.run(_all(given.targets(), one))


def collect(transport: Transport = "ssh", **fleet: object) -> Work:
    """Collect facts from every device: asked, parsed and redacted, not judged."""
    given = msgspec.convert(fleet, Fleet)
    import_module(SESSIONS[transport])
    platform("cisco_ios")
    collector, needs = NetworkCollector(), frozenset(given.needs)
    settings = CollectSettings(known_hosts=Path(given.known_hosts))

    async def one(target: Target) -> tuple[int, int]:
        found = await collector.collect(target, needs, settings)
        return sum(len(artefact.content) for artefact in found.artefacts), found.round_trips

    return lambda: asyncio.run(_all(given.targets(transport), one))


async def _all(targets: list[Target], one: Callable[[Target], Awaitable[tuple[int, int]]]) -> dict[str, float]:
    done = await everywhere(targets, one, WORKERS)
    return {
        "answered": len(done),
        "bytes": sum(size for size, _ in done),
        "round_trips": sum(round_trips for _, round_trips in done),
    }


def assess(*, again: bool = False, **fleet: object) -> Work:
    """Collect, judge with every shipped check and store: what ``baseline check`` does between planning and reporting.

    ``again``: after a first run, so that most of what is found stands already.
    """
    given = msgspec.convert(fleet, Fleet)
    import_module(SESSIONS["ssh"])
    platform("cisco_ios")
    checks = {name: check for name, check in load_checks().items() if check.check.applies_to.kind == "network"}
    plan = make_plan(given.targets(), checks)
    versions = [
        CheckVersion(id=name, digest=one.check.digest, document=one.check.source) for name, one in checks.items()
    ]
    folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
    store = Store.open(Path(folder.name) / "store.db")
    settings = CollectSettings(known_hosts=Path(given.known_hosts))

    def one_run() -> dict[str, float]:
        run = store.begin_run({}, "bench", plan.population, versions)
        assessment = Assessment(store, run, Waivers.today([]), settings, Silence(), WORKERS)
        summary = asyncio.run(assessment.assess(plan.targets))
        store.finish_run(run)
        return {
            "answered": summary.reached,
            "judged": summary.judged_checks,
            "unchanged": summary.unchanged_checks,
            "round_trips": summary.round_trips,
        }

    def work() -> dict[str, float]:
        done = one_run()
        store.close()
        folder.cleanup()
        return done

    if again:
        one_run()
    return work
