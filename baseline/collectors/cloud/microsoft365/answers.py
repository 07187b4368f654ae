"""What Microsoft Graph answered, by request."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.collectors.cloud.microsoft365.request import Request
from baseline.collectors.cloud.microsoft365.told import Told
from baseline.collectors.cloud.registered import Holding
from baseline.models.facts.fact import Section, Unknown

Model = TypeVar("Model", bound=Section)
Ask = Callable[[Sequence[Request]], Awaitable[None]]
"""Asks more, so that the answers hold it."""

MAXIMUM_ROWS = 500_000
MAXIMUM_IDENTITY = 300

_LICENCE_CODES = frozenset(
    {
        "AadPremiumLicenseRequired",
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        "NonPremiumTenant",
        "TenantNotLicensed",
        "AccountNotLicensed",
    }
)
_LICENCE_WORDS = ("licens", "not applicable to target tenant", "premium", "no spo license")


class Answers:
    """The documents of one tenant. ``now`` is when they were asked.

    ``tenant`` is as the inventory writes it, and ``holding`` what devices are held against.
    ``resolver`` is who may be asked for DNS, if anybody, and ``seconds_for_records`` how long that may take in all.
    """

    def __init__(self, now: datetime, resolver: str = "", tenant: str = "", holding: Holding | None = None) -> None:
        self.now, self.resolver, self.tenant = now, resolver, tenant
        self.holding = holding or Holding(None)
        self.seconds_for_records = 20.0
        self.records: dict[str, list[str] | Unknown] = {}
        """Name -> its text records in DNS."""
        self.found: dict[str, Any] = {}

    def put(self, request: Request, answer: "dict[str, Any] | Failure") -> None:
        """Keep one answer."""
        self.found[request.path] = answer

    def has(self, request: Request) -> bool:
        """Whether it was asked."""
        return request.path in self.found

    def unlicensed(self, request: Request) -> bool:
        """Whether it was refused for want of a licence."""
        answer = self.found.get(request.path)
        return isinstance(answer, Failure) and is_unlicensed(answer)

    def document(self, request: Request) -> Told | Unknown:
        """The one document of a request."""
        answer = self._answer(request)
        return answer if isinstance(answer, Unknown) else Told(answer, named(request))

    def rows(self, request: Request) -> list[Told] | Unknown:
        """The items of a list, every one an object with an id; Unknown when one is not."""
        answer = self._answer(request)
        if isinstance(answer, Unknown):
            return answer
        items = answer.get("value")
        if not isinstance(items, list) or len(items) > MAXIMUM_ROWS:
            return Unknown(f"{named(request)} gave no list, or one of more than {MAXIMUM_ROWS} items")
        if not all(isinstance(item, dict) and is_identity(item.get("id")) for item in items):
            return Unknown(f"{named(request)} gave an item without an id")
        return [Told(item, f"{named(request)}, {item['id'][:60]},") for item in items]

    def _answer(self, request: Request) -> dict[str, Any] | Unknown:
        answer = self.found.get(request.path)
        if answer is None:
            return Unknown(f"{named(request)} was not asked")
        return because(answer, request) if isinstance(answer, Failure) else answer


def is_identity(value: object) -> bool:
    """Whether this can be what an object is named by."""
    return isinstance(value, str) and 0 < len(value) <= MAXIMUM_IDENTITY and value.isprintable()


def named(request: Request) -> str:
    """A request as reasons name it: without its query."""
    return f"GET {request.path.partition('?')[0]}"


def because(failure: Failure, request: Request) -> Unknown:
    """Why a request tells nothing, with the permission to grant or the licence that is missing."""
    if is_unlicensed(failure):
        return Unknown(f"the tenant has no licence for {named(request)}: {failure.reason}"[:500])
    grant = f"; grant the application permission {request.scope}"
    return Unknown(failure.reason[:400] + (grant if failure.code in {"denied", "authentication"} else ""))


def is_unlicensed(failure: Failure) -> bool:
    """Whether Microsoft refuses because nobody paid for it (known codes, else its words)."""
    if failure.code not in {"denied", "refused", "authentication", "not_found"}:
        return False
    words = f"{failure.reason} {failure.message}".lower()
    return failure.error in _LICENCE_CODES or any(word in words for word in _LICENCE_WORDS)


def unknown_section(model: type[Model], unknown: Unknown) -> Model:
    """A section of which nothing is known, for one reason."""
    return model(**dict.fromkeys(model.__struct_fields__, unknown))
