# ruff: noqa: INP001 - a program of its own, not a package
"""What the dashboards share."""

from dataclasses import dataclass
from typing import Any

from panels import Panel

SHARE = "percentunit"
AGO = "dateTimeFromNow"
WHERE = 'site=~"$site", owner=~"$owner"'
OF_TARGET = f"* on (instance, job, target) group_left (site, owner) baseline_target_info{{{WHERE}}}"
TITLED = "* on (instance, job, check) group_left (title) baseline_check_info"


@dataclass(frozen=True)
class Board:
    """One dashboard. ``variables`` maps a variable to the query that gives its values; a ``norm`` is one, others several."""

    name: str
    title: str
    description: str
    panels: tuple[Panel, ...]
    variables: tuple[tuple[str, str], ...] = ()


def number(title: str, query: str, **more: Any) -> Panel:
    """A stat of the usual size."""
    return Panel("stat", title, query, **({"width": 4, "height": 4} | more))


PLACES = (("site", "label_values(baseline_target_info, site)"), ("owner", "label_values(baseline_target_info, owner)"))
