"""How Windows is reached over WinRM: the variables of Ansible's connections psrp and winrm. TLS is never left out."""

from typing import Literal

import msgspec

from baseline.content.inventory import settings
from baseline.content.inventory.variables import Variables

WINRM_CONNECTIONS = ("psrp", "winrm")
HTTPS_PORT, HTTP_PORT = 5986, 5985
"""Ports of WinRM (Microsoft: Installation and configuration for Windows Remote Management)."""
_SHELLS = ("powershell", "cmd")

Authentication = Literal["negotiate", "kerberos", "ntlm", "basic"]
_AUTHENTICATIONS: dict[str, Authentication] = {
    "negotiate": "negotiate",
    "kerberos": "kerberos",
    "ntlm": "ntlm",
    "basic": "basic",
    "plaintext": "basic",
    "ssl": "basic",
}


class Remoting(msgspec.Struct, frozen=True):
    """How a user and a server are proved."""

    authentication: Authentication = "negotiate"
    certificate_authority: str = ""


def means_windows(variables: Variables, plugin: str) -> bool:
    """Whether Ansible takes the host for Windows: it is reached over WinRM, or its shell is one of Windows."""
    return plugin in WINRM_CONNECTIONS or (variables.text("ansible_shell_type") or "").lower() in _SHELLS


def read_remoting(variables: Variables) -> Remoting:
    """How to prove who is who; what is not safe becomes a problem of ``variables``."""
    name, protocol = variables.name_of(settings.WINRM_PROTOCOL), variables.text(*settings.WINRM_PROTOCOL)
    port = variables.text(*settings.PORT)
    if (protocol or "https").lower() != "https" or (port == str(HTTP_PORT) and protocol is None):
        place = name or variables.name_of(settings.PORT) or settings.PORT[0]
        hint = f"set up its HTTPS listener, and ansible_port: {HTTPS_PORT}"
        variables.report(place, "baseline asks over WinRM within TLS only", hint)
    if (variables.text(*settings.WINRM_VALIDATION) or "").lower() == "ignore":
        hint = "name the file of the authority that signed it: ansible_psrp_ca_cert"
        place = variables.name_of(settings.WINRM_VALIDATION) or settings.WINRM_VALIDATION[0]
        variables.report(place, "the certificate of the server is always checked", hint)
    return Remoting(_authentication(variables), variables.text(*settings.WINRM_AUTHORITY) or "")


def _authentication(variables: Variables) -> Authentication:
    name = variables.name_of(settings.WINRM_AUTHENTICATION)
    return "negotiate" if name is None else variables.choice(name, _AUTHENTICATIONS) or "negotiate"
