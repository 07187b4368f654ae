"""What a cloud can be held against, from the variables of hosts: all of them, excluded or wrongly described too."""

import re
from collections.abc import Iterable, Iterator

from baseline.content.inventory import settings
from baseline.content.inventory.microsoft import MICROSOFT_PLATFORMS
from baseline.content.inventory.variables import HostVariables, Variables
from baseline.models.platforms import IMAGE_PLATFORMS
from baseline.models.register import Register, RegisteredTarget, plain_address

ACCOUNT = "baseline_cloud_account"
CLOUD_ID = "baseline_cloud_id"

_ACCOUNT = re.compile(r"[0-9]{12}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+")
_ROLE = re.compile(r"arn:[^:]*:iam::([0-9]{12}):.+")


def read_register(hosts: Iterable[HostVariables]) -> Register:
    """Every host that stands for a machine or for accounts of a cloud; images stand for neither."""
    return Register(target for host in hosts for target in _registered(Variables(host)))


def check_cloud_settings(variables: Variables) -> None:
    """Report an account that cannot be one."""
    account = variables.text(ACCOUNT)
    if account is not None and not _ACCOUNT.fullmatch(account.lower()):
        hint = "12 digits, in quotes where the first is 0; or the id of a subscription or tenant"
        variables.report(ACCOUNT, f"{ACCOUNT} must be an AWS account, an Azure subscription or a tenant", hint)
    variables.text(CLOUD_ID)


def _registered(variables: Variables) -> Iterator[RegisteredTarget]:
    platform = _text(variables, "baseline_platform")
    if platform in IMAGE_PLATFORMS or variables.text("baseline_image") is not None:
        return
    account = platform == "aws" or platform in MICROSOFT_PLATFORMS
    yield RegisteredTarget(
        name=variables.host.name,
        address="" if account else plain_address(variables.text(*settings.ADDRESS) or variables.host.name),
        cloud_id=_text(variables, CLOUD_ID),
        account=_text(variables, ACCOUNT),
        accounts=tuple(_accounts(variables, platform)),
        machine=not account,
        exposed=_text(variables, "baseline_exposure") == "internet",
        excluded=variables.value("baseline_exclude")[1] not in (None, False),
    )


def _accounts(variables: Variables, platform: str) -> Iterator[str]:
    """What a target of a cloud is, as far as the inventory says: the number of an account, ids of subscriptions."""
    if platform == "aws":
        role = _ROLE.fullmatch(_text(variables, "baseline_aws_role"))
        number = _text(variables, "baseline_aws_account") or (role[1] if role else "")
        yield from filter(None, (number,))
    elif platform == "azure":
        yield from (identity.lower() for identity in variables.words("baseline_azure_subscriptions", ""))


def _text(variables: Variables, *names: str) -> str:
    return (variables.text(*names) or "").lower()
