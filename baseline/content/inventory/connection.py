"""How a host is reached: Ansible's connection variables as a Connection."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Literal

from baseline.content.inventory import settings
from baseline.content.inventory.aws import read_aws_connection
from baseline.content.inventory.image import read_image_connection
from baseline.content.inventory.microsoft import MICROSOFT_PLATFORMS, read_microsoft_connection
from baseline.content.inventory.variables import Variables
from baseline.content.inventory.winrm import HTTPS_PORT, WINRM_CONNECTIONS, Remoting, read_remoting
from baseline.models.platforms import IMAGE_PLATFORMS
from baseline.models.target import Connection, Credentials

Transport = Literal["ssh", "netmiko", "winrm", "local"]

SSH_CONNECTIONS = ("ssh", "smart", "paramiko", "paramiko_ssh", "libssh", "network_cli")
_TRANSPORTS: dict[str, Transport] = {"ssh": "ssh", "netmiko": "netmiko", "winrm": "winrm", "local": "local"}
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_ENVIRONMENT_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_COMMAND_EXAMPLE = '["pass", "show", "network/audit"]'


def connection_plugin(variables: Variables) -> str:
    """The short name of the host's connection plugin: ``ssh`` for ``ansible.builtin.ssh`` and when none is set."""
    return (variables.text("ansible_connection") or "ssh").rpartition(".")[2]


def read_connection(variables: Variables) -> Connection:
    """The connection of a host; what is wrong with it becomes problems of ``variables``."""
    if variables.text("baseline_platform") in IMAGE_PLATFORMS or variables.text("baseline_image") is not None:
        return read_image_connection(variables)
    if variables.text("baseline_platform") == "aws":
        return read_aws_connection(variables)
    if variables.text("baseline_platform") in MICROSOFT_PLATFORMS:
        return read_microsoft_connection(variables, _credentials(variables))
    name, address = settings.ADDRESS, variables.text(*settings.ADDRESS) or variables.host.name
    transport = _transport(variables)
    if transport != "local" and not valid_address(address):
        place = variables.name_of(name) or name[0]
        variables.report(place, f"'{address[:100]}' is not an IP address or host name", "set ansible_host")
    _warn_of_jump_hosts(variables)
    remoting = read_remoting(variables) if transport == "winrm" else Remoting()
    return Connection(
        transport=transport,
        address=address.strip("[]"),
        port=_port(variables, HTTPS_PORT if transport == "winrm" else 22),
        authentication=remoting.authentication,
        certificate_authority=remoting.certificate_authority,
        credentials=_credentials(variables),
        become=variables.flag("ansible_become"),
        legacy_algorithms=variables.flag("baseline_legacy_algorithms"),
    )


def valid_address(address: str) -> bool:
    """Whether this is an IP address or a host name (RFC 1123, and underscores as many networks have them)."""
    bare = address[1:-1] if address.startswith("[") and address.endswith("]") else address
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        labels = address.removesuffix(".").split(".")
        return len(address) <= 253 and not _looks_numeric(labels) and all(map(_LABEL.fullmatch, labels))
    return True


def _looks_numeric(labels: list[str]) -> bool:
    """A name that ends in a number is a mistyped IPv4 address, never a host name (RFC 3696, section 2)."""
    return labels[-1].isdigit() and len(labels) > 1


def _transport(variables: Variables) -> Transport:
    chosen = variables.choice("baseline_transport", _TRANSPORTS)
    plugin = connection_plugin(variables)
    if chosen is not None:
        return chosen
    if plugin == "local":
        return "local"
    if plugin in WINRM_CONNECTIONS:
        return "winrm"
    if plugin not in SSH_CONNECTIONS:
        hint = "set baseline_transport to ssh, netmiko, winrm or local, or baseline_exclude to the reason"
        variables.report("ansible_connection", f"baseline does not have Ansible's connection '{plugin[:60]}'", hint)
    return "ssh"


def _port(variables: Variables, default: int) -> int:
    name, value = variables.value(*settings.PORT)
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,5}", str(value)) or not 1 <= int(str(value)) <= 65535:
        variables.report(name, f"{name} must be a port from 1 to 65535")
        return default
    return int(str(value))


def _warn_of_jump_hosts(variables: Variables) -> None:
    for name in settings.SSH_ARGUMENTS:
        value = str(variables.value(name)[1] or "")
        if re.search(r"(?i)proxyjump|proxycommand|(^|\s)-J", value):
            hint = "run baseline where the target can be reached directly"
            variables.report(name, f"{name} names a jump host, which baseline does not use", hint, "warning")


def _credentials(variables: Variables) -> Credentials:
    password = _secret(variables, "password", settings.PASSWORD)
    enable = _secret(variables, "enable", settings.ENABLE)
    return Credentials(
        user=variables.text(*settings.USER),
        key_file=_key_file(variables),
        password_variable=password[0],
        password_environment=password[1],
        password_command=password[2],
        enable_variable=enable[0],
        enable_environment=enable[1],
        enable_command=enable[2],
    )


def _secret(variables: Variables, kind: str, names: tuple[str, ...]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Where a secret is: variable, environment variable or command; what baseline_ variables say goes before Ansible's."""
    variable = variables.name_of(names, ("secret",))
    environment = variables.text(f"baseline_{kind}_environment")
    command = variables.words(f"baseline_{kind}_command", _COMMAND_EXAMPLE)
    if environment and not _ENVIRONMENT_NAME.fullmatch(environment):
        name = f"baseline_{kind}_environment"
        variables.report(name, f"{name} must be the name of an environment variable", "not the secret itself")
    own = variable if variable is not None and variable.startswith(settings.PREFIX) else None
    if sum(map(bool, (own, environment, command))) > 1:
        name = f"baseline_{kind}_command" if command else f"baseline_{kind}_environment"
        variables.report(name, f"more than one baseline_ variable says where the {kind} secret is", "keep one")
    if environment or command:
        return None, environment, command
    return variable, None, ()


def _key_file(variables: Variables) -> str | None:
    path = variables.text(*settings.KEY_FILE)
    if path is None:
        return None
    expanded = os.path.expanduser(path)  # noqa: PTH111 - Path raises where there is no home folder
    name = variables.name_of(settings.KEY_FILE) or settings.KEY_FILE[0]
    try:
        mode = Path(expanded).stat().st_mode
    except (OSError, ValueError):
        variables.report(name, f"the key file {path[:200]} cannot be read", level="warning")
    else:
        if mode & 0o077:
            fix = f"chmod 600 {path[:200]}"
            variables.report(name, f"the key file {path[:200]} can be read by others; ssh refuses such a key", fix)
    return expanded
