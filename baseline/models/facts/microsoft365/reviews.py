"""Facts of a tenant: recurring reviews of access."""

from typing import Annotated

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class AccessReview(Section, frozen=True, kw_only=True):
    """One access review."""

    name: Annotated[Fact[str], About("name of the review, with its id where another has the same")] = NOT_COLLECTED
    recurring: Annotated[Fact[bool], About("it starts again by itself, and no end date has passed")] = NOT_COLLECTED
    interval_days: Annotated[
        Fact[int | None], About("time between two rounds; None: it does not recur", unit="days")
    ] = NOT_COLLECTED
    guests: Annotated[Fact[bool], About("it looks at guests")] = NOT_COLLECTED
    roles: Annotated[Fact[list[str]], About("ids of the directory role templates that it looks at")] = NOT_COLLECTED
