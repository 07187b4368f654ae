"""EFS file systems and ECR repositories."""

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Detail, Fields, Listing, Raw
from baseline.collectors.cloud.aws.services.reading import flag, place
from baseline.models.facts.aws.storage import AwsFileSystem, AwsRepository


def _repository(raw: Raw, region: str) -> Fields:
    return {
        "name": place(region, raw["repositoryName"]),
        "region": region,
        "immutable": raw["imageTagMutability"] == "IMMUTABLE",
    }


def _scanned(answer: Raw, raw: Raw) -> Fields:
    """By its own setting, or by a rule of the registry that holds for every repository."""
    rules = answer["scanningConfiguration"].get("rules", ())
    everywhere = [
        rule
        for rule in rules
        if rule["scanFrequency"] != "MANUAL" and any(one["filter"] == "*" for one in rule["repositoryFilters"])
    ]
    return {"scanned": bool(everywhere) or flag(raw["imageScanningConfiguration"]["scanOnPush"])}


def _file_system(raw: Raw, region: str) -> Fields:
    return {"name": place(region, raw["FileSystemId"]), "region": region, "encrypted": flag(raw["Encrypted"])}


PARTS = (
    Listing(
        fact="file_systems",
        model=AwsFileSystem,
        call=Call(
            service="efs",
            operation="DescribeFileSystems",
            permission="elasticfilesystem:DescribeFileSystems",
            items="FileSystems",
        ),
        fills=("region", "encrypted"),
        read=_file_system,
    ),
    Listing(
        fact="repositories",
        model=AwsRepository,
        call=Call(service="ecr", operation="DescribeRepositories", items="repositories"),
        fills=("region", "immutable"),
        read=_repository,
        details=(
            Detail(
                call=Call(
                    service="ecr", operation="GetRegistryScanningConfiguration", requires=("scanningConfiguration",)
                ),
                fills=("scanned",),
                read=_scanned,
            ),
        ),
    ),
)
