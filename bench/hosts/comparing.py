"""Compares ways to hold one host, and fifty (``--hosts``), against eighteen checks."""

import os
import sys
from collections.abc import Callable, Iterator

import msgspec

from bench.environments import MissingPeerError, environment
from bench.hosts.ansible_playbook import PACKAGES
from bench.hosts.scanners import missing
from bench.hosts.servers import PARALLEL, counters, running_hosts, target_cost
from bench.hosts.testinfra_host import ASSERTIONS
from bench.measuring import Comparison, Contender, Sample, compare
from bench.options import Options

COUNTED = ("connections", "sessions", "processes", "target_milliseconds")


def hosts(options: Options) -> Iterator[Comparison]:
    """One comparison per number of hosts."""
    for count in options.hosts:
        yield _with(options, count)


def _with(options: Options, count: int) -> Comparison:
    with running_hosts(count) as (described, server):

        def counted(run: Callable[[], Sample]) -> Sample:
            before = (*counters(server), *target_cost(server))
            sample = run()
            now = (*counters(server), *target_cost(server))
            seen = [(after - earlier) / count for after, earlier in zip(now, before, strict=True)]
            if sample.details["answered"] != count:
                raise RuntimeError(f"only {sample.details['answered']:g} of {count} hosts answered in full")
            found = dict(zip(COUNTED, seen, strict=True))
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
    if count == 1:  # many hosts would take many minutes
        yield testinfra("pytest-testinfra, as it comes", multiplexed=False)
        yield from _playbook(given)
        yield from _scanners(given)
    yield Contender(name="same script, bare OpenSSH", function=f"{ours}:bare_openssh", parameters=given)


def _playbook(given: dict[str, object]) -> Iterator[Contender]:
    try:
        program = environment("ansible", *PACKAGES).program("ansible-playbook")
    except MissingPeerError as error:
        print(f"  without Ansible: {error}", file=sys.stderr)
        return
    parameters: dict[str, object] = {"hosts": given, "program": program}
    yield Contender(name="Ansible, pipelining", function="bench.hosts.ansible_playbook:ask", parameters=parameters)


def _scanners(given: dict[str, object]) -> Iterator[Contender]:
    """They look as root, and are installed on the host."""
    for name, function, programs in (
        ("OpenSCAP, oscap-ssh, profile standard", "oscap_ssh", ("oscap", "oscap-ssh")),
        ("Lynis, whole audit", "lynis", ("lynis",)),
    ):
        if absent := missing(*programs) or ("" if os.geteuid() == 0 else "rights of root"):
            print(f"  without {name}: no {absent}", file=sys.stderr)
        else:
            yield Contender(name=name, function=f"bench.hosts.scanners:{function}", parameters=given)
