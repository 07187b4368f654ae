"""The accounts of an AWS organisation, as targets that an inventory may miss. Cloud tags fill owner and BIV."""

import asyncio
import re
from typing import Any

import msgspec

from baseline.collectors.cloud.aws.failures import error_code
from baseline.collectors.cloud.aws.services.reading import CLASSIFICATION_TAGS, tag_fields
from baseline.collectors.cloud.aws.session import AwsSession
from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import AwsAccess
from baseline.models.errors import CollectError
from baseline.models.letters import classification_of_letters
from baseline.models.target import Classification, Target

READS = frozenset({("organizations", "ListAccounts"), ("organizations", "ListTagsForResource")})
_ATTEMPTS = 5


class MemberAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One account that is in use. ``name`` is fit for an inventory; ``partition`` is the second part of its ARN."""

    number: str
    name: str
    title: str
    partition: str
    owner: str | None = None
    classification: Classification = Classification()


async def member_accounts(target: Target, settings: CollectSettings) -> tuple[MemberAccount, ...]:
    """The accounts in use of the organisation that a target manages, by name.

    Raises:
        CollectError: signing in failed, or the account may not list them; with the missing permission.
    """
    return await asyncio.to_thread(_member_accounts, target.connection.aws or AwsAccess(), settings)


def _member_accounts(access: AwsAccess, settings: CollectSettings) -> tuple[MemberAccount, ...]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - heavy

    session = AwsSession(access, READS, settings, _ATTEMPTS)
    try:
        session.sign_in()
        client = session.client("organizations", session.home_region)
        pages = client.get_paginator("list_accounts").paginate()
        active = [one for page in pages for one in page["Accounts"] if one["Status"] == "ACTIVE"]
        found = [_account(one, _tags(client, one["Id"])) for one in active]
    except ClientError as error:
        hint = f"grant organizations:{error.operation_name}, and ask the account that manages the organisation"
        raise CollectError("privilege", f"AWS does not list accounts: {error_code(error)}", hint) from error
    except BotoCoreError as error:
        raise CollectError("unreachable", f"AWS does not list accounts: {type(error).__name__}") from error
    finally:
        session.close()
    return _with_unique_names(sorted(found, key=lambda one: (one.name, one.number)))


def _tags(client: Any, number: str) -> list[dict[str, str]]:
    pages = client.get_paginator("list_tags_for_resource").paginate(ResourceId=number)
    return [tag for page in pages for tag in page["Tags"]]


def _account(raw: dict[str, Any], tags: list[dict[str, str]]) -> MemberAccount:
    title = str(raw["Name"])
    return MemberAccount(
        number=str(raw["Id"]),
        name=re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or str(raw["Id"]),
        title=title,
        partition=str(raw["Arn"]).split(":")[1],
        owner=tag_fields(tags)["owner"],
        classification=_classification(tags),
    )


def _classification(tags: list[dict[str, str]]) -> Classification:
    """Three letters, such as HHM, are availability, integrity and confidentiality; anything else is not understood."""
    values = [tag["Value"] for tag in tags if tag["Key"].lower() in CLASSIFICATION_TAGS]
    levels = map(classification_of_letters, values)
    return next((found for found in levels if found != Classification()), Classification())


def _with_unique_names(accounts: list[MemberAccount]) -> tuple[MemberAccount, ...]:
    names = [account.name for account in accounts]
    return tuple(
        msgspec.structs.replace(account, name=f"{account.name}-{account.number}")
        if names.count(account.name) > 1
        else account
        for account in accounts
    )
