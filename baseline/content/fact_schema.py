"""What the fact models look like, for the expression checker, the example validator and JSON Schema."""

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from baseline.models.facts.aws import AwsFacts
from baseline.models.facts.azure import AzureFacts
from baseline.models.facts.fact import About, Section, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.microsoft365 import Microsoft365Facts
from baseline.models.facts.network import NetworkFacts
from baseline.models.facts.workplace import WorkplaceFacts

FACT_MODELS: dict[str, type[Section]] = {
    "network": NetworkFacts,
    "host": HostFacts,
    "workplace": WorkplaceFacts,
    "aws": AwsFacts,
    "azure": AzureFacts,
    "m365": Microsoft365Facts,
}
"""Kind of target -> its fact model."""

UNKNOWN_WORD = "unknown"
"""How an example says that a fact is unknown."""


class Scalar(msgspec.Struct, frozen=True):
    """A bool, int, float or str; ``choices`` when it is an enumeration; ``optional`` when it may be null."""

    python: type
    choices: tuple[str | int, ...] = ()
    optional: bool = False


class ListOf(msgspec.Struct, frozen=True):
    """A list of items of one type."""

    item: "FactType"


class MapOf(msgspec.Struct, frozen=True):
    """A mapping from text to values of one type."""

    value: "FactType"


class SectionOf(msgspec.Struct, frozen=True):
    """A nested section."""

    model: type[Section]

    @property
    def fields(self) -> dict[str, "Field"]:
        """Field name -> field."""
        return section_fields(self.model)


FactType = Scalar | ListOf | MapOf | SectionOf


class Field(msgspec.Struct, frozen=True):
    """One field of a section."""

    name: str
    type: FactType
    about: About


@cache
def section_fields(model: type[Section]) -> dict[str, Field]:
    """The fields of a fact model by name.

    Raises:
        TypeError: a field is of a type that facts cannot have, or says nothing about itself.
    """
    hints = get_type_hints(model, include_extras=True)
    return {name: _field(model, name, hints[name]) for name in model.__struct_fields__}


def _field(model: type[Section], name: str, hint: Any) -> Field:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{model.__name__}.{name} needs Annotated[Fact[...], About(...)]")
    value, *extras = get_args(hint)
    about = next((extra for extra in extras if isinstance(extra, About)), None)
    if about is None:
        raise TypeError(f"{model.__name__}.{name} says nothing About itself")
    return Field(name, _fact_type(value, f"{model.__name__}.{name}"), about)


def _fact_type(hint: Any, where: str) -> FactType:
    options = _union_options(hint)
    optional = type(None) in options
    plain = [option for option in options if option not in (type(None), Unknown)]
    if len(plain) != 1:
        raise TypeError(f"{where}: a fact has exactly one type, not {hint}")
    found = _plain_type(plain[0], where)
    if not optional:
        return found
    if not isinstance(found, Scalar):
        raise TypeError(f"{where}: only a scalar may be None")
    return Scalar(found.python, found.choices, optional=True)


def _union_options(hint: Any) -> list[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        return [option for part in get_args(hint) for option in _union_options(part)]
    return [hint]


def _plain_type(hint: Any, where: str) -> FactType:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in (bool, int, float, str):
        return Scalar(hint)
    if origin is Literal:
        return Scalar(type(arguments[0]), tuple(arguments))
    if origin in (list, tuple):
        return ListOf(_fact_type(arguments[0], where))
    if origin is dict:
        return MapOf(_fact_type(arguments[1], where))
    if isinstance(hint, type) and issubclass(hint, Section):
        return SectionOf(hint)
    raise TypeError(f"{where}: facts cannot be of type {hint}")


def resolve(model: type[Section], path: tuple[str, ...]) -> FactType | None:
    """The type at a path of field names, where ``*`` stands for any item of a list or mapping; None when absent."""
    current: FactType = SectionOf(model)
    for part in path:
        following = _step(current, part)
        if following is None:
            return None
        current = following
    return current


def _step(current: FactType, part: str) -> FactType | None:
    if isinstance(current, SectionOf):
        field = current.fields.get(part)
        return field.type if field else None
    if isinstance(current, MapOf):
        return current.value
    if isinstance(current, ListOf):
        return current.item if part == "*" else None
    return None


def sections_used(model: type[Section]) -> Iterator[type[Section]]:
    """Every section model reachable from ``model``, itself first, each once."""
    seen: list[type[Section]] = []
    queue: list[type[Section]] = [model]
    while queue:
        current = queue.pop(0)
        if current in seen:
            continue
        seen.append(current)
        yield current
        queue += [
            leaf.model for field in section_fields(current).values() if isinstance(leaf := _leaf(field.type), SectionOf)
        ]


def _leaf(fact_type: FactType) -> FactType:
    while isinstance(fact_type, ListOf | MapOf):
        fact_type = fact_type.item if isinstance(fact_type, ListOf) else fact_type.value
    return fact_type
