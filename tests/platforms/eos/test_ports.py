"""Ports, routing, cryptography and pairs of recorded EOS switches."""

import pytest

from baseline.models.facts.fact import Unknown
from tests.platforms.eos.recorded import EOS, RUNNING, by_name, configured, recorded


def test_a_status_in_a_description_is_no_status():
    lines = "Port       Name            Status       Vlan\nEt1        not connected   notconnect   1    auto\n"
    facts = EOS.parse({RUNNING: recorded("leaf"), "show interfaces status": lines}).facts
    assert {port.name: port.link_up for port in facts.interfaces}["Ethernet1"] is False


def test_ports(leaf, spine):
    ports = by_name(leaf.interfaces)
    desk = ports["Ethernet1"]
    assert (desk.mode, desk.access_vlan, desk.voice_vlan, desk.dot1x, desk.mab) == ("access", 10, 20, True, True)
    assert (desk.portfast, desk.bpdu_guard, desk.root_guard, desk.port_security_maximum) == (True, True, True, 3)
    assert (desk.lldp_transmit, desk.lldp_receive, desk.cdp) == (False, True, False)
    assert (desk.storm_control, desk.source_guard, desk.link_up) == (["broadcast", "multicast"], True, True)
    assert (ports["Ethernet2"].access_vlan, ports["Ethernet2"].link_up, ports["Ethernet3"].enabled) == (1, False, False)
    wan = ports["Ethernet47"]
    assert (wan.mode, wan.macsec, wan.unicast_rpf, wan.access_list_in) == ("routed", True, "strict", "RAND-IN")
    assert (ports["Ethernet48"].mode, ports["Ethernet48"].aggregate) == ("member", "Port-Channel1")
    assert (ports["Port-Channel1"].allowed_vlans, ports["Port-Channel1"].native_vlan) == ("10,20-22", 999)
    assert (ports["Vlan10"].proxy_arp, ports["Vlan10"].redirects, ports["Vlan10"].addresses) == (
        True,
        False,
        ["198.51.100.1/24"],
    )
    assert {port.name: port.mode for port in spine.interfaces}["Ethernet5"] == "access"
    assert {port.name: port.mode for port in spine.interfaces}["Ethernet1"] == "routed"


def ports(text):
    return by_name(configured(text).interfaces)


def test_a_port_for_a_telephone_is_a_port_for_users():
    text = "interface Ethernet1\n   switchport trunk native vlan 110\n   switchport phone vlan 120\n"
    port = ports(f"{text}   switchport mode trunk phone\n   switchport")["Ethernet1"]
    assert (port.mode, port.access_vlan, port.voice_vlan, port.allowed_vlans) == ("access", 110, 120, None)


def test_defaults_and_profiles_are_no_interfaces_but_count_for_them():
    found = ports(
        "interface defaults\n   ethernet\n      shutdown\n   mtu 9214\n!\n"
        "interface profile STIL\n   command no lldp transmit\n   command storm-control broadcast level 1\n!\n"
        "interface Ethernet1\n   profile STIL\n   no shutdown\n!\n"
        "interface Ethernet2\n!\ninterface Management1\n!\ninterface Vlan10"
    )
    assert {name: port.enabled for name, port in found.items()} == {
        "Ethernet1": True,
        "Ethernet2": False,
        "Management1": True,
        "Vlan10": True,
    }
    assert (found["Ethernet1"].lldp_transmit, found["Ethernet1"].storm_control) == (False, ["broadcast"])
    assert found["Ethernet2"].lldp_transmit is True


def test_algorithms_that_are_not_written_are_not_guessed():
    lines = "ip security\n   ike policy A\n      dh-group 20\n   sa policy B\n      esp encryption aes256gcm128"
    ike, ipsec = configured(lines).vpn_proposals
    assert "write it out" in ike.ciphers.reason
    assert isinstance(ike.hashes, Unknown)
    assert (ipsec.ciphers, ipsec.hashes, ipsec.dh_groups) == (["aes256gcm128"], [], [])


def test_vlans_and_spanning_tree(leaf, spine):
    vlans = {vlan.number: vlan for vlan in leaf.vlans}
    assert list(vlans) == [10, 20, 21, 22, 999]
    assert (vlans[10].label, vlans[10].dhcp_snooping, vlans[999].enabled) == ("kantoor", True, False)
    assert (leaf.spanning_tree.mode, spine.spanning_tree.mode) == ("mst", None)


def test_access_lists(leaf):
    lists = by_name(leaf.access_lists)
    assert lists["SSH-IN"].permitted_sources == ["192.0.2.64/27", "192.0.2.5"]
    assert (lists["ALLES"].permits_any, lists["RAND-IN"].denials_logged) == (True, True)


def test_routing(spine, leaf):
    found = {one.name: (one.authentication, one.passive) for one in spine.routing.interfaces}
    assert found == {
        "ospf Ethernet1": ("hmac_sha", False),
        "ospf Ethernet2": ("md5", True),
        "ospf Ethernet3": ("none", True),
        "ospfv3 Ethernet1": ("ipsec", False),
        "isis Ethernet3": ("hmac_sha", False),
        "isis Loopback0": ("none", True),
        "rip Ethernet4": ("none", False),
    }
    assert [(group.name, group.authentication) for group in leaf.routing.first_hop_groups] == [
        ("Vlan10 vrrp 10", "md5")
    ]


def test_bgp_neighbours_take_what_their_group_says(spine):
    neighbours = by_name(spine.routing.bgp_neighbours)
    assert "`maximum-routes`" in neighbours["KLANT 10.0.0.1"].maximum_prefixes.reason
    assert {name: one.authentication for name, one in neighbours.items()} == {
        "10.9.0.0/16": "md5",
        "203.0.113.20": "md5",
        "203.0.113.21": "none",
        "KLANT 10.0.0.1": "tcp_ao",
    }
    limits = {name: neighbours[name].maximum_prefixes for name in ("10.9.0.0/16", "203.0.113.20", "203.0.113.21")}
    assert limits == {"10.9.0.0/16": 1000, "203.0.113.20": 1000, "203.0.113.21": None}
    edge = neighbours["203.0.113.20"]
    assert (edge.group, edge.enabled, edge.remote_as, edge.ttl_security_hops) == ("RAND", False, "64496", 1)
    assert (edge.filtered_in, edge.filtered_out) == (True, True)


def test_neighbours_that_are_found_on_a_link():
    lines = (
        "router bgp 65001\n   neighbor BUREN peer group\n   neighbor BUREN password 7 070C285F4D06\n"
        "   neighbor BUREN maximum-routes 500\n   neighbor interface Ethernet1-3 peer-group BUREN remote-as 65002"
    )
    (found,) = configured(lines).routing.bgp_neighbours
    assert (found.name, found.group, found.remote_as) == ("interface Ethernet1-3", "BUREN", "65002")
    assert (found.external, found.authentication, found.maximum_prefixes) == (True, "md5", 500)


def test_certificates_and_vpn(leaf):
    own, default = leaf.certificates
    assert (own.name, own.key_bits, own.not_after) == ("api.crt", 3072, "2026-11-12T03:12:40Z")
    assert (own.issuer, own.self_signed, default.self_signed) == ("CN=Beheer CA,O=Gemeente,C=NL", False, True)
    ike, ipsec = leaf.vpn_proposals
    assert (ike.name, ike.ciphers, ike.hashes, ike.dh_groups) == ("ikev2 STERK", ["aes256"], ["sha384"], [20])
    assert (ipsec.name, ipsec.ciphers) == ("ipsec STERK", ["aes256gcm128"])


def test_a_pair(leaf, spine):
    pair = leaf.high_availability
    assert (pair.enabled, pair.peer_ready, pair.synchronised) == (True, True, True)
    assert spine.high_availability.enabled is False
    assert "`show mlag`" in spine.high_availability.peer_ready.reason


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("state                              :              Active", "state : Inactive", (True, False, True)),
        (
            "negotiation status                 :           Connected",
            "negotiation status : Connecting",
            (True, False, True),
        ),
        ("peer-link status                   :                  Up", "peer-link status : Down", (True, False, True)),
        ("peer-config                        :          consistent", "peer-config : inconsistent", (True, True, False)),
    ],
)
def test_a_pair_that_is_not_ready(outputs, old, new, expected):
    assert outputs["show mlag"].count(old) == 1
    pair = EOS.parse(outputs | {"show mlag": outputs["show mlag"].replace(old, new)}).facts.high_availability
    assert (pair.enabled, pair.peer_ready, pair.synchronised) == expected


def test_a_device_without_a_peer(outputs):
    text = "MLAG Status:\nstate : Disabled\nnegotiation status :\npeer-link status :\n"
    pair = EOS.parse(outputs | {"show mlag": text}).facts.high_availability
    assert pair.enabled is False
    assert "not one of" in pair.peer_ready.reason


@pytest.mark.parametrize(("traffic", "encrypted"), [("", True), ("      traffic unprotected allow active-sak", False)])
def test_a_link_is_encrypted_unless_its_profile_lets_something_else_over_it(traffic, encrypted):
    profile = f"mac security\n   profile LIJN\n      cipher aes256-gcm-xpn\n{traffic}\n"
    (port,) = configured(f"{profile}interface Ethernet48\n   mac security profile LIJN").interfaces
    assert port.macsec is encrypted
