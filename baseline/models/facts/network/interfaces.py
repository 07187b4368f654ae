"""Facts about interfaces and the layer 2 protections around them."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class Interface(Section, frozen=True, kw_only=True):
    """One interface. Facts that only a switch port has are null or false on others."""

    name: Annotated[Fact[str], About("full name, for example GigabitEthernet1/0/1")] = NOT_COLLECTED
    description: Annotated[Fact[str | None], About("null: none")] = NOT_COLLECTED
    kind: Annotated[
        Fact[Literal["physical", "aggregate", "subinterface", "vlan", "loopback", "tunnel", "other"]], About("kind")
    ] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("not shut down by configuration")] = NOT_COLLECTED
    link_up: Annotated[Fact[bool], About("there is a link now")] = NOT_COLLECTED
    mode: Annotated[
        Fact[Literal["access", "trunk", "dynamic", "routed", "member", "other"]],
        About("access, trunk, dynamic: switch port, fixed or negotiated; member: part of an aggregate, which decides"),
    ] = NOT_COLLECTED
    aggregate: Annotated[Fact[str | None], About("aggregate that it is part of; null: none")] = NOT_COLLECTED
    vrf: Annotated[Fact[str | None], About("null: the default one")] = NOT_COLLECTED
    zone: Annotated[Fact[str | None], About("firewall zone; null: none")] = NOT_COLLECTED
    addresses: Annotated[Fact[list[str]], About("addresses with prefix length; 'dhcp' where it asks")] = NOT_COLLECTED
    access_vlan: Annotated[Fact[int | None], About("null: not a switch port")] = NOT_COLLECTED
    voice_vlan: Annotated[Fact[int | None], About("null: none")] = NOT_COLLECTED
    native_vlan: Annotated[Fact[int | None], About("untagged VLAN of a trunk; null: not a switch port")] = NOT_COLLECTED
    allowed_vlans: Annotated[Fact[str | None], About("list as '10,20-29'; null: every VLAN")] = NOT_COLLECTED
    trunk_negotiation: Annotated[Fact[bool], About("it negotiates trunking with its neighbour (DTP)")] = NOT_COLLECTED
    port_control: Annotated[
        Fact[Literal["auto", "force_authorized", "force_unauthorized"]],
        About("auto: traffic only after authentication", source="IEEE 802.1X"),
    ] = NOT_COLLECTED
    dot1x: Annotated[Fact[bool], About("IEEE 802.1X authenticator, and traffic waits for it")] = NOT_COLLECTED
    mab: Annotated[Fact[bool], About("MAC address authentication, and traffic waits for it")] = NOT_COLLECTED
    port_security: Annotated[Fact[bool], About("the number of MAC addresses is limited")] = NOT_COLLECTED
    port_security_maximum: Annotated[Fact[int | None], About("null: not limited", unit="addresses")] = NOT_COLLECTED
    storm_control: Annotated[Fact[list[str]], About("limited traffic: broadcast, multicast, unicast")] = NOT_COLLECTED
    portfast: Annotated[Fact[bool], About("forwards at once, as for an end station")] = NOT_COLLECTED
    bpdu_guard: Annotated[Fact[bool], About("shuts down on a bridge message, set here or by default")] = NOT_COLLECTED
    bpdu_filter: Annotated[Fact[bool], About("ignores bridge messages on this port")] = NOT_COLLECTED
    root_guard: Annotated[Fact[bool], About("refuses another root bridge")] = NOT_COLLECTED
    loop_guard: Annotated[Fact[bool], About("blocks when bridge messages stop")] = NOT_COLLECTED
    dhcp_snooping_trust: Annotated[Fact[bool], About("DHCP servers may answer here")] = NOT_COLLECTED
    arp_inspection_trust: Annotated[Fact[bool], About("ARP is not inspected here")] = NOT_COLLECTED
    source_guard: Annotated[Fact[bool], About("source addresses are held to the DHCP bindings")] = NOT_COLLECTED
    macsec: Annotated[Fact[bool], About("frames are encrypted", source="IEEE 802.1AE")] = NOT_COLLECTED
    cdp: Annotated[Fact[bool], About("CDP is spoken here")] = NOT_COLLECTED
    lldp_transmit: Annotated[Fact[bool], About("LLDP is sent here")] = NOT_COLLECTED
    lldp_receive: Annotated[Fact[bool], About("LLDP is accepted here")] = NOT_COLLECTED
    access_list_in: Annotated[Fact[str | None], About("IPv4 filter on what comes in; null: none")] = NOT_COLLECTED
    access_list_out: Annotated[Fact[str | None], About("IPv4 filter on what goes out; null: none")] = NOT_COLLECTED
    access_list_ipv6_in: Annotated[Fact[str | None], About("IPv6 filter on what comes in")] = NOT_COLLECTED
    access_list_ipv6_out: Annotated[Fact[str | None], About("IPv6 filter on what goes out")] = NOT_COLLECTED
    proxy_arp: Annotated[Fact[bool], About("answers ARP for others; false where there is no IPv4")] = NOT_COLLECTED
    redirects: Annotated[Fact[bool], About("sends ICMP redirects; false where there is no IPv4")] = NOT_COLLECTED
    unreachables: Annotated[Fact[bool], About("sends ICMP unreachables; false where there is no IPv4")] = NOT_COLLECTED
    directed_broadcast: Annotated[Fact[bool], About("forwards directed broadcasts")] = NOT_COLLECTED
    unicast_rpf: Annotated[
        Fact[Literal["none", "loose", "strict"]], About("check of source addresses", source="RFC 3704")
    ] = NOT_COLLECTED
    management_access: Annotated[
        Fact[list[str]], About("management protocols that this interface accepts, where set per interface")
    ] = NOT_COLLECTED


class Vlan(Section, frozen=True, kw_only=True):
    """One VLAN."""

    name: Annotated[Fact[str], About("VLAN number as text")] = NOT_COLLECTED
    number: Annotated[Fact[int], About("VLAN number")] = NOT_COLLECTED
    label: Annotated[Fact[str | None], About("configured name; null: none")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("not shut down")] = NOT_COLLECTED
    dhcp_snooping: Annotated[Fact[bool], About("DHCP snooping works on it")] = NOT_COLLECTED
    arp_inspection: Annotated[Fact[bool], About("ARP inspection works on it")] = NOT_COLLECTED


class SpanningTree(Section, frozen=True, kw_only=True):
    """Spanning tree as a whole."""

    mode: Annotated[Fact[str | None], About("pvst, rapid-pvst, mst; null: no spanning tree here")] = NOT_COLLECTED
    portfast_default: Annotated[Fact[bool], About("access ports have portfast unless told otherwise")] = NOT_COLLECTED
    bpdu_guard_default: Annotated[Fact[bool], About("portfast ports have BPDU guard unless told otherwise")] = (
        NOT_COLLECTED
    )
    bpdu_filter_default: Annotated[Fact[bool], About("portfast ports send no bridge messages")] = NOT_COLLECTED
    loop_guard_default: Annotated[Fact[bool], About("loop guard unless told otherwise")] = NOT_COLLECTED


class DhcpSnooping(Section, frozen=True, kw_only=True):
    """DHCP snooping as a whole."""

    enabled: Annotated[Fact[bool], About("switched on")] = NOT_COLLECTED
    vlans: Annotated[Fact[list[int]], About("VLANs it works on")] = NOT_COLLECTED


class ArpInspection(Section, frozen=True, kw_only=True):
    """Dynamic ARP inspection as a whole."""

    enabled: Annotated[Fact[bool], About("works on at least one VLAN")] = NOT_COLLECTED
    vlans: Annotated[Fact[list[int]], About("VLANs it works on")] = NOT_COLLECTED
