"""Facts of what AWS records and watches, per region and per trail."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsRegion(Section, frozen=True, kw_only=True):
    """A region that is enabled."""

    name: Annotated[Fact[str], About("region")] = NOT_COLLECTED
    volumes_encrypted: Annotated[Fact[bool], About("new EBS volumes are encrypted by themselves")] = NOT_COLLECTED
    snapshot_sharing_blocked: Annotated[Fact[bool], About("snapshots cannot be made public")] = NOT_COLLECTED
    image_sharing_blocked: Annotated[Fact[bool], About("machine images cannot be made public")] = NOT_COLLECTED
    threats_detected: Annotated[Fact[bool], About("GuardDuty is on")] = NOT_COLLECTED
    findings_gathered: Annotated[Fact[bool], About("Security Hub is on")] = NOT_COLLECTED
    access_analysed: Annotated[Fact[bool], About("IAM Access Analyzer is active")] = NOT_COLLECTED
    configuration_recorded: Annotated[Fact[bool], About("AWS Config records every kind of resource")] = NOT_COLLECTED


class AwsTrail(Section, frozen=True, kw_only=True):
    """A CloudTrail trail."""

    name: Annotated[Fact[str], About("name and home region")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    multi_region: Annotated[Fact[bool], About("records every region")] = NOT_COLLECTED
    logging: Annotated[Fact[bool], About("it records now")] = NOT_COLLECTED
    delivery_failed: Annotated[Fact[bool], About("the last delivery to its bucket failed")] = NOT_COLLECTED
    validated: Annotated[Fact[bool], About("tampering with its files can be shown")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted with an own key")] = NOT_COLLECTED
    management_events: Annotated[Fact[bool], About("records every management event, reading and writing")] = (
        NOT_COLLECTED
    )


class AwsLogGroup(Section, frozen=True, kw_only=True):
    """A log group of CloudWatch."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    retention_days: Annotated[Fact[int | None], About("how long it is kept; null: for ever", unit="days")] = (
        NOT_COLLECTED
    )
    encrypted: Annotated[Fact[bool], About("encrypted with an own key")] = NOT_COLLECTED
