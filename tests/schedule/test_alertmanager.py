"""Drift told to a real Alertmanager stands there once, with its owner, until it is gone."""

import shutil
import subprocess
import time
from datetime import UTC, datetime

import httpx
import pytest

from baseline.models.schedule import Alertmanager, Channel, Job, Schedule
from baseline.schedule.telling import tell
from tests.grafana.monitoring import free_port

JOB = Job(name="nightly", cron="0 2 * * *")


@pytest.fixture
def alertmanager(tmp_path):
    if not shutil.which("prometheus-alertmanager"):
        pytest.skip("needs Alertmanager (apt-get install prometheus-alertmanager)")
    address = f"127.0.0.1:{free_port()}"
    (tmp_path / "alertmanager.yml").write_text("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
    words = [f"--config.file={tmp_path / 'alertmanager.yml'}", f"--storage.path={tmp_path / 'data'}"]
    words += [f"--web.listen-address={address}", "--cluster.listen-address="]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(["prometheus-alertmanager", *words], stdout=log, stderr=log)
    try:
        wait_for(lambda: httpx.get(f"http://{address}/-/ready", trust_env=False).is_success)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(20)


def wait_for(condition, seconds: float = 30):
    deadline = time.monotonic() + seconds
    while True:
        try:
            found = condition()
        except httpx.TransportError:
            found = None
        if found:
            return found
        assert time.monotonic() < deadline
        time.sleep(0.1)


def standing(url):
    return httpx.get(f"{url}/api/v2/alerts", params={"active": "true"}, trust_env=False).json()


@pytest.mark.slow
def test_drift_stands_in_alertmanager_until_it_is_gone(fleet, alertmanager):
    channel = Channel(name="on call", means=Alertmanager(url=alertmanager), language="en")
    schedule = Schedule(inventories=(), jobs=(JOB,), channels=(channel,))
    fleet.run()
    fleet.approve()
    for _ in range(2):
        fleet.run(sw_1=1, sw_2=1)
    assert [tell(fleet.store, schedule, JOB, "", datetime.now(UTC)).failures for _ in range(2)] == [(), ()]
    (alert,) = wait_for(lambda: standing(alertmanager))
    labels = {name: alert["labels"].get(name) for name in ("alertname", "severity", "site", "control")}
    assert labels == {
        "alertname": "BaselineDriftFound",
        "severity": "high",
        "site": "utrecht",
        "control": "bio2:8.32.01",
    }
    assert "sw-1, sw-2" in alert["annotations"]["description"]
    for _ in range(2):
        fleet.run()
    assert tell(fleet.store, schedule, JOB, "", datetime.now(UTC)).sent == 1
    wait_for(lambda: standing(alertmanager) == [])
