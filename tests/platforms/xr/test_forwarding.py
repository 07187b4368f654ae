"""Facts of recorded routers with IOS XR: interfaces, routing, services, and what an account may read."""

import pytest

from baseline.models.facts.fact import Unknown
from tests.platforms.xr.routers import RUNNING, XR, by_name, configured
from tests.reference import reference_path


def test_interfaces(edge):
    ports = by_name(edge.interfaces)
    assert {name: (port.kind, port.mode, port.enabled) for name, port in ports.items()} == {
        "Bundle-Ether1": ("aggregate", "routed", True),
        "Bundle-Ether1.100": ("subinterface", "other", True),
        "Loopback0": ("loopback", "routed", True),
        "MgmtEth0/RSP0/CPU0/0": ("physical", "routed", True),
        "MgmtEth0/RSP1/CPU0/0": ("physical", "routed", False),
        "GigabitEthernet0/0/0/0": ("physical", "routed", True),
        "GigabitEthernet0/0/0/1": ("physical", "routed", True),
        "GigabitEthernet0/0/0/2": ("physical", "routed", False),
        "TenGigE0/0/1/0": ("physical", "member", True),
        "TenGigE0/0/1/1": ("physical", "routed", False),
    }
    provider, customer = ports["GigabitEthernet0/0/0/0"], ports["GigabitEthernet0/0/0/1"]
    assert provider.addresses == ["198.51.100.2/30", "2001:db8:100::2/64"]
    assert (provider.access_list_in, provider.access_list_ipv6_in) == ("VAN-INTERNET", "VAN-INTERNET6")
    assert (provider.unicast_rpf, provider.unreachables) == ("loose", False)
    assert (provider.cdp, provider.lldp_transmit, provider.lldp_receive) == (True, False, False)
    assert (customer.vrf, customer.access_list_out, customer.link_up) == ("KLANT-A", "ALLES", False)
    assert (customer.proxy_arp, customer.redirects, customer.directed_broadcast) == (True, True, True)
    assert (customer.cdp, customer.lldp_transmit) == (False, True)
    assert (ports["TenGigE0/0/1/0"].aggregate, ports["TenGigE0/0/1/0"].macsec) == ("Bundle-Ether1", True)
    assert ports["MgmtEth0/RSP0/CPU0/0"].lldp_transmit is False
    assert isinstance(ports["TenGigE0/0/1/1"].link_up, Unknown)


def test_what_only_switches_have_is_known_to_be_absent(edge):
    port = by_name(edge.interfaces)["GigabitEthernet0/0/0/1"]
    assert (port.access_vlan, port.dot1x, port.bpdu_guard, port.storm_control) == (None, False, False, [])
    assert (edge.vlans, edge.spanning_tree.mode, edge.dhcp_snooping.enabled) == ([], None, False)
    found = configured(
        "spanning-tree mst A\ndhcp ipv4\n profile S snoop\n!\nl2vpn\n bridge group G\n  bridge-domain D\n"
        "   dynamic-arp-inspection\ninterface GigabitEthernet0/0/0/0\n dot1x profile P\n"
    )
    assert found.spanning_tree.mode == "mst"
    for fact in (found.dhcp_snooping.enabled, found.arp_inspection.enabled, found.interfaces[0].dot1x):
        assert isinstance(fact, Unknown)


def test_services(edge, branch):
    assert [name for name, service in edge.services.items() if service.enabled is True] == ["cdp", "lldp", "tftp"]
    assert [name for name, service in branch.services.items() if service.enabled is True] == [
        "cdp",
        "dhcp-server",
        "dns-lookup",
        "source-routing",
        "tcp-small-servers",
    ]


def test_access_lists(edge):
    lists = by_name(edge.access_lists)
    assert [name for name, found in lists.items() if found.permits_any] == [
        "ALLES",
        "VAN-INTERNET",
        "VAN-INTERNET6",
    ]
    assert [name for name, found in lists.items() if found.denials_logged] == [
        "BEHEERSTATIONS",
        "VAN-INTERNET",
        "BEHEERSTATIONS ipv6",
    ]


def test_interior_routing_inherits_from_area_and_process(edge, branch):
    found = {one.name: (one.authentication, one.passive) for one in branch.routing.interfaces}
    assert found == {
        "ospf Loopback0": ("md5", True),
        "ospf GigabitEthernet0/0/0/0": ("md5", False),
        "ospf GigabitEthernet0/0/0/1": ("key_chain", False),
        "ospf tunnel-ip1": ("none", False),
        "ospf GigabitEthernet0/0/0/2": ("plain", False),
        "ospf GigabitEthernet0/0/0/3": ("none", False),
        "ospf GigabitEthernet0/0/0/4": ("none", False),
        "ospfv3 GigabitEthernet0/0/0/0": ("ipsec", False),
        "ospfv3 GigabitEthernet0/0/0/1": ("none", False),
        "eigrp GigabitEthernet0/0/0/5": ("md5", True),
        "rip GigabitEthernet0/0/0/6": ("plain", False),
    }
    assert {(area.name, area.version): area.authentication for area in branch.routing.ospf_areas} == {
        ("WAN area 0.0.0.0", 2): "md5",
        ("WAN area 0.0.0.10", 2): "plain",
        ("WAN KLANT area 0.0.0.0", 2): "none",
        ("WAN area 0.0.0.0 (2)", 3): "ipsec",
    }
    assert {one.name: (one.authentication, one.passive) for one in edge.routing.interfaces} == {
        "isis Bundle-Ether1": ("key_chain", False),
        "isis Loopback0": ("none", True),
        "isis GigabitEthernet0/0/0/3": ("md5", False),
        "isis GigabitEthernet0/0/0/4": ("none", False),
    }


def test_bgp_neighbours_take_what_their_groups_say(edge, branch):
    provider, other, reflector, customer = edge.routing.bgp_neighbours
    assert (provider.remote_as, provider.external, provider.authentication) == ("64500", True, "md5")
    assert (provider.ttl_security_hops, provider.maximum_prefixes) == (1, 800_000)
    assert (other.enabled, other.authentication) == (False, "none")
    assert (reflector.group, reflector.external, reflector.authentication) == ("REFLECTORS", False, "md5")
    assert (customer.name, customer.vrf, customer.maximum_prefixes) == ("KLANT-A 10.1.0.2", "KLANT-A", 500)
    first, second = branch.routing.bgp_neighbours
    assert (first.authentication, first.maximum_prefixes) == ("tcp_ao", None)
    assert (second.authentication, second.maximum_prefixes) == ("key_chain", 100)


def test_a_policy_that_lets_everything_through_is_no_filter(edge, branch):
    provider, other, _, customer = edge.routing.bgp_neighbours
    assert (provider.filtered_in, provider.filtered_out) == (False, True)
    assert (other.filtered_in, other.filtered_out) == (True, True)
    assert (customer.filtered_in, customer.filtered_out) == (True, True), "without a policy nothing is exchanged"
    first, second = branch.routing.bgp_neighbours
    assert (first.filtered_in, second.filtered_in, second.filtered_out) == (False, False, False)


def test_what_is_inherited_can_be_switched_off():
    text = (
        "router bgp 1\n neighbor-group G\n  keychain K\n  shutdown\n  ttl-security\n neighbor 10.0.0.1\n  remote-as 2\n"
    )
    own = "  use neighbor-group G\n  keychain inheritance-disable\n  shutdown inheritance-disable\n"
    neighbour = configured(text + own).routing.bgp_neighbours[0]
    assert (neighbour.authentication, neighbour.enabled, neighbour.ttl_security_hops) == ("none", True, 1)


def test_groups_of_routers_only_know_a_readable_word(edge, branch):
    assert [(one.name, one.authentication) for one in edge.routing.first_hop_groups] == [
        ("GigabitEthernet0/0/0/1 hsrp 10", "plain")
    ]
    assert [(one.name, one.authentication) for one in branch.routing.first_hop_groups] == [
        ("GigabitEthernet0/0/0/2 vrrp 1", "plain"),
        ("GigabitEthernet0/0/0/2 vrrp 2", "none"),
    ]


def test_the_control_plane_is_always_policed(edge, branch):
    assert (edge.control_plane.policy, branch.control_plane.policy) == ("LPTS, with rates of its own", "LPTS")


def test_certificates(edge, outputs):
    authority, own = edge.certificates
    assert (authority.kind, authority.self_signed, authority.serial) == ("authority", True, "06a51be64f5df783")
    assert (own.name, own.not_before, own.not_after) == (
        "REGIO-CA device",
        "2025-04-14T08:30:03Z",
        "2027-04-14T08:40:03Z",
    )
    none = outputs | {"show crypto ca certificates": "Tue Mar  3 09:14:14.000 CET\n"}
    assert XR.parse(none).facts.certificates == []
    assert isinstance(XR.parse(outputs | {"show crypto ca certificates": "iets\n"}).facts.certificates, Unknown)


GROUPS = """group POORTEN
 interface 'GigabitEthernet0/0/0/[0-1]'
  ipv4 access-group UIT-GROEP ingress
 !
 snmp-server traps
end-group
group ONGEBRUIKT
 router isis '.*'
end-group
interface GigabitEthernet0/0/0/1
 description lijn
 ipv4 address 10.0.0.1 255.255.255.252
interface GigabitEthernet0/0/0/2
{}
"""


@pytest.mark.parametrize("applied", [" apply-group POORTEN", "apply-group POORTEN"])
def test_what_a_group_may_set_is_unknown(applied):
    facts = configured(GROUPS.format(applied))
    first, second = facts.interfaces
    assert "group 'POORTEN'" in first.access_list_in.reason
    assert (first.addresses, first.description, second.access_list_in) == (["10.0.0.1/30"], "lijn", None)
    assert isinstance(facts.snmp.enabled, Unknown)
    assert facts.routing.interfaces == []


def test_a_group_that_is_not_applied_says_nothing():
    assert configured(GROUPS.format("")).interfaces[0].access_list_in is None


@pytest.mark.parametrize("pattern", ["(((", "(a+)+b", "*", "Gig.*.*.*.*", ""])
def test_a_pattern_that_is_not_tried_fits_every_name(pattern):
    text = f"group G\n interface '{pattern}'\n  mtu 9000\nend-group\napply-group G\ninterface Gig0/0/0/1\n"
    assert isinstance(configured(text).interfaces[0].enabled, Unknown)


def test_servers_that_share_an_address_are_told_apart():
    facts = configured(
        "ntp\n server 10.4.1.1\n server vrf A 10.4.1.1\n!\nlogging 10.4.1.1 vrf A\nlogging 10.4.1.1 vrf default"
    )
    assert [(one.name, one.vrf) for one in facts.clock.servers] == [("10.4.1.1", None), ("10.4.1.1 (2)", "A")]
    assert [(one.name, one.vrf) for one in facts.logging.servers] == [("10.4.1.1", "A"), ("10.4.1.1 (2)", None)]


def test_what_the_account_may_not_read_is_unknown_instead_of_absent(outputs):
    tasks = (
        outputs["show user tasks"].replace("aaa  : READ", "aaa  :").replace("Task:                 snmp  : READ\n", "")
    )
    facts = XR.parse(outputs | {"show user tasks": tasks}).facts
    assert "no right to read 'aaa'" in facts.users.reason
    assert "no right to read 'aaa'" in facts.aaa.servers.reason
    assert "no right to read 'snmp'" in facts.snmp.communities.reason
    assert "no right to read 'aaa'" in facts.management.login_protection.enabled.reason
    assert facts.clock.servers != []


def test_a_router_of_the_reference_data():
    text = reference_path("network/outputs/iosxr/cli-cfg_running.xml").read_text()
    start, stop = text.index("!! IOS XR"), text.index("\nend\n") + 5
    facts = XR.parse({RUNNING: text[start:stop]}).facts
    assert (facts.device.hostname, facts.configuration.last_changed_by) == ("asr9000-h07-2", "admin")
    assert [(user.name, user.password_storage) for user in facts.users] == [("admin", "type5_md5")]
    assert [line.idle_timeout_seconds for line in facts.management.lines] == [None, None]
    assert (facts.management.ssh.version, facts.management.netconf_enabled) == (2, True)
    assert sum(port.enabled is False for port in facts.interfaces) == 28
    assert {one.name: one.authentication for one in facts.routing.interfaces} == {
        "isis Loopback0": "none",
        "isis GigabitEthernet0/0/0/0": "none",
        "isis GigabitEthernet0/0/0/1": "none",
    }
    assert "1$<redacted>" in XR.redact(RUNNING, text)
    assert "5iBzqAsx" not in XR.redact(RUNNING, text)


@pytest.mark.parametrize(
    ("words", "expected"), [("", None), ("IPv4 A IPv6 B", "ipv6 B A"), ("IPv4 A", "A"), ("IPv6 B", None)]
)
def test_a_filter_of_snmp_for_ipv6_alone_limits_nobody_on_ipv4(words, expected):
    (community,) = configured(f"snmp-server community geheim RO {words}").snmp.communities
    assert community.access_list == expected


@pytest.mark.parametrize(("policy", "encrypted"), [("", True), (" security-policy should-secure", False)])
def test_a_link_is_encrypted_unless_its_policy_lets_something_else_over_it(policy, encrypted):
    text = f"macsec-policy P\n{policy}\n!\ninterface TenGigE0/0/0/0\n macsec psk-keychain K policy P"
    assert by_name(configured(text).interfaces)["TenGigE0/0/0/0"].macsec is encrypted
