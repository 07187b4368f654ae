"""What a kind of resource is made of: rows of Resource Graph, rows beside them, and calls per resource."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from baseline.collectors.cloud.azure.row import Properties, Row
from baseline.collectors.interface import wanted
from baseline.models.facts.azure.resource import AzureResource
from baseline.models.facts.fact import Unknown

Fields = Mapping[str, Any]
"""Field of a fact model -> its value, or Unknown."""


class Source(msgspec.Struct, frozen=True):
    """Rows of some types in one table of Resource Graph, and what the account must be allowed to see them all."""

    table: str
    types: tuple[str, ...]
    permissions: tuple[str, ...]


class Beside(Protocol):
    """Rows that are there besides those of a kind."""

    def by(self, path: str, source: Source, subscription: str) -> Mapping[str, Sequence[Row]] | Unknown:
        """The rows of a source in one subscription by what stands at a path, in lower case; or why they are unknown."""
        ...


class Join(msgspec.Struct, frozen=True):
    """Fields that other rows tell."""

    supplies: tuple[str, ...]
    sources: tuple[Source, ...]
    read: Callable[[Row, Beside], Fields]


class Detail(msgspec.Struct, frozen=True):
    """Fields that one GET per resource tells. ``path`` comes after the resource's id."""

    supplies: tuple[str, ...]
    path: str
    permission: str
    read: Callable[[Properties], Fields]
    listed: bool = False
    """The answer is a list, over pages; it is read as an object with that list as ``value``."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One list of facts."""

    fact: str
    model: type[AzureResource]
    source: Source
    read: Callable[[Row, datetime], Fields]
    joins: tuple[Join, ...] = ()
    details: tuple[Detail, ...] = ()
    keeps: Callable[[Row], bool] = lambda _row: True
    """Which rows count at all."""
    called: Callable[[Row], str] = lambda row: "/".join(row.id.split("/")[8::2]) or row.name
    """What a resource is called within its group, for example ``server/database``."""

    def path(self, field: str) -> str:
        """A field of any item, as checks need it."""
        return f"{self.fact}.*.{field}"


def resources(*types: str) -> Source:
    """Rows of the table ``resources``, of types as roles write them: ``Microsoft.Storage/storageAccounts``."""
    return Source("resources", tuple(name.lower() for name in types), tuple(f"{name}/read" for name in types))


def sources_of(kind: Kind, needs: frozenset[str]) -> list[Source]:
    """The rows that are needed of a kind; none when no check reads it."""
    if not wanted([kind.fact], needs):
        return []
    joined = [source for join in kind.joins if wants(kind, join.supplies, needs) for source in join.sources]
    return [kind.source, *joined]


def details_of(kind: Kind, needs: frozenset[str]) -> list[Detail]:
    """The calls per resource that are needed of a kind."""
    return [detail for detail in kind.details if wants(kind, detail.supplies, needs)]


def wants(kind: Kind, supplies: Sequence[str], needs: frozenset[str]) -> bool:
    """Whether any of these fields is needed."""
    return wanted([kind.path(field) for field in supplies], needs)
