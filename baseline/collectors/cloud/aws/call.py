"""One question to AWS: which operation, where its answer stands, and the permission that it takes."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec


class Call(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One operation of the AWS API.

    ``items`` is where the list stands in an answer (``Reservations.Instances`` for lists in a list); empty where the
    whole answer counts. ``requires`` are keys without which an answer is not understood, besides ``items``.
    ``omits_empty`` marks an operation that leaves out an empty list. ``absent`` maps codes of errors that are answers to
    what they mean (``NoSuchBucketPolicy``: there is none). ``permission`` is the IAM action, where that is not
    ``service:operation`` (AWS, Service Authorization Reference). ``run`` asks with a client of botocore where one
    operation does not suffice; ``also`` are the others that it uses.
    """

    service: str
    operation: str
    items: str = ""
    requires: tuple[str, ...] = ()
    omits_empty: bool = False
    parameters: Mapping[str, Any] = {}
    absent: Mapping[str, dict[str, Any]] = {}
    permission: str = ""
    run: Callable[[Any, dict[str, Any]], dict[str, Any]] | None = None
    also: tuple["Call", ...] = ()

    @property
    def action(self) -> str:
        """The IAM action that allows it."""
        return self.permission or f"{self.service}:{self.operation}"

    @property
    def parts(self) -> tuple["Call", ...]:
        """Every operation that asking this takes."""
        return (self, *self.also)
