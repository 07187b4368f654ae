"""Compares ways to decide conditions over the facts of one switch."""

from collections.abc import Iterator
from importlib.util import find_spec

from bench.judging.contenders import conditions
from bench.judging.device import network_checks
from bench.judging.plain import CONDITIONS
from bench.measuring import Comparison, Contender, compare
from bench.options import Options

PLACE = "bench.judging.contenders"

TIMES = 500
"""How often the device is judged in one run."""


FLEET = 200
"""Devices that are judged, and judged again unchanged."""


def judging(options: Options) -> Iterator[Comparison]:
    """Conditions decided, and whole devices the first time and when nothing changed."""
    yield _everything(options)
    yield _beside_peers(options)
    yield _devices(options)


def _everything(options: Options) -> Comparison:
    each, checks = conditions(peers_only=False), len(network_checks())
    title = f"{each} conditions of {checks} checks on a switch with 48 ports, {TIMES} times"
    return compare(title, "condition", each * TIMES, _ours(peers_only=False), options)


def _ours(*, peers_only: bool) -> list[Contender]:
    """Judging the first switch of its kind, over and over, and switches like the one before."""
    kinds = {"baseline, verdicts, nothing before": True, "baseline, verdicts, alike switches before": False}
    return [
        Contender(
            name=name,
            function=f"{PLACE}:ours",
            parameters={"times": TIMES, "peers_only": peers_only, "forgetful": forgetful},
        )
        for name, forgetful in kinds.items()
    ]


def _beside_peers(options: Options) -> Comparison:
    each = conditions(peers_only=True)
    parameters: dict[str, object] = {"times": TIMES}
    contenders = [
        *_ours(peers_only=True),
        Contender(name="plain Python functions (floor)", function=f"{PLACE}:python", parameters=parameters),
    ]
    if find_spec("cel") is not None:
        contenders.append(Contender(name="Rust CEL engine", function=f"{PLACE}:rust", parameters=parameters))
    title = f"{each} conditions of {len(CONDITIONS)} checks on the same switch, {TIMES} times"
    return compare(title, "condition", each * TIMES, contenders, options)


def _devices(options: Options) -> Comparison:
    def contender(name: str, *, again: bool) -> Contender:
        return Contender(name=name, function=f"{PLACE}:outcomes", parameters={"times": FLEET, "again": again})

    contenders = [contender("baseline, first run", again=False), contender("baseline, unchanged", again=True)]
    return compare(
        f"{FLEET} switches, {len(network_checks())} checks each, not stored", "device", FLEET, contenders, options
    )
