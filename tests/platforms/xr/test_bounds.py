"""Configurations larger than any router's cost time in proportion, whatever they repeat."""

import time

import pytest

from tests.platforms.xr.routers import RUNNING, XR

COUNT = 5_000


def numbered(*patterns):
    return "\n".join(pattern.replace("{}", str(number)) for number in range(COUNT) for pattern in patterns)


@pytest.mark.parametrize(
    "text",
    [
        numbered("ipv4 access-list L{}", "ssh server vrf V{} ipv4 access-list L{} ipv6 access-list L{}"),
        numbered("ipv6 access-list L{}", "telnet vrf V{} ipv6 server max-servers 1 access-list L{}"),
        numbered("vty-pool P{} 5 9 line-template T", "aaa authentication login L{} local"),
        numbered("line template T{}\n access-class ingress L{}", "ipv4 access-list L{}"),
        numbered("username u{}\n policy P{}\n secret 10 $6$a$b", "ssh server username u{} keystring A"),
        numbered("router bgp {}\n neighbor 10.0.0.1\n  remote-as 2", "route-policy P{}\n  pass\nend-policy"),
        numbered("group G{}\n interface 'Gig.*[0-9]'\n  mtu 9000\nend-group\napply-group G{}", "interface Gig0/0/0/{}"),
        "control-plane\n management-plane\n  inband\n"
        + numbered("   interface Gig0/0/0/{}\n    allow SSH")
        + "\n"
        + numbered("interface Gig0/0/0/{}\n ipv4 address 10.0.0.1 255.0.0.0"),
        "ntp\n" + numbered(" server 10.0.0.1 key {}", " trusted-key {}", " authentication-key {} md5 a"),
        numbered("snmp-server host 10.0.0.1 traps version 2c {}", "snmp-server community c{} RO"),
        numbered("tacacs-server host 10.0.0.{}", "aaa group server tacacs+ G{}\n server-private 10.0.0.{}"),
        numbered("router ospf {}\n area 0\n  interface Gig0/0/0/{}", "router isis {}\n interface Gig0/0/0/{}"),
    ],
    ids=lambda text: repr(text[:24]),
)
def test_what_is_repeated_costs_time_in_proportion(text):
    start = time.process_time()
    XR.parse({RUNNING: f"!! IOS XR Configuration 7.5.2\n{text}\nend\n"})
    assert time.process_time() - start < 6
