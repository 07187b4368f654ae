"""A process that opens a store twice, as a server with a schedule does, keeps its hold on it."""

import subprocess
import sys

from baseline.store.store import Store
from tests.store.examples import SSH, reached, result, switch, version

OTHER = """
import sys
from baseline.store.store import Store
from tests.store.examples import SSH, reached, result, switch, version

with Store.open(sys.argv[1]) as store:
    names = [f"switch-{number}" for number in range(300)]
    run = store.begin_run({}, "0.1.0", [switch(name) for name in names], [version(SSH)])
    store.record_targets(run, [reached(result(), target=name) for name in names])
"""


def test_a_store_that_is_opened_again_beside_it_and_written_by_another_process_stays_readable(tmp_path):
    path = str(tmp_path / "store.db")
    with Store.open(path) as kept:
        kept.record_target(kept.begin_run({}, "0.1.0", [switch()], [version(SSH)]), reached(result()))
        for _ in range(2):
            Store.open(path).close()
            subprocess.run([sys.executable, "-c", OTHER, path], check=True, timeout=60)
            assert len(kept.target_states().states) == 300
            assert (tmp_path / "store.db-wal").exists(), "the other process took the log away"
        kept.record_target(kept.begin_run({}, "0.1.0", [switch()], [version(SSH)]), reached(result()))
    with Store.open(path) as again:
        assert len(again.runs()) == 4
