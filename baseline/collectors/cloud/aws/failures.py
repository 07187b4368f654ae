"""Why a call gave no answer, in words that a person can act on."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown

_DENIED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthorizationError",
        "AuthorizationErrorException",
        "NotAuthorized",
        "UnauthorizedOperation",
        "UnauthorizedException",
        "Client.UnauthorizedOperation",
    }
)
_THROTTLED = (
    "Throttl",
    "RequestLimitExceeded",
    "TooManyRequests",
    "SlowDown",
    "BandwidthLimitExceeded",
    "PriorRequest",
)
_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_NOT_ENABLED = frozenset(
    {
        "AuthFailure",
        "InvalidClientTokenId",
        "OptInRequired",
        "SubscriptionRequiredException",
        "UnrecognizedClientException",
    }
)


MISREAD = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading an answer of another form than documented raises."""


class WrongForm(Exception):  # noqa: N818 - told to a person by its text
    """An answer that does not hold what it must."""


def unanswered(call: Call, region: str, error: Exception) -> Unknown:
    """The reason as an unknown fact: operation, region, error, and what to do."""
    operation = getattr(error, "operation_name", call.operation)
    call = next((part for part in call.parts if part.operation == operation), call)
    where = f"{call.service}:{call.operation}" + (f" in {region}" if region else "")
    return Unknown(f"{where}: {_told(call, error)}")


def misread(call: Call, region: str, error: Exception) -> Unknown:
    """The reason where an answer came that has another form than documented."""
    return unanswered(call, region, WrongForm(f"unexpected answer ({type(error).__name__}: {error})"[:300]))


def error_code(error: Exception) -> str:
    """The code with which AWS refused; empty for an error of another kind."""
    response: Any = getattr(error, "response", None)
    return str(response.get("Error", {}).get("Code", ""))[:100] if isinstance(response, dict) else ""


def _told(call: Call, error: Exception) -> str:
    code = error_code(error)
    if not code:
        return (
            str(error) if isinstance(error, CollectError | WrongForm) else f"no usable answer ({type(error).__name__})"
        )
    if code in _DENIED or code == "403":
        return f"{code}; grant {call.action}"
    if code.startswith(_THROTTLED):
        return f"throttled ({code}), also when asked again; try later, or ask fewer accounts at once"
    if code in _EXPIRED:
        return f"{code}; the session ended before the run did"
    if code in _NOT_ENABLED:
        return f"{code}; the service or the region is not enabled for this account"
    status = getattr(error, "response", {}).get("ResponseMetadata", {}).get("HTTPStatusCode", "")
    return f"{code} (HTTP {status})"
