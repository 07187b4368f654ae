"""EC2 instances with their volumes, snapshots and images, Lambda functions, EKS clusters."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.policy import opens_to_everyone
from baseline.collectors.cloud.aws.services.network import ec2
from baseline.collectors.cloud.aws.services.reading import (
    TAG_FIELDS,
    classification_of,
    flag,
    place,
    tag_fields,
    tag_value,
)
from baseline.collectors.cloud.aws.services.rules import is_internet
from baseline.collectors.cloud.registered import FIELDS
from baseline.models.facts.aws.compute import AwsFunction, AwsInstance, AwsKubernetesCluster
from baseline.models.facts.aws.storage import AwsImage, AwsSnapshot, AwsVolume
from baseline.models.facts.inventory import InventoryMachine

_GONE = ("terminated", "shutting-down")


def _instance(raw: Raw, region: str) -> Fields | None:
    if raw["State"]["Name"] in _GONE:
        return None
    options = raw["MetadataOptions"]
    return {
        "name": place(region, raw["InstanceId"]),
        "id": raw["InstanceId"],
        "region": region,
        "title": tag_value(raw.get("Tags"), "Name"),
        "running": raw["State"]["Name"] == "running",
        "metadata_token_required": options["HttpTokens"] == "required" or options.get("HttpEndpoint") == "disabled",
        "role": bool(raw.get("IamInstanceProfile")),
        "public_address": raw.get("PublicIpAddress") or None,
        "classification": classification_of(raw.get("Tags")),
        "platform": "windows" if str(raw.get("Platform", "")).lower() == "windows" else "linux",
        "scaling_group": tag_value(raw.get("Tags"), "aws:autoscaling:groupName") or None,
        "dns_names": [raw[key] for key in ("PublicDnsName", "PrivateDnsName") if raw.get(key)],
        **_addresses(raw),
        **tag_fields(raw.get("Tags")),
    }


def _addresses(raw: Raw) -> Fields:
    """Of all interfaces. Those of IPv6 count as public: AWS gives each to one interface only."""
    interfaces = raw.get("NetworkInterfaces") or ()
    parts = [part for interface in interfaces for part in interface.get("PrivateIpAddresses") or ()]
    public = [part.get("Association", {}).get("PublicIp") for part in (*interfaces, *parts)]
    public += [
        address.get("Ipv6Address") for interface in interfaces for address in interface.get("Ipv6Addresses") or ()
    ]
    private = [part.get("PrivateIpAddress") for part in (*interfaces, *parts)]
    return {
        "public_addresses": sorted({*filter(None, (raw.get("PublicIpAddress"), raw.get("Ipv6Address"), *public))}),
        "private_addresses": sorted({*filter(None, (raw.get("PrivateIpAddress"), *private))}),
    }


def _no_instance(_raw: Raw, _region: str) -> None:
    """What the inventory expects is no instance of itself; a region that gives no answer is told of all the same."""
    return


def _volume(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, raw["VolumeId"]),
        "region": region,
        "encrypted": flag(raw["Encrypted"]),
        "attached": bool(raw["Attachments"]),
        **tag_fields(raw.get("Tags")),
    }


def _snapshot(raw: Raw, region: str) -> Fields:
    return {"name": place(region, raw["SnapshotId"]), "region": region, "encrypted": flag(raw["Encrypted"])}


def _public_snapshot(answer: Raw, raw: Raw) -> Fields:
    return {"public": any(other["SnapshotId"] == raw["SnapshotId"] for other in answer["items"])}


def _image(raw: Raw, region: str) -> Fields:
    disks = [mapping["Ebs"] for mapping in raw["BlockDeviceMappings"] if "Ebs" in mapping]
    return {
        "name": place(region, raw["ImageId"]),
        "region": region,
        "public": flag(raw["Public"]),
        "encrypted": all(flag(disk.get("Encrypted", False)) for disk in disks),
    }


def _function(raw: Raw, region: str) -> Fields:
    return {"name": place(region, raw["FunctionName"]), "region": region, "runtime": raw.get("Runtime") or None}


def _function_name(raw: Raw) -> Fields:
    return {"FunctionName": raw["FunctionName"]}


def _function_policy(answer: Raw, _raw: Raw) -> Fields:
    return {"public_policy": answer["Policy"] is not None and opens_to_everyone(answer["Policy"])}


def _function_address(answer: Raw, _raw: Raw) -> Fields:
    return {"public_url": any(address["AuthType"] != "AWS_IAM" for address in answer["FunctionUrlConfigs"])}


def _cluster(answer: Raw, _raw: Raw) -> Fields:
    cluster = answer["cluster"]
    access = cluster["resourcesVpcConfig"]
    networks = access.get("publicAccessCidrs") or ["0.0.0.0/0"]
    logs = [kind for entry in cluster.get("logging", {}).get("clusterLogging", ()) for kind in _logged(entry)]
    encrypted = [kind for entry in cluster.get("encryptionConfig") or () for kind in entry["resources"]]
    return {
        "version": cluster["version"],
        "open_endpoint": flag(access["endpointPublicAccess"]) and any(map(is_internet, networks)),
        "secrets_encrypted": "secrets" in encrypted,
        "logs": sorted(logs),
    }


def _logged(entry: dict[str, Any]) -> list[str]:
    return list(entry["types"]) if entry["enabled"] else []


_INSTANCES = ec2("DescribeInstances", "Reservations.Instances")

PARTS = (
    Listing(
        fact="instances",
        model=AwsInstance,
        call=_INSTANCES,
        fills=(
            "id",
            "region",
            "title",
            "running",
            "metadata_token_required",
            "role",
            "public_address",
            "classification",
            "platform",
            "scaling_group",
            "dns_names",
            "public_addresses",
            "private_addresses",
            *FIELDS,
            *TAG_FIELDS,
        ),
        read=_instance,
    ),
    Listing(
        fact="inventory_machines",
        model=InventoryMachine,
        call=_INSTANCES,
        fills=("account", "cloud_id", "found"),
        read=_no_instance,
    ),
    Listing(
        fact="volumes",
        model=AwsVolume,
        call=ec2("DescribeVolumes", "Volumes"),
        fills=("region", "encrypted", "attached", *TAG_FIELDS),
        read=_volume,
    ),
    Listing(
        fact="snapshots",
        model=AwsSnapshot,
        call=ec2("DescribeSnapshots", "Snapshots", parameters={"OwnerIds": ["self"]}),
        fills=("region", "encrypted"),
        read=_snapshot,
        details=(
            Detail(
                call=ec2(
                    "DescribeSnapshots",
                    "Snapshots",
                    parameters={"OwnerIds": ["self"], "RestorableByUserIds": ["all"]},
                ),
                fills=("public",),
                read=_public_snapshot,
            ),
        ),
    ),
    Listing(
        fact="images",
        model=AwsImage,
        call=ec2("DescribeImages", "Images", parameters={"Owners": ["self"]}),
        fills=("region", "public", "encrypted"),
        read=_image,
    ),
    Listing(
        fact="functions",
        model=AwsFunction,
        call=Call(service="lambda", operation="ListFunctions", items="Functions"),
        fills=("region", "runtime"),
        read=_function,
        details=(
            Detail(
                call=Call(
                    service="lambda",
                    operation="GetPolicy",
                    requires=("Policy",),
                    absent={"ResourceNotFoundException": {"Policy": None}},
                ),
                fills=("public_policy",),
                parameters=_function_name,
                read=_function_policy,
            ),
            Detail(
                call=Call(service="lambda", operation="ListFunctionUrlConfigs", requires=("FunctionUrlConfigs",)),
                fills=("public_url",),
                parameters=_function_name,
                read=_function_address,
            ),
        ),
    ),
    Listing(
        fact="kubernetes_clusters",
        model=AwsKubernetesCluster,
        call=Call(service="eks", operation="ListClusters", items="clusters"),
        fills=("region",),
        read=lambda raw, region: {"name": place(region, raw["value"]), "region": region},
        details=(
            Detail(
                call=Call(service="eks", operation="DescribeCluster", requires=("cluster",)),
                fills=("version", "open_endpoint", "secrets_encrypted", "logs"),
                parameters=lambda raw: {"name": raw["value"]},
                read=_cluster,
            ),
        ),
    ),
)
