"""Compares ways to ask a fleet of switches the same questions, near by and some distance away."""

import sys
from collections.abc import Callable, Iterator

import msgspec

from bench.environments import MissingPeerError, environment
from bench.measuring import Comparison, Contender, Sample, compare
from bench.network.ansible_netcommon import PACKAGES
from bench.network.fleet import WORKERS, Fleet, counters, running_fleet
from bench.options import Options

TUNED: dict[str, object] = {"fast_cli": True, "global_delay_factor": 0.01}
TUNED_SENDING: dict[str, object] = {"expect_string": r"#\s*$", "auto_find_prompt": False, "cmd_verify": False}
"""The fastest settings that still brought every answer in full; they give up looking for the echo of a command."""


def network(options: Options) -> Iterator[Comparison]:
    """One comparison per fleet and latency."""
    for devices in options.devices:
        for latency in options.latencies_ms:
            yield _at_distance(options, devices, latency)


def _at_distance(options: Options, devices: int, latency_ms: float) -> Comparison:
    with running_fleet(devices, latency_ms) as (fleet, place):

        def counted(run: Callable[[], Sample]) -> Sample:
            before = counters(place)
            sample = run()
            seen = [(after - earlier) / devices for after, earlier in zip(counters(place), before, strict=True)]
            if sample.details["answered"] != devices:
                raise RuntimeError(f"only {sample.details['answered']:g} of {devices} devices answered in full")
            found = dict(zip(("connections", "sessions", "commands"), seen, strict=True))
            return msgspec.structs.replace(sample, details=sample.details | found)

        title = f"{devices} switches, {len(fleet.commands)} commands each, {WORKERS} at a time, {latency_ms:g} ms away"
        return compare(
            title, "device", devices, [*_floor(fleet), *_ours(fleet), *_peers(fleet, options)], options, counted
        )


def _floor(fleet: Fleet) -> Iterator[Contender]:
    given: dict[str, object] = msgspec.to_builtins(fleet)
    name = "bare AsyncSSH (floor)"
    yield Contender(name=name, function="bench.network.bare_asyncssh:ask", parameters=given, reference=True)


def _ours(fleet: Fleet) -> Iterator[Contender]:
    given: dict[str, object] = msgspec.to_builtins(fleet)
    ours = "bench.network.ours"
    yield Contender(name="baseline, ask", function=f"{ours}:ask", parameters=given)
    yield Contender(name="baseline, ask + read", function=f"{ours}:collect", parameters=given)
    yield Contender(name="baseline, ask + read + judge + store", function=f"{ours}:assess", parameters=given)
    again = given | {"again": True}
    yield Contender(name="baseline, the same when little changed", function=f"{ours}:assess", parameters=again)
    over_netmiko = given | {"transport": "netmiko"}
    yield Contender(name="baseline over Netmiko, ask + read", function=f"{ours}:collect", parameters=over_netmiko)
    whole, inventory = "bench.network.whole_command:check", {"inventory": fleet.inventory}
    yield Contender(name="baseline check, the whole command", function=whole, parameters=dict(inventory))


def _peers(fleet: Fleet, options: Options) -> Iterator[Contender]:
    given: dict[str, object] = msgspec.to_builtins(fleet)
    nornir = "bench.network.nornir_netmiko:ask"
    for name, extras, sending in (("as it comes", {}, {}), ("tuned", TUNED, TUNED_SENDING)):
        parameters: dict[str, object] = {"fleet": given, "extras": extras, "sending": sending}
        yield Contender(name=f"Nornir + nornir-netmiko, {name}", function=nornir, parameters=parameters)
    yield Contender(name="Netmiko in threads", function="bench.network.netmiko_threads:ask", parameters=given)
    if options.wants("Ansible"):
        yield from _ansible(given)


def _ansible(given: dict[str, object]) -> Iterator[Contender]:
    try:
        ansible = environment("ansible", *PACKAGES)
    except MissingPeerError as failure:
        print(f"  without Ansible: {failure}", file=sys.stderr)
        return
    yield Contender(
        name=f"Ansible {ansible.version('ansible-core')} + ansible.netcommon",
        function="bench.network.ansible_netcommon:ask",
        parameters={"fleet": given, "program": ansible.program("ansible-playbook")},
    )
