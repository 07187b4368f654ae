"""How an AWS account is reached: the ``baseline_aws_`` variables of inventories as a Connection."""

import re
from urllib.parse import urlsplit

from baseline.content.inventory.variables import Variables
from baseline.models.cloud import AwsAccess
from baseline.models.target import Connection

_ACCOUNT = re.compile(r"[0-9]{12}")
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]{1,576}", re.ASCII)
_PROFILE = re.compile(r"[^\[\]\s]{1,128}")
_EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)
"""Characters and length as STS takes them (AWS STS, API Reference, AssumeRole)."""
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}")


def read_aws_connection(variables: Variables) -> Connection:
    """The connection of a host that is an AWS account; what is wrong with it becomes problems of ``variables``."""
    access = AwsAccess(
        account=_account(variables),
        profile=_matching(variables, "profile", _PROFILE, "the name of a profile in ~/.aws/config"),
        role=_matching(variables, "role", _ROLE, "the ARN of a role, such as arn:aws:iam::111122223333:role/baseline"),
        external_id=_matching(variables, "external_id", _EXTERNAL_ID, "an external id, 2 to 1224 characters"),
        regions=_regions(variables),
        endpoint=_endpoint(variables),
    )
    if access.external_id and not access.role:
        variables.report("baseline_aws_external_id", "baseline_aws_external_id needs baseline_aws_role")
    return Connection(transport="api", address=access.account, aws=access)


def _account(variables: Variables) -> str:
    """The number that the account must turn out to have; stated in the inventory, or that of the role."""
    account = _matching(variables, "account", _ACCOUNT, "12 digits, in quotes where the first is 0")
    role = variables.text("baseline_aws_role") or ""
    of_role = role.split(":")[4] if role.count(":") >= 5 else ""
    if account and of_role and account != of_role:
        variables.report("baseline_aws_account", f"baseline_aws_account is not the account of the role, {of_role[:20]}")
    return account or (of_role if _ACCOUNT.fullmatch(of_role) else "")


def _matching(variables: Variables, name: str, pattern: re.Pattern[str], what: str) -> str:
    text = variables.text(f"baseline_aws_{name}") or ""
    if text and not pattern.fullmatch(text):
        variables.report(f"baseline_aws_{name}", f"baseline_aws_{name} must be {what}")
        return ""
    return text


def _regions(variables: Variables) -> tuple[str, ...]:
    regions = variables.words("baseline_aws_regions", "[eu-west-1, eu-central-1]")
    for region in regions:
        if not _REGION.fullmatch(region):
            variables.report("baseline_aws_regions", f"'{region[:60]}' is not a region", "for example eu-west-1")
    return tuple(dict.fromkeys(regions))


def _endpoint(variables: Variables) -> str:
    """An address instead of those of AWS: of a gateway, or of a simulator on this machine."""
    address = variables.text("baseline_aws_endpoint") or ""
    parts = urlsplit(address)
    local = parts.hostname in ("127.0.0.1", "::1", "localhost")
    if address and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local))):
        hint = "http is for a simulator on this machine"
        variables.report("baseline_aws_endpoint", "baseline_aws_endpoint must be an https address", hint)
        return ""
    return address
