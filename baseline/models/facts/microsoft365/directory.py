"""Facts of a tenant: what users, guests and other tenants may do, and its domains."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class Authorization(Section, frozen=True, kw_only=True):
    """The authorization policy."""

    users_register_applications: Annotated[Fact[bool], About("ordinary users may register applications")] = (
        NOT_COLLECTED
    )
    users_create_tenants: Annotated[Fact[bool], About("ordinary users may create tenants")] = NOT_COLLECTED
    users_create_security_groups: Annotated[Fact[bool], About("ordinary users may create security groups")] = (
        NOT_COLLECTED
    )
    users_read_recovery_keys: Annotated[
        Fact[bool], About("users may read the BitLocker keys of devices that they own")
    ] = NOT_COLLECTED
    user_consent_policies: Annotated[
        Fact[list[str]], About("permission grant policies by which users consent for themselves; empty: they cannot")
    ] = NOT_COLLECTED
    consent_risky_applications: Annotated[
        Fact[bool], About("users may consent to applications that Microsoft calls risky")
    ] = NOT_COLLECTED
    invitations_by: Annotated[
        Fact[Literal["nobody", "guest_inviters", "members", "everyone"]],
        About("who may invite guests, besides administrators"),
    ] = NOT_COLLECTED
    guest_access: Annotated[
        Fact[Literal["like_members", "limited", "restricted"]], About("what guests see of the directory")
    ] = NOT_COLLECTED
    join_by_email: Annotated[Fact[bool], About("anybody with a mail address in a domain of the tenant may join it")] = (
        NOT_COLLECTED
    )


class ConsentRequests(Section, frozen=True, kw_only=True):
    """The admin consent workflow."""

    enabled: Annotated[Fact[bool], About("users may ask for an application")] = NOT_COLLECTED
    reviewers: Annotated[Fact[int], About("users, groups and roles that judge the requests")] = NOT_COLLECTED


class CrossTenantDefaults(Section, frozen=True, kw_only=True):
    """Cross-tenant access with every tenant for which nothing else is agreed."""

    direct_connect_inbound: Annotated[
        Fact[bool], About("users of other tenants come into shared channels without a guest account")
    ] = NOT_COLLECTED
    direct_connect_outbound: Annotated[
        Fact[bool], About("users go into shared channels of other tenants without a guest account")
    ] = NOT_COLLECTED
    second_factor_trusted: Annotated[Fact[bool], About("a second factor that another tenant asked counts here")] = (
        NOT_COLLECTED
    )
    devices_trusted: Annotated[
        Fact[bool], About("a device that another tenant calls compliant or joined counts here")
    ] = NOT_COLLECTED
    invitations_redeemed_silently: Annotated[
        Fact[bool], About("users and guests are not asked before an invitation is accepted")
    ] = NOT_COLLECTED


class DeviceRegistration(Section, frozen=True, kw_only=True):
    """Who may join devices, and who becomes administrator on them."""

    join_second_factor: Annotated[
        Fact[bool], About("joining or registering a device demands a second factor, by this policy")
    ] = NOT_COLLECTED
    joining_users: Annotated[Fact[Literal["everyone", "some", "nobody"]], About("who may join devices to Entra ID")] = (
        NOT_COLLECTED
    )
    registering_users_administrators: Annotated[
        Fact[Literal["everyone", "some", "nobody"]], About("who becomes local administrator by joining a device")
    ] = NOT_COLLECTED
    global_administrators_administrators: Annotated[
        Fact[bool], About("Global Administrators are local administrator on joined devices")
    ] = NOT_COLLECTED
    local_passwords_managed: Annotated[Fact[bool], About("Windows LAPS with Entra ID is on")] = NOT_COLLECTED
    devices_per_user: Annotated[Fact[int], About("devices that one user may register")] = NOT_COLLECTED


class Guest(Section, frozen=True, kw_only=True):
    """A guest. Named by object id."""

    name: Annotated[Fact[str], About("object id of the guest")] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("the account may sign in")] = NOT_COLLECTED
    invitation_open: Annotated[Fact[bool], About("the invitation was not accepted yet")] = NOT_COLLECTED
    inactive_days: Annotated[
        Fact[int], About("time since the last sign-in; since the account was made, where there was none", unit="days")
    ] = NOT_COLLECTED


class Domain(Section, frozen=True, kw_only=True):
    """One verified domain."""

    name: Annotated[Fact[str], About("the domain")] = NOT_COLLECTED
    federated: Annotated[Fact[bool], About("another party proves who users of this domain are")] = NOT_COLLECTED
    password_days: Annotated[
        Fact[int | None], About("passwords expire after this time; None: never, or not here", unit="days")
    ] = NOT_COLLECTED
    mail: Annotated[Fact[bool], About("Exchange Online serves mail for it")] = NOT_COLLECTED


class MailDomain(Section, frozen=True, kw_only=True):
    """What DNS says of a domain that carries mail. Only looked up when the inventory names a resolver."""

    name: Annotated[Fact[str], About("the domain")] = NOT_COLLECTED
    spf: Annotated[
        Fact[Literal["fail", "softfail", "neutral", "pass", "redirect"] | None],
        About("what SPF says of mail from anywhere else; None: no SPF record", source="RFC 7208, section 5.1"),
    ] = NOT_COLLECTED
    dkim: Annotated[
        Fact[bool], About("a key of Exchange Online (selector1 or selector2) is published", source="RFC 6376")
    ] = NOT_COLLECTED
    dmarc: Annotated[
        Fact[Literal["none", "quarantine", "reject"] | None],
        About(
            "what receivers should do with mail that is not proved; None: no DMARC record",
            source="RFC 7489, section 6.3",
        ),
    ] = NOT_COLLECTED
    dmarc_percent: Annotated[Fact[int], About("share of unproved mail to which that holds", unit="percent")] = (
        NOT_COLLECTED
    )
    dmarc_reports: Annotated[Fact[bool], About("reports are sent somewhere (rua)")] = NOT_COLLECTED


class Synchronisation(Section, frozen=True, kw_only=True):
    """Synchronisation with an on-premises directory."""

    enabled: Annotated[Fact[bool], About("users come from an on-premises directory")] = NOT_COLLECTED
    password_hashes: Annotated[
        Fact[bool],
        About(
            "hashes of password hashes are synchronised, so that leaked passwords are found and sign-in survives an outage"
        ),
    ] = NOT_COLLECTED
    age_hours: Annotated[Fact[int | None], About("time since the last synchronisation; None: never", unit="hours")] = (
        NOT_COLLECTED
    )
