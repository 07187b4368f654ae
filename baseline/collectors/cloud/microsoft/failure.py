"""What one request to Microsoft could not tell, and why, as a value."""

from typing import Any, Literal

import msgspec

from baseline.models.facts.fact import Unknown

FailureCode = Literal[
    "authentication",
    "denied",
    "not_found",
    "refused",
    "throttled",
    "server_error",
    "disconnected",
    "timeout",
    "too_much_output",
    "unparsable",
    "not_allowed",
]
MAXIMUM_TEXT = 200


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A request without a usable answer.

    ``status`` is the HTTP status, 0 without one; ``error`` the service's own code for it (``AuthorizationFailed``); ``reason``
    names the request and, where it was denied, the permission that it needs. ``message`` is what the service said, for
    telling a missing licence from a missing permission; it may hold identities and belongs in no reason.
    """

    code: FailureCode
    reason: str
    status: int = 0
    error: str = ""
    message: str = ""

    @property
    def unknown(self) -> Unknown:
        """What every fact that the request would have supplied is."""
        return Unknown(self.reason)


_CODES: dict[int, FailureCode] = {401: "authentication", 403: "denied", 404: "not_found", 429: "throttled"}
_MEANINGS: dict[FailureCode, str] = {
    "authentication": "was not accepted as signed in",
    "denied": "was denied",
    "not_found": "was not found",
    "throttled": "was throttled, also after waiting",
    "server_error": "failed at the server, also when repeated",
    "refused": "was refused",
}


def failed_answer(name: str, status: int, document: Any, permission: str) -> Failure:
    """The failure that an answer with another status than 200 is. ``name`` is the request: ``GET /subscriptions``."""
    if 300 <= status < 400:
        return Failure(code="refused", status=status, reason=f"{name} answers with a redirect ({status}), not followed")
    code = _CODES.get(status, "server_error" if status >= 500 else "refused")
    error, message = _told(document)
    told = " ".join(part for part in (str(status), error) if part)
    needs = f"; it needs {permission}" if permission and code in {"authentication", "denied"} else ""
    said = f": {message}" if message and code == "refused" else ""
    reason = f"{name} {_MEANINGS[code]} ({told}){said}{needs}"
    return Failure(code=code, status=status, error=error, message=message, reason=reason)


def _told(document: Any) -> tuple[str, str]:
    """The service's code and message of an error, made fit for one line."""
    error = document.get("error") if isinstance(document, dict) else None
    if not isinstance(error, dict):
        return "", ""
    return plain(error.get("code"))[:80], plain(error.get("message"))


def plain(value: object, limit: int = MAXIMUM_TEXT) -> str:
    """Text of others as one bounded, printable line; empty when it is not text."""
    if not isinstance(value, str):
        return ""
    bounded = value[:limit]
    if not bounded.isprintable():
        bounded = "".join(character if character.isprintable() else " " for character in bounded)
    return bounded.strip()
