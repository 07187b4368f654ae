"""Access tokens for Microsoft's APIs, by azure-identity, or one that something else got."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from baseline.collectors.cloud.microsoft.clouds import Addresses
from baseline.collectors.cloud.microsoft.failure import plain
from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import MicrosoftAccess
from baseline.models.errors import CollectError
from baseline.models.target import Target

REFRESH_BEFORE_SECONDS = 300.0
"""A token is replaced this long before it ends."""

Fetch = Callable[[bool], tuple[str, float]]
"""Gets a token and when it ends, in seconds since 1970; blocks. True: signs in anew, whatever azure-identity remembers."""


class Tokens:
    """The token of one audience, kept until it nearly ends."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._lock = asyncio.Lock()
        self._token, self._ends = "", 0.0

    async def token(self, *, refused: str = "") -> str:
        """A token. ``refused`` is one that the server did not accept: it is not handed out again without asking anew.

        Raises:
            CollectError: ``authentication`` or ``credential``: no token could be got.
        """
        async with self._lock:
            if not self._token or self._token == refused or time.time() > self._ends - REFRESH_BEFORE_SECONDS:
                self._token, self._ends = await asyncio.to_thread(self._fetch, bool(refused))
            return self._token


def tokens_for(target: Target, settings: CollectSettings, known: Addresses, audience: str) -> Tokens:
    """How this target signs in for ``audience``.

    Raises:
        CollectError: ``credential`` when what it needs for that is not there, ``missing_extra`` without azure-identity.
    """
    access = target.connection.microsoft or MicrosoftAccess()
    if access.sign_in == "token":
        return Tokens(lambda _anew: (_secret(target, settings, "access token"), time.time() + 3600))
    cache: list[Any] = []

    def fetch(anew: bool) -> tuple[str, float]:
        if anew or not cache:
            cache[:] = [_credential(target, access, settings, known)]
        return _token_of(cache[0], access, audience)

    return Tokens(fetch)


def _token_of(credential: Any, access: MicrosoftAccess, audience: str) -> tuple[str, float]:
    from azure.core.exceptions import AzureError  # noqa: PLC0415 - an extra

    options = {"tenant_id": access.tenant} if access.tenant and access.sign_in in {"default", "azure_cli"} else {}
    try:
        found = credential.get_token(f"{audience}/.default", **options)
    except (AzureError, ValueError, OSError) as error:
        said = plain(str(error).split("\n")[0])
        raise CollectError("authentication", f"no token for {audience}: {said}", _ADVICE[access.sign_in]) from error
    return found.token, float(found.expires_on)


_ADVICE = {
    "default": "run az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET",
    "secret": "check tenant, client and secret, and whether the secret has ended",
    "certificate": "check tenant, client and certificate, and whether it has ended",
    "azure_cli": "run az login",
}


def _credential(target: Target, access: MicrosoftAccess, settings: CollectSettings, known: Addresses) -> Any:
    try:
        from azure import identity  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        hint = "pip install 'baseline[azure]'"
        raise CollectError("missing_extra", "signing in at Microsoft needs azure-identity", hint) from error
    # An authority of one's own is not one that Microsoft's instance discovery knows.
    options: dict[str, Any] = {"authority": known.authority, "disable_instance_discovery": bool(access.authority)}
    try:
        if access.sign_in == "secret":
            secret = _secret(target, settings, "secret of the application")
            return identity.ClientSecretCredential(access.tenant, access.client, secret, **options)
        if access.sign_in == "certificate":
            password = settings.secret(target, "password")
            options |= {"password": password} if password else {}
            return identity.CertificateCredential(access.tenant, access.client, access.certificate, **options)
        if access.sign_in == "azure_cli":
            return identity.AzureCliCredential(additionally_allowed_tenants=["*"])
        return _chain(identity, access, options)
    except (ValueError, OSError) as error:
        raise CollectError("credential", f"signing in is not set up: {plain(str(error))}") from error


def _chain(identity: Any, access: MicrosoftAccess, options: dict[str, Any]) -> Any:
    chosen = {"managed_identity_client_id": access.client} if access.client else {}
    return identity.DefaultAzureCredential(
        exclude_interactive_browser_credential=True,
        exclude_shared_token_cache_credential=True,
        exclude_visual_studio_code_credential=True,
        exclude_broker_credential=True,
        additionally_allowed_tenants=["*"],
        **chosen,
        **options,
    )


def _secret(target: Target, settings: CollectSettings, what: str) -> str:
    secret = settings.secret(target, "password")
    if not secret:
        hint = "set baseline_password_environment, baseline_password_command or a vaulted baseline_password"
        raise CollectError("credential", f"there is no {what}", hint)
    return secret.strip()
