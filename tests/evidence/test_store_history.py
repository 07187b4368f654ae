"""Whatever runs do, in whatever order they record, the store agrees with its log."""

import shutil
from datetime import timedelta
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseline.evidence.keys import KeyRing
from baseline.evidence.store_check import verify_store
from baseline.store.store import Store
from tests.store.examples import later, switch, version
from tests.store.test_intervals import CHECKS, MINUTES, TARGETS, looks, outcome

ENDS = st.sampled_from(["finish", "interrupt", "resume", "leave"])
RETIRED = st.none() | st.tuples(st.sets(st.sampled_from(TARGETS)), st.sets(st.sampled_from(CHECKS)), MINUTES)


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "store.db"
    Store.open(path).close()
    return path


@pytest.mark.slow
@given(steps=st.lists(st.tuples(looks, ENDS, RETIRED), min_size=1, max_size=6), together=st.booleans())
@settings(max_examples=25, deadline=timedelta(seconds=20))
def test_the_store_agrees_with_its_log(empty_store, steps, together):
    with TemporaryDirectory() as folder, Store.open(shutil.copy(empty_store, folder)) as store:
        begun = [begin(store, look) for look, *_ in steps] if together else []
        for number, (look, end, retired) in enumerate(steps):
            record(store, begun[number] if together else begin(store, look), look, end)
            if retired is not None:
                store.retire(retired[0], retired[1], later(retired[2]))
        assert verify_store(store, KeyRing(empty_store.parent / "none")).broken == []


def begin(store: Store, look) -> int:
    return store.begin_run({}, "0.1.0", [switch(name) for name in TARGETS], [version(check) for check in look.checks])


def record(store: Store, run: int, look, end: str) -> None:
    standing = store.judge_keys(TARGETS)
    names = sorted(look.minutes)
    for name in names:
        if not store.record_target(run, outcome(look, name, standing[name])):
            assert store.record_target(run, outcome(look, name, {}))
        if end in {"interrupt", "resume"} and name == names[0]:
            store.interrupt_run(run)
            if end == "interrupt":
                return
            store.resume_run(run)
    if end != "leave":
        store.finish_run(run)
