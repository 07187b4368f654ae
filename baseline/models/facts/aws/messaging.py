"""Facts of AWS messaging: topics and queues."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsTopic(Section, frozen=True, kw_only=True):
    """An SNS topic."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("messages are encrypted with a key of KMS")] = NOT_COLLECTED
    public_policy: Annotated[Fact[bool], About("its policy lets everyone in")] = NOT_COLLECTED


class AwsQueue(Section, frozen=True, kw_only=True):
    """An SQS queue."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    encrypted: Annotated[Fact[bool], About("messages are encrypted at rest")] = NOT_COLLECTED
    public_policy: Annotated[Fact[bool], About("its policy lets everyone in")] = NOT_COLLECTED
