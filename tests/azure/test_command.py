"""The whole path: an inventory, ``baseline check``, its exit codes, and the role that is needed for it."""

import json

import pytest

from tests.acceptance.command import Command
from tests.azure.judging import checks
from tests.azure.tenant import FORBIDDEN, KV, PIP, SET, ST, SUBSCRIPTION, VM, WIN
from tests.microsoft.loopback import TOKEN

pytestmark = pytest.mark.slow

VARIABLES = {"NO_PROXY": "127.0.0.1", "AZURE_TOKEN": TOKEN}


@pytest.fixture
def baseline(tmp_path, azure):
    """The command, with an inventory of one tenant and its machines, which are not asked."""
    command = Command(tmp_path)
    lines = [
        "all:",
        "  hosts:",
        "    tenant:",
        "      baseline_platform: azure",
        "      baseline_microsoft_sign_in: token",
        "      baseline_password_environment: AZURE_TOKEN",
        f"      baseline_azure_resource_manager: {azure.address}",
        f"      baseline_microsoft_graph: {azure.address}",
        "      baseline_params: {azure-public-endpoints-registered: {registered: [192.0.2.10]}}",
        *(f"    machine-{number}: {{baseline_cloud_id: {known}}}" for number, known in enumerate((VM, WIN, SET))),
    ]
    (tmp_path / "hosts.yml").write_text("\n".join([*lines, ""]), "utf-8")
    yield command
    command.close()


def check(baseline, **options):
    return baseline("check", "-i", "hosts.yml", "--target", "tenant", "--json", **VARIABLES, **options)


def test_a_tenant_in_order_ends_with_0_and_a_broken_setting_with_1(baseline, tenant):
    tenant.change(PIP, "properties.ipConfiguration", {"id": "x"})
    ended = check(baseline, code=0)
    assert set(ended.verdicts.values()) == {"pass"}
    assert ended.verdicts["tenant", "azure-public-endpoints-registered", "Productie/rg-app/pip01"] == "pass"
    assert {name for _, name, _ in ended.verdicts} == set(checks())
    tenant.change(ST, "properties.supportsHttpsTrafficOnly", False)
    again = check(baseline, code=1)
    changed = {key for key in again.verdicts if again.verdicts[key] != ended.verdicts.get(key)}
    assert changed == {("tenant", "azure-storage-https-only", "Productie/rg-app/st01")}


def test_a_denied_call_ends_with_3_and_tells_what_to_grant(baseline, tenant):
    tenant.replies = {f"{KV}/keys": FORBIDDEN}
    ended = check(baseline, code=3)
    assert ended.verdicts["tenant", "azure-keyvault-keys-end", "Productie/rg-app/kv01"] == "error"
    assert any("it needs Microsoft.KeyVault/vaults/keys/read" in reason for reason in ended.reasons("tenant"))
    assert "pass" in ended.verdicts.values()
    assert TOKEN not in ended.stdout + ended.stderr


def test_a_tenant_that_cannot_be_asked_ends_with_3(baseline, azure):
    azure.token = "another"
    ended = check(baseline, code=3)
    assert "not accepted as signed in" in ended.stdout
    assert TOKEN not in ended.stdout + ended.stderr


def test_the_role_that_is_printed_is_enough(baseline, tenant):
    tags = ("--tag", "storage", "--tag", "keyvault", "--tag", "network", "--tag", "access")
    printed = baseline("permissions", "azure", "--name", "audit", "--scope", SUBSCRIPTION, *tags, code=0)
    role = json.loads(printed.stdout)
    assert (role["Name"], role["AssignableScopes"], role["NotActions"]) == ("audit", [SUBSCRIPTION], [])
    assert all(action.endswith("/read") for action in role["Actions"])
    assert "User.Read.All" in printed.stderr
    permissions = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/permissions"
    tenant.details[permissions] = [{"actions": role["Actions"], "notActions": []}]
    denied = {"actions": role["Actions"], "notActions": ["Microsoft.KeyVault/*"]}
    assert "error" not in check_tags(baseline, tags).verdicts.values()
    tenant.details[permissions] = [denied]
    errors = {name for (_, name, _), status in check_tags(baseline, tags).verdicts.items() if status == "error"}
    assert errors
    assert {name for name in errors if "keyvault" not in name} == {"azure-public-endpoints-registered"}


def check_tags(baseline, tags):
    return baseline("check", "-i", "hosts.yml", "--target", "tenant", "--json", *tags, **VARIABLES)


def test_a_role_for_every_check_reads_everything_and_says_why(baseline):
    printed = baseline("permissions", "azure", code=0)
    assert json.loads(printed.stdout)["Actions"] == ["*/read"]
    assert "azure-resource-owner-named" in printed.stderr
    wrong = baseline("permissions", "azure", "--check", "azure-storage-htps-only", code=2)
    assert "azure-storage-https-only" in wrong.stderr
