"""Small stores with everything in them that a log must hold."""

from datetime import timedelta

import msgspec

from baseline.models.artefact import Artefact
from baseline.models.result import Status
from baseline.store.store import Store
from tests.store.examples import NOON, PORTS, SSH, facts, later, reached, result, switch, unreached, version

CONTROLS = {SSH: "controls: [bio2:8.24.04, iso27001:A.8.24]\n", PORTS: "controls: [bio2:8.20.02]\n"}
CATALOGUE = Artefact(name="catalogue/bio2.yaml", content=b"norm: bio2\n", media_type="application/yaml")
WAIVERS = Artefact(name="waivers.json", content=b'[{"id":"W-1"}]', media_type="application/json")
SILENT = result(status=Status.ERROR, reason="no answer", artefacts={}, sources=())
TARGETS = ("switch-1", "switch-2", "switch-3")


def checks(**texts: str):
    return [version(SSH, texts.get("ssh", CONTROLS[SSH])), version(PORTS, texts.get("ports", CONTROLS[PORTS]))]


def configuration(name: str, text: str) -> Artefact:
    return Artefact(name="show running-config", content=f"hostname {name}\nusername p.jansen\n{text}\n".encode())


def outcome(name: str, minute: float, status: Status = Status.PASS, text: str = "ip ssh version 2", **changes):
    made = configuration(name, text)
    results = [
        result(SSH, status, artefacts={made.name: made.digest}),
        *(result(PORTS, status, f"Gi0/{port}", artefacts={made.name: made.digest}) for port in range(2)),
        result(PORTS, status, "p.jansen", reason=f"w.{name} is next to P.Jansen", artefacts={made.name: made.digest}),
    ]
    given = reached(*results, target=name, at=later(minute), key=f"{text} {status}", artefacts=(made,))
    people = [{"name": "p.jansen"}, {"name": f"w.{name}"}, {"name": "admin"}]
    return msgspec.structs.replace(given, facts=facts(hostname=name, text=text, users=people), **changes)


def begin(store: Store, *names: str, **texts: str) -> int:
    targets = [switch(name) for name in names or TARGETS]
    spare = switch("spare", excluded="not in use until May")
    return store.begin_run({"checks": []}, "0.2.0", [*targets, spare], checks(**texts), [CATALOGUE, WAIVERS])


def fill(store: Store) -> None:
    """Five runs: a first, one in which little changed, one that was interrupted and resumed, a late one, a partial one."""
    run = begin(store)
    store.record_targets(run, [outcome("switch-1", 0), outcome("switch-2", 1, Status.FAIL)])
    store.record_target(run, unreached(SILENT, target="switch-3", at=later(2)))
    store.finish_run(run)
    second = begin(store)
    keys = store.judge_keys(TARGETS)
    store.record_target(second, outcome("switch-1", 10, judged={}, results=(), unchanged=keys["switch-1"]))
    store.record_target(second, outcome("switch-2", 11, Status.PASS, "ip ssh version 2\nport guard"))
    store.interrupt_run(second)
    store.resume_run(second)
    store.record_target(second, outcome("switch-3", 12))
    store.finish_run(second)
    third = begin(store, "switch-1", ports="controls: [bio2:8.20.03]\n")
    store.record_target(third, outcome("switch-1", 5, Status.FAIL, "ip ssh version 1"))
    store.finish_run(third)
    number = store.begin_remediation("CHG-1", "operator", 2, {"repairs": ["switch-2"]})
    store.retire(["switch-1", "switch-2"], [SSH, PORTS], NOON + timedelta(minutes=13))
    fourth = begin(store, "switch-1", "switch-2")
    store.record_target(fourth, outcome("switch-2", 20, Status.FAIL, "no port guard"))
    store.finish_run(fourth)
    store.complete_remediation(number, "repaired", 4, {"repairs": ["switch-2"], "outcomes": ["ok"]})
    store.evidence.append("attestation", {"controls": ["bio2:5.01.01"], "digest": "00" * 32})
