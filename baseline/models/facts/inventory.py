"""Facts of how a cloud and the inventory agree."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class InventoryMachine(Section, frozen=True, kw_only=True):
    """A target of the inventory that says it is in this account, subscription or tenant."""

    name: Annotated[Fact[str], About("name of the target")] = NOT_COLLECTED
    account: Annotated[Fact[str], About("account, subscription or tenant that it says it is in")] = NOT_COLLECTED
    cloud_id: Annotated[Fact[str | None], About("what its cloud calls it, as the inventory says; null: not said")] = (
        NOT_COLLECTED
    )
    found: Annotated[Fact[bool], About("a machine there is known as this target")] = NOT_COLLECTED
