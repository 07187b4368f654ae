"""Facts of an AWS account as a whole."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsAccount(Section, frozen=True, kw_only=True):
    """Who was asked."""

    name: Annotated[Fact[str], About("number of the account")] = NOT_COLLECTED


class AwsRoot(Section, frozen=True, kw_only=True):
    """The root user, who may do everything."""

    mfa: Annotated[Fact[bool], About("a second factor is needed")] = NOT_COLLECTED
    virtual_mfa: Annotated[Fact[bool], About("the second factor is an app, no device of its own")] = NOT_COLLECTED
    access_keys: Annotated[Fact[int], About("access keys that are active")] = NOT_COLLECTED
    unused_days: Annotated[Fact[int | None], About("since it was last used; null: never", unit="days")] = NOT_COLLECTED


class AwsPasswordPolicy(Section, frozen=True, kw_only=True):
    """What passwords of IAM users must be."""

    minimum_length: Annotated[Fact[int], About("least length", unit="characters")] = NOT_COLLECTED
    reuse_prevented: Annotated[Fact[int], About("earlier passwords that may not come back")] = NOT_COLLECTED


class AwsPublicAccessBlock(Section, frozen=True, kw_only=True):
    """What the account forbids of all its S3 buckets."""

    public_acls_refused: Annotated[Fact[bool], About("new access lists that open to everyone are refused")] = (
        NOT_COLLECTED
    )
    public_acls_ignored: Annotated[Fact[bool], About("access lists that open to everyone count for nothing")] = (
        NOT_COLLECTED
    )
    public_policies_refused: Annotated[Fact[bool], About("new policies that open to everyone are refused")] = (
        NOT_COLLECTED
    )
    public_buckets_restricted: Annotated[
        Fact[bool], About("buckets with such a policy are open to the own account only")
    ] = NOT_COLLECTED


class AwsContacts(Section, frozen=True, kw_only=True):
    """Whom AWS tells what."""

    security: Annotated[Fact[bool], About("a contact for security is registered")] = NOT_COLLECTED


class AwsMemberAccount(Section, frozen=True, kw_only=True):
    """An account of the organisation."""

    name: Annotated[Fact[str], About("number of the account")] = NOT_COLLECTED
    title: Annotated[Fact[str], About("what the organisation calls it")] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("it is in use")] = NOT_COLLECTED
    registered_as: Annotated[
        Fact[str | None], About("target of the inventory that stands for it; null without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED


class AwsOrganisation(Section, frozen=True, kw_only=True):
    """The organisation that the account is in."""

    management: Annotated[Fact[bool], About("this account manages an organisation")] = NOT_COLLECTED
    accounts: Annotated[
        Fact[list[AwsMemberAccount]], About("accounts of the organisation, where this account manages it")
    ] = NOT_COLLECTED
