"""The account as a whole: contacts, its organisation, what it forbids of all buckets."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.services.reading import flag
from baseline.collectors.cloud.aws.single import Single
from baseline.models.facts.aws.account import AwsMemberAccount

_NO_BLOCK = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False)
NO_BLOCK = {"PublicAccessBlockConfiguration": _NO_BLOCK}
"""What holds where nobody set anything."""


def organisation(client: Any, parameters: dict[str, Any]) -> dict[str, Any]:
    """The organisation of an account; its accounts are asked where this account manages it."""
    found = client.describe_organization()["Organization"]
    if found["MasterAccountId"] != parameters["Account"]:
        return {"Organization": found, "Accounts": []}
    pages = client.get_paginator("list_accounts").paginate()
    return {"Organization": found, "Accounts": [account for page in pages for account in page["Accounts"]]}


ORGANISATION = Call(
    service="organizations",
    operation="DescribeOrganization",
    run=organisation,
    also=(Call(service="organizations", operation="ListAccounts"),),
    absent={"AWSOrganizationsNotInUseException": {"Organization": {"MasterAccountId": ""}, "Accounts": []}},
)


def _organisation(answer: dict[str, Any], account: str) -> dict[str, Any]:
    accounts = [
        AwsMemberAccount(name=one["Id"], title=one["Name"], active=one["Status"] == "ACTIVE")
        for one in answer["Accounts"]
    ]
    return {"management": answer["Organization"]["MasterAccountId"] == account, "accounts": accounts}


def _public_access_block(answer: dict[str, Any], _account: str) -> dict[str, Any]:
    block = answer["PublicAccessBlockConfiguration"]
    return {
        "public_acls_refused": flag(block["BlockPublicAcls"]),
        "public_acls_ignored": flag(block["IgnorePublicAcls"]),
        "public_policies_refused": flag(block["BlockPublicPolicy"]),
        "public_buckets_restricted": flag(block["RestrictPublicBuckets"]),
    }


PARTS = (
    Single(
        section="organisation",
        call=ORGANISATION,
        fills=("management", "accounts"),
        read=_organisation,
        parameters=lambda account: {"Account": account},
    ),
    Single(
        section="contacts",
        call=Call(
            service="account",
            operation="GetAlternateContact",
            parameters={"AlternateContactType": "SECURITY"},
            requires=("AlternateContact",),
            absent={"ResourceNotFoundException": {"AlternateContact": None}},
        ),
        fills=("security",),
        read=lambda answer, _account: {"security": answer["AlternateContact"] is not None},
    ),
    Single(
        section="public_access_block",
        call=Call(
            service="s3control",
            operation="GetPublicAccessBlock",
            permission="s3:GetAccountPublicAccessBlock",
            requires=("PublicAccessBlockConfiguration",),
            absent={"NoSuchPublicAccessBlockConfiguration": NO_BLOCK},
        ),
        fills=("public_acls_refused", "public_acls_ignored", "public_policies_refused", "public_buckets_restricted"),
        read=_public_access_block,
        parameters=lambda account: {"AccountId": account},
    ),
)
