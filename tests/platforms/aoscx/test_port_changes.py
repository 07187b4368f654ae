"""One changed line of an access switch's VLANs and ports changes the facts that it is about, and no other."""

import pytest

from tests.platforms.aoscx.items import hold
from tests.platforms.vendors import GONE

DESK = "interfaces.1/1/1"
PORTS = ("1/1/1", "1/1/2", "1/1/3", "1/1/4", "1/1/49", "mgmt")

LINES = [
    (
        "snmp-server community kijkmaar",
        "snmp-server community public",
        {"snmp.communities.community 1.is_default_name": True},
    ),
    (
        "dhcpv4-snooping\ndhcpv4-snooping authorized-server",
        "dhcpv4-snooping authorized-server",
        {"dhcp_snooping.enabled": False, "vlans.10.dhcp_snooping": False, "vlans.20.dhcp_snooping": False},
    ),
    (
        "    voice\n    dhcpv4-snooping\n",
        "    voice\n",
        {"dhcp_snooping.vlans": [10], "vlans.20.dhcp_snooping": False},
    ),
    (
        "    voice\n",
        "",
        {"interfaces.1/1/2.voice_vlan": None, "interfaces.lag 1.voice_vlan": None},
    ),
    (
        "    arp inspection\nvlan 900",
        "vlan 900",
        {"arp_inspection.vlans": [10], "vlans.20.arp_inspection": False},
    ),
    ("    name parkeren\n    shutdown\n", "    name parkeren\n", {"vlans.998.enabled": True}),
    ("    name kantoor\n", "", {"vlans.10.label": None}),
    ("\nspanning-tree\n", "\n", {"spanning_tree.mode": None}),
    (
        "    radius server-group TOEGANG\n    enable\naaa authentication port-access mac-auth",
        "    radius server-group TOEGANG\naaa authentication port-access mac-auth",
        {f"{DESK}.dot1x": False},
    ),
    (
        "        eapol-timeout 30\n        enable\n",
        "        eapol-timeout 30\n",
        {f"{DESK}.dot1x": False},
    ),
    (
        "    aaa authentication port-access mac-auth\n        enable\n",
        "    aaa authentication port-access mac-auth\n",
        {f"{DESK}.mab": False},
    ),
    ("    aaa authentication port-access mac-auth\ninterface 1/1/3", "interface 1/1/3", {}),
    (
        "port-access port-security\n    enable\n",
        "port-access port-security\n",
        {f"{DESK}.port_security": False, f"{DESK}.port_security_maximum": None},
    ),
    ("        client-limit 3\n", "", {f"{DESK}.port_security_maximum": 1}),
    ("no cdp\n", "cdp\n", {"services.cdp.enabled": True} | {f"interfaces.{name}.cdp": True for name in PORTS}),
    (
        "no cdp\n",
        "no cdp\nno lldp\n",
        {"services.lldp.enabled": False}
        | {f"interfaces.{name}.lldp_receive": False for name in PORTS}
        | {f"interfaces.{name}.lldp_transmit": False for name in PORTS if name != "1/1/1"},
    ),
    ("    description balie links\n", "", {f"{DESK}.description": None}),
    ("    rate-limit broadcast 100 kbps\n", "", {f"{DESK}.storm_control": ["unicast"]}),
    (
        "    spanning-tree bpdu-guard\n    spanning-tree root-guard\n",
        "    spanning-tree root-guard\n",
        {f"{DESK}.bpdu_guard": False},
    ),
    ("    spanning-tree root-guard\n", "", {f"{DESK}.root_guard": False}),
    ("    no lldp transmit\n", "", {f"{DESK}.lldp_transmit": True}),
    ("    apply access-list ip WERKPLEK in\n", "", {f"{DESK}.access_list_in": None}),
    ("    ipv4 source-lockdown\n", "", {f"{DESK}.source_guard": False}),
    ("    spanning-tree bpdu-filter\n", "", {"interfaces.1/1/4.bpdu_filter": False}),
    ("    spanning-tree loop-guard\n", "", {"interfaces.lag 1.loop_guard": False}),
    ("    dhcpv4-snooping trust\n", "", {"interfaces.lag 1.dhcp_snooping_trust": False}),
    ("    arp inspection trust\n", "", {"interfaces.lag 1.arp_inspection_trust": False}),
    ("    vlan trunk native 998\n", "    vlan trunk native 998 tag\n", {"interfaces.lag 1.native_vlan": None}),
    (
        "    vlan trunk allowed 10,20,900\n",
        "    vlan trunk allowed all\n",
        {"interfaces.lag 1.allowed_vlans": None, "interfaces.lag 1.voice_vlan": None},
    ),
    ("interface 1/1/3\n    shutdown", "interface 1/1/3\n    no shutdown", {"interfaces.1/1/3.enabled": True}),
    ("interface 1/1/3\n    shutdown\n", "interface 1/1/3\n", {"interfaces.1/1/3.enabled": "unknown"}),
    ("interface vlan 1\n    shutdown\n", "interface vlan 1\n", {"interfaces.vlan 1.enabled": True}),
    ("    apply macsec policy UPLINK\n", "", {"interfaces.1/1/49.macsec": False}),
    (
        "no ip icmp redirect\n",
        "",
        {"interfaces.mgmt.redirects": True, "interfaces.vlan 900.redirects": True},
    ),
    (
        "https-server vrf mgmt\n",
        "",
        {
            "management.http.https_enabled": False,
            "management.http.access_list": None,
            "management.http.authentication": None,
            "management.http.tls_versions": [],
            "management.http.ciphers": [],
            "management.restconf_enabled": False,
        },
    ),
    (
        "ssh server vrf mgmt\n",
        "",
        {
            "management.ssh.enabled": False,
            "management.ssh.vrf": None,
            "management.lines.vty mgmt": GONE,
        },
    ),
    (
        "ssh server vrf mgmt\n",
        "ssh server vrf mgmt\ntelnet server vrf mgmt\n",
        {
            "management.telnet.enabled": True,
            "management.lines.vty mgmt.transports": ["ssh", "telnet"],
            "management.lines.vty mgmt.access_list_ipv6": None,
        },
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), LINES, ids=[row[0].strip()[:40] for row in LINES])
def test_a_line_of_the_access_switch(old, new, expected):
    hold("access", old, new, expected)
