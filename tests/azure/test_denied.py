"""Each call in turn is denied, throttled and broken: what needs it is an error that names it, all else stays as it was."""

import time

import pytest

from baseline.models.errors import CollectError
from tests.azure.judging import checks, statuses, verdicts, worst
from tests.azure.tenant import ALICE, APP, DB, FORBIDDEN, KV, MY, PG, PRODUCTION, SQL, ST, SUBSCRIPTION, TENANT, TEST
from tests.microsoft.loopback import BROKEN, THROTTLED, Reply

pytestmark = pytest.mark.slow

SECURITY, AUTHORIZATION = (f"{SUBSCRIPTION}/providers/Microsoft.{name}" for name in ("Security", "Authorization"))
PER_SUBSCRIPTION = {
    f"{SUBSCRIPTION}/providers/Microsoft.Insights/diagnosticSettings": {"azure-subscription-activity-exported"},
    f"{SECURITY}/securityContacts": {"azure-defender-contact-named", "azure-defender-alerts-mailed"},
    f"{SECURITY}/pricings": {"azure-defender-plans-on"},
    f"{AUTHORIZATION}/roleAssignments": {"azure-subscription-owners-few", "azure-role-guests-unprivileged"},
    f"{AUTHORIZATION}/roleDefinitions": {"azure-role-custom-narrow", "azure-role-custom-no-handing-out"},
    "$batch": {"azure-role-guests-unprivileged"},
}
PER_RESOURCE = {
    f"{ST}/blobServices/default": {"azure-storage-blobs-restorable", "azure-storage-containers-restorable"},
    f"{KV}/providers/Microsoft.Insights/diagnosticSettings": {"azure-keyvault-access-logged"},
    f"{KV}/keys": {"azure-keyvault-keys-end"},
    f"{KV}/secrets": {"azure-keyvault-secrets-end"},
    f"{SQL}/auditingSettings/default": {"azure-sql-audited", "azure-sql-audit-kept"},
    f"{SQL}/firewallRules": {"azure-sql-firewall-narrow"},
    f"{DB}/transparentDataEncryption/current": {"azure-sql-database-encrypted"},
    f"{PG}/configurations": {
        f"azure-postgresql-{name}" for name in ("tls-required", "tls-12", "connections-logged", "guessing-slowed")
    },
    f"{PG}/firewallRules": {"azure-postgresql-firewall-narrow"},
    f"{MY}/configurations": {"azure-mysql-tls-required", "azure-mysql-tls-12", "azure-mysql-audited"},
    f"{MY}/firewallRules": {"azure-mysql-firewall-narrow"},
    f"{APP}/config/web": {f"azure-webapp-{name}" for name in ("tls-12", "ftp-encrypted", "debugging-off", "http2")},
}
TABLES = {
    "computeresources": {"azure-scale-set-machines-registered", "azure-inventory-machines-found"},
    "recoveryservicesresources": {"azure-vm-backed-up", "azure-backup-recent"},
    "securityresources": {"azure-defender-findings-handled"},
    "resourcecontainers": {"azure-resource-owner-named", "azure-resource-classified"},
    "every resource": {"azure-resource-owner-named", "azure-resource-classified", "azure-resource-location-allowed"},
}
ELSEWHERE = {
    *(check for table in TABLES.values() for check in table),
    *(check for found in PER_SUBSCRIPTION.values() for check in found),
    "azure-subscription-in-inventory",
} - {"azure-vm-backed-up", "azure-inventory-machines-found"}
"""Checks that read nothing from the table of resources."""


@pytest.fixture
def public(tenant):
    """Databases are public, so that their firewalls matter."""
    tenant.change(SQL, "properties.publicNetworkAccess", "Enabled")
    for server in (PG, MY):
        tenant.change(server, "properties.network.publicNetworkAccess", "Enabled")
    return tenant


def calls():
    whole = {"resources": set(checks()) - ELSEWHERE}
    return [*PER_SUBSCRIPTION.items(), *PER_RESOURCE.items(), *TABLES.items(), *whole.items()]


@pytest.mark.slow
def test_a_call_that_is_denied_makes_exactly_what_needs_it_an_error(collect, public):
    before = statuses(collect())
    for call, expected in calls():
        public.replies = {call: FORBIDDEN}
        collection = collect()
        after = statuses(collection)
        assert set(after) == set(before)
        assert {name for name in after if after[name] != before[name]} == expected, call
        assert {worst(collection)[name] for name in expected} == {"error"}, call


@pytest.mark.parametrize("trouble", [THROTTLED, BROKEN, Reply({"value": {}})], ids=["429", "503", "odd"])
def test_a_call_that_gives_nothing_makes_what_needs_it_an_error(collect, public, trouble):
    for call, expected in calls():
        public.replies = {call: trouble}
        one = next(iter(sorted(expected)))
        assert worst(collect(*checks()[one].needs))[one] == "error", call


@pytest.mark.parametrize("call", [f"{KV}/keys", f"{APP}/config/web", f"{SECURITY}/pricings", "$batch"])
def test_a_denied_call_is_named_with_the_permission_that_it_needs(collect, tenant, call):
    tenant.replies = {call: FORBIDDEN}
    found = [verdict for each in verdicts(collect()).values() for verdict in each if verdict.status.value == "error"]
    reason = found[0].reason
    permission = {
        f"{KV}/keys": "Microsoft.KeyVault/vaults/keys/read",
        f"{APP}/config/web": "Microsoft.Web/sites/config/read",
        f"{SECURITY}/pricings": "Microsoft.Security/pricings/read",
        "$batch": "User.Read.All (Microsoft Graph)",
    }[call]
    assert f"was denied (403 AuthorizationFailed); it needs {permission}" in reason
    assert call in reason


def test_calls_that_succeed_after_throttling_change_nothing(collect, tenant, azure):
    seen = set()
    answer = tenant.answer

    def throttled_once(asked):
        key = (asked.path, str(asked.body))
        if key in seen:
            return answer(asked)
        seen.add(key)
        return THROTTLED

    before = statuses(collect())
    azure.answer = throttled_once
    assert statuses(collect()) == before
    assert len(seen) > 20


def test_subscriptions_that_cannot_be_listed_are_no_empty_tenant(collect, tenant):
    tenant.replies = {"/subscriptions": FORBIDDEN}
    with pytest.raises(CollectError, match="GET /subscriptions was denied") as raised:
        collect()
    assert raised.value.code == "privilege"
    tenant.replies, tenant.details["/subscriptions"] = {}, []
    with pytest.raises(CollectError, match="can see no subscription"):
        collect()


def test_an_account_of_another_tenant_is_refused(collect):
    with pytest.raises(CollectError, match="of other tenants"):
        collect(access={"tenant": "00000000-0000-0000-0000-00000000dead"})
    assert worst(collect(access={"tenant": TENANT}))["azure-storage-https-only"] == "pass"


def test_rights_that_cannot_be_read_make_the_whole_subscription_an_error(collect, tenant):
    tenant.replies = {f"{AUTHORIZATION}/permissions": FORBIDDEN}
    found = statuses(collect())
    assert found.pop("azure-subscription-in-inventory") == {"Productie": "pass"}
    expected = found.pop("azure-inventory-machines-found")
    assert expected == dict.fromkeys(("Productie", "vm01", "win01", "set01"), "error")
    assert all(subjects == {"Productie": "error"} for subjects in found.values())


def add_test_subscription(tenant, *actions):
    tenant.details["/subscriptions"].append(
        {"subscriptionId": TEST, "displayName": "Proef", "state": "Enabled", "tenantId": TENANT}
    )
    for path in [path for path in tenant.details if path.startswith(SUBSCRIPTION)]:
        if "/resourceGroups/" not in path:
            tenant.details[path.replace(PRODUCTION, TEST)] = tenant.details[path]
    permissions = [{"actions": list(actions), "notActions": []}]
    tenant.details[f"/subscriptions/{TEST}/providers/Microsoft.Authorization/permissions"] = permissions


def test_what_may_not_be_seen_in_one_subscription_is_an_error_there_alone(collect, tenant):
    before = statuses(collect())
    add_test_subscription(tenant, "Microsoft.Storage/*", "Microsoft.Network/*/read")
    after = statuses(collect("storage_accounts", "key_vaults", "network_security_groups", "application_gateways"))
    assert after["azure-storage-https-only"] == before["azure-storage-https-only"]
    assert after["azure-nsg-ssh-closed"] == before["azure-nsg-ssh-closed"]
    assert after["azure-keyvault-roles-decide"] == before["azure-keyvault-roles-decide"] | {"Proef": "error"}
    reasons = [verdict.reason for verdict in verdicts(collect("key_vaults"))["azure-keyvault-roles-decide"]]
    assert any(
        "subscription Proef cannot be read: it needs Microsoft.KeyVault/vaults/read" in reason for reason in reasons
    )


def test_one_broken_subscription_leaves_the_other_complete(collect, tenant):
    before = statuses(collect())
    add_test_subscription(tenant)
    tenant.replies = {f"/subscriptions/{TEST}/providers/Microsoft.Authorization/permissions": BROKEN}
    after = statuses(collect())
    for name, subjects in before.items():
        subjects.pop("", None)
        assert {subject: after[name].get(subject) for subject in subjects} == subjects, name
        assert after[name]["Proef"] == ("pass" if name == "azure-subscription-in-inventory" else "error"), name


def test_a_subscription_of_the_inventory_that_cannot_be_seen_is_an_error(collect):
    found = statuses(collect(access={"subscriptions": (PRODUCTION, TEST)}))
    assert found["azure-storage-https-only"] == {"Productie/rg-app/st01": "pass", TEST: "error"}
    assert found["azure-subscription-owners-few"] == {"Productie": "pass", TEST: "error"}


def test_only_what_is_needed_is_asked(collect, azure):
    collect("storage_accounts.*.https_only")
    assert [(asked.method, asked.bare) for asked in azure.asked] == [
        ("GET", "/subscriptions"),
        ("GET", f"{AUTHORIZATION}/permissions"),
        ("POST", "/providers/Microsoft.ResourceGraph/resources"),
    ]
    azure.asked.clear()
    collect("web_apps.*.http2", "role_definitions")
    assert {asked.bare for asked in azure.asked if asked.method == "GET"} == {
        "/subscriptions",
        f"{AUTHORIZATION}/permissions",
        f"{AUTHORIZATION}/roleDefinitions",
        f"{APP}/config/web",
    }


def test_what_is_expired_slow_or_cut_off_ends_as_an_error_in_time(collect, tenant):
    tenant.replies = {
        f"{APP}/config/web": Reply({"properties": {"minTlsVersion": "1.2"}}, seconds_per_byte=0.2),
        f"{KV}/keys": Reply({"value": []}, cut_off=True),
        f"{KV}/secrets": Reply(text=b"<html>a proxy</html>"),
        f"{ST}/blobServices/default": Reply({}, 302, {"Location": "http://127.0.0.1:1/"}),
    }
    found = worst(collect("web_apps", "key_vaults", "storage_accounts", timeout_seconds=4.0))
    own = {
        name: status for name, status in found.items() if name.startswith(("azure-webapp", "azure-keyv", "azure-stor"))
    }
    assert {name for name, status in own.items() if status == "error"} == {
        *PER_RESOURCE[f"{APP}/config/web"],
        "azure-keyvault-keys-end",
        "azure-keyvault-secrets-end",
        "azure-storage-blobs-restorable",
        "azure-storage-containers-restorable",
    }
    assert set(own.values()) == {"error", "pass"}


def test_a_graph_that_never_answers_leaves_the_rest_in_time(collect, tenant):
    tenant.replies = {"$batch": Reply({"responses": []}, seconds_per_byte=1.0)}
    started = time.monotonic()
    found = worst(collect("role_assignments", "storage_accounts.*.https_only", timeout_seconds=2.0))
    assert time.monotonic() - started < 3.5
    assert found["azure-role-guests-unprivileged"] == "error"
    assert found["azure-storage-https-only"] == "pass"


ODD = (None, 7, "x", [], {}, [None], [7, "x", []], [{}], [{"properties": None}], [{"properties": []}])


@pytest.mark.parametrize("value", ODD, ids=str)
def test_odd_answers_about_a_subscription_stop_nothing_else(collect, tenant, value):
    tenant.details |= dict.fromkeys(PER_SUBSCRIPTION.keys() - {"$batch"}, value)
    tenant.details[f"/users/{ALICE}"] = value
    found = worst(collect("subscriptions", "role_assignments", "role_definitions", "defender_plans", "key_vaults"))
    about = {check for checks_ in PER_SUBSCRIPTION.values() for check in checks_}
    assert {found[name] for name in about} <= {"error", "fail", "not_applicable"} | ({"pass"} if value == [] else set())
    assert found["azure-keyvault-roles-decide"] == "pass"


@pytest.mark.parametrize("value", [None, 7, [None], [7], [{"subscriptionId": None}], [{"subscriptionId": 7}]], ids=str)
def test_an_odd_list_of_subscriptions_is_no_empty_tenant(collect, tenant, value):
    tenant.details["/subscriptions"] = value
    with pytest.raises(CollectError):
        collect()
