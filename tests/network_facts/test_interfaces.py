import pytest

from baseline.collectors.network.platforms.arista_eos.interface_lines import TABLE as EOS
from baseline.models.facts.fact import Unknown


def _ports(facts):
    return {port.name: port for port in facts.interfaces}


def test_an_access_port_with_its_protections(switch):
    port = _ports(switch)["GigabitEthernet1/0/1"]
    assert (port.kind, port.mode, port.enabled, port.description) == ("physical", "access", True, "balie links")
    assert (port.access_vlan, port.voice_vlan, port.trunk_negotiation) == (10, 20, False)
    assert (port.port_control, port.dot1x, port.mab) == ("auto", True, True)
    assert (port.port_security, port.port_security_maximum) == (True, 3)
    assert port.storm_control == ["broadcast", "multicast"]
    assert (port.portfast, port.root_guard, port.source_guard, port.cdp) == (True, True, True, False)


def test_bpdu_guard_holds_by_default_on_ports_with_portfast(switch):
    ports = _ports(switch)
    assert ports["GigabitEthernet1/0/1"].bpdu_guard is True
    assert ports["GigabitEthernet1/0/3"].bpdu_guard is False


def test_a_port_that_says_nothing_negotiates_trunking_in_vlan_1(switch):
    port = _ports(switch)["GigabitEthernet1/0/2"]
    assert (port.mode, port.access_vlan, port.native_vlan, port.trunk_negotiation) == ("dynamic", 1, 1, True)
    assert (port.port_control, port.dot1x, port.allowed_vlans) == ("force_authorized", False, None)


def test_trunks_say_what_they_carry(switch):
    ports = _ports(switch)
    trunk = ports["Port-channel1"]
    assert (trunk.kind, trunk.mode, trunk.native_vlan, trunk.allowed_vlans) == (
        "aggregate",
        "trunk",
        999,
        "10,20,21-22",
    )
    assert (trunk.trunk_negotiation, trunk.dhcp_snooping_trust, trunk.arp_inspection_trust) == (False, True, True)
    open_trunk = ports["GigabitEthernet1/0/47"]
    assert (open_trunk.allowed_vlans, open_trunk.native_vlan, open_trunk.trunk_negotiation) == (None, 1, True)
    member = ports["GigabitEthernet1/0/48"]
    assert (member.mode, member.aggregate) == ("member", "Port-channel1")


def test_a_template_counts_and_the_port_itself_wins(switch):
    port = _ports(switch)["GigabitEthernet1/0/4"]
    assert (port.mode, port.dot1x, port.mab, port.port_control) == ("access", True, True, "auto")
    assert port.access_vlan == 21


def test_a_template_that_the_configuration_does_not_show_leaves_protections_unknown(switch):
    port = _ports(switch)["GigabitEthernet1/0/5"]
    for fact in (port.mode, port.dot1x, port.bpdu_guard, port.port_control):
        assert fact == Unknown("the interface uses template ELDERS, which the configuration does not show")
    assert port.enabled is True


def test_addresses_filters_and_what_a_routed_interface_answers(switch, router):
    vlan = _ports(switch)["Vlan900"]
    assert (vlan.kind, vlan.mode, vlan.vrf, vlan.addresses) == ("vlan", "routed", "BEHEER", ["192.0.2.10/24"])
    assert (vlan.access_list_in, vlan.access_list_out) == ("BEHEER-IN", None)
    assert (vlan.proxy_arp, vlan.redirects, vlan.unreachables) == (False, False, False)
    edge = _ports(router)["GigabitEthernet0/0/0"]
    assert (edge.proxy_arp, edge.redirects, edge.unicast_rpf, edge.mode) == (True, True, "strict", "routed")
    assert _ports(router)["GigabitEthernet0/0/3"].addresses == ["198.51.100.17/30", "2001:DB8:17::1/64"]


def test_the_management_port_of_a_switch_is_no_switch_port(switch):
    port = _ports(switch)["GigabitEthernet0/0"]
    assert (port.mode, port.enabled, port.access_vlan, port.vrf) == ("routed", False, None, "Mgmt-vrf")


def test_802_1x_needs_the_global_switch(configured):
    port = "interface Gi1\n switchport mode access\n dot1x pae authenticator\n authentication port-control auto"
    assert configured(port).interfaces[0].dot1x is False
    assert configured("dot1x system-auth-control\n" + port).interfaces[0].dot1x is True


@pytest.mark.parametrize(
    ("lines", "waits"),
    [
        (" authentication port-control auto", True),
        (" authentication open\n authentication port-control auto", False),
        (" authentication open\n authentication port-control auto\n ip access-group VOORAF in", True),
        (" access-session port-control auto", False),
        (" access-session closed\n access-session port-control auto", True),
        (" access-session port-control auto\n ip access-group VOORAF in", True),
    ],
)
def test_a_port_that_lets_in_who_is_not_authenticated_yet_does_not_authenticate(configured, lines, waits):
    port = f"interface Gi1\n switchport mode access\n dot1x pae authenticator\n mab\n{lines}\ndot1x system-auth-control"
    (found,) = configured(port).interfaces
    assert (found.dot1x, found.mab) == (waits, waits)


@pytest.mark.parametrize(
    ("lines", "field", "expected"),
    [
        (" switchport trunk allowed vlan none", "allowed_vlans", ""),
        (" switchport trunk allowed vlan all", "allowed_vlans", None),
        (" switchport trunk allowed vlan except 1", "allowed_vlans", "except 1"),
        (" ip address dhcp", "addresses", ["dhcp"]),
        (" ip address 192.0.2.1 255.255.255.0 secondary", "addresses", ["192.0.2.1/24"]),
        (" ip verify unicast source reachable-via any", "unicast_rpf", "loose"),
        (" ip verify unicast reverse-path", "unicast_rpf", "strict"),
        (" ipv6 traffic-filter ZES in", "access_list_ipv6_in", "ZES"),
        (" spanning-tree portfast disable", "portfast", False),
        (" spanning-tree portfast edge trunk", "portfast", True),
        (" zone-member security BINNEN", "zone", "BINNEN"),
        (" macsec", "macsec", True),
        (" macsec access-control should-secure\n macsec", "macsec", False),
        (" authentication port-control force-unauthorized", "port_control", "force_unauthorized"),
    ],
)
def test_single_settings(configured, lines, field, expected):
    assert getattr(configured(f"interface GigabitEthernet1\n{lines}").interfaces[0], field) == expected


def test_discovery_on_a_port_needs_the_service(configured):
    text = "interface GigabitEthernet1\ninterface Loopback0\ninterface GigabitEthernet2\n no cdp enable"
    ports = _ports(configured(text))
    assert [ports[name].cdp for name in ("GigabitEthernet1", "Loopback0", "GigabitEthernet2")] == [True, False, False]
    assert _ports(configured("no cdp run\n" + text))["GigabitEthernet1"].cdp is False
    assert _ports(configured("lldp run\n" + text))["GigabitEthernet1"].lldp_transmit is True


def test_vlans_with_their_protections(switch):
    vlans = {vlan.number: vlan for vlan in switch.vlans}
    assert sorted(vlans) == [10, 20, 21, 999]
    assert (vlans[10].label, vlans[10].dhcp_snooping, vlans[10].arp_inspection) == ("kantoor", True, True)
    assert (vlans[21].label, vlans[21].dhcp_snooping, vlans[21].arp_inspection) == (None, True, False)
    assert vlans[999].enabled is False


def test_vlans_that_vtp_keeps_apart_are_unknown(configured):
    assert isinstance(configured("spanning-tree mode pvst").vlans, Unknown)
    assert configured().vlans == []


def test_layer_2_protections_as_a_whole(switch):
    assert (switch.dhcp_snooping.enabled, switch.dhcp_snooping.vlans) == (True, [10, 20, 21, 22])
    assert (switch.arp_inspection.enabled, switch.arp_inspection.vlans) == (True, [10])
    tree = switch.spanning_tree
    assert (tree.mode, tree.bpdu_guard_default, tree.portfast_default) == ("rapid-pvst", True, False)


def test_snooping_that_is_not_switched_on_protects_no_vlan(configured):
    facts = configured("ip dhcp snooping vlan 10\nvlan 10")
    assert facts.dhcp_snooping.enabled is False
    assert facts.vlans[0].dhcp_snooping is False


def test_a_line_that_only_sets_how_arp_inspection_logs_switches_it_on_for_no_vlan(configured):
    facts = configured("ip arp inspection vlan 10-11\nip arp inspection vlan 20 logging dhcp-bindings all")
    assert facts.arp_inspection.vlans == [10, 11]


@pytest.mark.parametrize(("level", "kinds"), [("1.00", ["broadcast"]), ("100.00", []), ("bps 1m", ["broadcast"])])
def test_a_level_of_everything_is_no_limit(configured, level, kinds):
    text = f"interface GigabitEthernet1/0/1\n switchport mode access\n storm-control broadcast level {level}"
    assert configured(text).interfaces[0].storm_control == kinds
    settings = {"storm_control": []}
    EOS.apply(f"storm-control broadcast level {level}", settings)
    assert settings["storm_control"] == kinds
