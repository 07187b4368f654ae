"""Named defects: each says what one mistake changes in the posture of a switch."""

from collections.abc import Iterable

import msgspec

from baseline.lab.errors import LabError
from baseline.lab.posture import Posture


class Defect(msgspec.Struct, frozen=True):
    """One mistake. ``changes`` names fields of ``Posture``."""

    title: str
    changes: dict[str, object]


DEFECTS: dict[str, Defect] = {
    "telnet_on_vty": Defect("Telnet is accepted on the vty lines", {"vty_transport": "telnet ssh"}),
    "no_vty_access_class": Defect("The vty lines accept any source address", {"vty_access_class": False}),
    "no_exec_timeout": Defect("Idle sessions never end", {"exec_timeout_minutes": 0}),
    "no_login_block": Defect("Password guessing is not slowed down", {"login_block": False}),
    "no_banner": Defect("No banner at logging in", {"banner": False}),
    "http_server": Defect("Management over plain HTTP", {"http_server": True}),
    "ssh_version_1": Defect("SSH version 1 is accepted too", {"ssh_version": 1}),
    "small_ssh_key": Defect("The SSH host key has 1024 bits", {"ssh_modulus_bits": 1024}),
    "weak_ssh_algorithms": Defect("SSH offers CBC ciphers and SHA-1", {"ssh_strong_algorithms": False}),
    "no_aaa": Defect("No central authentication", {"aaa": False, "accounting": False}),
    "no_accounting": Defect("Commands are not accounted for", {"accounting": False}),
    "type_7_passwords": Defect("Secrets are kept reversibly", {"reversible_secrets": True}),
    "no_password_policy": Defect("No rules for local passwords", {"password_policy": False}),
    "unknown_account": Defect("A local account that nobody listed", {"extra_account": "installateur"}),
    "snmp_community_public": Defect("SNMP version 2 with community public", {"snmp_communities": (("public", "RO"),)}),
    "snmp_community_writable": Defect("SNMP version 2 may write", {"snmp_communities": (("private", "RW"),)}),
    "snmp_without_privacy": Defect("SNMP version 3 without encryption", {"snmp_level": "auth"}),
    "no_syslog": Defect("Nothing is logged elsewhere", {"syslog_servers": 0}),
    "single_syslog": Defect("One log server", {"syslog_servers": 1}),
    "no_change_log": Defect("Configuration commands are not logged", {"log_changes": False}),
    "no_log_timestamps": Defect("Log lines tell time since the start only", {"log_timestamps": False}),
    "single_unauthenticated_ntp": Defect(
        "One time source, not authenticated", {"ntp_servers": 1, "ntp_authenticated": False}
    ),
    "clock_not_synchronised": Defect("The clock follows no time source", {"clock_synchronised": False}),
    "legacy_services": Defect("Services pad, finger and small servers run", {"legacy_services": True}),
    "smart_install": Defect("Smart Install client is on", {"smart_install": True}),
    "source_routing": Defect("Packets may choose their own route", {"source_routing": True}),
    "cdp_at_edge": Defect("CDP talks on access ports", {"cdp": True}),
    "old_software": Defect("Software that is no longer supported", {"version": "16.03.05b"}),
    "no_bpduguard": Defect("An access port without BPDU guard", {"bpdu_guard": False}),
    "no_port_authentication": Defect("An access port without 802.1X", {"port_authentication": False}),
    "no_storm_control": Defect("Access ports without storm control", {"storm_control": False}),
    "no_dhcp_snooping": Defect("No DHCP snooping", {"dhcp_snooping": False, "arp_inspection": False}),
    "no_arp_inspection": Defect("No ARP inspection", {"arp_inspection": False}),
    "unused_ports_open": Defect("Unused ports are enabled", {"unused_ports_shut": False}),
    "trunk_negotiation": Defect("Trunks are negotiated", {"trunk_negotiation": True}),
    "native_vlan_1": Defect("VLAN 1 is untagged on trunks", {"native_vlan": 1}),
    "no_control_plane_policing": Defect("The processor is not protected", {"control_plane_policing": False}),
    "no_routing_authentication": Defect("Routing neighbours are not authenticated", {"routing_authentication": False}),
    "unsaved_changes": Defect("The running configuration was not saved", {"unsaved_changes": True}),
}

CORE_ONLY = frozenset({"no_routing_authentication"})
ACCESS_ONLY = frozenset({"no_port_authentication", "no_bpduguard", "no_storm_control"})


def posture_with(defects: Iterable[str]) -> Posture:
    """The posture of a switch with these defects.

    Raises:
        LabError: a name that is no defect.
    """
    changes: dict[str, object] = {}
    for name in defects:
        if name not in DEFECTS:
            raise LabError(f"there is no defect {name!r}; known are {', '.join(sorted(DEFECTS))}")
        changes |= DEFECTS[name].changes
    return msgspec.structs.replace(Posture(), **changes)
