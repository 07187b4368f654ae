"""What a policy document of AWS opens to whom (AWS, IAM User Guide, "IAM JSON policy elements")."""

import json
import re
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, TypeAlias

Statement: TypeAlias = dict[str, Any]

_MAXIMUM_CHARACTERS = 1_000_000
_LIMITING = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceorgid",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "kms:calleraccount",
        "lambda:eventsourcetoken",
        "s3:dataaccesspointaccount",
        "sts:externalid",
    }
)
"""Keys of conditions that leave only some callers over. Others, such as the TLS version, leave everyone over."""
_POSITIVE = ("stringequals", "stringlike", "arnequals", "arnlike", "ipaddress")
_WIDEST = {4: 8, 6: 32}
"""Networks with a shorter prefix name nobody (AWS, S3 User Guide, "The meaning of public")."""
_EVERY_RESOURCE = re.compile(r"(?:arn:(?:aws[a-z-]*:?)?)?[*:/]*")


def statements(document: Any) -> list[Statement]:
    """The statements of a policy, given as text or as read already.

    Raises:
        ValueError: it is no policy.
    """
    if isinstance(document, str):
        if len(document) > _MAXIMUM_CHARACTERS:
            raise ValueError("the policy is too long")
        document = json.loads(document)
    found = document["Statement"]
    every = found if isinstance(found, list) else [found]
    if not all(isinstance(one, dict) for one in every):
        raise ValueError("the policy has another form")
    return every


def opens_to_everyone(document: Any) -> bool:
    """Whether a policy of a resource lets anyone in whom no condition keeps out."""
    return any(
        one.get("Effect") == "Allow" and _is_anyone(one) and not _is_limited(one) for one in statements(document)
    )


def trusted_accounts(document: Any, own: str) -> tuple[list[str], bool]:
    """Other accounts that a trust policy names, and whether each of these statements sets a condition."""
    accounts: set[str] = set()
    conditional = True
    for one in statements(document):
        others = {account for account in _accounts(one) if account != own}
        if one.get("Effect") == "Allow" and others:
            accounts |= others
            conditional = conditional and bool(one.get("Condition"))
    return sorted(accounts), conditional


def requires_tls(document: Any, bucket: str) -> bool:
    """Whether a policy of a bucket denies everyone everything over plain HTTP, for the bucket's objects at least."""
    return any(
        one.get("Effect") == "Deny"
        and _is_everyone(one)
        and not {"*", "s3:*"}.isdisjoint(words(one.get("Action")))
        and any(_covers_objects(resource, bucket) for resource in words(one.get("Resource")))
        and _denies_plain(one.get("Condition"))
        for one in statements(document)
    )


def allows_everything(document: Any) -> bool:
    """Whether a policy of an identity makes an administrator.

    That is: every action on every resource, or all but some. All but IAM is no administrator; all but a part of IAM is,
    since the rest of it hands out rights.
    """
    return any(
        one.get("Effect") == "Allow" and _is_every_action(one) and _is_every_resource(one)
        for one in statements(document)
    )


def _is_every_action(statement: Statement) -> bool:
    if "NotAction" in statement:
        excepted = (name.lower() for name in words(statement["NotAction"]))
        return not any(name.endswith("*") and "iam:".startswith(name.rstrip("*")) for name in excepted)
    return any(not name.strip("*:") for name in words(statement.get("Action")))


def _is_every_resource(statement: Statement) -> bool:
    if "NotResource" in statement:
        return not any(map(_EVERY_RESOURCE.fullmatch, words(statement["NotResource"])))
    return any(map(_EVERY_RESOURCE.fullmatch, words(statement.get("Resource"))))


def words(value: Any) -> list[str]:
    """One text or a list of texts as a list."""
    return [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _is_anyone(statement: Statement) -> bool:
    """Whether it is about callers of any account: everyone, or all but some."""
    return "NotPrincipal" in statement or _is_everyone(statement)


def _is_everyone(statement: Statement) -> bool:
    principal = statement.get("Principal")
    if isinstance(principal, dict):
        return "*" in words(principal.get("AWS"))
    return "*" in words(principal)


def _is_limited(statement: Statement) -> bool:
    """Whether a condition leaves only named callers over. All conditions of a statement must hold, so one suffices."""
    return any(
        key.lower() in _LIMITING and values and not any(map(_is_everywhere, values))
        for operator, key, values in _conditions(statement.get("Condition"))
        if operator.removeprefix("foranyvalue:").startswith(_POSITIVE) and not operator.endswith("ifexists")
    )


def _conditions(condition: Any) -> Iterator[tuple[str, str, list[str]]]:
    for operator, keys in (condition or {}).items():
        for key, values in keys.items():
            yield operator.lower(), key, words(values)


def _is_everywhere(value: str) -> bool:
    """Whether a value leaves callers of any account over: a pattern instead of an account, or half of the Internet."""
    if value.startswith("arn:"):
        parts = value.split(":", 5)
        return _has_pattern((parts[4] or parts[5]) if len(parts) == 6 else value)
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return _has_pattern(re.split("[/:]", value, maxsplit=1)[0])
    return network.prefixlen < _WIDEST[network.version]


def _has_pattern(text: str) -> bool:
    return "*" in text or "?" in text


def _denies_plain(condition: Any) -> bool:
    """The only condition is that the connection is without TLS; another beside it would let some of that through."""
    found = list(_conditions(condition))
    return [(operator, key.lower(), [value.lower() for value in values]) for operator, key, values in found] == [
        ("bool", "aws:securetransport", ["false"])
    ]


def _covers_objects(resource: str, bucket: str) -> bool:
    return resource == "*" or resource.rpartition(":::")[2] in (f"{bucket}/*", f"{bucket}*", "*")


def _accounts(statement: Statement) -> Iterator[str]:
    principal = statement.get("Principal")
    for name in words(principal.get("AWS")) if isinstance(principal, dict) else ():
        account = name.split(":")[4] if name.startswith("arn:") and name.count(":") >= 5 else name
        if account.isdigit():
            yield account
