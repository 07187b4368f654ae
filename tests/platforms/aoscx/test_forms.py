"""What older releases and larger networks write, and the access and aggregation switch of the recordings do not."""

from baseline.collectors.network.platforms import platform

AOSCX = platform("aruba_aoscx")

CORE = """\
!Version ArubaOS-CX GL.10.04.3000
!export-password: default
hostname pr-core-west
router ospf 1
    area 0.0.0.0 authentication message-digest
router ospf 1 vrf GASTEN
    area 0.0.0.0
vlan 1,30,40
interface 1/1/3 \n    no shutdown
    ip address 198.51.100.8/31
    ip ospf 1 area 0.0.0.0
    ip ospf message-digest-key 5 md5 ciphertext AQBapKern
interface lag5 multi-chassis
    no shutdown
    vlan trunk native 30
    vlan trunk allowed 30,40
interface vlan30 \n    ip address 198.51.100.33/27
    vrrp 3 address-family ipv4
        address 198.51.100.34 primary
interface vlan40 \n    vrf attach GASTEN
    ip address 198.51.100.65/27
    ip ospf 1 area 0.0.0.0
interface vlan 41
    vrf attach GASTEN
    ip address 198.51.100.97/27
    ip ospf 6 area 0.0.0.0
"""
BRIEF = """\
Port      Native  Mode   Type           Enabled Status  Reason                 Speed   Description
          VLAN                                                                 (Mb/s)
vlan30    --      --     --             yes     up                             --      --
lag5      30      trunk  --             yes     down    Waiting for link       --      --
"""


def read():
    return AOSCX.parse({"show running-config": CORE, "show interface brief": BRIEF}).facts


def test_a_name_written_in_one_word_is_that_of_the_same_interface():
    ports = {port.name: port for port in read().interfaces}
    assert list(ports) == ["1/1/3", "lag 5", "vlan 30", "vlan 40", "vlan 41"]
    assert (ports["vlan 30"].kind, ports["vlan 30"].mode, ports["vlan 30"].enabled) == ("vlan", "routed", True)
    assert (ports["vlan 30"].link_up, ports["vlan 30"].redirects) == (True, True)
    assert (ports["lag 5"].kind, ports["lag 5"].mode, ports["lag 5"].link_up) == ("aggregate", "trunk", False)
    assert [group.interface for group in read().routing.first_hop_groups] == ["vlan 30"]


def test_an_area_protects_the_interfaces_of_its_own_routing_instance_only():
    routing = read().routing
    assert {area.name: area.authentication for area in routing.ospf_areas} == {
        "1 area 0.0.0.0": "md5",
        "1 vrf GASTEN area 0.0.0.0": "none",
    }
    assert {one.interface: (one.process, one.authentication) for one in routing.interfaces} == {
        "1/1/3": ("1", "md5"),
        "vlan 40": ("1 vrf GASTEN", "none"),
        "vlan 41": ("6 vrf GASTEN", "none"),
    }
