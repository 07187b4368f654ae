"""Facts of virtual networks and what guards them."""

from typing import Annotated, Literal

from baseline.models.facts.azure.resource import AzureResource, Tls
from baseline.models.facts.fact import NOT_COLLECTED, About, Fact


class NetworkSecurityGroup(AzureResource, frozen=True, kw_only=True):
    """One network security group: what its own rules admit from the Internet, the first rule that matches deciding."""

    ssh_from_internet: Annotated[Fact[bool], About("TCP 22 is admitted")] = NOT_COLLECTED
    rdp_from_internet: Annotated[Fact[bool], About("TCP or UDP 3389 is admitted")] = NOT_COLLECTED
    every_port_from_internet: Annotated[Fact[bool], About("a rule admits all ports")] = NOT_COLLECTED
    databases_from_internet: Annotated[
        Fact[list[int]], About("ports of databases that are admitted: 1433, 1521, 3306, 5432, 6379, 9200, 27017 ...")
    ] = NOT_COLLECTED
    management_from_internet: Annotated[
        Fact[list[int]], About("ports of remote management that are admitted: 23, 135, 445, 5900, 5985, 5986 ...")
    ] = NOT_COLLECTED
    amplifiers_from_internet: Annotated[
        Fact[list[int]], About("UDP ports used in reflection attacks that are admitted: 19, 53, 123, 161, 389 ...")
    ] = NOT_COLLECTED


class VirtualNetwork(AzureResource, frozen=True, kw_only=True):
    """One virtual network."""

    subnets_without_group: Annotated[
        Fact[list[str]],
        About("subnets without security group; those of gateways and firewalls, which take none, left out"),
    ] = NOT_COLLECTED
    ddos_protection: Annotated[Fact[bool], About("a DDoS protection plan covers it")] = NOT_COLLECTED
    flow_logged: Annotated[
        Fact[bool], About("an enabled flow log watches it, or each security group of its subnets")
    ] = NOT_COLLECTED


class FlowLog(AzureResource, frozen=True, kw_only=True):
    """One flow log of a network watcher."""

    enabled: Annotated[Fact[bool], About("it records")] = NOT_COLLECTED
    retention_days: Annotated[Fact[int], About("days that records are kept; 0 is for ever", unit="days")] = (
        NOT_COLLECTED
    )


class ApplicationGateway(AzureResource, frozen=True, kw_only=True):
    """One application gateway."""

    firewall: Annotated[
        Fact[Literal["prevention", "detection"] | None], About("what its web application firewall does; None without")
    ] = NOT_COLLECTED
    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED


class BastionHost(AzureResource, frozen=True, kw_only=True):
    """One Azure Bastion."""

    shareable_links: Annotated[Fact[bool], About("a link gives access without signing in at Azure")] = NOT_COLLECTED
