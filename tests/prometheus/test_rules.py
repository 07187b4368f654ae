"""Rules, alerts and examples are right for the programs that read them, and lead to the runbook."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from baseline.content.location import content_folder

FOLDER = content_folder("exporters") / "prometheus"
DOCS = Path(__file__).resolve().parents[2] / "docs"
promtool = pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool (apt-get install prometheus)")
ALERTS = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts" / "baseline.alerts.yml").read_text())["groups"]
    for rule in group["rules"]
    if "alert" in rule
]


def run(*command):
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@promtool
def test_promtool_accepts_rules_and_the_example_configuration():
    run("promtool", "check", "config", "prometheus.yml")
    assert "24 rules found" in run("promtool", "check", "rules", *map(str, FOLDER.glob("*/baseline.*.yml")))


@pytest.mark.slow
@promtool
@pytest.mark.parametrize("name", ["rules", "alerts_in_minutes", pytest.param("alerts_in_days", marks=pytest.mark.slow)])
def test_rules_and_alerts_do_what_their_tests_say(name):
    run("promtool", "test", "rules", f"tests/{name}.test.yml")


@pytest.mark.skipif(not shutil.which("amtool"), reason="needs amtool (apt-get install prometheus-alertmanager)")
def test_amtool_accepts_the_example_and_routes_by_owner_and_site():
    run("amtool", "check-config", "alertmanager.yml")

    def receiver(*labels):
        return run("amtool", "config", "routes", "test", "--config.file=alertmanager.yml", *labels).strip()

    assert receiver("owner=netwerkbeheer", "site=zwolle") == "netwerkbeheer-zwolle"
    assert receiver("owner=netwerkbeheer", "site=kampen") == "netwerkbeheer"
    assert receiver("owner=security-baseline") == "security-baseline"
    assert receiver("owner=unowned") == receiver("owner=somebody new") == "security-officer"


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_every_alert_fires_and_stays_quiet_in_a_test_and_leads_to_the_runbook(alert):
    name = alert["alert"]
    tests = "".join(path.read_text() for path in (FOLDER / "tests").glob("alerts*.yml"))
    outcomes = re.findall(rf"alertname: {name}\n\s+exp_alerts:(.*)", tests)
    assert "" in outcomes, "no test in which it fires"
    assert " []" in outcomes, "no test in which it stays quiet"
    assert alert["labels"]["severity"] in {"critical", "warning", "info"}
    assert "owner" in alert["labels"] or "owner" in alert["expr"]
    assert set(alert["annotations"]) == {"summary", "description", "runbook_url"}
    assert alert["annotations"]["runbook_url"] == f"docs/runbooks.md#{name.lower()}"
    assert f"## {name}\n" in (DOCS / "runbooks.md").read_text()
