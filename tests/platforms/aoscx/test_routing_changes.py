"""One changed line of an aggregation switch changes the facts that it is about, and no other."""

import pytest

from tests.platforms.aoscx.items import hold
from tests.platforms.vendors import GONE, SOMEHOW

LINES = [
    (
        "telnet server vrf default\n",
        "",
        {"management.telnet.enabled": False, "management.lines.vty default.transports": ["ssh"]},
    ),
    (
        "session-timeout 0\n",
        "",
        {f"management.lines.{name}.idle_timeout_seconds": 1800 for name in ("console", "vty default", "vty BEHEER")},
    ),
    (
        "apply access-list ip RAND control-plane vrf BEHEER\n",
        "",
        {"management.lines.vty BEHEER.access_list_ipv4": None},
    ),
    (
        "aaa authentication login ssh group tacacs\n",
        "",
        {
            "aaa.authentication.login ssh": GONE,
            "management.lines.vty default.authentication_list": "default",
            "management.lines.vty BEHEER.authentication_list": "default",
        },
    ),
    ("apply copp-policy eigen\n", "", {"control_plane.policy": "default"}),
    ("spanning-tree mode rpvst\n", "", {"spanning_tree.mode": "mst"}),
    (
        "radius-server key plaintext geheim-geheim\n",
        "",
        {
            "aaa.servers.198.51.100.80.has_key": False,
            "aaa.servers.198.51.100.80.key_storage": "none",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    (
        "snmp-server community public\n",
        "",
        {"snmp.communities.community 2": GONE, "snmp.communities.community 1": SOMEHOW},
    ),
    ("    access-level rw\n", "", {"snmp.communities.community 2.access": "read"}),
    (
        "trap version v2c community kijkmaar vrf default",
        "trap version v1 community kijkmaar",
        {"snmp.hosts.198.51.100.60": SOMEHOW},
    ),
    (
        "    passive-interface default\n",
        "",
        {f"routing.interfaces.ospf {name}.passive": False for name in ("1/1/5", "1/1/6", "loopback 0", "vlan 10")},
    ),
    ("    ip ospf authentication message-digest\n", "", {"routing.interfaces.ospf 1/1/2.authentication": "none"}),
    (
        "    ip ospf authentication message-digest\n",
        "    ip ospf authentication hmac-sha-256\n",
        {"routing.interfaces.ospf 1/1/2.authentication": "hmac_sha"},
    ),
    ("    ip ospf keychain OSPF-SLEUTELS\n", "", {"routing.interfaces.ospf 1/1/6.authentication": "none"}),
    (
        "    area 0.0.0.1 authentication message-digest\n",
        "    area 0.0.0.1\n",
        {"routing.ospf_areas.1 area 0.0.0.1.authentication": "none"},
    ),
    ("        neighbor 203.0.113.20 route-map IN in\n", "", {"routing.bgp_neighbours.203.0.113.20.filtered_in": False}),
    (
        "        neighbor 203.0.113.20 maximum-prefix 1000\n",
        "",
        {"routing.bgp_neighbours.203.0.113.20.maximum_prefixes": None},
    ),
    (
        "    neighbor 203.0.113.20 ttl-security-hops 1\n",
        "",
        {"routing.bgp_neighbours.203.0.113.20.ttl_security_hops": None},
    ),
    ("    neighbor 203.0.113.21 shutdown\n", "", {"routing.bgp_neighbours.203.0.113.21.enabled": True}),
    ("    ip urpf strict\n", "    ip urpf loose\n", {"interfaces.1/1/2.unicast_rpf": "loose"}),
    ("    ip proxy-arp\n", "", {"interfaces.vlan 10.proxy_arp": False}),
    ("    ip directed-broadcast\n", "", {"interfaces.vlan 10.directed_broadcast": False}),
    ("    apply access-list ipv6 RAND out\n", "", {"interfaces.1/1/2.access_list_ipv6_out": None}),
    ("    vrf attach HARTSLAG\n", "", {"interfaces.1/1/4.vrf": None}),
    (
        "    lag 10\n",
        "",
        {
            "interfaces.1/1/1.aggregate": None,
            "interfaces.1/1/1.mode": "routed",
        },
    ),
    (
        "        range 198.51.100.100 198.51.100.200\n    enable\n",
        "        range 198.51.100.100 198.51.100.200\n",
        {"services.dhcp-server.enabled": False},
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), LINES, ids=[row[0].strip()[:40] for row in LINES])
def test_a_line_of_the_aggregation_switch(old, new, expected):
    hold("aggregation", old, new, expected)
