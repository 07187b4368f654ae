"""The seam between the engine and everything that asks targets."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec

from baseline.models.collection import Collection
from baseline.models.register import Register
from baseline.models.target import Target

SecretResolver = Callable[[Target, str], str | None]
"""Resolves one secret of a target (``password`` or ``enable``) at the moment of use; None when there is none."""


def no_secrets(_target: Target, _kind: str) -> str | None:
    """A resolver for targets that need no secret."""
    return None


class CollectSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds and means of asking targets. Times are in seconds, sizes in bytes.

    ``register`` is the whole inventory, which clouds are held against; None: it is not known.
    """

    timeout_seconds: float = 60.0
    connect_timeout_seconds: float = 10.0
    attempts: int = 2
    known_hosts: Path = Path("~/.ssh/known_hosts")
    maximum_output_bytes: int = 16 * 1024 * 1024
    secret: SecretResolver = no_secrets
    register: Register | None = None


class Collector(Protocol):
    """Asks one target, read-only, and returns facts with the raw answers they came from."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """Collect the facts under the dotted paths in ``needs`` (empty: everything).

        Raises:
            CollectError: the target as a whole could not be asked. Partial trouble becomes Unknown facts instead.
        """
        ...


def wanted(supplies: Iterable[str], needs: frozenset[str]) -> bool:
    """Whether a source that supplies these fact paths is needed: paths match when one is a prefix of the other.

    A need can name a fact of any item of a list (``buckets.*.versioning``). It matches a source of the list, and a source
    that names the same fact of any item; not one that names another.

    >>> wanted(["management"], frozenset({"management.ssh.version"}))
    True
    >>> wanted(["ntp.state"], frozenset({"software"}))
    False
    >>> wanted(["buckets.*.logging"], frozenset({"buckets.*.versioning"}))
    False
    """
    if not needs:
        return True
    return _is_wanted(tuple(supplies), needs)


@lru_cache(4_096)
def _is_wanted(supplies: tuple[str, ...], needs: frozenset[str]) -> bool:
    """Worked out once for the targets of a run, which mostly need the same."""
    return any(_related(supplied, need) for supplied in supplies for need in needs)


def _related(supplied: str, need: str) -> bool:
    if ".*" not in supplied:
        need = need.partition(".*")[0]
    return supplied == need or supplied.startswith(need + ".") or need.startswith(supplied + ".")
