"""One changed line of a branch router changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, SOMEHOW, changes, compare, recording

COMMAND = "show running-config"

BRANCH = [
    (
        " allow SNMP peer\n     address ipv4 192.0.2.60\n    !\n",
        " allow all\n",
        {
            "interfaces.Loopback0.management_access": SOMEHOW,
            "access_lists.management-plane": GONE,
            "access_lists": [],
            "management.lines.vty-pool default.access_list_ipv4": None,
        },
    ),
    (
        "     address ipv4 192.0.2.9\n",
        "",
        {
            "access_lists.management-plane": GONE,
            "access_lists": [],
            "management.lines.vty-pool default.access_list_ipv4": None,
        },
    ),
    (
        " message-digest-key 1 md5 encrypted 02050D480809\n",
        "",
        {
            "routing.interfaces.ospf Loopback0.authentication": "none",
            "routing.interfaces.ospf GigabitEthernet0/0/0/0.authentication": "none",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    ("   passive enable\n", "", {"routing.interfaces.ospf Loopback0.passive": False}),
    ("   authentication null\n", "", {"routing.interfaces.ospf tunnel-ip1.authentication": "md5"}),
    (
        "  authentication ipsec spi 256 sha1 password 1234567890abcdef1234\n",
        "",
        {
            "routing.ospf_areas.WAN area 0.0.0.0 (2).authentication": "none",
            "routing.interfaces.ospfv3 GigabitEthernet0/0/0/0.authentication": "none",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    ("   passive-interface\n", "", {"routing.interfaces.eigrp GigabitEthernet0/0/0/5.passive": False}),
    (
        "keychain OSPF-SLEUTELS mode text\n",
        "keychain OSPF-SLEUTELS mode md5\n",
        {"routing.interfaces.rip GigabitEthernet0/0/0/6.authentication": "md5"},
    ),
    ("  ao BGP-AO include-tcp-options enable\n", "", {"routing.bgp_neighbours.10.255.1.1.authentication": "none"}),
    ("  keychain OSPF-SLEUTELS\n  address", "  address", {"routing.bgp_neighbours.10.255.1.5.authentication": "none"}),
    (
        " bgp unsafe-ebgp-policy\n",
        "",
        {
            f"routing.bgp_neighbours.{name}.{fact}": True
            for name in ("10.255.1.1", "10.255.1.5")
            for fact in ("filtered_in", "filtered_out")
        },
    ),
    (
        "ssh server vrf default\n",
        "",
        {
            "management.ssh.enabled": False,
            "management.lines.vty-pool default.transports": ["telnet"],
        },
    ),
    ("ipv4 source-route\n", "", {"services.source-routing.enabled": False}),
    (" profile KANTOOR server\n", " profile KANTOOR relay\n", {"services.dhcp-server.enabled": False}),
    ("service ipv4 tcp-small-servers max-servers 5\n", "", {"services.tcp-small-servers.enabled": False}),
    ("password6 encryption aes\n", "", {"password_rules.master_key": False}),
]


@pytest.mark.parametrize(("old", "new", "expected"), BRANCH, ids=[row[0].strip()[:40] for row in BRANCH])
def test_a_line_of_the_branch_router(old, new, expected):
    compare(changes("cisco_iosxr", {COMMAND: recording("cisco_iosxr", "wan")}, COMMAND, old, new), expected)
