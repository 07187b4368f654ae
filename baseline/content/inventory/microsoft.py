"""How a Microsoft tenant is reached: the ``baseline_microsoft_`` and ``baseline_azure_`` variables as a Connection."""

import ipaddress
import re
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from baseline.content.inventory.variables import Variables
from baseline.models.cloud import MicrosoftAccess, MicrosoftCloud, MicrosoftSignIn
from baseline.models.target import Connection, Credentials

MICROSOFT_PLATFORMS = ("azure", "microsoft365")

_IDENTITY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TENANT = re.compile(rf"{_IDENTITY.pattern}|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_CLOUDS = {word: word for word in get_args(MicrosoftCloud)}
_WAYS = {word: word for word in get_args(MicrosoftSignIn)}


def read_microsoft_connection(variables: Variables, credentials: Credentials) -> Connection:
    """The connection of a host that is a Microsoft tenant; what is wrong with it becomes problems of ``variables``."""
    access = MicrosoftAccess(
        tenant=_matching(variables, "tenant", _TENANT, "the id of a tenant, or one of its domains"),
        client=_matching(variables, "client", _IDENTITY, "the client id of an application: 32 digits with hyphens"),
        sign_in=variables.choice("baseline_microsoft_sign_in", _WAYS) or "default",
        certificate=_certificate(variables),
        cloud=variables.choice("baseline_microsoft_cloud", _CLOUDS) or "public",
        subscriptions=_subscriptions(variables),
        resource_manager=_address(variables, "baseline_azure_resource_manager"),
        graph=_address(variables, "baseline_microsoft_graph"),
        authority=_address(variables, "baseline_microsoft_authority"),
        resolver=_resolver(variables),
    )
    _check_sign_in(variables, access, credentials)
    return Connection(transport="api", address=access.tenant, credentials=credentials, microsoft=access)


def _check_sign_in(variables: Variables, access: MicrosoftAccess, credentials: Credentials) -> None:
    """Each way of signing in needs its own things, and better be told before a run than during one."""
    name = "baseline_microsoft_sign_in"
    if access.sign_in in {"secret", "certificate"} and not (access.tenant and access.client):
        hint = "set baseline_microsoft_tenant and baseline_microsoft_client"
        variables.report(name, f"{name} {access.sign_in} needs a tenant and a client", hint)
    if access.sign_in == "certificate" and not access.certificate:
        variables.report(name, f"{name} certificate needs baseline_microsoft_certificate", "the path of a PEM file")
    secret = credentials.password_variable or credentials.password_environment or credentials.password_command
    if access.sign_in in {"secret", "token"} and not secret:
        hint = "set baseline_password_environment, baseline_password_command or a vaulted baseline_password"
        variables.report(name, f"{name} {access.sign_in} needs to know where that is", hint)


def _matching(variables: Variables, name: str, pattern: re.Pattern[str], what: str) -> str:
    text = variables.text(f"baseline_microsoft_{name}") or ""
    if text and not pattern.fullmatch(text):
        variables.report(f"baseline_microsoft_{name}", f"baseline_microsoft_{name} must be {what}")
        return ""
    return text.lower()


def _certificate(variables: Variables) -> str:
    """A relative path starts at the folder of the file that states it."""
    text = variables.text("baseline_microsoft_certificate")
    if text is None:
        return ""
    path = Path(text).expanduser()
    if not path.is_absolute():
        path = Path(variables.place("baseline_microsoft_certificate").path).absolute().parent / path
    if not path.is_file():
        variables.report("baseline_microsoft_certificate", f"there is no file {str(path)[:200]}", level="warning")
    return str(path)


def _subscriptions(variables: Variables) -> tuple[str, ...]:
    name = "baseline_azure_subscriptions"
    found = variables.words(name, "[00000000-0000-0000-0000-000000000000]")
    for subscription in found:
        if not _IDENTITY.fullmatch(subscription):
            variables.report(name, f"'{subscription[:60]}' is not the id of a subscription", "see: az account list")
    return tuple(dict.fromkeys(subscription.lower() for subscription in found))


def _resolver(variables: Variables) -> str:
    """The one DNS resolver that may be asked for mail records: an IP address, with a port where it is not 53."""
    text = variables.text("baseline_microsoft_resolver") or ""
    bare, _, port = text.rpartition(":") if text.count(":") == 1 or "]:" in text else (text, "", "")
    try:
        known = not text or (ipaddress.ip_address(bare.strip("[]")) and (not port or 0 < int(port) < 65536))
    except ValueError:
        known = False
    if not known:
        variables.report(
            "baseline_microsoft_resolver", "baseline_microsoft_resolver must be the IP address of a resolver"
        )
    return text if known else ""


def _address(variables: Variables, name: str) -> str:
    """An address instead of the cloud's own: of a gateway, or of a simulator on this machine."""
    address = variables.text(name) or ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    local = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if address and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local))):
        variables.report(name, f"{name} must be an https address", "http is for a simulator on this machine")
        return ""
    return address
