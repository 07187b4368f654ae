"""A file of a scanner says nothing of whether our own targets answer."""

import json

from baseline.models.result import Status
from tests.imports.samples import sarif_log
from tests.store.examples import SSH, later, result, switch, unreached, version


def states(store):
    return {each.target: (each.outcome, each.code, each.reached_at) for each in store.target_states().states}


def test_a_silent_device_stays_silent_whatever_a_scanner_found_on_it(imports):
    store = imports.store
    run = store.begin_run(
        {}, "0.2.0", [switch("sw-1"), switch("sw-2"), switch("sw-3", excluded="spare")], [version(SSH)]
    )
    silent = result(status=Status.ERROR, reason="no answer", artefacts={}, sources=())
    store.record_target(run, unreached(silent, target="sw-1", at=later(2)))
    store.interrupt_run(run)
    before = states(store)
    for name in ("sw-1", "sw-2", "sw-3", "unheard-of"):
        log = json.dumps(sarif_log(properties={"about": name}))
        report = imports.load(f"{name}.sarif", log, target=name, measured_at=later(60))
        assert report.totals.new > 0
    after = states(store)
    assert after.pop("unheard-of") == ("reached", None, later(60))
    assert (
        after
        == before
        == {"sw-1": ("unreached", "timeout", None), "sw-2": ("planned", None, None), "sw-3": ("planned", None, None)}
    )
