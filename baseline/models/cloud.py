"""How cloud tenants are reached. Secrets are never held here: the cloud's own means of signing in find them."""

from typing import Literal

import msgspec

MicrosoftCloud = Literal["public", "us_government", "china"]
MicrosoftSignIn = Literal["default", "secret", "certificate", "azure_cli", "token"]


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

    ``client`` is the application (or managed identity) to sign in as. ``sign_in`` says how: ``default`` is the chain of
    azure-identity (environment, workload identity, managed identity, Azure CLI), ``secret`` and ``certificate`` are an
    application's own, ``azure_cli`` is whoever ran ``az login``, ``token`` is an access token that something else got. The
    secret or token is the target's password; ``certificate`` is the path of a PEM or PKCS #12 file with its key.
    ``subscriptions`` limits what is asked of Azure; empty: every one that can be seen. ``resource_manager``, ``graph`` and
    ``authority`` replace the addresses that belong to ``cloud``. ``resolver`` is the DNS resolver (address, and port where
    it is not 53) that may be asked for the records of mail domains; empty: none may.
    """

    tenant: str = ""
    client: str = ""
    sign_in: MicrosoftSignIn = "default"
    certificate: str = ""
    cloud: MicrosoftCloud = "public"
    subscriptions: tuple[str, ...] = ()
    resource_manager: str = ""
    graph: str = ""
    authority: str = ""
    resolver: str = ""
