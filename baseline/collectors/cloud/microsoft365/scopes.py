"""Which application permissions on Microsoft Graph some facts take."""

import msgspec

from baseline.collectors.cloud.microsoft365.part import Part
from baseline.collectors.cloud.microsoft365.parts import PARTS
from baseline.collectors.interface import wanted


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """One application permission: what it is for, which requests take it, and which facts those supply."""

    scope: str
    why: tuple[str, ...]
    requests: tuple[str, ...]
    facts: tuple[str, ...]


def scopes_for(needs: frozenset[str]) -> tuple[Scope, ...]:
    """The least permissions that read the facts in ``needs``, in order; those of every fact without needs."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for part in PARTS:
        if wanted([part.fact], needs):
            for scope, *told in _taken(part):
                found.setdefault(scope, []).append((told[0], told[1], part.fact))
    return tuple(
        Scope(
            scope=scope,
            why=tuple(dict.fromkeys(why for why, _, _ in found[scope])),
            requests=tuple(sorted({request for _, request, _ in found[scope]})),
            facts=tuple(sorted({fact for _, _, fact in found[scope]})),
        )
        for scope in sorted(found)
    )


def _taken(part: Part) -> list[tuple[str, str, str]]:
    """Each permission of a part, with why, and the request that takes it."""
    return [
        (scope, request.why, f"GET /{request.version}{request.path.partition('?')[0]}")
        for request in (*part.requests, *part.followed)
        for scope in request.scope.split(" and ")
    ]
