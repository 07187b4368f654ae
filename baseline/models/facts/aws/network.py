"""Facts of AWS networks: security groups, access lists, VPCs, public addresses, load balancers."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsSecurityGroup(Section, frozen=True, kw_only=True):
    """A security group: a packet filter of network interfaces."""

    name: Annotated[Fact[str], About("region, id and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    default: Annotated[Fact[bool], About("the group that AWS makes with every VPC")] = NOT_COLLECTED
    open_ports: Annotated[Fact[list[str]], About("what the whole Internet reaches, as protocol and ports")] = (
        NOT_COLLECTED
    )
    open_administration: Annotated[
        Fact[bool], About("the whole Internet reaches SSH (22) or Remote Desktop (3389)")
    ] = NOT_COLLECTED
    open_databases: Annotated[Fact[bool], About("the whole Internet reaches a port of a database")] = NOT_COLLECTED
    open_everything: Annotated[Fact[bool], About("the whole Internet reaches all ports")] = NOT_COLLECTED
    inbound_rules: Annotated[Fact[int], About("rules for traffic to it")] = NOT_COLLECTED
    outbound_rules: Annotated[Fact[int], About("rules for traffic from it")] = NOT_COLLECTED


class AwsNetworkAccessList(Section, frozen=True, kw_only=True):
    """A network ACL: a packet filter of subnets."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    subnets: Annotated[Fact[int], About("subnets that it filters")] = NOT_COLLECTED
    open_administration: Annotated[
        Fact[bool], About("lets SSH (22) or Remote Desktop (3389) in from the whole Internet")
    ] = NOT_COLLECTED


class AwsVpc(Section, frozen=True, kw_only=True):
    """A virtual network."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    default: Annotated[Fact[bool], About("the VPC that AWS makes in every region")] = NOT_COLLECTED
    flow_logged: Annotated[Fact[bool], About("a flow log records its traffic, refused traffic at least")] = (
        NOT_COLLECTED
    )


class AwsSubnet(Section, frozen=True, kw_only=True):
    """A part of a virtual network."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    public_addresses: Annotated[Fact[bool], About("what starts in it gets a public address by itself")] = NOT_COLLECTED


class AwsPublicAddress(Section, frozen=True, kw_only=True):
    """A public IPv4 address of a network interface."""

    name: Annotated[Fact[str], About("region and address")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    address: Annotated[Fact[str], About("the address")] = NOT_COLLECTED
    interface_type: Annotated[Fact[str], About("kind of interface, as EC2 calls it")] = NOT_COLLECTED
    used_by: Annotated[Fact[str], About("instance, or what the interface says of itself")] = NOT_COLLECTED
    instance: Annotated[Fact[str | None], About("id of the instance that it is of; null: of something else")] = (
        NOT_COLLECTED
    )
    private_address: Annotated[Fact[str | None], About("private address that it belongs to")] = NOT_COLLECTED
    registered_as: Annotated[
        Fact[str | None], About("target of the inventory that stands for it; null without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED


class AwsLoadBalancer(Section, frozen=True, kw_only=True):
    """An application or network load balancer."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    type: Annotated[Fact[Literal["application", "network", "gateway"]], About("what it understands of traffic")] = (
        NOT_COLLECTED
    )
    internet: Annotated[Fact[bool], About("it is reached from the Internet")] = NOT_COLLECTED
    plain_http: Annotated[Fact[bool], About("it answers over HTTP, not only to lead to HTTPS")] = NOT_COLLECTED
    tls_policies: Annotated[Fact[list[str]], About("security policies of its TLS listeners")] = NOT_COLLECTED
    access_logged: Annotated[Fact[bool], About("requests are logged")] = NOT_COLLECTED
    invalid_headers_dropped: Annotated[
        Fact[bool | None], About("headers that are not valid are dropped; null: it knows no headers")
    ] = NOT_COLLECTED
    deletion_protected: Annotated[Fact[bool], About("cannot be deleted by accident")] = NOT_COLLECTED


class AwsDistribution(Section, frozen=True, kw_only=True):
    """A CloudFront distribution."""

    name: Annotated[Fact[str], About("id and first name")] = NOT_COLLECTED
    plain_http: Annotated[Fact[bool], About("answers over HTTP")] = NOT_COLLECTED
    minimum_tls: Annotated[Fact[str], About("security policy for viewers, as CloudFront calls it")] = NOT_COLLECTED
    firewall: Annotated[Fact[bool], About("a web application firewall stands before it")] = NOT_COLLECTED
