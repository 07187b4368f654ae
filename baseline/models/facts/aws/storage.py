"""Facts of AWS storage: buckets, volumes, snapshots, images, file systems, registries of containers."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsBucket(Section, frozen=True, kw_only=True):
    """An S3 bucket."""

    name: Annotated[Fact[str], About("name of the bucket")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encryption: Annotated[
        Fact[Literal["none", "AES256", "aws:kms", "aws:kms:dsse"]], About("how new objects are encrypted by default")
    ] = NOT_COLLECTED
    public_access_blocked: Annotated[
        Fact[bool], About("the bucket itself refuses every way to open it to everyone")
    ] = NOT_COLLECTED
    policy: Annotated[Fact[bool], About("it has a policy")] = NOT_COLLECTED
    public_policy: Annotated[Fact[bool], About("its policy opens it to everyone, as AWS judges")] = NOT_COLLECTED
    public_acl: Annotated[Fact[bool], About("its access list opens it to everyone")] = NOT_COLLECTED
    tls_required: Annotated[Fact[bool], About("its policy denies what comes without TLS")] = NOT_COLLECTED
    versioning: Annotated[Fact[bool], About("earlier versions of objects are kept")] = NOT_COLLECTED
    mfa_delete: Annotated[Fact[bool], About("versions are deleted with a second factor only")] = NOT_COLLECTED
    access_logged: Annotated[Fact[bool], About("access is logged to a bucket")] = NOT_COLLECTED
    owner: Annotated[Fact[str | None], About("value of the tag that names the owner")] = NOT_COLLECTED
    classified: Annotated[Fact[bool], About("a tag says how important it is")] = NOT_COLLECTED


class AwsVolume(Section, frozen=True, kw_only=True):
    """An EBS volume."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted at rest")] = NOT_COLLECTED
    attached: Annotated[Fact[bool], About("an instance uses it")] = NOT_COLLECTED
    owner: Annotated[Fact[str | None], About("value of the tag that names the owner")] = NOT_COLLECTED
    classified: Annotated[Fact[bool], About("a tag says how important it is")] = NOT_COLLECTED


class AwsSnapshot(Section, frozen=True, kw_only=True):
    """A snapshot of an EBS volume."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted at rest")] = NOT_COLLECTED
    public: Annotated[Fact[bool], About("everyone may restore it")] = NOT_COLLECTED


class AwsImage(Section, frozen=True, kw_only=True):
    """A machine image (AMI) of the account."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    public: Annotated[Fact[bool], About("everyone may start it")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("all of its volumes are encrypted")] = NOT_COLLECTED


class AwsFileSystem(Section, frozen=True, kw_only=True):
    """An EFS file system."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("encrypted at rest")] = NOT_COLLECTED


class AwsRepository(Section, frozen=True, kw_only=True):
    """An ECR repository of container images."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    scanned: Annotated[Fact[bool], About("images are scanned when they are pushed")] = NOT_COLLECTED
    immutable: Annotated[Fact[bool], About("a tag cannot be put on another image")] = NOT_COLLECTED
