"""Refuses every operation that is not on the read list before anything leaves this process."""

from collections.abc import Callable, Iterable
from typing import Any

from baseline.models.errors import CollectError

SIGNING_IN = frozenset(
    {
        ("sts", "AssumeRole"),
        ("sts", "AssumeRoleWithWebIdentity"),
        ("sts", "GetCallerIdentity"),
        ("sso", "GetRoleCredentials"),
        ("sso-oidc", "CreateToken"),
    }
)
"""What the credential chain itself calls to sign in; none of these changes anything in an account."""

EVENTS = ("provide-client-params", "before-call")
"""Moments of botocore at which an operation is known: before its parameters are looked at, and before it is sent."""


def refuse_others(reads: Iterable[tuple[str, str]]) -> Callable[..., None]:
    """A handler of botocore events that lets these operations pass, and those of signing in.

    Raises:
        CollectError: ``not_allowed``, from the handler, for any other operation.
    """
    allowed = frozenset(reads) | SIGNING_IN

    def handler(*, model: Any, **_more: Any) -> None:
        operation = (model.service_model.service_name, model.name)
        if operation not in allowed:
            raise CollectError("not_allowed", f"{operation[0]}:{operation[1]} is not on the list of what is only read")

    return handler
