"""An imaginary tenant in which every check is met, and a server that answers for it as Azure does."""

import copy
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from tests.microsoft.loopback import DENIED, Asked, Reply

TENANT = "99999999-0000-0000-0000-000000000000"
PRODUCTION = "11111111-0000-0000-0000-000000000000"
TEST = "22222222-0000-0000-0000-000000000000"
GROUP = "rg-app"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
ALICE, BOB = "aaaaaaaa-0000-0000-0000-000000000001", "aaaaaaaa-0000-0000-0000-000000000002"
CATEGORIES = ("Administrative", "Alert", "Policy", "Security")
OPERATIONS = tuple(
    f"Microsoft.{name}/{verb}"
    for name in (
        "Authorization/roleAssignments",
        "Authorization/policyAssignments",
        "Network/networkSecurityGroups",
        "Sql/servers/firewallRules",
    )
    for verb in ("write", "delete")
)


def days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days, hours=1)).strftime("%Y-%m-%dT%H:%M:%S.1234567Z")


def resource_id(provider: str, name: str, subscription: str = PRODUCTION) -> str:
    return f"/subscriptions/{subscription}/resourceGroups/{GROUP}/providers/{provider}/{name}"


ST = resource_id("Microsoft.Storage/storageAccounts", "st01")
KV = resource_id("Microsoft.KeyVault/vaults", "kv01")
SQL = resource_id("Microsoft.Sql/servers", "sql01")
DB = f"{SQL}/databases/zaken"
PG = resource_id("Microsoft.DBforPostgreSQL/flexibleServers", "pg01")
MY = resource_id("Microsoft.DBforMySQL/flexibleServers", "my01")
COSMOS = resource_id("Microsoft.DocumentDB/databaseAccounts", "cosmos01")
REDIS = resource_id("Microsoft.Cache/redis", "redis01")
SB = resource_id("Microsoft.ServiceBus/namespaces", "sb01")
EH = resource_id("Microsoft.EventHub/namespaces", "eh01")
VM = resource_id("Microsoft.Compute/virtualMachines", "vm01")
WIN = resource_id("Microsoft.Compute/virtualMachines", "win01")
NIC = resource_id("Microsoft.Network/networkInterfaces", "nic01")
WNIC = resource_id("Microsoft.Network/networkInterfaces", "nic02")
DISK = resource_id("Microsoft.Compute/disks", "vm01-os")
SNAP = resource_id("Microsoft.Compute/snapshots", "vm01-snap")
APP = resource_id("Microsoft.Web/sites", "app01")
AKS = resource_id("Microsoft.ContainerService/managedClusters", "aks01")
ACR = resource_id("Microsoft.ContainerRegistry/registries", "acr01")
RSV = resource_id("Microsoft.RecoveryServices/vaults", "rsv01")
ITEM = f"{RSV}/backupFabrics/Azure/protectionContainers/iaas;vm01/protectedItems/VM;vm01"
WITEM = f"{RSV}/backupFabrics/Azure/protectionContainers/iaas;win01/protectedItems/VM;win01"
NSG = resource_id("Microsoft.Network/networkSecurityGroups", "nsg01")
VNET = resource_id("Microsoft.Network/virtualNetworks", "vnet01")
FLOW = resource_id("Microsoft.Network/networkWatchers", "nw/flowLogs/fl01")
AGW = resource_id("Microsoft.Network/applicationGateways", "agw01")
WAF = resource_id("Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies", "waf01")
BASTION = resource_id("Microsoft.Network/bastionHosts", "bas01")
PIP = resource_id("Microsoft.Network/publicIPAddresses", "pip01")
SET = resource_id("Microsoft.Compute/virtualMachineScaleSets", "set01")
MEMBER = f"{SET}/virtualMachines/0"
LOGS = resource_id("Microsoft.OperationalInsights/workspaces", "log01")
ALERT = resource_id("Microsoft.Insights/activityLogAlerts", "alert01")
FINDING = f"{VM}/providers/Microsoft.Security/assessments/ffff"
SUBSCRIPTION = f"/subscriptions/{PRODUCTION}"


def rule(
    name: str, priority: int, ports: str, source: str = "*", protocol: str = "Tcp", access: str = "Allow"
) -> dict[str, Any]:
    return {
        "name": name,
        "properties": {
            "direction": "Inbound",
            "access": access,
            "protocol": protocol,
            "priority": priority,
            "sourceAddressPrefix": source,
            "sourcePortRange": "*",
            "destinationAddressPrefix": "*",
            "destinationPortRange": ports,
        },
    }


def _machine(system: str, interface: str) -> dict[str, Any]:
    return {
        "storageProfile": {
            "osDisk": {"osType": system.capitalize(), "managedDisk": {"id": DISK}},
            "dataDisks": [{"lun": 0, "managedDisk": {"id": "x"}}],
        },
        "osProfile": {
            f"{system}Configuration": {
                **({"disablePasswordAuthentication": True} if system == "linux" else {"enableAutomaticUpdates": True}),
                "patchSettings": {"patchMode": "AutomaticByPlatform"},
            }
        },
        "securityProfile": {
            "encryptionAtHost": True,
            "securityType": "TrustedLaunch",
            "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
        },
        "networkProfile": {"networkInterfaces": [{"id": interface}]},
    }


_DENY = {"networkAcls": {"defaultAction": "Deny", "ipRules": []}}
ROWS: dict[str, dict[str, Any]] = {
    ST: {
        "kind": "StorageV2",
        "properties": {
            "supportsHttpsTrafficOnly": True,
            "minimumTlsVersion": "TLS1_2",
            "allowBlobPublicAccess": False,
            "allowSharedKeyAccess": False,
            "allowCrossTenantReplication": False,
            "publicNetworkAccess": "Disabled",
            "keyCreationTime": {"key1": days_ago(3), "key2": days_ago(9)},
            "primaryEndpoints": {"blob": "https://st01.blob.core.windows.net/"},
            **_DENY,
        },
    },
    KV: {
        "properties": {
            "enablePurgeProtection": True,
            "enableRbacAuthorization": True,
            "publicNetworkAccess": "Disabled",
            "vaultUri": "https://kv01.vault.azure.net/",
            **_DENY,
        }
    },
    SQL: {
        "properties": {
            "minimalTlsVersion": "1.2",
            "publicNetworkAccess": "Disabled",
            "administrators": {"login": "dba", "azureADOnlyAuthentication": True},
            "fullyQualifiedDomainName": "sql01.database.windows.net",
        }
    },
    DB: {"properties": {}},
    f"{SQL}/databases/master": {"properties": {}},
    PG: {
        "properties": {
            "network": {"publicNetworkAccess": "Disabled"},
            "authConfig": {"passwordAuth": "Disabled", "activeDirectoryAuth": "Enabled"},
            "backup": {"backupRetentionDays": 14},
            "fullyQualifiedDomainName": "pg01.postgres.database.azure.com",
        }
    },
    MY: {
        "properties": {
            "network": {"publicNetworkAccess": "Disabled"},
            "backup": {"backupRetentionDays": 14},
            "fullyQualifiedDomainName": "my01.mysql.database.azure.com",
        }
    },
    COSMOS: {
        "properties": {
            "publicNetworkAccess": "Disabled",
            "disableLocalAuth": True,
            "minimalTlsVersion": "Tls12",
            "documentEndpoint": "https://cosmos01.documents.azure.com:443/",
        }
    },
    REDIS: {
        "properties": {
            "minimumTlsVersion": "1.2",
            "enableNonSslPort": False,
            "publicNetworkAccess": "Disabled",
            "hostName": "redis01.redis.cache.windows.net",
        }
    },
    SB: {"properties": {"minimumTlsVersion": "1.2", "disableLocalAuth": True}},
    EH: {"properties": {"minimumTlsVersion": "1.2", "disableLocalAuth": True}},
    VM: {"properties": _machine("linux", NIC)},
    WIN: {"properties": _machine("windows", WNIC)},
    MEMBER: {"properties": {"osProfile": {"computerName": "set01000000"}}},
    NIC: {"properties": {"ipConfigurations": [{"properties": {"privateIPAddress": "10.0.0.4"}}]}},
    WNIC: {"properties": {"ipConfigurations": [{"properties": {"privateIPAddress": "10.0.0.5"}}]}},
    DISK: {"properties": {"networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled"}},
    SNAP: {"properties": {"networkAccessPolicy": "AllowPrivate", "publicNetworkAccess": "Disabled"}},
    APP: {
        "kind": "app,linux",
        "identity": {"type": "SystemAssigned"},
        "properties": {
            "httpsOnly": True,
            "publicNetworkAccess": "Disabled",
            "defaultHostName": "app01.azurewebsites.net",
        },
    },
    AKS: {
        "properties": {
            "enableRBAC": True,
            "disableLocalAccounts": True,
            "apiServerAccessProfile": {"enablePrivateCluster": True},
            "networkProfile": {"networkPolicy": "cilium"},
            "addonProfiles": {"azurepolicy": {"enabled": True}},
            "autoUpgradeProfile": {"upgradeChannel": "stable"},
            "fqdn": "aks01.hcp.westeurope.azmk8s.io",
        }
    },
    ACR: {
        "properties": {
            "adminUserEnabled": False,
            "anonymousPullEnabled": False,
            "publicNetworkAccess": "Disabled",
            "loginServer": "acr01.azurecr.io",
        }
    },
    RSV: {
        "properties": {
            "securitySettings": {
                "softDeleteSettings": {"softDeleteState": "AlwaysON"},
                "immutabilitySettings": {"state": "Locked"},
            },
            "redundancySettings": {"standardTierStorageRedundancy": "GeoRedundant"},
        }
    },
    ITEM: {
        "properties": {
            "friendlyName": "vm01",
            "protectionState": "Protected",
            "sourceResourceId": VM.upper(),
            "lastBackupTime": days_ago(0),
        }
    },
    WITEM: {
        "properties": {
            "friendlyName": "win01",
            "protectionState": "Protected",
            "sourceResourceId": WIN,
            "lastBackupTime": days_ago(1),
        }
    },
    NSG: {"properties": {"securityRules": [rule("https", 100, "443"), rule("office-ssh", 110, "22", "192.0.2.0/24")]}},
    VNET: {
        "properties": {
            "enableDdosProtection": True,
            "subnets": [
                {"name": "app", "properties": {"networkSecurityGroup": {"id": NSG}}},
                {"name": "GatewaySubnet", "properties": {}},
            ],
        }
    },
    FLOW: {
        "properties": {
            "enabled": True,
            "targetResourceId": VNET,
            "retentionPolicy": {"enabled": True, "days": 90},
        }
    },
    AGW: {
        "properties": {
            "firewallPolicy": {"id": WAF.lower()},
            "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"},
        }
    },
    WAF: {"properties": {"policySettings": {"state": "Enabled", "mode": "Prevention"}}},
    BASTION: {"properties": {"enableShareableLink": False}},
    PIP: {"properties": {"ipAddress": "192.0.2.10"}},
    LOGS: {"properties": {"retentionInDays": 90, "publicNetworkAccessForQuery": "Enabled"}},
    ALERT: {
        "properties": {
            "enabled": True,
            "scopes": [SUBSCRIPTION],
            "condition": {
                "allOf": [
                    {"field": "category", "equals": "Administrative"},
                    *({"field": "operationName", "equals": operation} for operation in OPERATIONS),
                ]
            },
            "actions": {"actionGroups": [{"actionGroupId": "x"}]},
        }
    },
    FINDING: {
        "properties": {
            "displayName": "Update the system",
            "metadata": {"severity": "High"},
            "status": {"code": "Unhealthy", "firstEvaluationDate": days_ago(2)},
        }
    },
}
"""Resource id -> what Resource Graph tells of it."""


def parameters(**values: str) -> list[dict[str, Any]]:
    return [{"name": name.replace("__", "."), "properties": {"value": value}} for name, value in values.items()]


DETAILS: dict[str, Any] = {
    f"{ST}/blobServices/default": {
        "properties": {
            "deleteRetentionPolicy": {"enabled": True, "days": 14},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 14},
        }
    },
    f"{KV}/providers/Microsoft.Insights/diagnosticSettings": [
        {"name": "audit", "properties": {"workspaceId": LOGS, "logs": [{"categoryGroup": "audit", "enabled": True}]}}
    ],
    f"{KV}/keys": [{"name": "signing", "properties": {"attributes": {"enabled": True, "exp": 1900000000}}}],
    f"{KV}/secrets": [
        {"name": "database", "properties": {"attributes": {"enabled": True, "exp": 1900000000}}},
        {"name": "old", "properties": {"attributes": {"enabled": False}}},
    ],
    f"{SQL}/auditingSettings/default": {
        "properties": {"state": "Enabled", "storageEndpoint": "https://st01.blob.core.windows.net", "retentionDays": 90}
    },
    f"{SQL}/firewallRules": [
        {"name": "office", "properties": {"startIpAddress": "192.0.2.1", "endIpAddress": "192.0.2.4"}}
    ],
    f"{DB}/transparentDataEncryption/current": {"properties": {"state": "Enabled"}},
    f"{PG}/configurations": parameters(
        require_secure_transport="on",
        ssl_min_protocol_version="TLSv1.2",
        log_connections="on",
        connection_throttle__enable="on",
    ),
    f"{PG}/firewallRules": [],
    f"{MY}/configurations": parameters(
        require_secure_transport="ON", tls_version="TLSv1.2,TLSv1.3", audit_log_enabled="ON"
    ),
    f"{MY}/firewallRules": [],
    f"{APP}/config/web": {
        "properties": {
            "minTlsVersion": "1.2",
            "ftpsState": "Disabled",
            "remoteDebuggingEnabled": False,
            "http20Enabled": True,
        }
    },
    "/subscriptions": [
        {"subscriptionId": PRODUCTION, "displayName": "Productie", "state": "Enabled", "tenantId": TENANT}
    ],
    f"{SUBSCRIPTION}/providers/Microsoft.Authorization/permissions": [{"actions": ["*/read"], "notActions": []}],
    f"{SUBSCRIPTION}/providers/Microsoft.Insights/diagnosticSettings": [
        {"properties": {"workspaceId": LOGS, "logs": [{"category": name, "enabled": True} for name in CATEGORIES]}}
    ],
    f"{SUBSCRIPTION}/providers/Microsoft.Security/securityContacts": [
        {
            "properties": {
                "isEnabled": True,
                "emails": "security@example.nl",
                "notificationsSources": [{"sourceType": "Alert", "minimalSeverity": "Medium"}],
            }
        }
    ],
    f"{SUBSCRIPTION}/providers/Microsoft.Security/pricings": [
        {"name": "KeyVaults", "properties": {"pricingTier": "Standard"}},
        {"name": "Discovery", "properties": {"pricingTier": "Free"}},
    ],
    f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments": [
        {
            "id": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/{number}",
            "properties": {
                "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}",
                "principalId": principal,
                "principalType": "User",
            },
        }
        for number, (role, principal) in enumerate([(OWNER, ALICE), (READER, BOB)])
    ],
    f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions": [
        {
            "name": "role-1",
            "properties": {
                "roleName": "Beheer",
                "permissions": [{"actions": ["Microsoft.Compute/*/read"], "notActions": []}],
            },
        }
    ],
    f"/users/{ALICE}": {"id": ALICE, "userType": "Member"},
    f"/users/{BOB}": {"id": BOB, "userType": "Guest"},
}
"""Path of a GET, without query -> its answer; a list is answered as ``value``."""

TYPE = re.compile(r"/providers/([^/]+)/(.*)$", re.IGNORECASE)


class Tenant:
    """What the server tells; tests change it. ``denied`` and ``replies`` are by path, or by table for Resource Graph."""

    def __init__(self) -> None:
        self.rows, self.details = copy.deepcopy(ROWS), copy.deepcopy(DETAILS)
        self.replies: dict[str, Reply] = {}
        self.page_size = 1000

    def change(self, where: str, path: str, value: Any) -> None:
        """Set, at a dotted path, what is told of a resource or at an address; ``None`` takes it away."""
        current: Any = self.rows[where] if where in self.rows else self.details[where]
        *parents, last = path.split(".")
        for name in parents:
            current = current[int(name)] if isinstance(current, list) else current.setdefault(name, {})
        if isinstance(current, list):
            current[int(last)] = value
        elif value is None:
            current.pop(last, None)
        else:
            current[last] = value

    def answer(self, asked: Asked) -> Reply:
        path = unquote(asked.bare)
        if path.endswith("/$batch"):
            return self._batch(asked)
        if asked.method == "POST":
            return self._query(asked)
        return self._told(path)

    def _told(self, path: str) -> Reply:
        if path in self.replies:
            return self.replies[path]
        if path not in self.details:
            return Reply({"error": {"code": "NotFound", "message": path}}, 404)
        told = self.details[path]
        return Reply({"value": told} if isinstance(told, list) else told)

    def _batch(self, asked: Asked) -> Reply:
        if "$batch" in self.replies:
            return self.replies["$batch"]
        answers = []
        for item in asked.body["requests"]:
            reply = self._told(item["url"].partition("?")[0])
            answers.append({"id": item["id"], "status": reply.status, "headers": reply.headers, "body": reply.document})
        return Reply({"responses": answers})

    def _query(self, asked: Asked) -> Reply:
        text = asked.body["query"]
        table = "every resource" if " where " not in text else text.partition(" ")[0]
        if table in self.replies:
            return self.replies[table]
        types = {name.lower() for name in re.findall(r"'([^']+)'", text.partition(")")[0])}
        rows = [row for row in self.graph(table, types) if row["subscriptionId"] in asked.body["subscriptions"]]
        start = int(asked.body["options"].get("$skipToken", "0"))
        page = rows[start : start + self.page_size]
        more = {"$skipToken": str(start + self.page_size)} if start + self.page_size < len(rows) else {}
        return Reply(
            {
                "totalRecords": len(rows),
                "count": len(page),
                "data": page,
                "facets": [],
                "resultTruncated": "false",
                **more,
            }
        )

    def graph(self, table: str, types: set[str]) -> list[dict[str, Any]]:
        """Rows of a table, as the account may see them all."""
        if table == "resourcecontainers":
            container = f"{SUBSCRIPTION}/resourceGroups/{GROUP}"
            tags = {"owner": "Team Geo", "BIV": "223"}
            kind = "microsoft.resources/subscriptions/resourcegroups"
            return [_row(container, {"tags": tags}) | {"name": GROUP, "type": kind}]
        found = [_row(identity, row) for identity, row in self.rows.items()]
        if table == "every resource":
            return [row for row in found if row["type"] not in NOT_RESOURCES]
        return [row for row in found if row["type"] in types]


NOT_RESOURCES = {
    "microsoft.compute/virtualmachinescalesets/virtualmachines",
    "microsoft.security/assessments",
    "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
}


def _row(identity: str, row: dict[str, Any]) -> dict[str, Any]:
    parts = identity.split("/")
    last = identity.lower().rindex("/providers/") if "/providers/" in identity else 0
    named = identity[last:].split("/")[2:]
    return {
        "id": identity,
        "name": parts[-1],
        "type": "/".join([*named[:1], *named[1::2]]).lower(),
        "subscriptionId": parts[2],
        "resourceGroup": parts[4].lower(),
        "location": "westeurope",
        "tags": None,
        **row,
    }


FORBIDDEN = Reply(DENIED, 403)
