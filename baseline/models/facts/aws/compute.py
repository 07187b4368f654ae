"""Facts of AWS computing: instances, functions, Kubernetes."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsInstance(Section, frozen=True, kw_only=True):
    """An EC2 instance."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    id: Annotated[Fact[str], About("id of the instance")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    title: Annotated[Fact[str], About("value of the tag Name; empty without one")] = NOT_COLLECTED
    running: Annotated[Fact[bool], About("it runs")] = NOT_COLLECTED
    metadata_token_required: Annotated[Fact[bool], About("its metadata needs a token (IMDSv2), or is off")] = (
        NOT_COLLECTED
    )
    role: Annotated[Fact[bool], About("has a role, so that it needs no keys")] = NOT_COLLECTED
    public_address: Annotated[Fact[str | None], About("public IPv4 address")] = NOT_COLLECTED
    owner: Annotated[Fact[str | None], About("value of the tag that names the owner")] = NOT_COLLECTED
    classified: Annotated[Fact[bool], About("a tag says how important it is")] = NOT_COLLECTED
    classification: Annotated[Fact[str | None], About("value of the tag that classifies it")] = NOT_COLLECTED
    platform: Annotated[Fact[Literal["linux", "windows"]], About("which of both it runs")] = NOT_COLLECTED
    scaling_group: Annotated[Fact[str | None], About("Auto Scaling group that made it; null: none did")] = NOT_COLLECTED
    dns_names: Annotated[Fact[list[str]], About("names that EC2 gives it")] = NOT_COLLECTED
    public_addresses: Annotated[Fact[list[str]], About("public addresses of its interfaces, IPv6 too")] = NOT_COLLECTED
    private_addresses: Annotated[Fact[list[str]], About("private addresses of its interfaces")] = NOT_COLLECTED
    registered_as: Annotated[
        Fact[str | None], About("target of the inventory that stands for it; null without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED


class AwsFunction(Section, frozen=True, kw_only=True):
    """A Lambda function."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    runtime: Annotated[Fact[str | None], About("runtime, as Lambda calls it; null: a container image")] = NOT_COLLECTED
    public_policy: Annotated[Fact[bool], About("its policy lets everyone call it")] = NOT_COLLECTED
    public_url: Annotated[Fact[bool], About("it has an address that asks for no login")] = NOT_COLLECTED


class AwsKubernetesCluster(Section, frozen=True, kw_only=True):
    """An EKS cluster."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    version: Annotated[Fact[str], About("release of Kubernetes")] = NOT_COLLECTED
    open_endpoint: Annotated[Fact[bool], About("the whole Internet reaches its API")] = NOT_COLLECTED
    secrets_encrypted: Annotated[Fact[bool], About("secrets are encrypted with an own key")] = NOT_COLLECTED
    logs: Annotated[
        Fact[list[Literal["api", "audit", "authenticator", "controllerManager", "scheduler"]]],
        About("what of its control plane is logged"),
    ] = NOT_COLLECTED
