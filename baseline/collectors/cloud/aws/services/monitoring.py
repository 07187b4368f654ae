"""What AWS records and watches: CloudTrail, Config, GuardDuty, Security Hub, Access Analyzer, log groups, EC2 defaults."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.services.reading import flag, place
from baseline.models.facts.aws.monitoring import AwsLogGroup, AwsRegion, AwsTrail


def _detectors(client: Any, _parameters: dict[str, Any]) -> dict[str, Any]:
    """The detectors of a region, with their state."""
    pages = client.get_paginator("list_detectors").paginate()
    names = [name for page in pages for name in page["DetectorIds"]]
    return {"Detectors": [client.get_detector(DetectorId=name)["Status"] for name in names]}


def _recorders(client: Any, _parameters: dict[str, Any]) -> dict[str, Any]:
    """The recorders of a region, and whether they record."""
    return {
        "Recorders": client.describe_configuration_recorders()["ConfigurationRecorders"],
        "States": client.describe_configuration_recorder_status()["ConfigurationRecordersStatus"],
    }


def _recorded(answer: Raw, _raw: Raw) -> Fields:
    """Resources of global services, such as IAM, need to be recorded in one region only, so that they do not count here."""
    recording = {state["name"] for state in answer["States"] if flag(state["recording"])}
    every = [one for one in answer["Recorders"] if one["recordingGroup"]["allSupported"] is True]
    return {"configuration_recorded": any(one["name"] in recording for one in every)}


def _state(operation: str, field: str, key: str, blocked: tuple[str, ...]) -> Detail:
    """One setting of EC2 in a region."""
    return Detail(
        call=Call(service="ec2", operation=operation, requires=(key,)),
        fills=(field,),
        read=lambda answer, _raw: {field: answer[key] in blocked},
    )


REGION_DETAILS = (
    Detail(
        call=Call(service="ec2", operation="GetEbsEncryptionByDefault", requires=("EbsEncryptionByDefault",)),
        fills=("volumes_encrypted",),
        read=lambda answer, _raw: {"volumes_encrypted": flag(answer["EbsEncryptionByDefault"])},
    ),
    _state(
        "GetSnapshotBlockPublicAccessState",
        "snapshot_sharing_blocked",
        "State",
        ("block-all-sharing", "block-new-sharing"),
    ),
    _state(
        "GetImageBlockPublicAccessState",
        "image_sharing_blocked",
        "ImageBlockPublicAccessState",
        ("block-new-sharing",),
    ),
    Detail(
        call=Call(
            service="guardduty",
            operation="ListDetectors",
            run=_detectors,
            also=(Call(service="guardduty", operation="GetDetector"),),
        ),
        fills=("threats_detected",),
        read=lambda answer, _raw: {"threats_detected": "ENABLED" in answer["Detectors"]},
    ),
    Detail(
        call=Call(
            service="securityhub",
            operation="DescribeHub",
            requires=("HubArn",),
            absent={"InvalidAccessException": {"HubArn": None}, "ResourceNotFoundException": {"HubArn": None}},
        ),
        fills=("findings_gathered",),
        read=lambda answer, _raw: {"findings_gathered": answer["HubArn"] is not None},
    ),
    Detail(
        call=Call(
            service="accessanalyzer",
            operation="ListAnalyzers",
            permission="access-analyzer:ListAnalyzers",
            items="analyzers",
        ),
        fills=("access_analysed",),
        read=lambda answer, _raw: {"access_analysed": any(one["status"] == "ACTIVE" for one in answer["items"])},
    ),
    Detail(
        call=Call(
            service="config",
            operation="DescribeConfigurationRecorders",
            run=_recorders,
            also=(Call(service="config", operation="DescribeConfigurationRecorderStatus"),),
        ),
        fills=("configuration_recorded",),
        read=_recorded,
    ),
)


def _trail(raw: Raw, region: str) -> Fields | None:
    """A trail of several regions is listed in each: it counts where it was made. Those of an organisation too."""
    if raw["HomeRegion"] != region:
        return None
    return {
        "name": place(region, raw["Name"]),
        "region": region,
        "multi_region": flag(raw["IsMultiRegionTrail"]),
        "validated": flag(raw["LogFileValidationEnabled"]),
        "encrypted": bool(raw.get("KmsKeyId")),
    }


def _trail_name(key: str) -> Any:
    return lambda raw: {key: raw["TrailARN"]}


def _trail_state(answer: Raw, _raw: Raw) -> Fields:
    return {"logging": flag(answer["IsLogging"]), "delivery_failed": bool(answer.get("LatestDeliveryError"))}


def _management_events(answer: Raw, _raw: Raw) -> Fields:
    simple = answer.get("EventSelectors") or ()
    advanced = answer.get("AdvancedEventSelectors") or ()
    return {
        "management_events": any(
            one["ReadWriteType"] == "All"
            and one["IncludeManagementEvents"]
            and not one.get("ExcludeManagementEventSources")
            for one in simple
        )
        or any(_selects_management(one["FieldSelectors"]) for one in advanced)
    }


def _selects_management(selectors: list[dict[str, Any]]) -> bool:
    """Only the category is asked for, so that no management event is left out."""
    return [(one["Field"], one.get("Equals")) for one in selectors] == [("eventCategory", ["Management"])]


def _log_group(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, raw["logGroupName"]),
        "region": region,
        "retention_days": raw.get("retentionInDays"),
        "encrypted": bool(raw.get("kmsKeyId")),
    }


PARTS = (
    Listing(
        fact="regions",
        model=AwsRegion,
        call=None,
        fills=(),
        read=lambda raw, _region: {"name": raw["RegionName"]},
        details=REGION_DETAILS,
    ),
    Listing(
        fact="trails",
        model=AwsTrail,
        call=Call(service="cloudtrail", operation="DescribeTrails", items="trailList"),
        fills=("region", "multi_region", "validated", "encrypted"),
        read=_trail,
        details=(
            Detail(
                call=Call(service="cloudtrail", operation="GetTrailStatus", requires=("IsLogging",)),
                fills=("logging", "delivery_failed"),
                parameters=_trail_name("Name"),
                read=_trail_state,
            ),
            Detail(
                call=Call(service="cloudtrail", operation="GetEventSelectors", requires=("TrailARN",)),
                fills=("management_events",),
                parameters=_trail_name("TrailName"),
                read=_management_events,
            ),
        ),
    ),
    Listing(
        fact="log_groups",
        model=AwsLogGroup,
        call=Call(service="logs", operation="DescribeLogGroups", items="logGroups"),
        fills=("region", "retention_days", "encrypted"),
        read=_log_group,
    ),
)
