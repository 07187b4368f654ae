"""How cloud tenants are reached. Secrets are never held here: the cloud's own means of signing in find them."""

from typing import Literal

import msgspec

MicrosoftCloud = Literal["public", "us_government", "china"]


class AwsAccess(msgspec.Struct, frozen=True, kw_only=True):
    """An AWS account. ``profile`` is one of the shared configuration files; without it the default chain is used.

    ``role`` is the ARN of a role to assume from there, with ``external_id`` where the role demands one. ``regions`` limits
    what is asked; empty: every region that is enabled. ``endpoint`` replaces the address of every service.
    """

    account: str = ""
    profile: str = ""
    role: str = ""
    external_id: str = ""
    regions: tuple[str, ...] = ()
    endpoint: str = ""


class MicrosoftAccess(msgspec.Struct, frozen=True, kw_only=True):
    """A Microsoft tenant: Azure subscriptions, or Entra ID, Intune and Microsoft 365.

    ``client`` is the application to sign in as; its secret or certificate is found by the credential chain of
    azure-identity. ``subscriptions`` limits what is asked of Azure; empty: every one that can be seen. ``resource_manager``,
    ``graph`` and ``authority`` replace the addresses that belong to ``cloud``.
    """

    tenant: str = ""
    client: str = ""
    cloud: MicrosoftCloud = "public"
    subscriptions: tuple[str, ...] = ()
    resource_manager: str = ""
    graph: str = ""
    authority: str = ""
