"""Makes the pictures of the dashboards: `python docs/pictures/dashboards.py`; needs Prometheus and Chromium.

A province that is made up, with real checks, is served by `baseline serve` and scraped by Prometheus while nights go by;
then every panel's query is asked and drawn. Grafana itself is not needed.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(HERE)]

from drawing import page  # noqa: E402 - after the path

from baseline.cli.content import all_checks  # noqa: E402 - the same
from baseline.content.catalogue import load_catalogue  # noqa: E402 - the same
from baseline.drift.watch import update  # noqa: E402 - the same
from baseline.models.check import Check  # noqa: E402 - the same
from baseline.models.result import Result, Status  # noqa: E402 - the same
from baseline.models.target import Target  # noqa: E402 - the same
from baseline.store.records import CheckVersion, TargetOutcome  # noqa: E402 - the same
from baseline.store.store import Store  # noqa: E402 - the same
from tests.grafana.monitoring import Monitoring  # noqa: E402 - the same
from tests.prometheus.organisation import inventory  # noqa: E402 - the same
from tests.serve.conftest import Served  # noqa: E402 - the same
from tests.store.examples import facts, unreached  # noqa: E402 - the same

SITES = ("zwolle", "kampen", "deventer", "hardenberg", "ommen", "raalte")
NIGHTS, SECONDS = 10, 4
SHOWN = ("baseline-overview", "baseline-controls", "baseline-sites-and-owners", "baseline-network-rollout")
VALUES = {"datasource": "", "norm": "bio2", "control": "bio2:8.20.02", "site": ".*", "owner": ".*"}
TALLEST = {
    "baseline-overview": 1010,
    "baseline-controls": 1090,
    "baseline-sites-and-owners": 1225,
    "baseline-network-rollout": 755,
}


def targets() -> list[Target]:
    """72 switches and 36 servers."""
    switches = [
        Target(
            name=f"{site}-sw-{number:02d}",
            kind="network",
            platform="cisco_ios" if number % 3 else "aruba_aoscx",
            site=site,
            owner="netwerkbeheer",
        )
        for site in SITES
        for number in range(1, 13)
    ]
    servers = [
        Target(name=f"{site}-srv-{number:02d}", kind="host", platform="linux", site=site, owner="serverbeheer")
        for site in SITES
        for number in range(1, 7)
    ]
    return [*switches, *servers]


def night(store: Store, number: int, checks: list[Check]) -> None:
    """One run: every night less is wrong, and a few devices do not answer."""
    at = datetime.now(UTC) - timedelta(days=NIGHTS - 1 - number)
    everything = targets()
    versions = [CheckVersion(id=check.id, digest=check.id, document=check.source) for check in checks]
    run = store.begin_run({}, "0.1.0", everything, versions)
    store.record_targets(run, [_outcome(target, number, at, checks) for target in everything])
    store.finish_run(run)
    if number == 0:
        states = store.drift.latest([target.name for target in everything])
        store.drift.approve(list(states.values()), ticket="C-2431", person="made up")
    update(store)


def _outcome(target: Target, number: int, at: datetime, checks: list[Check]) -> TargetOutcome:
    fitting = [check for check in checks if check.applies_to.kind == target.kind]
    drawn = random.Random(f"{target.name} {number}")
    if drawn.random() < 0.03:
        errors = [_result(target, check, Status.ERROR, at) for check in fitting]
        return unreached(*errors, target=target.name, at=at)
    share = (0.28 if target.site in SITES[:2] else 0.16) * (1 - 0.07 * number)
    results = [_result(target, check, _status(target, check, share), at) for check in fitting]
    return TargetOutcome(
        target=target.name,
        collected_at=at,
        duration_seconds=1.0,
        facts=facts(hostname=target.name),
        judged={check.id: f"{number}" for check in fitting},
        results=tuple(results),
    )


def _status(target: Target, check: Check, share: float) -> Status:
    luck = random.Random(f"{target.name} {check.id}").random()
    if luck < share * (0.1 if check.severity == "critical" else 1):
        return Status.FAIL
    return Status.NOT_APPLICABLE if luck > 0.93 else Status.ERROR if luck > 0.925 else Status.PASS


def _result(target: Target, check: Check, status: Status, at: datetime) -> Result:
    waived = status is Status.FAIL and check.id == "network-ssh-version-2"
    return Result(
        target=target.name,
        check=check.id,
        subject="",
        status=Status.WAIVED if waived else status,
        severity=check.severity,
        expected=check.expect,
        reason="the device does not answer" if status is Status.ERROR else "",
        measured_at=at,
        waiver="W-1" if waived else None,
    )


def draw(board: dict, monitoring: Monitoring, seconds: float, folder: Path) -> None:
    """Ask every panel, and have Chromium make the picture."""
    answers = {}
    for panel in board["panels"]:
        (target,) = panel["targets"]
        query = re.sub(r"\$\{?(\w+)\}?", lambda found: VALUES[found[1]], target["expr"])
        answers[panel["title"]] = monitoring.query(query, seconds if target.get("range") else None)
    written = folder / f"{board['uid']}.html"
    written.write_text(page(board, answers))
    picture = HERE / f"{board['uid'].removeprefix('baseline-')}.png"
    quiet = ("background-networking", "component-update", "sync", "gpu")
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--no-first-run", "--hide-scrollbars"),
            *(f"--disable-{each}" for each in quiet),
            f"--user-data-dir={folder / 'chromium'}",
            f"--window-size=1400,{TALLEST[board['uid']]}",
            f"--screenshot={picture}",
            written.as_uri(),
        ],
        check=True,
        stderr=subprocess.DEVNULL,
        timeout=120,
    )


def main() -> None:
    """Let nights go by, and draw."""
    checks = [
        each.check
        for each in all_checks(load_catalogue()).values()
        if each.check.applies_to.kind in ("network", "host")
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inventory(folder / "inventory")
        with Store.open(folder / "store.db") as store:
            night(store, 0, checks)
            served = Served(folder, "-i", "inventory/hosts.yml", "--reload", "86400")
            monitoring = Monitoring(folder, served.url.removeprefix("http://"))
            try:
                monitoring.wait_for("domain:baseline_met:ratio")
                began = time.time()
                for number in range(1, NIGHTS):
                    night(store, number, checks)
                    time.sleep(SECONDS)
                for path in sorted((ROOT / "exporters" / "grafana" / "dashboards").glob("*.json")):
                    if path.stem in SHOWN:
                        draw(json.loads(path.read_text()), monitoring, time.time() - began, folder)
            finally:
                monitoring.close()
                served.close()


if __name__ == "__main__":
    main()
