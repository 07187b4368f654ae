"""Compares exporting and verifying evidence of 100,000 results and 500 raw answers with the floor: hashing its bytes."""

from collections.abc import Iterator

from bench.measuring import Comparison, Contender, compare
from bench.options import Options

TARGETS, CHECKS, RUNS = 500, 200, 3


def evidence(options: Options) -> Iterator[Comparison]:
    """One comparison; hashing every file of the bundle is the reference."""
    place = "bench.evidence.contenders"
    parameters: dict[str, object] = {"targets": TARGETS, "checks": CHECKS, "runs": RUNS}
    names = {
        "floor: sha256 of every file of the bundle": "floor",
        "verify the bundle (folder)": "verify_folder",
        "verify the bundle (zip)": "verify_archive",
        "export to a folder": "export_folder",
        "export to a folder, with names": "export_named",
        "export to a zip": "export_archive",
        "verify the store": "verify_the_store",
        "record and log (first run)": "record",
        "tell the first run without names": "tell_first",
        "tell a later run": "tell_later",
    }
    contenders = [
        Contender(name=name, function=f"{place}:{function}", parameters=parameters, reference=function == "floor")
        for name, function in names.items()
    ]
    title = f"{TARGETS * CHECKS} results, {TARGETS} raw answers, {RUNS} runs"
    yield compare(title, "result", TARGETS * CHECKS, contenders, options)
