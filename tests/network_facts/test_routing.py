import pytest


def _by_name(items):
    return {item.name: item for item in items}


def test_bgp_neighbours_have_what_their_group_gives_them(router):
    neighbours = _by_name(router.routing.bgp_neighbours)
    assert set(neighbours) == {"198.51.100.2", "203.0.113.1", "203.0.113.5", "KLANT 10.9.9.2"}
    inside = neighbours["198.51.100.2"]
    assert (inside.external, inside.authentication, inside.group, inside.remote_as) == (False, "md5", "BINNEN", "65010")
    edge = neighbours["203.0.113.1"]
    assert (edge.external, edge.authentication, edge.ttl_security_hops) == (True, "none", 1)
    assert (edge.maximum_prefixes, edge.filtered_in, edge.filtered_out) == (1000, True, True)
    assert (neighbours["203.0.113.5"].enabled, neighbours["203.0.113.5"].filtered_in) == (False, False)
    customer = neighbours["KLANT 10.9.9.2"]
    assert (customer.vrf, customer.filtered_in, customer.maximum_prefixes) == ("KLANT", False, None)


def test_a_limit_must_hold_for_every_active_address_family(configured):
    text = """router bgp 1
 neighbor 192.0.2.1 remote-as 2
 address-family ipv4
  neighbor 192.0.2.1 activate
  neighbor 192.0.2.1 maximum-prefix 100
  neighbor 192.0.2.1 prefix-list A in
 address-family ipv6
  neighbor 192.0.2.1 activate"""
    (neighbour,) = configured(text).routing.bgp_neighbours
    assert (neighbour.maximum_prefixes, neighbour.filtered_in) == (None, False)


def test_templates_and_ranges_of_neighbours(configured):
    text = """router bgp 1
 template peer-policy FILTER
  prefix-list A in
  maximum-prefix 50
 exit-peer-policy
 template peer-session SLEUTEL
  remote-as 2
  password 7 0958401D0B
 exit-peer-session
 bgp listen range 198.51.100.0/24 peer-group DYN
 neighbor DYN peer-group
 neighbor DYN inherit peer-session SLEUTEL
 neighbor DYN inherit peer-policy FILTER"""
    (neighbour,) = configured(text).routing.bgp_neighbours
    assert (neighbour.name, neighbour.authentication, neighbour.remote_as) == ("198.51.100.0/24", "md5", "2")
    assert (neighbour.filtered_in, neighbour.maximum_prefixes) == (True, 50)


def test_groups_that_inherit_each_other_do_not_go_round_forever(configured):
    text = "router bgp 1\n template peer-policy A\n  inherit peer-policy B 1\n template peer-policy B\n  inherit peer-policy A 1\n neighbor 192.0.2.1 inherit peer-policy A"
    assert len(configured(text).routing.bgp_neighbours) == 1


def test_ospf_interfaces_by_network_line_and_by_their_own_line(router):
    interfaces = _by_name(router.routing.interfaces)
    first = interfaces["ospf GigabitEthernet0/0/1"]
    assert (first.area, first.passive, first.authentication, first.process) == ("0.0.0.0", False, "md5", "1")
    second = interfaces["ospf GigabitEthernet0/0/2"]
    assert (second.area, second.passive, second.authentication) == ("0.0.0.1", True, "none")
    assert interfaces["ospf Loopback0"].area == "0.0.0.7"
    areas = _by_name(router.routing.ospf_areas)
    assert areas["1 area 0.0.0.1"].authentication == "md5"


@pytest.mark.parametrize(
    ("interface", "area", "expected"),
    [
        ("", "", "none"),
        ("", " area 0 authentication message-digest", "none"),
        (" ip ospf message-digest-key 1 md5 x", " area 0 authentication message-digest", "md5"),
        (" ip ospf authentication-key x", " area 0 authentication", "plain"),
        (
            " ip ospf authentication null\n ip ospf message-digest-key 1 md5 x",
            " area 0 authentication message-digest",
            "none",
        ),
        (" ip ospf authentication key-chain K", "", "key_chain"),
        (" ip ospf message-digest-key 1 md5 x", "", "none"),
    ],
)
def test_ospf_authentication_counts_only_with_a_mode_and_a_key(configured, interface, area, expected):
    text = f"interface Ethernet0\n ip address 192.0.2.1 255.255.255.0\n{interface}\nrouter ospf 1\n network 0.0.0.0 255.255.255.255 area 0\n{area}"
    assert configured(text).routing.interfaces[0].authentication == expected


def test_other_interior_protocols(router):
    interfaces = _by_name(router.routing.interfaces)
    assert interfaces["eigrp GigabitEthernet0/0/2"].authentication == "md5"
    assert (
        interfaces["isis GigabitEthernet0/0/3"].authentication,
        interfaces["isis GigabitEthernet0/0/3"].process,
    ) == ("md5", "KERN")
    assert (
        interfaces["ospfv3 GigabitEthernet0/0/3"].authentication,
        interfaces["ospfv3 GigabitEthernet0/0/3"].area,
    ) == ("ipsec", "0.0.0.0")


@pytest.mark.parametrize(
    ("words", "limit"),
    [("100", 100), ("100 80 restart 5", 100), ("100 warning-only", None), ("100 80 warning-only", None)],
)
def test_a_limit_on_prefixes_that_only_warns_is_none(configured, words, limit):
    text = f"router bgp 65001\n neighbor 192.0.2.1 remote-as 65002\n neighbor 192.0.2.1 maximum-prefix {words}"
    assert configured(text).routing.bgp_neighbours[0].maximum_prefixes == limit


def test_named_eigrp_takes_the_default_for_interfaces_without_their_own(configured):
    text = """interface Ethernet0
 ip address 10.0.0.1 255.255.255.0
interface Ethernet1
 ip address 10.0.1.1 255.255.255.0
router eigrp KERN
 address-family ipv4 unicast autonomous-system 10
  af-interface default
   authentication mode hmac-sha-256 7 0958401D0B
   passive-interface
  exit-af-interface
  af-interface Ethernet1
   no passive-interface
  exit-af-interface
  network 10.0.0.0
 exit-address-family"""
    interfaces = _by_name(configured(text).routing.interfaces)
    assert [(i.authentication, i.passive) for i in interfaces.values()] == [("hmac_sha", True), ("hmac_sha", False)]


def test_rip(configured):
    text = """interface Ethernet0
 ip address 10.0.0.1 255.255.255.0
 ip rip authentication mode md5
 ip rip authentication key-chain K
router rip
 network 10.0.0.0"""
    (interface,) = configured(text).routing.interfaces
    assert (interface.protocol, interface.authentication) == ("rip", "md5")


def test_first_hop_groups(router):
    groups = _by_name(router.routing.first_hop_groups)
    assert groups["GigabitEthernet0/0/2 hsrp 1"].authentication == "md5"
    assert groups["GigabitEthernet0/0/2 hsrp 2"].authentication == "none"


def test_filter_lists(switch, router):
    lists = _by_name(switch.access_lists)
    assert (lists["10"].type, lists["10"].entries, lists["10"].permitted_sources) == (
        "standard",
        3,
        ["192.0.2.5", "192.0.2.64 0.0.0.31"],
    )
    assert (lists["10"].denials_logged, lists["10"].permits_any) == (True, False)
    assert (lists["BEHEER-IN"].type, lists["BEHEER-IN"].entries, lists["BEHEER-IN"].denials_logged) == (
        "extended",
        2,
        True,
    )
    assert (router.access_lists[0].permits_any, router.access_lists[0].permitted_sources) == (
        True,
        ["192.0.2.0 0.0.0.255", "any"],
    )


@pytest.mark.parametrize(
    ("entry", "everything"),
    [
        ("permit ip any any", True),
        ("permit ip any any log", True),
        ("permit ip any any established", False),
        ("permit tcp any any", True),
        ("permit tcp any any established", False),
        ("permit tcp any any eq 22", True),
        ("permit tcp any eq bgp any eq bgp", False),
        ("permit tcp any eq 1024 1025 host 192.0.2.1 eq telnet 22 log", True),
        ("permit tcp any any range 20 25", True),
        ("permit tcp any any neq 22", True),
        ("permit tcp any any gt 1023", False),
        ("permit udp any 192.0.2.0 0.0.0.255 lt 1024", True),
        ("permit tcp object-group BEHEER any eq 22", False),
        ("permit icmp any any", False),
        ("permit ip any host 192.0.2.1", True),
        ("deny ip any any", False),
        ("10 permit ip any any", True),
    ],
)
def test_an_entry_by_which_everyone_reaches_the_device(configured, entry, everything):
    (access_list,) = configured(f"ip access-list extended X\n {entry}").access_lists
    assert access_list.permits_any is everything


def test_vpn_proposals_with_what_silence_means(router):
    proposals = _by_name(router.vpn_proposals)
    assert (proposals["ikev1 10"].ciphers, proposals["ikev1 10"].hashes, proposals["ikev1 10"].dh_groups) == (
        ["3des"],
        ["sha"],
        [2],
    )
    assert (proposals["ikev1 20"].ciphers, proposals["ikev1 20"].hashes) == (["des"], ["sha256"])
    assert (proposals["ikev2 STERK"].ciphers, proposals["ikev2 STERK"].dh_groups) == (["aes-gcm-256"], [20, 21])
    assert proposals["ipsec TS"].ciphers == ["esp-aes-256"]


def test_control_plane_protection(switch, router):
    assert switch.control_plane.policy == "system-cpp-policy"
    assert router.control_plane.policy is None


@pytest.mark.parametrize(("line", "passive"), [("", True), (" no passive-interface Ethernet0", False)])
def test_an_interface_that_rip_speaks_on_although_the_others_are_passive(configured, line, passive):
    text = f"""interface Ethernet0
 ip address 10.0.0.1 255.255.255.0
router rip
 passive-interface default
{line}
 network 10.0.0.0"""
    (interface,) = configured(text).routing.interfaces
    assert interface.passive is passive


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (" isis authentication key-chain K", "none"),
        (" isis authentication key-chain K\n isis authentication mode text", "plain"),
        (" isis authentication key-chain K\n isis authentication mode md5", "md5"),
        (" isis authentication mode md5", "none"),
    ],
)
def test_a_key_chain_of_isis_counts_only_with_a_mode(configured, lines, expected):
    text = f"interface Ethernet0\n ip router isis KERN\n{lines}\nrouter isis KERN\n net 49.0001.0000.0000.0001.00"
    (interface,) = configured(text).routing.interfaces
    assert interface.authentication == expected


def test_what_all_groups_of_an_interface_share_is_no_group(configured):
    text = """interface Vlan10
 standby version 2
 standby delay minimum 30 reload 60
 standby bfd
 standby 10 ip 192.0.2.1
 standby 10 authentication md5 key-chain K"""
    assert [(one.name, one.authentication) for one in configured(text).routing.first_hop_groups] == [
        ("Vlan10 hsrp 10", "md5")
    ]


def test_an_interface_of_a_routing_instance_follows_the_process_of_that_instance(configured):
    text = """router ospf 1
 area 0 authentication message-digest
 passive-interface default
 network 10.0.0.0 0.255.255.255 area 0
router ospf 10 vrf KLANT
 network 10.1.0.0 0.0.255.255 area 0
interface Ethernet0
 ip vrf forwarding KLANT
 ip address 10.1.0.1 255.255.255.0
interface Ethernet1
 vrf forwarding KLANT
 ip address 172.16.0.1 255.255.255.0
 ip ospf 10 area 0"""
    interfaces = configured(text).routing.interfaces
    assert [(one.process, one.passive) for one in interfaces] == [("KLANT", False), ("KLANT", False)]


EIGRP_PORT = "interface Ethernet0\n ip address 10.1.0.1 255.255.255.0\n ipv6 address 2001:db8::1/64\n"


@pytest.mark.parametrize(
    ("port", "router", "expected"),
    [
        (" ipv6 eigrp 7", "ipv6 router eigrp 7", [("eigrp ipv6 Ethernet0", False, "none")]),
        (
            " ipv6 eigrp 7\n ipv6 authentication mode eigrp 7 md5\n ipv6 authentication key-chain eigrp 7 K",
            "ipv6 router eigrp 7\n passive-interface default",
            [("eigrp ipv6 Ethernet0", True, "md5")],
        ),
        (
            "",
            "router eigrp KERN\n address-family ipv6 unicast autonomous-system 7",
            [("eigrp ipv6 Ethernet0", False, "none")],
        ),
        (
            "",
            "router eigrp KERN\n address-family ipv6 unicast autonomous-system 7\n  af-interface Ethernet0\n   shutdown",
            [],
        ),
        ("", "router eigrp KERN\n address-family ipv6 unicast vrf KLANT autonomous-system 7", []),
        (
            " vrf forwarding KLANT",
            "router eigrp 1\n address-family ipv4 vrf KLANT\n  network 10.0.0.0\n  autonomous-system 7",
            [("eigrp Ethernet0", False, "none")],
        ),
        (
            " vrf forwarding KLANT\n ip authentication mode eigrp 7 md5\n ip authentication key-chain eigrp 7 K",
            "router eigrp 1\n address-family ipv4 vrf KLANT autonomous-system 7\n  network 10.0.0.0",
            [("eigrp Ethernet0", False, "md5")],
        ),
    ],
)
def test_eigrp_for_ipv6_and_in_routing_instances(configured, port, router, expected):
    interfaces = configured(f"{EIGRP_PORT}{port}\n{router}").routing.interfaces
    assert [(one.name, one.passive, one.authentication) for one in interfaces] == expected


@pytest.mark.parametrize(
    ("user", "groups"),
    [
        ("crypto ipsec profile P\n set transform-set ANDERS T\n set pfs group2", [2]),
        ("crypto ipsec profile P\n set transform-set T\n set pfs", [1]),
        ("crypto map M 10 ipsec-isakmp\n set transform-set T\n set pfs group20\n match address X", [20]),
        ("crypto ipsec profile P\n set transform-set ANDERS\n set pfs group2", []),
        ("crypto ipsec profile P\n set transform-set T", []),
    ],
)
def test_a_transform_set_has_the_groups_of_those_who_use_it(configured, user, groups):
    (proposal,) = configured(f"crypto ipsec transform-set T esp-gcm 256\n{user}").vpn_proposals
    assert proposal.dh_groups == groups
