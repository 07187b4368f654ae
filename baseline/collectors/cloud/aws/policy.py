"""What a policy document of AWS opens to whom (AWS, IAM User Guide, "IAM JSON policy elements")."""

import json
from collections.abc import Iterator
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
_EVERYWHERE = frozenset({"*", "0.0.0.0/0", "::/0", "arn:aws:*", "arn:*"})


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
        and _is_anyone(one)
        and not {"*", "s3:*"}.isdisjoint(words(one.get("Action")))
        and any(_covers_objects(resource, bucket) for resource in words(one.get("Resource")))
        and _denies_plain(one.get("Condition"))
        for one in statements(document)
    )


def allows_everything(document: Any) -> bool:
    """Whether a policy of an identity allows every action on every resource."""
    return any(
        one.get("Effect") == "Allow"
        and not {"*", "*:*"}.isdisjoint(words(one.get("Action")))
        and "*" in words(one.get("Resource"))
        for one in statements(document)
    )


def words(value: Any) -> list[str]:
    """One text or a list of texts as a list."""
    return [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _is_anyone(statement: Statement) -> bool:
    if "NotPrincipal" in statement:
        return True
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
    """Whether a value leaves every account over, such as the ARN of a role in any account."""
    return value in _EVERYWHERE or (value.startswith("arn:") and value.split(":")[2:5:2] == ["iam", "*"])


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
