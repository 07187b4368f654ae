"""What a conditional access policy demands of who gets in.

A policy leaves alternatives when its operator is OR: it demands only what every alternative demands. A control without a
known meaning makes what hangs on it unknown (Microsoft Graph, *conditionalAccessGrantControls*).
"""

from typing import Any

import msgspec

from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown

PHISHING_RESISTANT = frozenset({"windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"})
"""Combinations of the built-in strength *Phishing-resistant MFA*."""
_SECOND_FACTOR = PHISHING_RESISTANT | {"deviceBasedPush", "federatedMultiFactor", "temporaryAccessPassOneTime"}
_SECOND_FACTOR |= {"temporaryAccessPassMultiUse"}
_SECOND_METHODS = frozenset({"microsoftAuthenticatorPush", "softwareOath", "hardwareOath", "sms", "voice"})
_FIRST_METHODS = frozenset({"password", "federatedSingleFactor", "x509CertificateSingleFactor"})
_BUILT_IN_STRENGTHS: dict[str, frozenset[str]] = {
    "00000000-0000-0000-0000-000000000002": frozenset({"second_factor"}),
    "00000000-0000-0000-0000-000000000003": frozenset({"second_factor"}),
    "00000000-0000-0000-0000-000000000004": frozenset({"second_factor", "phishing_resistant"}),
}
"""Microsoft's own: multifactor, passwordless and phishing-resistant."""

_CONTROLS: dict[str, frozenset[str]] = {
    "block": frozenset({"blocks"}),
    "mfa": frozenset({"second_factor"}),
    "compliantDevice": frozenset({"compliant_device", "managed_device"}),
    "domainJoinedDevice": frozenset({"managed_device"}),
    "approvedApplication": frozenset(),
    "compliantApplication": frozenset(),
    "passwordChange": frozenset({"password_change"}),
}
_OWN = ("blocks", "second_factor", "phishing_resistant", "managed_device", "compliant_device", "password_change")
DEMANDS: dict[str, frozenset[str]] = {
    **{name: frozenset({name}) for name in _OWN},
    "second_factor_or_device": frozenset({"second_factor", "managed_device"}),
}
"""What may be demanded -> what a control has to demand for that: any of these."""


class Alternative(msgspec.Struct, frozen=True):
    """One control: what it demands, or why that is not known."""

    demands: frozenset[str] = frozenset()
    unknown: Unknown | None = None


def read_demands(policy: Told) -> dict[str, bool | Unknown]:
    """Each of ``DEMANDS``: whether whoever gets in through this policy has met it."""
    if policy.fields.get("grantControls") is None and "grantControls" in policy.fields:
        return dict.fromkeys(DEMANDS, False)
    grant = policy.inner("grantControls")
    alternatives = _alternatives(grant)
    if isinstance(alternatives, Unknown):
        return dict.fromkeys(DEMANDS, alternatives)
    either = grant.word("operator", {"OR": True, "AND": False})
    if len(alternatives) == 1:
        either = False
    if isinstance(either, Unknown):
        return dict.fromkeys(DEMANDS, either)
    return {name: _decided(any_of, alternatives, either=either) for name, any_of in DEMANDS.items()}


def _decided(any_of: frozenset[str], alternatives: list[Alternative], *, either: bool) -> bool | Unknown:
    """With OR every alternative has to demand it, with AND one suffices; what is unknown may decide."""
    known = [bool(any_of & alternative.demands) for alternative in alternatives if alternative.unknown is None]
    unknown = next((alternative.unknown for alternative in alternatives if alternative.unknown is not None), None)
    if either:
        return False if not all(known) or not alternatives else unknown or True
    return True if any(known) else unknown or False


def _alternatives(grant: Told) -> list[Alternative] | Unknown:
    controls = grant.texts("builtInControls")
    if isinstance(controls, Unknown):
        return controls
    found = [_control(name, grant) for name in controls]
    for field in ("customAuthenticationFactors", "termsOfUse"):
        more = grant.texts(field)
        if isinstance(more, Unknown):
            return more
        found += [Alternative() for _ in more]
    strength = grant.fields.get("authenticationStrength")
    return found if strength is None else [*found, _strength(Told(strength, f"{grant.where} authenticationStrength,"))]


def _control(name: str, grant: Told) -> Alternative:
    if name in _CONTROLS:
        return Alternative(_CONTROLS[name])
    return Alternative(unknown=Unknown(f"{grant.where} has the control {name[:60]!a}, which has no known meaning"))


def _strength(strength: Told) -> Alternative:
    identity = strength.fields.get("id")
    combinations = strength.texts("allowedCombinations")
    if isinstance(combinations, Unknown) or not combinations:
        if identity in _BUILT_IN_STRENGTHS:
            return Alternative(_BUILT_IN_STRENGTHS[identity])
        return Alternative(unknown=Unknown(f"{strength.where} does not tell allowedCombinations"))
    demands = set()
    if all(_is_second_factor(combination) for combination in combinations):
        demands.add("second_factor")
    if PHISHING_RESISTANT.issuperset(combinations):
        demands.add("phishing_resistant")
    return Alternative(frozenset(demands))


def _is_second_factor(combination: str) -> bool:
    parts = set(combination.split(","))
    return combination in _SECOND_FACTOR or bool(parts & _FIRST_METHODS and parts & _SECOND_METHODS)


def read_session(policy: Told) -> dict[str, Any]:
    """``sign_in_hours`` and ``browser_session``: how long a sign-in lasts by this policy."""
    session = policy.inner("sessionControls")
    return {"sign_in_hours": _sign_in_hours(session), "browser_session": _browser_session(session)}


def _sign_in_hours(session: Told) -> int | Unknown | None:
    if session.fields.get("signInFrequency") is None:
        return None
    frequency = session.inner("signInFrequency")
    enabled = frequency.flag("isEnabled")
    if enabled is not True:
        return None if enabled is False else enabled
    if frequency.fields.get("frequencyInterval") == "everyTime":
        return 0
    factor = frequency.word("type", {"hours": 1, "days": 24})
    value = frequency.number("value")
    if isinstance(factor, Unknown):
        return factor
    return value if isinstance(value, Unknown) else value * factor


def _browser_session(session: Told) -> str | Unknown | None:
    if session.fields.get("persistentBrowser") is None:
        return None
    browser = session.inner("persistentBrowser")
    enabled = browser.flag("isEnabled")
    if enabled is not True:
        return None if enabled is False else enabled
    return browser.word("mode", {"always": "always", "never": "never"})
