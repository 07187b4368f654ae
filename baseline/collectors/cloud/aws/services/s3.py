"""S3: one list, and per bucket one call for each setting that is needed."""

from typing import Any

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.policy import requires_tls
from baseline.collectors.cloud.aws.services.account import NO_BLOCK
from baseline.collectors.cloud.aws.services.reading import TAG_FIELDS, flag, tag_fields
from baseline.models.facts.aws.storage import AwsBucket

_EVERYONE = (
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
)
"""Groups of access lists: everybody, and everybody with any AWS account at all."""


def _setting(operation: str, permission: str, *, requires: tuple[str, ...] = (), **absent: dict[str, Any]) -> Call:
    return Call(service="s3", operation=operation, permission=f"s3:{permission}", requires=requires, absent=absent)


def _bucket(raw: Raw) -> Fields:
    return {"Bucket": raw["Name"]}


def _location(answer: Raw, _raw: Raw) -> Fields:
    """None is the first region, and EU an old name (AWS, S3 API Reference, GetBucketLocation)."""
    constraint = answer["LocationConstraint"]
    return {"region": {None: "us-east-1", "": "us-east-1", "EU": "eu-west-1"}.get(constraint, constraint)}


def _listed_region(raw: Raw, _fields: Fields) -> Fields | None:
    return {"region": raw["BucketRegion"]} if raw.get("BucketRegion") else None


def _encryption(answer: Raw, _raw: Raw) -> Fields:
    rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
    found = [rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] for rule in rules]
    return {"encryption": found[0] if found else "none"}


def _blocked(answer: Raw, _raw: Raw) -> Fields:
    block = answer["PublicAccessBlockConfiguration"]
    return {"public_access_blocked": all(flag(block[name]) for name in NO_BLOCK["PublicAccessBlockConfiguration"])}


def _acl(answer: Raw, _raw: Raw) -> Fields:
    return {"public_acl": any(grant["Grantee"].get("URI") in _EVERYONE for grant in answer["Grants"])}


def _versioning(answer: Raw, _raw: Raw) -> Fields:
    """Status is left out where versioning was never on (AWS, S3 API Reference, GetBucketVersioning)."""
    return {"versioning": answer.get("Status") == "Enabled", "mfa_delete": answer.get("MFADelete") == "Enabled"}


def _policy(answer: Raw, raw: Raw) -> Fields:
    policy = answer["Policy"]
    return {"policy": policy is not None, "tls_required": policy is not None and requires_tls(policy, raw["Name"])}


def _tags(answer: Raw, raw: Raw) -> Fields:
    """A bucket that the list lacks never had a tag."""
    wanted = f":::{raw['Name']}"
    return tag_fields(next((one["Tags"] for one in answer["items"] if one["ResourceARN"].endswith(wanted)), None))


PARTS = (
    Listing(
        fact="buckets",
        model=AwsBucket,
        call=Call(service="s3", operation="ListBuckets", items="Buckets", permission="s3:ListAllMyBuckets"),
        fills=(),
        read=lambda raw, _region: {"name": raw["Name"]},
        regional=False,
        details=(
            Detail(
                call=_setting("GetBucketLocation", "GetBucketLocation", requires=("LocationConstraint",)),
                fills=("region",),
                parameters=_bucket,
                read=_location,
                instead=_listed_region,
                stage=0,
            ),
            Detail(
                call=_setting(
                    "GetBucketEncryption",
                    "GetEncryptionConfiguration",
                    requires=("ServerSideEncryptionConfiguration",),
                    ServerSideEncryptionConfigurationNotFoundError={"ServerSideEncryptionConfiguration": {"Rules": []}},
                ),
                fills=("encryption",),
                parameters=_bucket,
                read=_encryption,
            ),
            Detail(
                call=_setting(
                    "GetPublicAccessBlock",
                    "GetBucketPublicAccessBlock",
                    requires=("PublicAccessBlockConfiguration",),
                    NoSuchPublicAccessBlockConfiguration=NO_BLOCK,
                ),
                fills=("public_access_blocked",),
                parameters=_bucket,
                read=_blocked,
            ),
            Detail(
                call=_setting("GetBucketPolicyStatus", "GetBucketPolicyStatus", requires=("PolicyStatus",)),
                fills=("public_policy",),
                parameters=_bucket,
                read=lambda answer, _raw: {"public_policy": flag(answer["PolicyStatus"]["IsPublic"])},
                instead=lambda _raw, fields: None if fields["policy"] else {"public_policy": False},
                stage=2,
                after=("policy",),
            ),
            Detail(
                call=_setting("GetBucketAcl", "GetBucketAcl", requires=("Grants", "Owner")),
                fills=("public_acl",),
                parameters=_bucket,
                read=_acl,
            ),
            Detail(
                call=_setting(
                    "GetBucketPolicy", "GetBucketPolicy", requires=("Policy",), NoSuchBucketPolicy={"Policy": None}
                ),
                fills=("policy", "tls_required"),
                parameters=_bucket,
                read=_policy,
            ),
            Detail(
                call=_setting("GetBucketVersioning", "GetBucketVersioning"),
                fills=("versioning", "mfa_delete"),
                parameters=_bucket,
                read=_versioning,
            ),
            Detail(
                call=_setting("GetBucketLogging", "GetBucketLogging"),
                fills=("access_logged",),
                parameters=_bucket,
                read=lambda answer, _raw: {"access_logged": "LoggingEnabled" in answer},
            ),
            Detail(
                call=Call(
                    service="resourcegroupstaggingapi",
                    operation="GetResources",
                    items="ResourceTagMappingList",
                    parameters={"ResourceTypeFilters": ["s3"]},
                    permission="tag:GetResources",
                ),
                fills=TAG_FIELDS,
                read=_tags,
            ),
        ),
    ),
)
