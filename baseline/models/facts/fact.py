"""The building blocks of fact models: a value, or *unknown* with a reason."""

from typing import TypeVar, Union

import msgspec


class Unknown(msgspec.Struct, frozen=True, rename={"reason": "$unknown"}):
    """A fact that could not be read, with the reason a person can act on.

    Encoded as ``{"$unknown": "<reason>"}``. Reading one in a check makes its result ``error``.
    """

    reason: str


Value = TypeVar("Value")

Fact = Union[Value, Unknown]  # noqa: UP007 - a generic alias, which X | Y cannot be in Python 3.11
"""A fact is a value of the given type, or Unknown."""

NOT_COLLECTED = Unknown("not collected")
"""What every fact is until a collector fills it."""


class About(msgspec.Struct, frozen=True):
    """Documentation of one fact field, carried in ``typing.Annotated``.

    ``unit`` names the unit of a number (``seconds``, ``bits``, ``bytes``, ``days``); ``source`` where the meaning is
    defined (an RFC, a vendor guide).
    """

    text: str
    unit: str | None = None
    source: str | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every fact model. Each field is ``Annotated[Fact[T], About(...)] = NOT_COLLECTED``.

    ``T`` is one of bool, int, float, str, ``Literal`` of strings, ``T | None`` (``None`` means "known to be absent"),
    ``list`` of scalars or Sections, ``dict`` from str to scalars or Sections, or a Section. A dict's key set is
    complete: a key that is missing is known to be absent.
    """
