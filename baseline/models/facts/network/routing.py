"""Facts about routing protocols and filters."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section

RoutingAuthentication = Literal["none", "plain", "md5", "hmac_sha", "key_chain", "ipsec", "tcp_ao"]
"""How a routing protocol authenticates. ``key_chain``: by a key chain whose algorithm is not known."""


class BgpNeighbour(Section, frozen=True, kw_only=True):
    """One BGP neighbour with what it inherits from its group applied."""

    name: Annotated[Fact[str], About("address; 'instance address' in another routing instance")] = NOT_COLLECTED
    local_as: Annotated[Fact[str], About("own AS number")] = NOT_COLLECTED
    remote_as: Annotated[Fact[str | None], About("AS number, internal or external; null: none given")] = NOT_COLLECTED
    external: Annotated[Fact[bool], About("another AS")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("not shut down")] = NOT_COLLECTED
    group: Annotated[Fact[str | None], About("peer group; null: none")] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("null: the default one")] = NOT_COLLECTED
    authentication: Annotated[Fact[RoutingAuthentication], About("of the session", source="RFC 2385, RFC 5925")] = (
        NOT_COLLECTED
    )
    maximum_prefixes: Annotated[
        Fact[int | None], About("smallest limit of its address families; null: one has none", unit="prefixes")
    ] = NOT_COLLECTED
    filtered_in: Annotated[Fact[bool], About("every active address family filters what comes in")] = NOT_COLLECTED
    filtered_out: Annotated[Fact[bool], About("every active address family filters what goes out")] = NOT_COLLECTED
    ttl_security_hops: Annotated[Fact[int | None], About("null: not used", unit="hops", source="RFC 5082")] = (
        NOT_COLLECTED
    )


class OspfArea(Section, frozen=True, kw_only=True):
    """One area of one OSPF process."""

    name: Annotated[Fact[str], About("process and area: '1 area 0.0.0.0'")] = NOT_COLLECTED
    process: Annotated[Fact[str], About("process number or name")] = NOT_COLLECTED
    version: Annotated[Fact[Literal[2, 3]], About("protocol version")] = NOT_COLLECTED
    authentication: Annotated[Fact[RoutingAuthentication], About("set for the area as a whole")] = NOT_COLLECTED


class RoutingInterface(Section, frozen=True, kw_only=True):
    """One interface on which an interior routing protocol runs."""

    name: Annotated[Fact[str], About("protocol and interface: 'ospf GigabitEthernet0/1'")] = NOT_COLLECTED
    interface: Annotated[Fact[str], About("interface")] = NOT_COLLECTED
    protocol: Annotated[Fact[Literal["ospf", "ospfv3", "isis", "eigrp", "rip"]], About("protocol")] = NOT_COLLECTED
    process: Annotated[Fact[str], About("process number or name")] = NOT_COLLECTED
    area: Annotated[Fact[str | None], About("OSPF area; null: not OSPF")] = NOT_COLLECTED
    passive: Annotated[Fact[bool], About("no neighbours are made here")] = NOT_COLLECTED
    authentication: Annotated[Fact[RoutingAuthentication], About("in force here, own or of the area")] = NOT_COLLECTED


class FirstHopGroup(Section, frozen=True, kw_only=True):
    """One group of routers that share an address."""

    name: Annotated[Fact[str], About("interface, protocol and group: 'Vlan10 hsrp 1'")] = NOT_COLLECTED
    interface: Annotated[Fact[str], About("interface")] = NOT_COLLECTED
    protocol: Annotated[Fact[Literal["hsrp", "vrrp", "glbp"]], About("protocol")] = NOT_COLLECTED
    authentication: Annotated[Fact[RoutingAuthentication], About("between the routers")] = NOT_COLLECTED


class Routing(Section, frozen=True, kw_only=True):
    """Routing protocols."""

    bgp_neighbours: Annotated[Fact[list[BgpNeighbour]], About("BGP neighbours")] = NOT_COLLECTED
    ospf_areas: Annotated[Fact[list[OspfArea]], About("OSPF areas")] = NOT_COLLECTED
    interfaces: Annotated[Fact[list[RoutingInterface]], About("interfaces with OSPF, IS-IS, EIGRP or RIP")] = (
        NOT_COLLECTED
    )
    first_hop_groups: Annotated[Fact[list[FirstHopGroup]], About("HSRP, VRRP and GLBP groups")] = NOT_COLLECTED


class AccessList(Section, frozen=True, kw_only=True):
    """One packet filter list."""

    name: Annotated[Fact[str], About("name or number")] = NOT_COLLECTED
    family: Annotated[Fact[Literal["ipv4", "ipv6", "mac"]], About("what it filters")] = NOT_COLLECTED
    type: Annotated[Fact[Literal["standard", "extended", "other"]], About("sources only, or more")] = NOT_COLLECTED
    entries: Annotated[Fact[int], About("permit and deny lines", unit="entries")] = NOT_COLLECTED
    permits_any: Annotated[Fact[bool], About("it lets everyone reach what it guards by a port of management")] = (
        NOT_COLLECTED
    )
    denials_logged: Annotated[Fact[bool], About("the last entry denies everything and logs it")] = NOT_COLLECTED
    permitted_sources: Annotated[
        Fact[list[str]], About("sources that a list by source only permits, as the device writes them")
    ] = NOT_COLLECTED


class FirewallRule(Section, frozen=True, kw_only=True):
    """One rule of a firewall policy."""

    name: Annotated[Fact[str], About("number or name")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("in force")] = NOT_COLLECTED
    action: Annotated[Fact[Literal["allow", "deny"]], About("what it does")] = NOT_COLLECTED
    source_zones: Annotated[Fact[list[str]], About("zones or interfaces")] = NOT_COLLECTED
    destination_zones: Annotated[Fact[list[str]], About("zones or interfaces")] = NOT_COLLECTED
    any_source: Annotated[Fact[bool], About("every source address")] = NOT_COLLECTED
    any_destination: Annotated[Fact[bool], About("every destination address")] = NOT_COLLECTED
    any_service: Annotated[Fact[bool], About("every service or application")] = NOT_COLLECTED
    logged: Annotated[Fact[bool], About("matches are logged")] = NOT_COLLECTED
    threat_profiles: Annotated[Fact[list[str]], About("inspection: ips, antivirus, url ...")] = NOT_COLLECTED


class ControlPlane(Section, frozen=True, kw_only=True):
    """Protection of the device's own processor."""

    policy: Annotated[Fact[str | None], About("policy attached on what comes in; null: none")] = NOT_COLLECTED


class VpnProposal(Section, frozen=True, kw_only=True):
    """One set of algorithms for IKE or IPsec."""

    name: Annotated[Fact[str], About("kind and name: 'ikev2 STRONG'")] = NOT_COLLECTED
    kind: Annotated[Fact[Literal["ikev1", "ikev2", "ipsec"]], About("phase")] = NOT_COLLECTED
    ciphers: Annotated[Fact[list[str]], About("encryption algorithms, lower case")] = NOT_COLLECTED
    hashes: Annotated[Fact[list[str]], About("integrity algorithms, lower case")] = NOT_COLLECTED
    dh_groups: Annotated[Fact[list[int]], About("Diffie-Hellman groups", source="RFC 3526, RFC 5903")] = NOT_COLLECTED
