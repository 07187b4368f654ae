"""Azure and Microsoft 365 tenants in an inventory."""

TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "66666666-7777-8888-9999-aaaaaaaaaaaa"


def inventory(*hosts: dict[str, str]) -> dict[str, str]:
    """Hosts ``host-0`` and on; Ansible takes a second to start, so that a test had better have many."""
    lines = ["all:", "  hosts:"]
    for number, variables in enumerate(hosts):
        lines += [f"    host-{number}:", *(f"      {name}: {value}" for name, value in variables.items())]
    return {"hosts.yml": "\n".join([*lines, ""])}


def test_tenants_are_targets_over_the_api(load):
    known = {
        "baseline_microsoft_tenant": TENANT.upper(),
        "baseline_microsoft_client": CLIENT,
        "baseline_microsoft_sign_in": "secret",
        "baseline_password_environment": "AUDIT_SECRET",
        "baseline_microsoft_cloud": "china",
        "baseline_azure_subscriptions": f"[{CLIENT}, {CLIENT}]",
        "baseline_azure_resource_manager": "http://127.0.0.1:8080",
    }
    platforms = ({"baseline_platform": "azure", **known}, {"baseline_platform": "microsoft365", **known})
    azure, graph, plain = load(inventory(*platforms, {"baseline_platform": "azure"})).targets
    assert (azure.kind, graph.kind) == ("azure", "m365")
    for target in (azure, graph):
        access = target.connection.microsoft
        assert target.connection.transport == "api"
        assert (access.tenant, access.client, access.sign_in, access.cloud) == (TENANT, CLIENT, "secret", "china")
        assert access.subscriptions == (CLIENT,)
        assert access.resource_manager == "http://127.0.0.1:8080"
        assert target.connection.credentials.password_environment == "AUDIT_SECRET"
    assert (plain.connection.microsoft.sign_in, plain.connection.microsoft.cloud) == ("default", "public")


WRONG = [
    ({"baseline_microsoft_tenant": "'not a tenant'"}, "must be the id of a tenant"),
    ({"baseline_microsoft_client": "app"}, "must be the client id"),
    ({"baseline_microsoft_cloud": "germany"}, "baseline_microsoft_cloud 'germany' is not possible"),
    ({"baseline_microsoft_sign_in": "password"}, "baseline_microsoft_sign_in 'password' is not possible"),
    ({"baseline_microsoft_sign_in": "secret"}, "needs a tenant and a client"),
    ({"baseline_microsoft_sign_in": "token"}, "needs to know where that is"),
    ({"baseline_microsoft_sign_in": "certificate"}, "needs baseline_microsoft_certificate"),
    ({"baseline_azure_subscriptions": "[production]"}, "is not the id of a subscription"),
    ({"baseline_azure_resource_manager": "http://management.example.net"}, "must be an https address"),
    ({"baseline_microsoft_graph": "'http://['"}, "must be an https address"),
    ({"baseline_microsoft_authority": "login.example.net"}, "must be an https address"),
    ({"baseline_microsoft_tenent": TENANT}, "baseline_microsoft_tenent"),
]


def test_what_is_wrong_is_told_where_it_stands(load):
    files = inventory(*({"baseline_platform": "azure", **variables} for variables, _ in WRONG))
    problems = load(files).problems
    lines = files["hosts.yml"].split("\n")
    for number, (variables, message) in enumerate(WRONG):
        start = lines.index(f"    host-{number}:") + 1
        own = [found for found in problems if start < found.line <= start + 1 + len(variables)]
        assert any(message in found.message for found in own), message
        assert all(found.path.endswith("hosts.yml") for found in own)
