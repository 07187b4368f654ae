"""Facts of a tenant: authentication methods, who registered them, and passwords."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class RegisteredAdministrator(Section, frozen=True, kw_only=True):
    """What a user with a directory role can sign in with. Named by object id."""

    name: Annotated[Fact[str], About("object id of the user")] = NOT_COLLECTED
    second_factor: Annotated[Fact[bool], About("the user can show a second factor (isMfaCapable)")] = NOT_COLLECTED
    phishing_resistant: Annotated[
        Fact[bool], About("the user registered a passkey, Windows Hello for Business or a certificate")
    ] = NOT_COLLECTED
    methods: Annotated[Fact[list[str]], About("registered methods, in Microsoft's words")] = NOT_COLLECTED


class Registration(Section, frozen=True, kw_only=True):
    """Who can show a second factor (userRegistrationDetails). People are counted, administrators listed."""

    members: Annotated[Fact[int], About("users of the tenant itself")] = NOT_COLLECTED
    members_without_second_factor: Annotated[Fact[int], About("of whom cannot show a second factor")] = NOT_COLLECTED
    guests: Annotated[Fact[int], About("guests")] = NOT_COLLECTED
    guests_without_second_factor: Annotated[
        Fact[int], About("of whom cannot show a second factor here; their own tenant may ask one")
    ] = NOT_COLLECTED
    administrators: Annotated[Fact[list[RegisteredAdministrator]], About("users with a directory role")] = NOT_COLLECTED


class AuthenticationMethod(Section, frozen=True, kw_only=True):
    """One method of the authentication methods policy."""

    name: Annotated[
        Fact[str], About("id of the method: Fido2, MicrosoftAuthenticator, Sms, Voice, Email, X509Certificate ...")
    ] = NOT_COLLECTED
    enabled: Annotated[Fact[bool], About("users in its target may use it")] = NOT_COLLECTED
    everyone: Annotated[Fact[bool], About("its target is all users")] = NOT_COLLECTED
    attestation_enforced: Annotated[
        Fact[bool | None], About("Fido2: only keys whose maker is proved are accepted; None: another method")
    ] = NOT_COLLECTED


class AuthenticationMethods(Section, frozen=True, kw_only=True):
    """The authentication methods policy."""

    methods: Annotated[Fact[list[AuthenticationMethod]], About("every method")] = NOT_COLLECTED
    migrated: Annotated[
        Fact[bool], About("this policy alone decides: the old per-user and self-service settings no longer count")
    ] = NOT_COLLECTED
    authenticator_shows_application: Annotated[
        Fact[bool], About("a push of Microsoft Authenticator names the application, for everyone")
    ] = NOT_COLLECTED
    authenticator_shows_location: Annotated[
        Fact[bool], About("a push of Microsoft Authenticator shows where the sign-in comes from, for everyone")
    ] = NOT_COLLECTED


class PasswordProtection(Section, frozen=True, kw_only=True):
    """Password protection and smart lockout."""

    own_banned_list: Annotated[Fact[bool], About("an own list of banned words is enforced, and holds words")] = (
        NOT_COLLECTED
    )
    on_premises: Annotated[
        Fact[Literal["off", "audit", "enforce"]], About("what domain controllers do with banned passwords")
    ] = NOT_COLLECTED
    lockout_threshold: Annotated[Fact[int], About("failed sign-ins before an account is locked")] = NOT_COLLECTED
    lockout_seconds: Annotated[Fact[int], About("an account is locked for at least this time", unit="seconds")] = (
        NOT_COLLECTED
    )


class RiskyUser(Section, frozen=True, kw_only=True):
    """A user whom Microsoft calls at risk and nobody has looked at. Named by object id."""

    name: Annotated[Fact[str], About("object id of the user")] = NOT_COLLECTED
    level: Annotated[
        Fact[Literal["low", "medium", "high"]], About("how sure Microsoft is that the account is taken over")
    ] = NOT_COLLECTED
    age_days: Annotated[Fact[int], About("time since the risk was last updated", unit="days")] = NOT_COLLECTED
