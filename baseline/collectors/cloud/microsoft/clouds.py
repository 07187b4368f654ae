"""The addresses of Microsoft's clouds."""

import ipaddress
from urllib.parse import urlsplit

import msgspec

from baseline.models.cloud import MicrosoftAccess, MicrosoftCloud
from baseline.models.errors import CollectError


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """Origins (``https://host``, no path) of one cloud. Tokens are asked for the audiences, whatever address is used."""

    resource_manager: str
    graph: str
    authority: str
    resource_manager_audience: str
    graph_audience: str


def _cloud(resource_manager: str, graph: str, authority: str) -> Addresses:
    return Addresses(
        resource_manager=resource_manager,
        graph=graph,
        authority=authority,
        resource_manager_audience=resource_manager,
        graph_audience=graph,
    )


CLOUDS: dict[MicrosoftCloud, Addresses] = {
    "public": _cloud(
        "https://management.azure.com", "https://graph.microsoft.com", "https://login.microsoftonline.com"
    ),
    "us_government": _cloud(
        "https://management.usgovcloudapi.net", "https://graph.microsoft.us", "https://login.microsoftonline.us"
    ),
    "china": _cloud(
        "https://management.chinacloudapi.cn",
        "https://microsoftgraph.chinacloudapi.cn",
        "https://login.chinacloudapi.cn",
    ),
}
"""Sovereign clouds (Microsoft, *Azure Government endpoints*, *Azure China endpoints*, *National cloud deployments*)."""


def addresses(access: MicrosoftAccess) -> Addresses:
    """Where this tenant is asked.

    Raises:
        CollectError: ``not_allowed`` when an address would carry a token over plain HTTP to another machine.
    """
    known = CLOUDS[access.cloud]
    replaced = {
        name: origin(value) if value else getattr(known, name)
        for name, value in (
            ("resource_manager", access.resource_manager),
            ("graph", access.graph),
            ("authority", access.authority),
        )
    }
    return msgspec.structs.replace(known, **replaced)


def origin(address: str) -> str:
    """Scheme, host and port of an address that may get a token: HTTPS, or HTTP on this machine itself.

    Raises:
        CollectError: ``not_allowed`` for any other address.
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise CollectError("not_allowed", f"'{address[:100]}' is not an address") from error
    host = parts.hostname or ""
    if not host or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise CollectError("not_allowed", f"'{address[:100]}' is not an address", "write it as https://host")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise CollectError("not_allowed", f"'{address[:100]}' is not HTTPS", "a token is sent over HTTPS only")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
