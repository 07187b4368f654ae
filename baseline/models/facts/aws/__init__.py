"""Facts of one AWS account."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AwsAccount(Section, frozen=True, kw_only=True):
    """Who was asked."""

    name: Annotated[Fact[str], About("number or identity, as the cloud tells it")] = NOT_COLLECTED


class AwsFacts(Section, frozen=True, kw_only=True):
    """Everything known of one AWS account."""

    account: Annotated[AwsAccount, About("the account itself")] = AwsAccount()
