"""Answers for Azure Resource Manager out of a tenant of the tests: its rows, and the details below them."""

import json
from typing import Any

from bench.agreement.impostor import GRAPH, MANAGEMENT, Request
from tests.azure.tenant import NOT_RESOURCES, TENANT, Tenant

NOT_FOUND = (404, {"error": {"code": "ResourceNotFound", "message": "not here"}})

ALSO: dict[str, dict[str, Any]] = {
    "microsoft.storage/storageaccounts": {
        "sku": {"name": "Standard_GRS", "tier": "Standard"},
        "properties": {
            "encryption": {"keySource": "Microsoft.Storage"},
            "networkAcls": {"bypass": "AzureServices"},
            "privateEndpointConnections": [],
        },
    },
    "microsoft.keyvault/vaults": {"properties": {"enableSoftDelete": True, "tenantId": TENANT}},
    "microsoft.dbformysql/flexibleservers": {"properties": {"version": "8.0.21"}},
    "microsoft.containerservice/managedclusters": {
        "properties": {"kubernetesVersion": "1.33.2", "agentPoolProfiles": [{"name": "system"}]}
    },
    "microsoft.containerregistry/registries": {"sku": {"name": "Premium"}},
    "microsoft.compute/disks": {
        "properties": {"uniqueId": "0", "encryption": {"type": "EncryptionAtRestWithPlatformKey"}}
    },
    "microsoft.web/sites": {"properties": {"resourceGroup": "rg-app"}},
    "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems": {
        "properties": {"protectedItemType": "Microsoft.Compute/virtualMachines", "workloadType": "VM"}
    },
}
"""What Resource Manager tells of a kind besides what the rows have; what a row says goes before it."""

LISTS = {
    "flowlogs": "microsoft.network/networkwatchers/flowlogs",
    "databases": "microsoft.sql/servers/databases",
    "backupprotecteditems": "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
}
"""Last part of an address below a resource -> the kind that it lists."""

SINGLE: dict[str, dict[str, Any]] = {
    "/encryptionprotector/current": {"serverKeyType": "ServiceManaged", "serverKeyName": "ServiceManaged"},
    "/vulnerabilityassessments/default": {"storageContainerPath": "", "recurringScans": {"isEnabled": False}},
    "/securityalertpolicies/default": {"state": "Enabled"},
    "/fileservices/default": {},
    "/config/authsettingsv2": {"platform": {"enabled": True}},
    "/transparentdataencryption/current": {"state": "Enabled", "status": "Enabled"},
    "/configurations/log_checkpoints": {"value": "on"},
    "/configurations/log_disconnections": {"value": "on"},
}
"""Details that only other checks look at, but without which nothing is told of the resource."""


class Arm:
    """A responder for the impostor."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._details = {path.lower(): told for path, told in tenant.details.items()}
        everything = [*tenant.graph("every resource", set()), *tenant.graph("hidden", NOT_RESOURCES)]
        self._rows = {row["id"].lower(): _whole(row) for row in everything}

    def __call__(self, request: Request) -> tuple[int, Any]:
        """The answer to one request."""
        if request.host == GRAPH:
            named = {"id": "provincie.example", "isDefault": True, "isVerified": True}
            return (200, {"value": [named]}) if request.path.endswith("/domains") else NOT_FOUND
        if request.host != MANAGEMENT:
            return 200, {"value": []}
        found = self._found(request.path.rstrip("/").replace("//", "/").lower())
        if found is None:
            return NOT_FOUND
        return 200, {"value": found} if isinstance(found, list) else found

    def _found(self, path: str) -> Any:
        if path == "/tenants":
            return [{"id": f"/tenants/{TENANT}", "tenantId": TENANT}]
        if path == "/subscriptions":
            return [{"id": f"/subscriptions/{one['subscriptionId']}", **one} for one in self._details[path]]
        if path.endswith("/locations"):
            return [{"name": "westeurope"}]
        if path in self._rows:
            return self._rows[path]
        if path in self._details:
            return _named(path, self._details[path])
        return self._below(path)

    def _below(self, path: str) -> Any:
        parts = path.split("/")
        if len(parts) == 6 and parts[3] == "providers":
            return self._kind(parts[2], f"{parts[4]}/{parts[5]}")
        parent, _, last = path.rpartition("/")
        single = next((told for end, told in SINGLE.items() if path.endswith(end)), None)
        if single is not None:
            return {"id": path, "name": last, "properties": single}
        if last in LISTS:
            return [
                row for key, row in self._rows.items() if row["type"] == LISTS[last] and key.startswith(parent + "/")
            ]
        if last == "auditingsettings":
            return [_named(path, self._details[f"{path}/default"])]
        if parent in self._details and isinstance(self._details[parent], list):
            return next((one for one in _named(parent, self._details[parent]) if one["name"].lower() == last), None)
        return [] if len(parts) % 2 == 0 else None

    def _kind(self, subscription: str, kind: str) -> list[Any]:
        rows = [row for row in self._rows.values() if row["subscriptionId"] == subscription]
        if kind == "microsoft.network/networkwatchers":
            logs = [row for row in rows if row["type"] == LISTS["flowlogs"]]
            owners = sorted({row["id"].partition("/flowLogs/")[0] for row in logs})
            return [{"id": one, "name": one.rpartition("/")[2], "location": "westeurope"} for one in owners]
        return [row for row in rows if row["type"] == kind]


def _named(path: str, told: Any) -> Any:
    """Details as Azure tells them, with ids and names where the tests leave them out."""
    if not isinstance(told, list):
        whole = {"id": path, "name": path.rpartition("/")[2], "type": "detail", **told}
        if "/transparentdataencryption/" in path:  # the version that Prowler asks still calls it a status
            whole["properties"] = {**told["properties"], "status": told["properties"].get("state")}
        return whole
    named = []
    for number, one in enumerate(told):
        name = one.get("name") or f"default{number or ''}"
        properties = one.get("properties", {})
        if path.endswith("/roledefinitions"):
            properties = {
                "type": "CustomRole",
                "assignableScopes": ["/" + "/".join(path.split("/")[1:3])],
                **properties,
            }
        if path.endswith("/pricings"):
            properties = {"freeTrialRemainingTime": "PT0S", **properties}
        named.append({"id": f"{path}/{name}", "location": "westeurope", **one, "name": name, "properties": properties})
    return named


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    kind = row["type"]
    whole = _merged(ALSO.get(kind, {}), row)
    properties = whole.get("properties") or {}
    if kind == "microsoft.containerservice/managedclusters":
        private = (properties.get("apiServerAccessProfile") or {}).get("enablePrivateCluster")
        properties["privateFQDN"] = properties.get("fqdn") if private else None
    if kind == "microsoft.compute/virtualmachines":
        storage = properties["storageProfile"]
        storage["osDisk"].setdefault("name", "os")
        for disk in storage.get("dataDisks") or []:
            disk.setdefault("name", f"data{disk['lun']}")
    if kind == "microsoft.sql/servers" and properties.get("administrators"):
        properties["administrators"]["administratorType"] = "ActiveDirectory"
    if kind == "microsoft.compute/disks":
        properties["uniqueId"] = row["id"]
    if kind == "microsoft.network/virtualnetworks":
        for subnet in properties.get("subnets") or []:
            subnet["id"] = f"{row['id']}/subnets/{subnet['name']}"
    return whole


def _merged(under: Any, over: Any) -> Any:
    if isinstance(under, dict) and isinstance(over, dict):
        return {
            name: _merged(under.get(name), over[name]) if name in over else under[name] for name in {**under, **over}
        }
    return json.loads(json.dumps(over)) if over is not None or not isinstance(under, dict) else None
