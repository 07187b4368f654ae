"""Facts of a tenant: conditional access, and the security defaults that stand in for it."""

from typing import Annotated, Literal

from baseline.models.facts.fact import NOT_COLLECTED, About, Fact, Section


class SecurityDefaults(Section, frozen=True, kw_only=True):
    """Microsoft's own minimum for tenants without conditional access."""

    enabled: Annotated[
        Fact[bool],
        About("security defaults are on: everyone registers for a second factor, legacy authentication is blocked"),
    ] = NOT_COLLECTED


class ConditionalAccessPolicy(Section, frozen=True, kw_only=True):
    """One policy: for whom, when, and what it demands. Only an enforced one counts for anything."""

    name: Annotated[Fact[str], About("name of the policy, with its id where another has the same")] = NOT_COLLECTED
    identity: Annotated[Fact[str], About("id of the policy")] = NOT_COLLECTED
    state: Annotated[
        Fact[Literal["enabled", "disabled", "report_only"]],
        About("whether it is enforced; report-only enforces nothing"),
    ] = NOT_COLLECTED
    enforced: Annotated[Fact[bool], About("state is enabled")] = NOT_COLLECTED
    age_days: Annotated[Fact[int], About("time since it was last changed", unit="days")] = NOT_COLLECTED
    everyone: Annotated[Fact[bool], About("it includes all users; see exclusions for whom it leaves out")] = (
        NOT_COLLECTED
    )
    roles: Annotated[Fact[list[str]], About("ids of role templates that it includes by name")] = NOT_COLLECTED
    every_application: Annotated[
        Fact[bool], About("it includes all applications; see exclusions for what it leaves out")
    ] = NOT_COLLECTED
    actions: Annotated[
        Fact[list[str]], About("user actions that it includes: urn:user:registersecurityinfo, urn:user:registerdevice")
    ] = NOT_COLLECTED
    exclusions: Annotated[
        Fact[list[str]],
        About(
            "whom and what it leaves out, as user:ID, group:ID, role:ID, guests:KIND, application:ID, location:ID, platform:NAME, or a filter"
        ),
    ] = NOT_COLLECTED
    condition: Annotated[
        Fact[Literal["always", "legacy_clients", "sign_in_risk", "user_risk", "device_code", "other"]],
        About("the only thing that limits when it holds; other: several things, or something else"),
    ] = NOT_COLLECTED
    everyone_when: Annotated[
        Fact[Literal["always", "legacy_clients", "sign_in_risk", "user_risk", "device_code", "other", "never"]],
        About(
            "when it is enforced for all users and all applications; never: it is not enforced, or not for all of these"
        ),
    ] = NOT_COLLECTED
    risk_levels: Annotated[
        Fact[list[str]], About("levels of risk at which it holds, where its condition is a risk")
    ] = NOT_COLLECTED
    blocks: Annotated[Fact[bool], About("it refuses access")] = NOT_COLLECTED
    second_factor: Annotated[
        Fact[bool], About("whoever gets in has shown a second factor, whatever alternatives it leaves")
    ] = NOT_COLLECTED
    phishing_resistant: Annotated[
        Fact[bool], About("whoever gets in has shown a passkey, Windows Hello for Business or a certificate")
    ] = NOT_COLLECTED
    managed_device: Annotated[
        Fact[bool], About("whoever gets in uses a device that is compliant or joined to the domain")
    ] = NOT_COLLECTED
    second_factor_or_device: Annotated[
        Fact[bool], About("whoever gets in has shown a second factor or uses a managed device, whichever they choose")
    ] = NOT_COLLECTED
    compliant_device: Annotated[Fact[bool], About("whoever gets in uses a device that Intune calls compliant")] = (
        NOT_COLLECTED
    )
    password_change: Annotated[Fact[bool], About("whoever gets in has to choose a new password")] = NOT_COLLECTED
    sign_in_hours: Annotated[
        Fact[int | None],
        About("a new sign-in is demanded after this time; 0: every time; None: not by this policy", unit="hours"),
    ] = NOT_COLLECTED
    browser_session: Annotated[
        Fact[Literal["always", "never"] | None],
        About("whether a browser stays signed in after it is closed; None: not by this policy"),
    ] = NOT_COLLECTED


class NamedLocation(Section, frozen=True, kw_only=True):
    """One named location."""

    name: Annotated[Fact[str], About("name of the location, with its id where another has the same")] = NOT_COLLECTED
    trusted: Annotated[Fact[bool], About("policies treat it as trusted")] = NOT_COLLECTED
    widest_ipv4: Annotated[
        Fact[int | None], About("prefix length of the widest IPv4 range; None: it has none", unit="bits")
    ] = NOT_COLLECTED
    widest_ipv6: Annotated[
        Fact[int | None], About("prefix length of the widest IPv6 range; None: it has none", unit="bits")
    ] = NOT_COLLECTED


class CoveringPolicy(Section, frozen=True, kw_only=True):
    """A policy that is enforced for all users and all applications and meets one demand; see whom it leaves out."""

    name: Annotated[Fact[str], About("name of the policy, with its id where another has the same")] = NOT_COLLECTED
    exclusions: Annotated[Fact[list[str]], About("whom and what it leaves out, as in policies")] = NOT_COLLECTED
    risk_levels: Annotated[
        Fact[list[str]], About("levels of risk at which it holds, where its condition is a risk")
    ] = NOT_COLLECTED


class ConditionalAccess(Section, frozen=True, kw_only=True):
    """Conditional access."""

    policies: Annotated[
        Fact[list[ConditionalAccessPolicy]], About("every policy, also those that are off or only report")
    ] = NOT_COLLECTED
    second_factor: Annotated[
        Fact[list[CoveringPolicy]], About("policies by which everyone always shows a second factor")
    ] = NOT_COLLECTED
    managed_device: Annotated[
        Fact[list[CoveringPolicy]], About("policies by which everyone always uses a managed device")
    ] = NOT_COLLECTED
    legacy_blocked: Annotated[
        Fact[list[CoveringPolicy]], About("policies that block legacy authentication for everyone")
    ] = NOT_COLLECTED
    device_code_blocked: Annotated[
        Fact[list[CoveringPolicy]], About("policies that block signing in with a device code for everyone")
    ] = NOT_COLLECTED
    sign_in_risk: Annotated[
        Fact[list[CoveringPolicy]], About("policies that block a risky sign-in of anyone, or demand a second factor")
    ] = NOT_COLLECTED
    user_risk: Annotated[
        Fact[list[CoveringPolicy]], About("policies that block anyone at risk, or demand a new password")
    ] = NOT_COLLECTED
    locations: Annotated[Fact[list[NamedLocation]], About("every named location")] = NOT_COLLECTED
