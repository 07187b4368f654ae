"""EC2 networks: security groups, network ACLs, VPCs with their flow logs, subnets, public addresses."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.services.reading import flag, place
from baseline.collectors.cloud.aws.services.rules import ADMINISTRATION, access_list_opens, security_group_fields
from baseline.collectors.cloud.registered import FIELDS
from baseline.models.facts.aws.network import (
    AwsNetworkAccessList,
    AwsPublicAddress,
    AwsSecurityGroup,
    AwsSubnet,
    AwsVpc,
)


def ec2(operation: str, items: str, **more: Any) -> Call:
    """A list of EC2."""
    return Call(service="ec2", operation=operation, items=items, **more)


def _security_group(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, f"{raw['GroupId']} {raw['GroupName']}"),
        "region": region,
        "default": raw["GroupName"] == "default",
        "inbound_rules": len(raw["IpPermissions"]),
        "outbound_rules": len(raw["IpPermissionsEgress"]),
        **security_group_fields(raw["IpPermissions"]),
    }


def _access_list(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, raw["NetworkAclId"]),
        "region": region,
        "subnets": len(raw["Associations"]),
        "open_administration": access_list_opens(raw["Entries"], ADMINISTRATION),
    }


def _vpc(raw: Raw, region: str) -> Fields:
    return {"name": place(region, raw["VpcId"]), "region": region, "default": flag(raw["IsDefault"])}


def _flow_logged(answer: Raw, raw: Raw) -> Fields:
    logs = [log for log in answer["items"] if log["ResourceId"] == raw["VpcId"]]
    return {"flow_logged": any(log["FlowLogStatus"] == "ACTIVE" and log["TrafficType"] != "ACCEPT" for log in logs)}


def _subnet(raw: Raw, region: str) -> Fields:
    name = place(region, raw["SubnetId"])
    return {"name": name, "region": region, "public_addresses": flag(raw["MapPublicIpOnLaunch"])}


def _with_public_addresses(raw: Raw) -> list[Raw]:
    """An interface once for each public address of it: one for each private address, at most (EC2 User Guide)."""
    found: dict[str, Raw] = {}
    for one in (raw, *raw.get("PrivateIpAddresses", ())):
        if address := one.get("Association", {}).get("PublicIp"):
            found.setdefault(address, {**raw, "Association": one["Association"], "Behind": one.get("PrivateIpAddress")})
    return list(found.values())


def _public_address(raw: Raw, region: str) -> Fields:
    address = raw["Association"]["PublicIp"]
    used_by = raw.get("Attachment", {}).get("InstanceId") or raw.get("Description") or raw["NetworkInterfaceId"]
    return {
        "name": place(region, address),
        "region": region,
        "address": address,
        "interface_type": raw.get("InterfaceType", "interface"),
        "used_by": used_by,
        "instance": raw.get("Attachment", {}).get("InstanceId") or None,
        "private_address": raw["Behind"] or None,
    }


PARTS = (
    Listing(
        fact="security_groups",
        model=AwsSecurityGroup,
        call=ec2("DescribeSecurityGroups", "SecurityGroups"),
        fills=(
            "region",
            "default",
            "open_ports",
            "open_administration",
            "open_databases",
            "open_everything",
            "inbound_rules",
            "outbound_rules",
        ),
        read=_security_group,
    ),
    Listing(
        fact="network_access_lists",
        model=AwsNetworkAccessList,
        call=ec2("DescribeNetworkAcls", "NetworkAcls"),
        fills=("region", "subnets", "open_administration"),
        read=_access_list,
    ),
    Listing(
        fact="vpcs",
        model=AwsVpc,
        call=ec2("DescribeVpcs", "Vpcs"),
        fills=("region", "default"),
        read=_vpc,
        details=(Detail(call=ec2("DescribeFlowLogs", "FlowLogs"), fills=("flow_logged",), read=_flow_logged),),
    ),
    Listing(
        fact="subnets",
        model=AwsSubnet,
        call=ec2("DescribeSubnets", "Subnets"),
        fills=("region", "public_addresses"),
        read=_subnet,
    ),
    Listing(
        fact="public_addresses",
        model=AwsPublicAddress,
        call=ec2("DescribeNetworkInterfaces", "NetworkInterfaces"),
        fills=("region", "address", "interface_type", "used_by", "instance", "private_address", *FIELDS),
        read=_public_address,
        parts=_with_public_addresses,
    ),
)
