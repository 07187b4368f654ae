"""Facts of a tenant: sharing in SharePoint and OneDrive, audit log, secure score and alerts."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class Sharing(Section, frozen=True, kw_only=True):
    """SharePoint and OneDrive, for the whole tenant."""

    outside: Annotated[
        Fact[Literal["nobody", "known_guests", "guests", "anyone"]],
        About("with whom files and sites may be shared; anyone: by a link, without signing in"),
    ] = NOT_COLLECTED
    guests_reshare: Annotated[Fact[bool], About("guests may share what is not theirs")] = NOT_COLLECTED
    guests_same_account: Annotated[
        Fact[bool], About("an invitation can only be accepted with the account that was invited")
    ] = NOT_COLLECTED
    domains: Annotated[Fact[Literal["any", "listed", "not_blocked"]], About("to which domains sharing is limited")] = (
        NOT_COLLECTED
    )
    legacy_authentication: Annotated[Fact[bool], About("apps without modern authentication get in")] = NOT_COLLECTED
    idle_sign_out_minutes: Annotated[
        Fact[int | None], About("an idle browser is signed out after this time; None: never", unit="minutes")
    ] = NOT_COLLECTED
    sync_managed_only: Annotated[Fact[bool], About("OneDrive synchronises on computers of listed domains only")] = (
        NOT_COLLECTED
    )
    retention_days: Annotated[Fact[int], About("OneDrive of a user who left is kept for this time", unit="days")] = (
        NOT_COLLECTED
    )


class Audit(Section, frozen=True, kw_only=True):
    """The unified audit log."""

    enabled: Annotated[
        Fact[bool], About("the unified audit log records (Graph tells it only through Secure Score)")
    ] = NOT_COLLECTED
    mailboxes: Annotated[Fact[bool], About("mailboxes are audited (Graph tells it only through Secure Score)")] = (
        NOT_COLLECTED
    )


class SecureScore(Section, frozen=True, kw_only=True):
    """Microsoft's own score of the tenant."""

    percentage: Annotated[Fact[float], About("points reached, of those possible", unit="percent")] = NOT_COLLECTED
    age_days: Annotated[Fact[int], About("time since it was calculated", unit="days")] = NOT_COLLECTED


class SecurityAlert(Section, frozen=True, kw_only=True):
    """One alert of Microsoft's defence products that is not resolved."""

    name: Annotated[Fact[str], About("id of the alert")] = NOT_COLLECTED
    severity: Annotated[Fact[Literal["informational", "low", "medium", "high"]], About("how bad it is")] = NOT_COLLECTED
    source: Annotated[Fact[str], About("product that raised it")] = NOT_COLLECTED
    assigned: Annotated[Fact[bool], About("somebody works on it")] = NOT_COLLECTED
    age_days: Annotated[Fact[int], About("time since it was raised", unit="days")] = NOT_COLLECTED


class Reports(Section, frozen=True, kw_only=True):
    """Usage reports."""

    names_concealed: Annotated[Fact[bool], About("usage reports hide names of users, groups and sites")] = NOT_COLLECTED
