# ruff: noqa: INP001 - a program of its own, not a package
"""What a panel asks and how it shows the answer, apart from how Grafana writes that down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grafana_foundation_sdk.builders import bargauge, common, dashboard, prometheus, stat, table, timeseries
from grafana_foundation_sdk.models import dashboard as model
from grafana_foundation_sdk.models.common import BigValueColorMode, BigValueGraphMode, VizOrientation
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

SOURCE = model.DataSourceRef(type_val="prometheus", uid="${datasource}")
HIDDEN = ("Time", "instance", "job", "__name__")
"""Labels that say nothing to a reader."""


@dataclass(frozen=True)
class Panel:
    """One panel. ``kind`` is stat, trend, bars or table; ``bad_above`` and ``bad_below`` colour a number red from there on.

    ``width`` is in twenty-fourths of the page. ``empty`` is what a panel says that has nothing to show.
    """

    kind: str
    title: str
    query: str
    description: str = ""
    unit: str = "short"
    legend: str = ""
    width: int = 12
    height: int = 8
    bad_above: float | None = None
    bad_below: float | None = None
    empty: str = ""


def built(panel: Panel, x: int, y: int) -> Any:
    """The panel at a place of the page, as Grafana's builder."""
    builder = KINDS[panel.kind](panel)
    builder = builder.title(panel.title).description(panel.description).datasource(SOURCE)
    builder = builder.grid_pos(model.GridPos(x=x, y=y, w=panel.width, h=panel.height)).unit(panel.unit)
    return builder.no_value(panel.empty) if panel.empty else builder


def _query(panel: Panel, *, instant: bool) -> Any:
    query = prometheus.Dataquery().expr(panel.query).legend_format(panel.legend or "__auto").ref_id("A")
    query = query.datasource(SOURCE)
    return query.instant() if instant else query.range()


def _thresholds(panel: Panel) -> Any:
    red, green, amber = "red", "green", "orange"
    if panel.bad_below is not None:
        steps = [(None, red), (panel.bad_below, amber), (panel.bad_below + (1 - panel.bad_below) / 2, green)]
    elif panel.bad_above is not None:
        steps = [(None, green), (panel.bad_above, red)]
    else:
        steps = [(None, "blue")]
    found = [model.Threshold(value=value, color=color) for value, color in steps]
    return dashboard.ThresholdsConfig().mode(model.ThresholdsMode.ABSOLUTE).steps(found)


def _stat(panel: Panel) -> Any:
    return (
        stat.Panel()
        .with_target(_query(panel, instant=True))
        .thresholds(_thresholds(panel))
        .color_mode(BigValueColorMode.VALUE)
        .graph_mode(BigValueGraphMode.NONE)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
    )


def _trend(panel: Panel) -> Any:
    trend = timeseries.Panel().with_target(_query(panel, instant=False)).thresholds(_thresholds(panel)).fill_opacity(10)
    return trend.min(0).max(1) if panel.unit == "percentunit" else trend.min(0)


def _bars(panel: Panel) -> Any:
    bars = (
        bargauge.Panel()
        .with_target(_query(panel, instant=True))
        .thresholds(_thresholds(panel))
        .orientation(VizOrientation.HORIZONTAL)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
    )
    return bars.min(0).max(1) if panel.unit == "percentunit" else bars.min(0)


def _table(panel: Panel) -> Any:
    query = _query(panel, instant=True).format(PromQueryFormat.TABLE)
    hide = model.DataTransformerConfig(id_val="organize", options={"excludeByName": dict.fromkeys(HIDDEN, True)})
    return table.Panel().with_target(query).with_transformation(hide).thresholds(_thresholds(panel))


KINDS: dict[str, Callable] = {"stat": _stat, "trend": _trend, "bars": _bars, "table": _table}
