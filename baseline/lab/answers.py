"""Which function answers which ``show`` command."""

from collections.abc import Callable
from functools import cached_property

from baseline.lab.blueprint import Blueprint
from baseline.lab.moment import Moment
from baseline.lab.outputs import (
    certificates,
    hardware,
    interfaces,
    monitoring,
    secure_shell,
    services,
    sessions,
    time_sources,
)

LIVE: dict[str, Callable[[Blueprint, Moment], str]] = {
    "show clock": time_sources.show_clock,
    "show privilege": sessions.show_privilege,
    "show users": sessions.show_users,
    "show version": hardware.show_version,
}
"""Answers that differ every time."""

STEADY: dict[str, Callable[[Blueprint, Moment], str]] = {
    "show inventory": hardware.show_inventory,
    "show ip ssh": secure_shell.show_ip_ssh,
    "show logging": monitoring.show_logging,
    "show ntp associations": time_sources.show_ntp_associations,
    "show ntp status": time_sources.show_ntp_status,
    "show snmp user": monitoring.show_snmp_user,
    "show vstack config": services.show_vstack_config,
}
"""Answers that stay the same until the device changes."""

CONFIGURED: dict[str, Callable[[Blueprint, str], str]] = {
    "show crypto pki certificates": certificates.show_crypto_pki_certificates,
    "show interfaces status": interfaces.show_interfaces_status,
    "show ip interface brief": interfaces.show_ip_interface_brief,
    "show vlan brief": interfaces.show_vlan_brief,
}
"""Answers that are read from the running configuration."""


class Output:
    """One answer, in lines that end in LF, and the bytes that go over the wire, made once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def wire(self) -> bytes:
        """The answer with CR LF line ends."""
        return self.text.replace("\n", "\r\n").encode()

    @cached_property
    def line_count(self) -> int:
        """Number of lines."""
        return self.text.count("\n")
