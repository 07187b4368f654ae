"""Answers as Microsoft and CISA publish them are read, and judged as a person would."""

import json
import re

import pytest

from tests.microsoft365.judging import collected, verdicts, worst
from tests.microsoft365.tenant import Graph, tenant
from tests.reference import reference_path

DOCUMENTED = {
    "authenticationMethodsPolicy": "/policies/authenticationMethodsPolicy",
    "authorizationPolicy": "/policies/authorizationPolicy",
    "conditionalAccess_policies": "/identity/conditionalAccess/policies",
    "deviceCompliancePolicies": "/deviceManagement/deviceCompliancePolicies",
    "userRegistrationDetails": "/reports/authenticationMethods/userRegistrationDetails",
}


@pytest.fixture(scope="module")
def documented():
    folder = reference_path("cloud/examples/graph-docs")
    told = {place: json.loads((folder / f"{name}.json").read_text("utf-8")) for name, place in DOCUMENTED.items()}
    return collected(Graph({**tenant(), **told}))


def test_the_documented_authorization_policy_is_read(documented):
    told = documented.facts.authorization
    assert (told.users_register_applications, told.invitations_by, told.join_by_email) == (True, "everyone", True)
    assert told.user_consent_policies == ["just-user-read"]
    assert "does not tell guestUserRoleId" in told.guest_access.reason


def test_the_documented_policies_of_conditional_access_are_off_and_demand_nothing(documented):
    policies = documented.facts.conditional_access.policies
    assert [(one.name, one.state, one.everyone_when) for one in policies] == [
        ("SimplePolicy1", "disabled", "never"),
        ("SimplePolicy2", "disabled", "never"),
    ]
    assert (policies[0].blocks, policies[1].second_factor) == (True, True)
    found = worst(verdicts(documented.facts))
    assert {found[f"m365-{name}"] for name in ("mfa-everyone", "legacy-authentication-blocked")} == {"fail"}


def test_the_documented_methods_and_registrations_are_read(documented):
    methods = {one.name: one.enabled for one in documented.facts.authentication_methods.methods}
    assert methods == {
        "Fido2": False,
        "MicrosoftAuthenticator": False,
        "Sms": True,
        "TemporaryAccessPass": False,
        "Email": True,
    }
    told = documented.facts.registration
    assert (told.members, told.guests, told.members_without_second_factor) == (1, 1, 0)
    assert "AlexW" not in "".join(item.content.decode() for item in documented.artefacts)


def test_the_documented_compliance_policy_of_no_platform_is_unknown_and_no_pass(documented):
    found = worst(verdicts(documented.facts))
    names = ("encryption-demanded", "version-demanded", "antivirus-demanded")
    assert {found[f"m365-compliance-{name}"] for name in names} == {"error"}


def lowered(value):
    """Names of the PowerShell SDK as Graph's own: the first letter small; its dates as Graph writes them."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: lowered(member) for name, member in value.items()}
    if isinstance(value, list):
        return [lowered(member) for member in value]
    if isinstance(value, str) and re.fullmatch(r"/Date\(\d+\)/", value):
        return "2026-01-01T00:00:00Z"
    return value


@pytest.fixture(scope="module")
def exported():
    path = reference_path("cloud/examples/scubagear/ProviderSettingsExport.json")
    told = lowered(json.loads(path.read_text("utf-8-sig")))
    policy = dict(told["authorization_policies"][0])
    policy["defaultUserRolePermissions"]["permissionGrantPoliciesAssigned"] = policy[
        "permissionGrantPolicyIdsAssignedToDefaultUserRole"
    ]
    instances = [
        {**row, "principal": {"@odata.type": "#microsoft.graph.user", "id": row["principalId"]}}
        for role in told["privileged_roles"]
        for row in role["assignments"]
    ]
    documents = {
        **tenant(),
        "/identity/conditionalAccess/policies": {"value": told["conditional_access_policies"]},
        "/policies/authorizationPolicy": policy,
        "/groupSettings": {"value": told["directory_settings"]},
        "/roleManagement/directory/roleAssignments": {"value": instances},
        "/roleManagement/directory/roleAssignmentScheduleInstances": {"value": instances},
    }
    return told, collected(Graph(documents)).facts


def test_policies_of_an_exported_tenant_are_normalised_completely(exported):
    told, facts = exported
    policies = {one.name: one for one in facts.conditional_access.policies}
    assert len(policies) == len(told["conditional_access_policies"])
    legacy = policies["MS.AAD.1.1v1 Legacy authentication SHALL be blocked"]
    assert (legacy.everyone_when, legacy.blocks, legacy.exclusions) == ("legacy_clients", True, [])
    risk = policies["MS.AAD.2.1v1 Users detected as high risk SHALL be blocked"]
    assert (risk.everyone_when, risk.risk_levels) == ("user_risk", ["high"])
    session = policies["Live - Session Length is Limited & No persistent browser sessions"]
    assert (session.sign_in_hours, session.browser_session, session.second_factor) == (96, "never", False)


def test_an_exported_tenant_is_judged_as_its_own_report_tells(exported):
    told, facts = exported
    found = worst(verdicts(facts))
    assert found["m365-legacy-authentication-blocked"] == found["m365-user-risk-met"] == "pass"
    permanent = {
        row["principalId"]
        for role in told["privileged_roles"]
        for row in role["assignments"]
        if row["endDateTime"] is None
    }
    failed = {one.principal for one in facts.roles.assignments if one.how == "permanent"}
    assert failed
    assert failed <= permanent
    assert facts.password_protection.own_banned_list is False
