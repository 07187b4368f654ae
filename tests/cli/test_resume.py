"""Going on with a run whose inventory is not what it was."""

import pytest

from baseline.lab.device import Device
from baseline.lab.spec import DeviceSpec
from baseline.store.store import Store
from tests.acceptance.command import Command

pytestmark = pytest.mark.slow


def test_a_target_that_is_gone_when_a_run_goes_on_was_not_checked(tmp_path):
    baseline = Command(tmp_path)
    saved = tmp_path / "saved"
    saved.mkdir()
    for name in ("sw-01", "sw-02"):
        (saved / name).write_text(Device(DeviceSpec(name=name, lines=450), seed=1).configuration)
    baseline("check", "--from-files", saved, "--check", "network-lines-ssh-only", code=0)
    with Store.open(baseline.store) as store:
        (first,) = store.runs()
        targets = [*store.targets().values()]
        store.interrupt_run(store.begin_run(first.selection, "1", targets, store.run_checks(first.id)))
    (saved / "sw-02").unlink()
    resumed = baseline("check", "--resume", code=3)
    assert "1 of 2 targets reached" in resumed.stdout
    assert "NOT ASKED: sw-02: left out of the inventory since the run began" in resumed.stdout
