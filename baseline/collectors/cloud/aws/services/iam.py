"""IAM: two bulk calls tell of every user, key, role and policy."""

import csv
import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.failures import WrongForm
from baseline.collectors.cloud.aws.listing import Detail, Listing
from baseline.collectors.cloud.aws.policy import allows_everything, opens_to_everyone, trusted_accounts
from baseline.collectors.cloud.aws.services.reading import days_since, days_until
from baseline.collectors.cloud.aws.single import Single
from baseline.models.facts.aws.identity import AwsAccessKey, AwsPolicy, AwsRole, AwsServerCertificate, AwsUser

ROOT = "<root_account>"
ADMINISTRATOR = ":iam::aws:policy/AdministratorAccess"
SUPPORT = ":iam::aws:policy/AWSSupportAccess"
_ATTEMPTS, _PAUSE_SECONDS = 20, 0.5
DEFAULT_LENGTH = 8
"""Of an account that sets no password policy (AWS, IAM User Guide, "Set an account password policy for IAM users")."""
_NONE = frozenset({"N/A", "no_information", "not_supported", ""})

_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")


def _report(client: Any, _parameters: dict[str, Any]) -> dict[str, Any]:
    """The credential report as rows. AWS makes a new one at most every four hours.

    Raises:
        WrongForm: it is not ready in time, or it is cut off.
    """
    for _ in range(_ATTEMPTS):
        if client.generate_credential_report()["State"] == "COMPLETE":
            break
        time.sleep(_PAUSE_SECONDS)
    rows = list(csv.DictReader(io.StringIO(client.get_credential_report()["Content"].decode())))
    if not rows or any(None in row.values() for row in rows):
        raise WrongForm("the credential report is not whole")
    return {"rows": rows, "keys": _key_rows({"rows": rows})}


REPORT = Call(
    service="iam",
    operation="GetCredentialReport",
    items="rows",
    run=_report,
    also=(Call(service="iam", operation="GenerateCredentialReport"),),
)


def _everything(client: Any, parameters: dict[str, Any]) -> dict[str, Any]:
    """All four lists, and the policies of each kind of identity in one list.

    Raises:
        WrongForm: a page lacks a list.
    """
    lists: dict[str, list[Any]] = {name: [] for name in _LISTS}
    for page in client.get_paginator("get_account_authorization_details").paginate(**parameters):
        for name, found in lists.items():
            if name not in page:
                raise WrongForm(f"the answer holds no {name}")
            found.extend(page[name])
    return {**lists, "Documents": list(_documents(lists))}


def _documents(lists: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Policies of the account as AWS tells them, then those inside users, groups and roles in a form of our own."""
    yield from lists["Policies"]
    for kind in ("User", "Group", "Role"):
        for owner in lists[f"{kind}DetailList"]:
            for inline in owner.get(f"{kind}PolicyList", ()):
                name = f"{kind.lower()} {owner[f'{kind}Name']}: {inline['PolicyName']}"
                yield {"Name": name, "Document": inline["PolicyDocument"]}


BULK = Call(
    service="iam",
    operation="GetAccountAuthorizationDetails",
    items="UserDetailList",
    run=_everything,
    parameters={"Filter": ["User", "Role", "Group", "LocalManagedPolicy"]},
)


def _user(raw: dict[str, Any], _region: str) -> dict[str, Any]:
    own = len(raw.get("AttachedManagedPolicies", ())) + len(raw.get("UserPolicyList", ()))
    return {"name": raw["UserName"], "own_policies": own}


def _logins(report: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    row = next((row for row in report["items"] if row["user"] == raw["UserName"]), None)
    if row is None:
        raise ValueError("the credential report is older than this user")
    console = _truth(row["password_enabled"])
    used = _moment(row["password_last_used"]) or _moment(row["password_last_changed"])
    used = used or _moment(row["user_creation_time"])
    return {
        "console": console,
        "mfa": _truth(row["mfa_active"]),
        "console_unused_days": days_since(used) if console and used else None,
    }


def _key_rows(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Each access key of each user as a row."""
    keys = []
    for row in report["rows"]:
        active = {number: _truth(row[f"access_key_{number}_active"]) for number in (1, 2)}
        for number in (1, 2):
            if row["user"] != ROOT and (active[number] or _moment(row[f"access_key_{number}_last_rotated"])):
                others = sum(state for other, state in active.items() if other != number)
                keys.append({"number": number, "others": others, "row": row})
    return keys


def _key(raw: dict[str, Any], _region: str) -> dict[str, Any]:
    row, mark = raw["row"], f"access_key_{raw['number']}"
    made = _moment(row[f"{mark}_last_rotated"])
    if made is None:
        raise ValueError("a key without a date")
    return {
        "name": f"{row['user']} key {raw['number']}",
        "user": row["user"],
        "active": _truth(row[f"{mark}_active"]),
        "age_days": days_since(made),
        "unused_days": days_since(_moment(row[f"{mark}_last_used_date"]) or made),
        "others_active": raw["others"],
    }


def _policy(raw: dict[str, Any], _region: str) -> dict[str, Any]:
    if "Name" in raw:
        return {"name": raw["Name"], "attached": True, "administrator": allows_everything(raw["Document"])}
    versions = {version["VersionId"]: version["Document"] for version in raw["PolicyVersionList"]}
    return {
        "name": raw["Arn"].rpartition("/")[2],
        "attached": raw["AttachmentCount"] > 0,
        "administrator": allows_everything(versions[raw["DefaultVersionId"]]),
    }


def _role(raw: dict[str, Any], _region: str) -> dict[str, Any]:
    own, trust = raw["Arn"].split(":")[4], raw["AssumeRolePolicyDocument"]
    attached = [str(policy["PolicyArn"]) for policy in raw.get("AttachedManagedPolicies", ())]
    accounts, conditional = trusted_accounts(trust, own)
    used = raw.get("RoleLastUsed", {}).get("LastUsedDate")
    return {
        "name": raw["RoleName"],
        "service_linked": raw["Path"].startswith("/aws-service-role/"),
        "trusts_anyone": opens_to_everyone(trust),
        "trusts_accounts": accounts,
        "trust_conditional": conditional,
        "support_access": any(arn.endswith(SUPPORT) for arn in attached),
        "administrator": any(arn.endswith(ADMINISTRATOR) for arn in attached),
        "unused_days": days_since(used) if used else None,
    }


def _root(answer: dict[str, Any], _account: str) -> dict[str, Any]:
    row = {row["user"]: row for row in answer["rows"]}[ROOT]
    uses = [_moment(row[f"{way}"]) for way in ("password_last_used", *_KEY_USES)]
    used = max((use for use in uses if use), default=None)
    keys = sum(_truth(row[f"access_key_{number}_active"]) for number in (1, 2))
    return {"mfa": _truth(row["mfa_active"]), "access_keys": keys, "unused_days": days_since(used) if used else None}


_KEY_USES = ("access_key_1_last_used_date", "access_key_2_last_used_date")


def _virtual(answer: dict[str, Any], account: str) -> dict[str, Any]:
    owners = [device["User"]["Arn"] for device in answer["VirtualMFADevices"] if device.get("User", {}).get("Arn")]
    return {"virtual_mfa": any(arn.endswith(f"::{account}:root") for arn in owners)}


def _password_policy(answer: dict[str, Any], _account: str) -> dict[str, Any]:
    policy = answer["PasswordPolicy"]
    return {
        "minimum_length": int(policy["MinimumPasswordLength"]),
        "reuse_prevented": int(policy.get("PasswordReusePrevention", 0)),
    }


def _server_certificate(raw: dict[str, Any], _region: str) -> dict[str, Any]:
    return {"name": raw["ServerCertificateName"], "days_left": days_until(raw["Expiration"])}


def _truth(text: str) -> bool:
    """A true or false of the report.

    Raises:
        KeyError: it is another word, such as ``not_supported``.
    """
    return {"true": True, "false": False}[text]


def _moment(text: str) -> datetime | None:
    return None if text in _NONE else datetime.fromisoformat(text).astimezone(UTC)


PARTS: tuple[Listing | Single, ...] = (
    Single(section="root", call=REPORT, fills=("mfa", "access_keys", "unused_days"), read=_root),
    Single(
        section="root",
        call=Call(service="iam", operation="ListVirtualMFADevices", requires=("VirtualMFADevices",)),
        fills=("virtual_mfa",),
        read=_virtual,
    ),
    Single(
        section="password_policy",
        call=Call(
            service="iam",
            operation="GetAccountPasswordPolicy",
            requires=("PasswordPolicy",),
            absent={"NoSuchEntity": {"PasswordPolicy": {"MinimumPasswordLength": DEFAULT_LENGTH}}},
        ),
        fills=("minimum_length", "reuse_prevented"),
        read=_password_policy,
    ),
    Listing(
        fact="users",
        model=AwsUser,
        call=BULK,
        items="UserDetailList",
        fills=("own_policies",),
        read=_user,
        details=(Detail(call=REPORT, fills=("console", "mfa", "console_unused_days"), read=_logins),),
        regional=False,
    ),
    Listing(
        fact="access_keys",
        model=AwsAccessKey,
        call=REPORT,
        items="keys",
        fills=("user", "active", "age_days", "unused_days", "others_active"),
        read=_key,
        regional=False,
    ),
    Listing(
        fact="policies",
        model=AwsPolicy,
        call=BULK,
        items="Documents",
        fills=("attached", "administrator"),
        read=_policy,
        regional=False,
    ),
    Listing(
        fact="roles",
        model=AwsRole,
        call=BULK,
        items="RoleDetailList",
        fills=(
            "service_linked",
            "trusts_anyone",
            "trusts_accounts",
            "trust_conditional",
            "support_access",
            "administrator",
            "unused_days",
        ),
        read=_role,
        regional=False,
    ),
    Listing(
        fact="server_certificates",
        model=AwsServerCertificate,
        call=Call(service="iam", operation="ListServerCertificates", items="ServerCertificateMetadataList"),
        fills=("days_left",),
        read=_server_certificate,
        regional=False,
    ),
)
