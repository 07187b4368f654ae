# ruff: noqa: INP001 - a program of its own, not a package
"""Writes the dashboards: python exporters/grafana/build.py [FOLDER].

Needs the packages of the group ``test`` (grafana-foundation-sdk). Edit a *_boards.py, run this, commit what it writes.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from board import Board
from compliance_boards import CONTROLS, OVERVIEW, ROLLOUT, SITES
from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import VariableHide, VariableRefresh, VariableSort
from panels import SOURCE, Panel, built
from watch_boards import DRIFT, EVIDENCE, HEALTH

PAGE_WIDTH = 24
BOARDS = (OVERVIEW, CONTROLS, SITES, ROLLOUT, DRIFT, EVIDENCE, HEALTH)
HERE = Path(__file__).resolve().parent


def built_board(board: Board) -> Any:
    """The dashboard as Grafana reads it."""
    builder = (
        dashboard.Dashboard(board.title)
        .uid(board.name)
        .description(board.description)
        .tags(["baseline"])
        .time("now-30d", "now")
        .refresh("5m")
        .timezone("browser")
        .readonly()
        .with_variable(dashboard.DatasourceVariable("datasource").type("prometheus").hide(VariableHide.HIDE_VARIABLE))
        .link(
            dashboard.DashboardLink("Baseline").type("dashboards").tags(["baseline"]).as_dropdown(True).keep_time(True)
        )
    )
    for name, query in board.variables:
        builder = builder.with_variable(_variable(name, query))
    for panel, x, y in _placed(board.panels):
        builder = builder.with_panel(built(panel, x, y))
    return builder.build()


def _placed(panels: Iterable[Panel]) -> Iterator[tuple[Panel, int, int]]:
    """Each panel with its place: in rows of twenty-four, as high as their highest."""
    x = y = highest = 0
    for panel in panels:
        if x + panel.width > PAGE_WIDTH:
            x, y, highest = 0, y + highest, 0
        yield panel, x, y
        x, highest = x + panel.width, max(highest, panel.height)


def _variable(name: str, query: str) -> Any:
    variable = (
        dashboard.QueryVariable(name)
        .label(name)
        .query(query)
        .datasource(SOURCE)
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(VariableSort.ALPHABETICAL_ASC)
    )
    return variable if name == "norm" else variable.multi(True).include_all(True).all_value(".*")


def main(folder: Path) -> None:
    """Write each as JSON that changes only where it changed."""
    folder.mkdir(parents=True, exist_ok=True)
    for board in BOARDS:
        text = json.dumps(built_board(board), cls=JSONEncoder, indent=2, sort_keys=True, ensure_ascii=False)
        (folder / f"{board.name}.json").write_text(f"{text}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "dashboards")
