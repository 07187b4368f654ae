"""baseline: one script per host, its answers read and judged; and the same script over bare connections."""

import asyncio
import subprocess
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from baseline.assess.outcome import judged_outcome
from baseline.assess.plan import TargetPlan, make_plan
from baseline.assess.waive import Waivers
from baseline.collectors.host.collector import HostCollector, select_sections
from baseline.collectors.host.script import PLAIN_COMMAND, compose, new_mark
from baseline.collectors.interface import CollectSettings
from baseline.content.checks.folder import load_checks
from baseline.models.result import Status
from bench.contender import Work
from bench.hosts.servers import PARALLEL, Hosts
from bench.hosts.testinfra_host import ASSERTIONS
from bench.parallel import everywhere


def assess(**hosts: object) -> Work:
    """Ask, read and judge with the eighteen shipped host checks that the peers have too; nothing is stored."""
    for module in ("connection", "execution"):  # imported on use, so before the clock starts
        import_module(f"baseline.collectors.ssh.{module}")
    given = msgspec.convert(hosts, Hosts)
    settings = CollectSettings(known_hosts=Path(given.known_hosts))
    plans, collector, waivers = _plans(given), HostCollector(), Waivers.today([])

    async def one(plan: TargetPlan) -> int:
        found = await collector.collect(plan.target, plan.needs, settings)
        outcome = judged_outcome(plan, found, {}, waivers)
        return sum(result.status is not Status.ERROR for result in outcome.results)

    return lambda: asyncio.run(_all(plans, one))


def bare_asyncssh(**hosts: object) -> Work:
    """The same script over AsyncSSH and nothing else; what it prints is thrown away."""
    import asyncssh

    given = msgspec.convert(hosts, Hosts)
    plans = _plans(given)
    script = compose(select_sections(plans[0].needs), new_mark())
    options: dict[str, Any] = {
        "username": given.user,
        "client_keys": [asyncssh.read_private_key(given.key_file)],
        "known_hosts": asyncssh.read_known_hosts(given.known_hosts),
        "config": None,
        "agent_path": None,
        "gss_host": None,
    }

    async def one(plan: TargetPlan) -> int:
        connection = plan.target.connection
        async with asyncssh.connect(connection.address, connection.port, **options) as connected:
            done = await connected.run(PLAIN_COMMAND, input=script, encoding=None)
            return len(done.stdout or b"")

    return lambda: asyncio.run(_all(plans, one))


def bare_openssh(**hosts: object) -> Work:
    """The same script over OpenSSH's client, a process per host."""
    given = msgspec.convert(hosts, Hosts)
    script = compose(select_sections(_plans(given)[0].needs), new_mark())

    def one(name: str) -> int:
        command = ["ssh", "-F", given.ssh_config, name, PLAIN_COMMAND]
        return len(subprocess.run(command, input=script, capture_output=True, check=True).stdout)

    def work() -> dict[str, float]:
        with ThreadPoolExecutor(PARALLEL) as threads:
            sizes = list(threads.map(one, given.names))
        return {"answered": sum(size > 0 for size in sizes)}

    return work


def _plans(hosts: Hosts) -> tuple[TargetPlan, ...]:
    shipped = load_checks()
    checks = {name: shipped[name] for name in ASSERTIONS}
    return make_plan(hosts.targets(), checks).targets


async def _all(plans: tuple[TargetPlan, ...], one: Callable[[TargetPlan], Awaitable[int]]) -> dict[str, float]:
    answers = await everywhere(plans, one, PARALLEL)
    return {"answered": sum(answer > 0 for answer in answers), "decided": sum(answers)}
