"""Compares ways to hold one host, and fifty, against eighteen checks."""

from collections.abc import Callable, Iterator

import msgspec

from bench.hosts.servers import PARALLEL, counters, running_hosts
from bench.hosts.testinfra_host import ASSERTIONS
from bench.measuring import Comparison, Contender, Sample, compare
from bench.options import Options

COUNTS = (1, 50)


def hosts(options: Options) -> Iterator[Comparison]:
    """One comparison per number of hosts."""
    for count in COUNTS:
        yield _with(options, count)


def _with(options: Options, count: int) -> Comparison:
    with running_hosts(count) as (described, server):

        def counted(run: Callable[[], Sample]) -> Sample:
            before = counters(server)
            sample = run()
            seen = [(after - earlier) / count for after, earlier in zip(counters(server), before, strict=True)]
            if sample.details["answered"] != count:
                raise RuntimeError(f"only {sample.details['answered']:g} of {count} hosts answered in full")
            found = dict(zip(("connections", "sessions"), seen, strict=True))
            return msgspec.structs.replace(sample, details=sample.details | found)

        title = f"{count} host{'s' if count > 1 else ''} against {len(ASSERTIONS)} checks, {PARALLEL} at a time"
        given: dict[str, object] = msgspec.to_builtins(described)
        return compare(title, "host", count, list(_contenders(given, count)), options, counted)


def _contenders(given: dict[str, object], count: int) -> Iterator[Contender]:
    def testinfra(name: str, *, multiplexed: bool) -> Contender:
        parameters: dict[str, object] = {"hosts": given, "multiplexed": multiplexed}
        return Contender(name=name, function="bench.hosts.testinfra_host:ask", parameters=parameters)

    ours = "bench.hosts.ours"
    yield Contender(name="baseline, ask + read + judge", function=f"{ours}:assess", parameters=given)
    yield testinfra("pytest-testinfra, ControlPersist", multiplexed=True)
    yield Contender(name="same script, bare AsyncSSH (floor)", function=f"{ours}:bare_asyncssh", parameters=given)
    if count == 1:  # fifty hosts would take many minutes
        yield testinfra("pytest-testinfra, as it comes", multiplexed=False)
    yield Contender(name="same script, bare OpenSSH", function=f"{ours}:bare_openssh", parameters=given)
