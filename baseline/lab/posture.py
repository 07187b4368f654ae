"""What a security officer would look at in one switch. Every default is the good situation."""

from typing import Literal

import msgspec


class Posture(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a switch that checks speak about; the configuration and every ``show`` answer follow from it.

    Times are in minutes, key sizes in bits. ``defects`` maps names to what they change here.
    """

    version: str = "17.12.04"
    vty_transport: str = "ssh"
    vty_access_class: bool = True
    exec_timeout_minutes: int = 10
    """0 means that a session never ends."""
    login_block: bool = True
    banner: bool = True
    http_server: bool = False
    https_server: bool = False
    ssh_version: Literal[1, 2] = 2
    """1: the device also accepts version 1, which it calls 1.99."""
    ssh_modulus_bits: int = 4096
    ssh_strong_algorithms: bool = True

    aaa: bool = True
    accounting: bool = True
    reversible_secrets: bool = False
    password_policy: bool = True
    extra_account: str | None = None

    snmp_communities: tuple[tuple[str, str], ...] = ()
    """Pairs of a community and its access (``RO`` or ``RW``)."""
    snmp_level: Literal["priv", "auth"] = "priv"
    syslog_servers: int = 2
    log_changes: bool = True
    log_timestamps: bool = True
    ntp_servers: int = 2
    ntp_authenticated: bool = True
    clock_synchronised: bool = True

    legacy_services: bool = False
    smart_install: bool = False
    source_routing: bool = False
    cdp: bool = False

    bpdu_guard: bool = True
    """False: one access port goes without."""
    port_authentication: bool = True
    """False: one access port goes without."""
    storm_control: bool = True
    dhcp_snooping: bool = True
    arp_inspection: bool = True
    unused_ports_shut: bool = True
    trunk_negotiation: bool = False
    native_vlan: int = 999
    control_plane_policing: bool = True
    routing_authentication: bool = True
    """Only the core switches route."""

    unsaved_changes: bool = False
