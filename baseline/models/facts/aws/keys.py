"""Facts of AWS keys, secrets and certificates."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsKey(Section, frozen=True, kw_only=True):
    """A KMS key."""

    name: Annotated[Fact[str], About("region and id")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    customer_managed: Annotated[Fact[bool], About("managed by the account, not by AWS")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("it can be used")] = NOT_COLLECTED
    deletion_pending: Annotated[Fact[bool], About("it will be deleted")] = NOT_COLLECTED
    rotatable: Annotated[Fact[bool], About("symmetric, with material of KMS itself: it can renew itself")] = (
        NOT_COLLECTED
    )
    rotated: Annotated[Fact[bool], About("it renews itself every year")] = NOT_COLLECTED
    public_policy: Annotated[Fact[bool], About("its policy lets everyone use it")] = NOT_COLLECTED


class AwsSecret(Section, frozen=True, kw_only=True):
    """A secret of Secrets Manager; never its value."""

    name: Annotated[Fact[str], About("region and name")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    rotated: Annotated[Fact[bool], About("it renews itself")] = NOT_COLLECTED
    unchanged_days: Annotated[Fact[int], About("since it was changed last, else made", unit="days")] = NOT_COLLECTED


class AwsCertificate(Section, frozen=True, kw_only=True):
    """A certificate of ACM."""

    name: Annotated[Fact[str], About("region, id and domain")] = NOT_COLLECTED
    region: Annotated[Fact[str], About("region that it is in")] = NOT_COLLECTED
    days_left: Annotated[
        Fact[int | None], About("until it ends, negative when it has; null: not issued", unit="days")
    ] = NOT_COLLECTED
    key_algorithm: Annotated[Fact[str], About("as ACM calls it")] = NOT_COLLECTED
    in_use: Annotated[Fact[bool], About("something uses it")] = NOT_COLLECTED
