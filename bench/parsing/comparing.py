"""Compares ways to read the configuration of a switch."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.environments import MissingPeerError, environment
from bench.measuring import Comparison, Contender, compare
from bench.options import Options
from bench.parsing.peers import BENCH, PEERS
from bench.parsing.texts import LINES, SWITCHES, write_texts

OURS = "bench.parsing.ours"


def parsing(options: Options) -> Iterator[Comparison]:
    """Trees beside those of peers, and what is made of ours."""
    with tempfile.TemporaryDirectory(prefix="baseline-bench-") as folder:
        write_texts(Path(folder))
        title = f"{SWITCHES} configurations of {LINES:,} lines"
        yield compare(title, "configuration", SWITCHES, list(_contenders(folder, options)), options)


def _contenders(folder: str, options: Options) -> Iterator[Contender]:
    given: dict[str, object] = {"folder": folder}
    yield Contender(name="baseline, section tree", function=f"{OURS}:tree", parameters=given, reference=True)
    yield Contender(name="baseline, facts", function=f"{OURS}:facts", parameters=given)
    for name, forgetful in (("alike switches before", False), ("nothing before", True)):
        parameters = given | {"forgetful": forgetful}
        yield Contender(name=f"baseline, facts + 50 checks, {name}", function=f"{OURS}:judged", parameters=parameters)
    for function, package in PEERS.items():
        if options.wants(function):
            yield from _peer(function, package, given)


def _peer(function: str, package: str, given: dict[str, object]) -> Iterator[Contender]:
    try:
        peer = environment(function, package, *BENCH)
    except MissingPeerError as failure:
        print(f"  without {function}: {failure}", file=sys.stderr)
        return
    version = peer.version(package.partition(">")[0])
    name, place = f"{function} {version}, section tree", f"bench.parsing.peers:{function}"
    yield Contender(name=name, function=place, parameters=given, python=peer.python)
