"""Metrics of one name, and the seam between what is stored and what is told of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, Protocol

import msgspec

Row = tuple[tuple[str, ...], float]
"""Values of the labels, and the number."""


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """One name with all its series, named as https://prometheus.io/docs/practices/naming asks."""

    name: str
    help: str
    type: Literal["gauge", "counter"] = "gauge"
    labels: tuple[str, ...] = ()
    rows: Iterable[Row]


class Source(Protocol):
    """Tells of one thing. A source that raises a BaselineError counts as failed; the others still tell."""

    @property
    def name(self) -> str:
        """The word for it in metrics of the exporter itself."""
        ...

    def families(self) -> Iterable[Family]:
        """The metrics as they are now.

        Raises:
            BaselineError: it cannot be told.
        """
        ...


def single(name: str, text: str, value: float) -> Family:
    """A metric without labels."""
    return Family(name=name, help=text, rows=[((), value)])


def unix_seconds(moment: datetime | None) -> float:
    """Seconds since 1970; 0 for what never happened, so that an alert on its age fires."""
    return moment.timestamp() if moment else 0.0
