"""A tenant in which every check is met; each setting in turn is changed, and its check, and no other, sees it."""

import pytest

from tests.azure.judging import checks, statuses, worst
from tests.azure.tenant import (
    ACR,
    AGW,
    AKS,
    ALERT,
    ALICE,
    APP,
    BASTION,
    COSMOS,
    DB,
    DISK,
    EH,
    FINDING,
    FLOW,
    ITEM,
    KV,
    LOGS,
    MY,
    NIC,
    NSG,
    OWNER,
    PG,
    PIP,
    PRODUCTION,
    REDIS,
    RSV,
    SNAP,
    SQL,
    ST,
    SUBSCRIPTION,
    TENANT,
    TEST,
    VM,
    VNET,
    WAF,
    WIN,
    days_ago,
    rule,
)

P = "properties."
BLOBS = f"{ST}/blobServices/default"
WEB = f"{APP}/config/web"
CONTACTS = f"{SUBSCRIPTION}/providers/Microsoft.Security/securityContacts"
ROLES = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
ASSIGNED = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments"
EXPOSED = "azure-public-endpoints-registered"
RULES = P + "securityRules"
WIDE = [{"name": "wide", "properties": {"startIpAddress": "198.18.0.0", "endIpAddress": "198.18.16.0"}}]
AZURE = [{"name": "azure", "properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}}]

FLIPS = [
    ("azure-storage-https-only", ST, P + "supportsHttpsTrafficOnly", False),
    ("azure-storage-tls-12", ST, P + "minimumTlsVersion", "TLS1_1"),
    ("azure-storage-tls-12", ST, P + "minimumTlsVersion", None),
    ("azure-storage-anonymous-access-off", ST, P + "allowBlobPublicAccess", True),
    ("azure-storage-shared-keys-off", ST, P + "allowSharedKeyAccess", None),
    ("azure-storage-replication-inside", ST, P + "allowCrossTenantReplication", True),
    ("azure-storage-sftp-off", ST, P + "isSftpEnabled", True),
    ("azure-storage-blobs-restorable", BLOBS, P + "deleteRetentionPolicy.enabled", False),
    ("azure-storage-blobs-restorable", BLOBS, P + "deleteRetentionPolicy", None),
    ("azure-storage-containers-restorable", BLOBS, P + "containerDeleteRetentionPolicy.days", 3),
    ("azure-keyvault-purge-protected", KV, P + "enablePurgeProtection", None),
    ("azure-keyvault-purge-protected", KV, P + "enableSoftDelete", False),
    ("azure-keyvault-roles-decide", KV, P + "enableRbacAuthorization", False),
    (
        "azure-keyvault-access-logged",
        f"{KV}/providers/Microsoft.Insights/diagnosticSettings",
        "0.properties.logs.0.enabled",
        False,
    ),
    (
        "azure-keyvault-access-logged",
        f"{KV}/providers/Microsoft.Insights/diagnosticSettings",
        "0.properties.workspaceId",
        None,
    ),
    ("azure-keyvault-keys-end", f"{KV}/keys", "0.properties.attributes.exp", None),
    ("azure-keyvault-secrets-end", f"{KV}/secrets", "0.properties.attributes.exp", None),
    ("azure-sql-tls-12", SQL, P + "minimalTlsVersion", "None"),
    ("azure-sql-entra-only", SQL, P + "administrators.azureADOnlyAuthentication", False),
    ("azure-sql-audit-kept", f"{SQL}/auditingSettings/default", P + "retentionDays", 30),
    ("azure-sql-database-encrypted", f"{DB}/transparentDataEncryption/current", P + "state", "Disabled"),
    ("azure-postgresql-tls-required", f"{PG}/configurations", "0.properties.value", "off"),
    ("azure-postgresql-tls-12", f"{PG}/configurations", "1.properties.value", "TLSv1.1"),
    ("azure-postgresql-connections-logged", f"{PG}/configurations", "2.properties.value", "off"),
    ("azure-postgresql-guessing-slowed", f"{PG}/configurations", "3.properties.value", "off"),
    ("azure-postgresql-passwords-off", PG, P + "authConfig.passwordAuth", "Enabled"),
    ("azure-postgresql-backups-kept", PG, P + "backup.backupRetentionDays", 7),
    ("azure-mysql-tls-required", f"{MY}/configurations", "0.properties.value", "OFF"),
    ("azure-mysql-tls-12", f"{MY}/configurations", "1.properties.value", "TLSv1,TLSv1.2"),
    ("azure-mysql-audited", f"{MY}/configurations", "2.properties.value", "OFF"),
    ("azure-mysql-backups-kept", MY, P + "backup.backupRetentionDays", 7),
    ("azure-cosmos-keys-off", COSMOS, P + "disableLocalAuth", None),
    ("azure-cosmos-tls-12", COSMOS, P + "minimalTlsVersion", "Tls"),
    ("azure-redis-tls-12", REDIS, P + "minimumTlsVersion", "1.0"),
    ("azure-redis-plain-port-closed", REDIS, P + "enableNonSslPort", True),
    ("azure-messaging-tls-12", EH, P + "minimumTlsVersion", "1.1"),
    ("azure-messaging-keys-off", EH, P + "disableLocalAuth", False),
    ("azure-vm-disks-managed", VM, P + "storageProfile.dataDisks.0.managedDisk", None),
    ("azure-vm-disks-managed", WIN, P + "storageProfile.osDisk.managedDisk", None),
    ("azure-vm-encryption-at-host", VM, P + "securityProfile.encryptionAtHost", None),
    ("azure-vm-trusted-launch", VM, P + "securityProfile.securityType", "Standard"),
    ("azure-vm-trusted-launch", WIN, P + "securityProfile.uefiSettings.vTpmEnabled", False),
    ("azure-vm-ssh-keys-only", VM, P + "osProfile.linuxConfiguration.disablePasswordAuthentication", False),
    ("azure-vm-patched-automatically", VM, P + "osProfile.linuxConfiguration.patchSettings", None),
    ("azure-vm-patched-automatically", WIN, P + "osProfile.windowsConfiguration.patchSettings.patchMode", "Manual"),
    ("azure-vm-address-private", NIC, P + "ipConfigurations.0.properties.publicIPAddress", {"id": PIP}),
    ("azure-backup-vault-soft-delete", RSV, P + "securitySettings.softDeleteSettings.softDeleteState", "Disabled"),
    ("azure-backup-vault-immutable", RSV, P + "securitySettings.immutabilitySettings", None),
    (
        "azure-backup-vault-apart",
        RSV,
        P + "redundancySettings.standardTierStorageRedundancy",
        "LocallyRedundant",
    ),
    ("azure-backup-recent", ITEM, P + "lastBackupTime", days_ago(5)),
    ("azure-backup-recent", ITEM, P + "lastBackupTime", None),
    ("azure-vm-backed-up", ITEM, P + "sourceResourceId", "/other"),
    ("azure-webapp-https-only", APP, P + "httpsOnly", False),
    ("azure-webapp-identity-managed", APP, "identity", None),
    ("azure-webapp-tls-12", WEB, P + "minTlsVersion", "1.0"),
    ("azure-webapp-ftp-encrypted", WEB, P + "ftpsState", "AllAllowed"),
    ("azure-webapp-debugging-off", WEB, P + "remoteDebuggingEnabled", True),
    ("azure-webapp-http2", WEB, P + "http20Enabled", False),
    ("azure-aks-roles-decide", AKS, P + "enableRBAC", False),
    ("azure-aks-local-accounts-off", AKS, P + "disableLocalAccounts", None),
    ("azure-aks-network-policy", AKS, P + "networkProfile.networkPolicy", None),
    ("azure-aks-policy-enforced", AKS, P + "addonProfiles.azurepolicy", None),
    ("azure-aks-upgraded-automatically", AKS, P + "autoUpgradeProfile.upgradeChannel", "none"),
    ("azure-registry-administrator-off", ACR, P + "adminUserEnabled", True),
    ("azure-registry-anonymous-pull-off", ACR, P + "anonymousPullEnabled", True),
    ("azure-nsg-ssh-closed", NSG, RULES, [rule("ssh", 100, "22", "Internet")]),
    ("azure-nsg-rdp-closed", NSG, RULES, [rule("rdp", 100, "3389", "0.0.0.0/0", "Udp")]),
    ("azure-nsg-databases-closed", NSG, RULES, [rule("sql", 100, "1433")]),
    ("azure-nsg-databases-closed", NSG, RULES, [rule("shard", 100, "27018")]),
    ("azure-nsg-management-closed", NSG, RULES, [rule("smb", 100, "445", "128.0.0.0/1")]),
    ("azure-nsg-amplifiers-closed", NSG, RULES, [rule("dns", 100, "53", "*", "*")]),
    ("azure-vnet-subnets-guarded", VNET, P + "subnets.0.properties.networkSecurityGroup", None),
    ("azure-vnet-ddos-protected", VNET, P + "enableDdosProtection", None),
    ("azure-vnet-flow-logged", FLOW, P + "targetResourceId", "/other"),
    ("azure-flowlog-kept", FLOW, P + "retentionPolicy.days", 7),
    ("azure-appgateway-firewall-stops", WAF, P + "policySettings.mode", "Detection"),
    ("azure-appgateway-tls-12", AGW, P + "sslPolicy.policyName", "AppGwSslPolicy20150501"),
    ("azure-bastion-links-off", BASTION, P + "enableShareableLink", True),
    (
        "azure-subscription-activity-exported",
        f"{SUBSCRIPTION}/providers/Microsoft.Insights/diagnosticSettings",
        "0.properties.logs.0.enabled",
        False,
    ),
    ("azure-alerts-changes-told", ALERT, P + "enabled", False),
    ("azure-alerts-changes-told", ALERT, P + "actions.actionGroups", []),
    ("azure-alerts-changes-told", ALERT, P + "scopes", [f"{SUBSCRIPTION}/resourceGroups/rg-app"]),
    ("azure-alerts-changes-told", ALERT, P + "condition.allOf.0", {"field": "caller", "equals": "alice"}),
    ("azure-defender-contact-named", CONTACTS, "0.properties.emails", ""),
    ("azure-defender-alerts-mailed", CONTACTS, "0.properties.notificationsSources", []),
    (
        "azure-defender-plans-on",
        f"{SUBSCRIPTION}/providers/Microsoft.Security/pricings",
        "0.properties.pricingTier",
        "Free",
    ),
    ("azure-defender-findings-handled", FINDING, P + "status.firstEvaluationDate", days_ago(8)),
    ("azure-role-guests-unprivileged", f"/users/{ALICE}", "userType", "Guest"),
    (
        "azure-role-custom-narrow",
        ROLES,
        "0.properties.permissions.0",
        {"actions": ["*"], "notActions": ["Microsoft.Authorization/*"]},
    ),
    (
        "azure-role-custom-no-handing-out",
        ROLES,
        "0.properties.permissions.0.actions",
        ["Microsoft.Authorization/*/Write"],
    ),
    ("azure-log-workspace-kept", LOGS, P + "retentionInDays", 30),
    ("azure-resource-location-allowed", SNAP, "location", "eastus"),
    (EXPOSED, PIP, P + "ipConfiguration", {"id": "x"}),
]
"""Check, where, what, and the value with which it is no longer met: one setting, one check."""

WIDER = [
    (
        {"azure-storage-network-limited", EXPOSED},
        ST,
        {"publicNetworkAccess": "Enabled", "networkAcls": {"defaultAction": "Allow"}},
    ),
    (
        {"azure-storage-keys-renewed", "azure-storage-shared-keys-off"},
        ST,
        {"allowSharedKeyAccess": True, "keyCreationTime": {"key1": days_ago(91), "key2": days_ago(1)}},
    ),
    ({"azure-keyvault-network-limited", EXPOSED}, KV, {"publicNetworkAccess": None, "networkAcls": None}),
    ({"azure-sql-private", EXPOSED}, SQL, {"publicNetworkAccess": "Enabled"}),
    ({"azure-sql-administrator-in-entra", "azure-sql-entra-only"}, SQL, {"administrators": None}),
    ({"azure-sql-audited", "azure-sql-audit-kept"}, f"{SQL}/auditingSettings/default", {"state": "Disabled"}),
    ({"azure-cosmos-network-limited", EXPOSED}, COSMOS, {"publicNetworkAccess": "Enabled"}),
    (
        {"azure-cosmos-network-limited", EXPOSED},
        COSMOS,
        {"publicNetworkAccess": "Enabled", "ipRules": [{"ipAddressOrRange": "0.0.0.0"}]},
    ),
    (
        {"azure-cosmos-network-limited", EXPOSED},
        COSMOS,
        {
            "publicNetworkAccess": "Enabled",
            "ipRules": [{"ipAddressOrRange": "0.0.0.0/1"}, {"ipAddressOrRange": "128.0.0.0/1"}],
        },
    ),
    (
        {"azure-keyvault-network-limited", EXPOSED},
        KV,
        {
            "publicNetworkAccess": "Enabled",
            "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "192.0.2.1/32"}, {"value": "128.0.0.0/1"}]},
        },
    ),
    (
        {EXPOSED},
        KV,
        {
            "publicNetworkAccess": "Enabled",
            "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "192.0.2.1/32"}]},
        },
    ),
    ({EXPOSED}, COSMOS, {"publicNetworkAccess": "Enabled", "ipRules": [{"ipAddressOrRange": "192.0.2.1"}]}),
    ({"azure-redis-private", EXPOSED}, REDIS, {"publicNetworkAccess": "Enabled"}),
    ({"azure-aks-api-limited", EXPOSED}, AKS, {"apiServerAccessProfile": None}),
    ({"azure-aks-api-limited", EXPOSED}, AKS, {"apiServerAccessProfile": {"authorizedIPRanges": ["0.0.0.0/0"]}}),
    ({"azure-registry-network-limited", EXPOSED}, ACR, {"publicNetworkAccess": "Enabled"}),
    (
        {
            "azure-nsg-ports-chosen",
            "azure-nsg-ssh-closed",
            "azure-nsg-rdp-closed",
            "azure-nsg-databases-closed",
            "azure-nsg-management-closed",
        },
        NSG,
        {"securityRules": [rule("all", 100, "*")]},
    ),
    ({"azure-appgateway-firewall-on"}, WAF, {"policySettings": {"state": "Disabled", "mode": "Prevention"}}),
    ({"azure-flowlog-kept", "azure-vnet-flow-logged"}, FLOW, {"enabled": False}),
    ({"azure-disk-export-private"}, DISK, {"networkAccessPolicy": None, "publicNetworkAccess": None}),
    ({"azure-backup-recent", "azure-vm-backed-up"}, ITEM, {"protectionState": "ProtectionStopped"}),
]
"""Settings that more than one check looks at."""


def numbered(cases):
    """Names that are the same in every process of a run, which dates in them are not."""
    return [f"{check}-{number}" for number, (check, *_) in enumerate(cases)]


def failing(collection):
    return {name for name, status in worst(collection).items() if status not in {"pass", "not_applicable"}}


def test_a_tenant_in_order_meets_every_check(collect):
    found = worst(collect())
    assert {name for name, status in found.items() if status == "not_applicable"} == {EXPOSED}
    assert {status for name, status in found.items() if name != EXPOSED} == {"pass"}
    assert len(found) >= 50


@pytest.mark.parametrize(("check", "where", "what", "value"), FLIPS, ids=numbered(FLIPS))
def test_one_setting_flips_one_check(collect, tenant, check, where, what, value):
    tenant.change(where, what, value)
    related = {name for name, other in checks().items() if other.each == checks()[check].each}
    collection = collect(*(need for name in related for need in checks()[name].needs))
    assert worst(collection)[check] == "fail"
    assert failing(collection) & related == {check}


@pytest.mark.parametrize(("expected", "where", "changes"), WIDER)
def test_one_setting_flips_the_checks_that_look_at_it(collect, tenant, expected, where, changes):
    for name, value in changes.items():
        tenant.change(where, P + name, value)
    collection = collect()
    assert failing(collection) == expected
    assert {worst(collection)[name] for name in expected} == {"fail"}


@pytest.mark.parametrize("rules", [WIDE, AZURE])
@pytest.mark.parametrize(("server", "name"), [(SQL, "sql"), (PG, "postgresql"), (MY, "mysql")])
def test_a_wide_firewall_of_a_public_database_fails(collect, tenant, server, name, rules):
    tenant.details[f"{server}/firewallRules"] = rules
    assert failing(collect()) == set()  # not public, so it does not matter
    network = "" if name == "sql" else "network."
    tenant.change(server, f"{P}{network}publicNetworkAccess", "Enabled")
    assert failing(collect()) == {f"azure-{name}-firewall-narrow", EXPOSED} | (
        {"azure-sql-private"} if name == "sql" else set()
    )


def test_a_fourth_owner_is_one_too_many(collect, tenant):
    for number in range(3):
        assigned = {"roleDefinitionId": f"/x/{OWNER}", "principalId": f"group-{number}", "principalType": "Group"}
        tenant.details[ASSIGNED].append({"id": f"more-{number}", "properties": assigned})
    assert failing(collect()) == {"azure-subscription-owners-few"}


def test_roles_that_do_not_say_their_id_stay_apart(collect, tenant):
    before = len(collect("role_assignments.*.role").facts.role_assignments)
    for number in range(2):
        assigned = {"roleDefinitionId": f"/x/{OWNER}", "principalId": f"group-{number}", "principalType": "Group"}
        tenant.details[ASSIGNED].append({"properties": assigned})
    found = collect("role_assignments.*.role").facts.role_assignments
    assert len(found) == before + 2
    assert {"group-0", "group-1"} <= {item.principal for item in found}


def test_an_untagged_group_leaves_its_resources_without_class(collect, tenant):
    tenant.change(SNAP, "tags", {"biv": "111", "eigenaar": "Team"})
    original = tenant.graph
    tenant.graph = lambda table, types: [] if table == "resourcecontainers" else original(table, types)
    found = statuses(collect("resources"))
    assert found["azure-resource-classified"].pop("Productie/rg-app/vm01-snap") == "pass"
    assert set(found["azure-resource-classified"].values()) == {"fail"}
    assert "fail" in found["azure-resource-owner-named"].values()
    assert found["azure-resource-owner-named"]["Productie/rg-app/vm01-snap"] == "pass"


def test_a_subscription_that_the_inventory_leaves_out_is_told(collect, tenant):
    tenant.details["/subscriptions"].append(
        {"subscriptionId": TEST, "displayName": "Proef", "state": "Enabled", "tenantId": TENANT}
    )
    found = statuses(collect(access={"subscriptions": (PRODUCTION,)}))
    assert found.pop("azure-subscription-in-inventory") == {"Productie": "pass", "Proef": "fail"}
    assert {status for subjects in found.values() for status in subjects.values()} == {"pass", "not_applicable"}


def test_what_azure_does_not_say_is_met_only_where_its_reference_says_so(collect, tenant):
    for row in tenant.rows.values():
        row |= {"properties": {}, "kind": None, "identity": None, "location": None}
    for path in [path for path in tenant.details if "/resourceGroups/" in path]:
        listed = isinstance(tenant.details[path], list)
        tenant.details[path] = [{"properties": {}}] if listed else {"properties": {}}
    found = statuses(collect())
    per_resource = {
        name
        for name, check in checks().items()
        if not check.check.each.startswith(("sub", "role", "defender_p", "res"))
    }
    met = {name for name in per_resource for status in found[name].values() if status not in {"error", "fail"}}
    # No shareable links below the Standard tier, no SFTP until somebody switches it on; no firewall, so no mode of it.
    # A machine is known by its id, whatever else is not told.
    registered = {"azure-vm-registered", "azure-scale-set-machines-registered", "azure-inventory-machines-found"}
    assert met == {"azure-bastion-links-off", "azure-storage-sftp-off", "azure-appgateway-firewall-stops", *registered}
    assert set(found["azure-resource-location-allowed"].values()) == {"error"}


def test_every_check_is_flipped_somewhere():
    flipped = {check for check, *_ in FLIPS} | {check for expected, *_ in WIDER for check in expected}
    others = {f"azure-{name}-firewall-narrow" for name in ("sql", "postgresql", "mysql")}
    others |= {
        "azure-resource-owner-named",
        "azure-subscription-owners-few",
        "azure-resource-classified",
        "azure-subscription-in-inventory",
        *("azure-vm-registered", "azure-scale-set-machines-registered", "azure-inventory-machines-found"),
    }
    assert set(checks()) - flipped - others == set()


NEW_WORDS = [
    (check, where, what)
    for check, where, what, value in FLIPS
    if isinstance(value, str)
    and not any(
        word in what
        for word in ("sourceResourceId", "targetResourceId", "location", "firstEvaluation", "lastBackup", "emails")
    )
] + [
    ("azure-storage-network-limited", ST, P + "publicNetworkAccess"),
    ("azure-keyvault-network-limited", KV, P + "publicNetworkAccess"),
    ("azure-sql-private", SQL, P + "publicNetworkAccess"),
    ("azure-redis-private", REDIS, P + "publicNetworkAccess"),
    ("azure-cosmos-network-limited", COSMOS, P + "publicNetworkAccess"),
    ("azure-registry-network-limited", ACR, P + "publicNetworkAccess"),
    ("azure-storage-blobs-restorable", ST, "kind"),
    ("azure-webapp-identity-managed", APP, "identity.type"),
    ("azure-backup-recent", ITEM, P + "protectionState"),
    ("azure-vm-backed-up", ITEM, P + "protectionState"),
    ("azure-vm-ssh-keys-only", VM, P + "storageProfile.osDisk.osType"),
    ("azure-aks-network-policy", AKS, P + "networkProfile.networkPolicy"),
    ("azure-backup-vault-immutable", RSV, P + "securitySettings.immutabilitySettings.state"),
    ("azure-nsg-ssh-closed", NSG, RULES + ".0.properties.access"),
    ("azure-nsg-ssh-closed", NSG, RULES + ".0.properties.direction"),
    ("azure-nsg-ssh-closed", NSG, RULES + ".0.properties.protocol"),
    ("azure-nsg-ssh-closed", NSG, RULES + ".0.properties.destinationPortRange"),
    ("azure-appgateway-firewall-on", WAF, P + "policySettings.state"),
    ("azure-defender-findings-handled", FINDING, P + "metadata.severity"),
    ("azure-defender-findings-handled", FINDING, P + "status.firstEvaluationDate"),
    ("azure-defender-alerts-mailed", CONTACTS, "0.properties.notificationsSources.0.minimalSeverity"),
    ("azure-storage-keys-renewed", ST, P + "keyCreationTime.key2"),
    ("azure-disk-export-private", DISK, P + "networkAccessPolicy"),
]


@pytest.mark.parametrize(("check", "where", "what"), NEW_WORDS, ids=numbered(NEW_WORDS))
def test_a_word_that_is_new_is_never_read_as_compliant(collect, tenant, check, where, what):
    if check == "azure-storage-keys-renewed":
        tenant.change(ST, P + "allowSharedKeyAccess", True)
    if check == "azure-disk-export-private":
        tenant.change(DISK, P + "publicNetworkAccess", None)
    tenant.change(where, what, "NotInventedYet")
    assert worst(collect(*checks()[check].needs))[check] == "error"
