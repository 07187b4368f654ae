"""Dashboards are what their code writes, and every panel of them shows something."""

import json
import re
import subprocess
import sys

import pytest

from baseline.content.location import content_folder

FOLDER = content_folder("exporters") / "grafana"
BOARDS = {path.stem: json.loads(path.read_text()) for path in sorted((FOLDER / "dashboards").glob("*.json"))}
PANELS = [
    pytest.param(panel, id=f"{name}: {panel['title']}") for name, board in BOARDS.items() for panel in board["panels"]
]
VALUES = {"datasource": "baseline-prometheus", "norm": "bio2", "control": ".*", "site": ".*", "owner": ".*"}


def filled_in(query):
    return re.sub(r"\$\{?(\w+)\}?", lambda found: VALUES[found[1]], query)


def test_the_dashboards_are_what_the_code_writes(tmp_path):
    subprocess.run([sys.executable, "-B", FOLDER / "build.py", tmp_path], check=True, timeout=60)
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_text() for path in (FOLDER / "dashboards").iterdir()}
    assert len(written) == 7


def test_dashboards_know_each_other_apart_and_take_any_source_of_data():
    assert len({board["uid"] for board in BOARDS.values()}) == len(BOARDS)
    for name, board in BOARDS.items():
        assert board["uid"] == name
        for panel in board["panels"]:
            assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
            corner = panel["gridPos"]
            assert corner["x"] + corner["w"] <= 24
        cells = [cell for panel in board["panels"] for cell in cells_of(panel["gridPos"])]
        assert len(cells) == len(set(cells)), f"panels of {name} lie over each other"


def cells_of(place):
    return [
        (x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])
    ]


@pytest.mark.slow
@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_shows_something(monitoring, panel):
    (target,) = panel["targets"]
    assert monitoring.query(filled_in(target["expr"]), 5 if target.get("range") else None)


@pytest.mark.slow
@pytest.mark.parametrize("name", BOARDS)
def test_every_variable_has_values(monitoring, name):
    for variable in BOARDS[name]["templating"]["list"]:
        if variable["type"] == "query":
            metric, label = re.fullmatch(r"label_values\((.+), (\w+)\)", filled_in(variable["query"])).groups()
            assert any(label in found["metric"] for found in monitoring.query(metric))


@pytest.mark.slow
def test_what_was_not_assessed_does_not_count_as_ready(monitoring):
    """Of five switches one has a critical failure, one a lapsed waiver, one does not answer, one was never asked."""
    (ready,) = monitoring.query(
        filled_in(
            next(
                panel["targets"][0]["expr"]
                for panel in BOARDS["baseline-network-rollout"]["panels"]
                if panel["title"] == "Without serious failures"
            )
        )
    )
    assert float(ready["value"][1]) == pytest.approx(1 / 5)


@pytest.mark.slow
def test_alerts_name_who_must_solve_them(monitoring):
    (failing,) = monitoring.wait_for('ALERTS{alertname="BaselineCriticalFailure", target="sw-01"}')
    assert failing["metric"].items() >= {"owner": "netwerkbeheer", "site": "zwolle", "alertstate": "firing"}.items()
    (drifted,) = monitoring.wait_for('ALERTS{alertname="BaselineDrift"}')
    assert drifted["metric"].items() >= {"target": "web-02", "owner": "serverbeheer"}.items()
    (waiver,) = monitoring.wait_for('ALERTS{alertname="BaselineWaiverExpired"}')
    assert (waiver["metric"]["waiver"], waiver["metric"]["owner"]) == ("W-2", "netwerkbeheer")
    (missed,) = monitoring.wait_for('ALERTS{alertname="BaselineScheduleMissed"}')
    assert missed["metric"]["owner"] == "security-baseline"
