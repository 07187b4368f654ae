"""Facts of AWS IAM: users, keys, roles, policies."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsUser(Section, frozen=True, kw_only=True):
    """An IAM user."""

    name: Annotated[Fact[str], About("name of the user")] = NOT_COLLECTED
    console: Annotated[Fact[bool], About("has a password for the console")] = NOT_COLLECTED
    mfa: Annotated[Fact[bool], About("has a second factor")] = NOT_COLLECTED
    console_unused_days: Annotated[
        Fact[int | None], About("since the password was last used, else set; null: there is none", unit="days")
    ] = NOT_COLLECTED
    own_policies: Annotated[Fact[int], About("policies that are attached to the user, not to a group")] = NOT_COLLECTED


class AwsAccessKey(Section, frozen=True, kw_only=True):
    """An access key of an IAM user."""

    name: Annotated[Fact[str], About("user and number of the key: alice key 1")] = NOT_COLLECTED
    user: Annotated[Fact[str], About("whose it is")] = NOT_COLLECTED
    active: Annotated[Fact[bool], About("it can be used")] = NOT_COLLECTED
    age_days: Annotated[Fact[int], About("since it was made", unit="days")] = NOT_COLLECTED
    unused_days: Annotated[Fact[int], About("since it was last used, else made", unit="days")] = NOT_COLLECTED
    others_active: Annotated[Fact[int], About("other active keys of the same user")] = NOT_COLLECTED


class AwsPolicy(Section, frozen=True, kw_only=True):
    """A policy of the account: its own, or one inside a user, group or role."""

    name: Annotated[Fact[str], About("name, or user, group or role with the name of its own policy")] = NOT_COLLECTED
    attached: Annotated[Fact[bool], About("somebody has its rights")] = NOT_COLLECTED
    administrator: Annotated[Fact[bool], About("allows every action on everything, or all but some")] = NOT_COLLECTED


class AwsRole(Section, frozen=True, kw_only=True):
    """An IAM role."""

    name: Annotated[Fact[str], About("name of the role")] = NOT_COLLECTED
    service_linked: Annotated[Fact[bool], About("made by AWS for one of its services")] = NOT_COLLECTED
    trusts_anyone: Annotated[Fact[bool], About("any AWS account may assume it, without a condition")] = NOT_COLLECTED
    trusts_accounts: Annotated[Fact[list[str]], About("other accounts that may assume it")] = NOT_COLLECTED
    trust_conditional: Annotated[Fact[bool], About("who assumes it from another account must meet a condition")] = (
        NOT_COLLECTED
    )
    support_access: Annotated[Fact[bool], About("may open cases with AWS Support")] = NOT_COLLECTED
    administrator: Annotated[Fact[bool], About("has the policy AdministratorAccess")] = NOT_COLLECTED
    unused_days: Annotated[
        Fact[int | None], About("since it was last used; null: not in the last 400 days", unit="days")
    ] = NOT_COLLECTED


class AwsServerCertificate(Section, frozen=True, kw_only=True):
    """A certificate that is kept in IAM."""

    name: Annotated[Fact[str], About("name of the certificate")] = NOT_COLLECTED
    days_left: Annotated[Fact[int], About("until it ends; negative when it has", unit="days")] = NOT_COLLECTED
