"""Facts of network devices, vendor-neutral: one model for every platform."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section
from baseline.models.facts.network.accounts import (
    Aaa,
    AaaServer,
    EnableSecret,
    LocalUser,
    MethodList,
    PasswordRules,
    PasswordStorage,
    ServerGroup,
)
from baseline.models.facts.network.device import (
    Certificate,
    Configuration,
    Device,
    HighAvailability,
    Service,
    Software,
)
from baseline.models.facts.network.interfaces import (
    ArpInspection,
    DhcpSnooping,
    Interface,
    SpanningTree,
    Vlan,
)
from baseline.models.facts.network.management import (
    Banners,
    HostKey,
    Http,
    Line,
    LoginProtection,
    Management,
    Ssh,
    Telnet,
)
from baseline.models.facts.network.monitoring import (
    Clock,
    Community,
    Logging,
    LogTimestamps,
    Snmp,
    SnmpGroup,
    SnmpHost,
    SnmpLevel,
    SnmpUser,
    SyslogServer,
    TimeKey,
    TimeServer,
)
from baseline.models.facts.network.routing import (
    AccessList,
    BgpNeighbour,
    ControlPlane,
    FirewallRule,
    FirstHopGroup,
    OspfArea,
    Routing,
    RoutingAuthentication,
    RoutingInterface,
    VpnProposal,
)

__all__ = [
    "SERVICE_NAMES",
    "Aaa",
    "AaaServer",
    "AccessList",
    "ArpInspection",
    "Banners",
    "BgpNeighbour",
    "Certificate",
    "Clock",
    "Community",
    "Configuration",
    "ControlPlane",
    "Device",
    "DhcpSnooping",
    "EnableSecret",
    "FirewallRule",
    "FirstHopGroup",
    "HighAvailability",
    "HostKey",
    "Http",
    "Interface",
    "Line",
    "LocalUser",
    "LogTimestamps",
    "Logging",
    "LoginProtection",
    "Management",
    "MethodList",
    "NetworkFacts",
    "OspfArea",
    "PasswordRules",
    "PasswordStorage",
    "Routing",
    "RoutingAuthentication",
    "RoutingInterface",
    "ServerGroup",
    "Service",
    "Snmp",
    "SnmpGroup",
    "SnmpHost",
    "SnmpLevel",
    "SnmpUser",
    "Software",
    "SpanningTree",
    "Ssh",
    "SyslogServer",
    "Telnet",
    "TimeKey",
    "TimeServer",
    "Vlan",
    "VpnProposal",
]

SERVICE_NAMES = (
    "bootp",
    "cdp",
    "dhcp-server",
    "dns-lookup",
    "domain-server",
    "finger",
    "ftp",
    "gratuitous-arp",
    "ident",
    "lldp",
    "mop",
    "pad",
    "remote-shell",
    "smart-install",
    "source-routing",
    "tcp-keepalives-in",
    "tcp-keepalives-out",
    "tcp-small-servers",
    "tftp",
    "udp-small-servers",
)
"""Keys of ``services``: every platform fills every key, unknown where its silence cannot be read."""


class NetworkFacts(Section, frozen=True, kw_only=True):
    """Everything known of one network device at a moment."""

    device: Annotated[Fact[Device], About("the device itself")] = NOT_COLLECTED
    software: Annotated[Fact[Software], About("what it runs")] = NOT_COLLECTED
    configuration: Annotated[Fact[Configuration], About("changes, saving and archiving")] = NOT_COLLECTED
    management: Annotated[Fact[Management], About("administrative access")] = NOT_COLLECTED
    banners: Annotated[Fact[Banners], About("texts at logging in")] = NOT_COLLECTED
    users: Annotated[Fact[list[LocalUser]], About("local accounts")] = NOT_COLLECTED
    enable_secret: Annotated[Fact[EnableSecret], About("secret for privileged mode")] = NOT_COLLECTED
    password_rules: Annotated[Fact[PasswordRules], About("rules for passwords and stored secrets")] = NOT_COLLECTED
    aaa: Annotated[Fact[Aaa], About("central authentication, authorisation, accounting")] = NOT_COLLECTED
    snmp: Annotated[Fact[Snmp], About("SNMP agent")] = NOT_COLLECTED
    clock: Annotated[Fact[Clock], About("time")] = NOT_COLLECTED
    logging: Annotated[Fact[Logging], About("logging")] = NOT_COLLECTED
    services: Annotated[Fact[dict[str, Service]], About("services by neutral name, see SERVICE_NAMES")] = NOT_COLLECTED
    interfaces: Annotated[Fact[list[Interface]], About("interfaces")] = NOT_COLLECTED
    vlans: Annotated[Fact[list[Vlan]], About("VLANs in the configuration")] = NOT_COLLECTED
    spanning_tree: Annotated[Fact[SpanningTree], About("spanning tree")] = NOT_COLLECTED
    dhcp_snooping: Annotated[Fact[DhcpSnooping], About("DHCP snooping")] = NOT_COLLECTED
    arp_inspection: Annotated[Fact[ArpInspection], About("dynamic ARP inspection")] = NOT_COLLECTED
    access_lists: Annotated[Fact[list[AccessList]], About("packet filter lists")] = NOT_COLLECTED
    firewall_rules: Annotated[Fact[list[FirewallRule]], About("firewall policy, in order")] = NOT_COLLECTED
    routing: Annotated[Fact[Routing], About("routing protocols")] = NOT_COLLECTED
    control_plane: Annotated[Fact[ControlPlane], About("protection of the processor")] = NOT_COLLECTED
    vpn_proposals: Annotated[Fact[list[VpnProposal]], About("algorithms for IKE and IPsec")] = NOT_COLLECTED
    certificates: Annotated[Fact[list[Certificate]], About("certificates")] = NOT_COLLECTED
    high_availability: Annotated[Fact[HighAvailability], About("failover")] = NOT_COLLECTED
