"""Azure and Microsoft 365 tenants in an inventory."""

import pytest

TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "66666666-7777-8888-9999-aaaaaaaaaaaa"


def inventory(**variables: str) -> dict[str, str]:
    lines = ["all:", "  hosts:", "    tenant:", *(f"      {name}: {value}" for name, value in variables.items())]
    return {"hosts.yml": "\n".join([*lines, ""])}


@pytest.mark.parametrize(("platform", "kind"), [("azure", "azure"), ("microsoft365", "m365")])
def test_a_tenant_is_a_target_over_the_api(load, platform, kind):
    (target,) = load(
        inventory(
            baseline_platform=platform,
            baseline_microsoft_tenant=TENANT.upper(),
            baseline_microsoft_client=CLIENT,
            baseline_microsoft_sign_in="secret",
            baseline_password_environment="AUDIT_SECRET",
            baseline_microsoft_cloud="china",
            baseline_azure_subscriptions=f"[{CLIENT}, {CLIENT}]",
            baseline_azure_resource_manager="http://127.0.0.1:8080",
        )
    ).targets
    assert (target.kind, target.platform, target.connection.transport) == (kind, platform, "api")
    access = target.connection.microsoft
    assert (access.tenant, access.client, access.sign_in, access.cloud) == (TENANT, CLIENT, "secret", "china")
    assert access.subscriptions == (CLIENT,)
    assert access.resource_manager == "http://127.0.0.1:8080"
    assert target.connection.credentials.password_environment == "AUDIT_SECRET"


def test_nothing_but_the_platform_is_needed(load):
    (target,) = load(inventory(baseline_platform="azure")).targets
    assert target.connection.microsoft.sign_in == "default"
    assert target.connection.microsoft.cloud == "public"


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"baseline_microsoft_tenant": "'not a tenant'"}, "must be the id of a tenant"),
        ({"baseline_microsoft_client": "app"}, "must be the client id"),
        ({"baseline_microsoft_cloud": "germany"}, "is not possible"),
        ({"baseline_microsoft_sign_in": "password"}, "is not possible"),
        ({"baseline_microsoft_sign_in": "secret"}, "needs a tenant and a client"),
        ({"baseline_microsoft_sign_in": "token"}, "needs to know where that is"),
        ({"baseline_microsoft_sign_in": "certificate"}, "needs baseline_microsoft_certificate"),
        ({"baseline_azure_subscriptions": "[production]"}, "is not the id of a subscription"),
        ({"baseline_azure_resource_manager": "http://management.example.net"}, "must be an https address"),
        ({"baseline_microsoft_graph": "'http://['"}, "must be an https address"),
        ({"baseline_microsoft_authority": "login.example.net"}, "must be an https address"),
        ({"baseline_microsoft_tenent": TENANT}, "baseline_microsoft_tenent"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(load, variables, message):
    problems = load(inventory(baseline_platform="azure", **variables)).problems
    (problem,) = [found for found in problems if message in found.message]
    assert problem.path.endswith("hosts.yml")
    assert problem.line > 0
