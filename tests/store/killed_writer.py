"""Writes runs without end, saying what was recorded; the tests kill it. Arguments: store, targets per run, group."""

import sys
from datetime import UTC, datetime
from itertools import count

from baseline.store.bulk import batches
from baseline.store.store import Store
from tests.store.examples import reached, result, switch, version

CHECKS = [f"check-{number}" for number in range(10)]


def say(*words: object) -> None:
    print(*words, flush=True)


def write(location: str, targets: int, group: int) -> None:
    say("opening")
    store = Store.open(location)
    names = [f"switch-{number}" for number in range(targets)]
    for turn in count():
        run = store.begin_run({}, "0.1.0", [switch(name) for name in names], [version(check) for check in CHECKS])
        say("begun", run)
        for some in batches(names, group):
            moment = datetime.now(UTC)
            results = [result(check, observed={"run": run, "turn": turn}) for check in CHECKS]
            store.record_targets(run, [reached(*results, target=name, at=moment, key=str(run)) for name in some])
            say("recorded", run, *some)
        store.finish_run(run)
        say("finished", run)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
