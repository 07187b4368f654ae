"""Compares ways to ask 100 switches the same questions, near by and 20 ms away."""

from collections.abc import Callable, Iterator

import msgspec

from bench.measuring import Comparison, Contender, Sample, compare
from bench.network.fleet import WORKERS, Fleet, counters, running_fleet

LATENCIES = (20.0, 0.0)

TUNED: dict[str, object] = {"fast_cli": True, "global_delay_factor": 0.01}
TUNED_SENDING: dict[str, object] = {"expect_string": r"#\s*$", "auto_find_prompt": False, "cmd_verify": False}
"""The fastest settings that still brought every answer in full; they give up looking for the echo of a command."""


def network(rounds: int, devices: int = 100) -> Iterator[Comparison]:
    """One comparison per latency."""
    for latency in LATENCIES:
        yield _at_distance(rounds, devices, latency)


def _at_distance(rounds: int, devices: int, latency_ms: float) -> Comparison:
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
        return compare(title, "device", devices, _contenders(fleet), rounds, counted)


def _contenders(fleet: Fleet) -> list[Contender]:
    given: dict[str, object] = msgspec.to_builtins(fleet)

    def nornir(name: str, extras: dict[str, object], sending: dict[str, object]) -> Contender:
        parameters: dict[str, object] = {"fleet": given, "extras": extras, "sending": sending}
        return Contender(name=name, function="bench.network.nornir_netmiko:ask", parameters=parameters)

    ours = "bench.network.ours"
    over_netmiko = {**given, "transport": "netmiko"}
    return [
        Contender(name="baseline, ask", function=f"{ours}:ask", parameters=given, reference=True),
        nornir("Nornir + nornir-netmiko, as it comes", {}, {}),
        Contender(name="baseline, ask + read", function=f"{ours}:collect", parameters=given),
        nornir("Nornir + nornir-netmiko, tuned", TUNED, TUNED_SENDING),
        Contender(name="baseline, ask + read + judge + store", function=f"{ours}:assess", parameters=given),
        Contender(name="baseline over Netmiko, ask + read", function=f"{ours}:collect", parameters=over_netmiko),
        Contender(name="baseline check, the whole command", function=f"{ours}:command", parameters=given),
        Contender(name="bare AsyncSSH (floor)", function="bench.network.bare_asyncssh:ask", parameters=given),
    ]
