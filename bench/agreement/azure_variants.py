"""One tenant in which every setting of a check occurs right and wrong: a resource in order, and a copy per flip."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

from tests.azure import tenant as known
from tests.azure.tenant import SUBSCRIPTION, TENANT, Tenant, rule
from tests.azure.test_settings import AZURE, FLIPS, WIDE, WIDER

GROUPS: dict[str, tuple[str, ...]] = {
    known.VM: (known.VM, known.ITEM, known.NIC, known.DISK, known.RSV),
    known.WIN: (known.WIN, known.WITEM, known.WNIC, known.RSV),
    known.SQL: (known.SQL, known.DB, f"{known.SQL}/databases/master"),
    known.VNET: (known.VNET, known.FLOW),
    known.AGW: (known.AGW, known.WAF),
}
"""Resources that are copied together."""

Changes = list[tuple[str, str, Any]]
"""Where, dotted path (or none: the whole list), value."""
P = "properties."
EVERYONE = [{"name": "all", "properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}}]
NSG_RULES: dict[str, list[dict[str, Any]]] = {
    "ssh-list": [rule("r", 100, "") | {}],
    "ssh-range": [rule("r", 100, "20-25")],
    "ssh-any": [rule("r", 100, "22", "Any")],
    "ssh-all-networks": [rule("r", 100, "22", "0.0.0.0/0")],
    "ssh-half": [rule("r", 100, "22", "0.0.0.0/1")],
    "ssh-ipv6": [rule("r", 100, "22", "::/0")],
    "ssh-denied-first": [rule("no", 90, "22", access="Deny"), rule("r", 100, "22")],
    "ssh-denied-later": [rule("r", 100, "22"), rule("no", 110, "22", access="Deny")],
    "ssh-denied-ipv6": [rule("no", 90, "22", "::/0", access="Deny"), rule("r", 100, "22")],
    "ssh-denied-ipv4": [rule("no", 90, "22", "0.0.0.0/0", access="Deny"), rule("r", 100, "22", "0.0.0.0/0")],
    "ssh-every-protocol": [rule("r", 100, "22", protocol="*")],
    "ssh-udp": [rule("r", 100, "22", protocol="Udp")],
    "rdp-range": [rule("r", 100, "3000-4000")],
    "rdp-udp": [rule("r", 100, "3389", protocol="Udp")],
    "web-udp": [rule("r", 100, "443", protocol="Udp")],
    "dns-udp": [rule("r", 100, "53", protocol="Udp")],
    "outbound": [rule("r", 100, "22")],
    "everything-from-office": [rule("r", 100, "*", "192.0.2.0/24")],
    "ports-1-65535": [rule("r", 100, "1-65535")],
    "ports-0-65535": [rule("r", 100, "0-65535")],
}
NSG_RULES["ssh-list"][0]["properties"] |= {"destinationPortRange": None, "destinationPortRanges": ["22", "443"]}
NSG_RULES["outbound"][0]["properties"]["direction"] = "Outbound"
_MANY_SOURCES = rule("r", 100, "22", "")
_MANY_SOURCES["properties"] |= {"sourceAddressPrefix": None, "sourceAddressPrefixes": ["10.0.0.0/8", "0.0.0.0/0"]}
NSG_RULES["ssh-many-sources"] = [_MANY_SOURCES]

_SUBSCRIPTION = f"{SUBSCRIPTION}/providers"
MORE: list[tuple[str, str, Any]] = [
    (known.ST, P + "minimumTlsVersion", "TLS1_3"),
    (known.ST, P + "minimumTlsVersion", "TLS1_0"),
    (known.ST, P + "allowBlobPublicAccess", None),
    (known.ST, P + "allowCrossTenantReplication", None),
    (known.ST, P + "keyPolicy", {"keyExpirationPeriodInDays": 60}),
    (known.ST, P + "networkAcls.defaultAction", "Allow"),
    (known.SQL, P + "minimalTlsVersion", "1.3"),
    (known.SQL, P + "minimalTlsVersion", "1.1"),
    (f"{known.SQL}/auditingSettings/default", P + "retentionDays", 0),
    (f"{known.MY}/configurations", "1.properties.value", "TLSv1.3"),
    (f"{known.MY}/configurations", "1.properties.value", "TLSv1"),
    (known.COSMOS, P + "minimalTlsVersion", None),
    (known.COSMOS, P + "isVirtualNetworkFilterEnabled", True),
    (f"{known.APP}/config/web", P + "minTlsVersion", "1.3"),
    (f"{known.APP}/config/web", P + "ftpsState", "FtpsOnly"),
    (known.APP, "kind", "functionapp,linux"),
    (
        f"{known.KV}/providers/Microsoft.Insights/diagnosticSettings",
        "0.properties.logs",
        [{"category": "AuditEvent", "enabled": True}],
    ),
    (
        f"{known.KV}/providers/Microsoft.Insights/diagnosticSettings",
        "0.properties.logs",
        [{"categoryGroup": "allLogs", "enabled": True}],
    ),
    (f"{known.KV}/keys", "0.properties.attributes", {"enabled": False}),
    (known.AKS, P + "apiServerAccessProfile", {"authorizedIPRanges": ["192.0.2.0/24"]}),
    (known.ACR, P + "networkRuleSet", {"defaultAction": "Deny", "ipRules": []}),
    (known.FLOW, P + "retentionPolicy", {"enabled": False, "days": 0}),
    (known.VM, P + "osProfile.linuxConfiguration.disablePasswordAuthentication", None),
    (known.VM, P + "securityProfile.securityType", "ConfidentialVM"),
    (known.VM, P + "securityProfile", None),
    (known.AKS, P + "apiServerAccessProfile", {"authorizedIPRanges": []}),
    (known.AKS, P + "networkProfile.networkPolicy", "none"),
    *((known.AKS, P + "autoUpgradeProfile.upgradeChannel", channel) for channel in ("patch", "rapid", "node-image")),
    (known.AKS, P + "autoUpgradeProfile", None),
    (f"{known.APP}/config/web", P + "minTlsVersion", None),
    (f"{known.APP}/config/web", P + "ftpsState", None),
    (f"{known.APP}/config/web", P + "http20Enabled", None),
    (known.APP, P + "httpsOnly", None),
    (known.APP, "identity.type", "None"),
    (known.ACR, P + "adminUserEnabled", None),
    (known.KV, P + "enablePurgeProtection", False),
    (known.KV, P + "enableRbacAuthorization", None),
    (known.KV, P + "enableSoftDelete", False),
    (f"{known.KV}/secrets", "1.properties.attributes", {"enabled": True}),
    (f"{known.PG}/configurations", "0.properties.value", "ON"),
    (f"{known.PG}/configurations", "3.properties.value", "OFF"),
    (f"{known.MY}/configurations", "0.properties.value", "on"),
    (f"{known.MY}/configurations", "1.properties.value", "TLSv1.2,TLSv1.1"),
    (f"{known.SQL}/auditingSettings/default", P + "storageEndpoint", None),
    (f"{known.SQL}/auditingSettings/default", P + "retentionDays", 120),
    (known.VNET, P + "subnets", [{"name": "app", "properties": {}}, {"name": "GatewaySubnet", "properties": {}}]),
    (known.VNET, P + "subnets", []),
    (f"{_SUBSCRIPTION}/Microsoft.Security/securityContacts", "0.properties.isEnabled", False),
    (f"{_SUBSCRIPTION}/Microsoft.Security/securityContacts", "", []),
    (f"{_SUBSCRIPTION}/Microsoft.Insights/diagnosticSettings", "0.properties.workspaceId", None),
    (f"{_SUBSCRIPTION}/Microsoft.Insights/diagnosticSettings", "", []),
    (
        f"{_SUBSCRIPTION}/Microsoft.Authorization/roleDefinitions",
        "0.properties.permissions",
        [{"actions": ["Microsoft.Compute/*/read"]}, {"actions": ["*"], "notActions": []}],
    ),
    (f"{_SUBSCRIPTION}/Microsoft.Authorization/roleDefinitions", "0.properties.permissions.0.actions", ["*/*"]),
    (f"{_SUBSCRIPTION}/Microsoft.Authorization/roleDefinitions", "0.properties.permissions.0.actions", ["*/write"]),
    (known.ALERT, P + "condition.allOf.1.equals", "microsoft.authorization/roleassignments/WRITE"),
    *((known.NSG, P + "securityRules", rules) for rules in NSG_RULES.values()),
]
"""Settings that the tests of flips do not have, and that scanners may read differently."""


NOT_FOR_PROWLER = {
    (known.ST, P + "minimumTlsVersion", None),
    (known.ST, P + "allowBlobPublicAccess", None),
    (known.VM, P + "storageProfile.dataDisks.0.managedDisk", None),
    (known.WIN, P + "storageProfile.osDisk.managedDisk", None),
}
"""Settings over which Prowler loses every resource of its kind in the subscription, so that nothing is compared."""


class Variants(Tenant):
    """A tenant with a copy of a resource, or of the whole subscription, per setting that is changed."""

    def __init__(self) -> None:
        super().__init__()
        self._original = Tenant()
        for number, changes in enumerate(_flips()):
            where = changes[0][0]
            if any((one[0], one[1], one[2]) == other for one in changes for other in NOT_FOR_PROWLER):
                continue
            if where == known.ALERT or where.startswith(f"{SUBSCRIPTION}/providers/"):
                self._vary_subscription(number, changes)
            elif where.startswith(SUBSCRIPTION) and where != known.FINDING:
                self._vary_resource(number, changes)

    def _vary_resource(self, number: int, changes: Changes) -> None:
        """A copy of the resource, and of what goes with it, under another name."""
        where = changes[0][0]
        ids = next((ids for ids in GROUPS.values() if where in ids or _root(where) in ids), (_root(where),))
        names = "|".join(sorted({re.escape(one.split("/")[8]) for one in ids}, key=len, reverse=True))

        def renamed(text: str) -> str:
            return re.sub(rf"(?i)\b({names})\b(?!-)", rf"\1v{number:03}", text)

        for one in ids:
            self.rows[renamed(one)] = json.loads(renamed(json.dumps(self._original.rows[one])))
        for path, told in self._original.details.items():
            if any(path.startswith(f"{one}/") for one in ids):
                self.details[renamed(path)] = json.loads(renamed(json.dumps(told)))
        for place, path, value in changes:
            self._put(renamed(place), path, value)

    def _vary_subscription(self, number: int, changes: Changes) -> None:
        """A subscription of its own, in which only what belongs to the subscription stands."""
        identity = f"{number:08}-0000-0000-0000-000000000000"

        def moved(text: str) -> str:
            return text.replace(known.PRODUCTION, identity).replace("role-1", f"role-v{number:03}")

        told = {"subscriptionId": identity, "displayName": f"Proef{number}", "state": "Enabled", "tenantId": TENANT}
        self.details["/subscriptions"].append(told)
        for path, document in self._original.details.items():
            if path.startswith(f"{SUBSCRIPTION}/providers/"):
                self.details[moved(path)] = json.loads(moved(json.dumps(document)))
        self.rows[moved(known.ALERT)] = json.loads(moved(json.dumps(self._original.rows[known.ALERT])))
        for place, path, value in changes:
            self._put(moved(place), path, value)

    def _put(self, where: str, path: str, value: Any) -> None:
        if path:
            self.change(where, path, copy.deepcopy(value))
        else:
            self.details[where] = copy.deepcopy(value)


def _flips() -> Iterator[Changes]:
    for _, where, what, value in FLIPS:
        yield [(where, what, value)]
    for _, where, changes in WIDER:
        yield [(where, P + name, value) for name, value in changes.items()]
    for where, what, value in MORE:
        yield [(where, what, value)]
    for server, network in ((known.SQL, ""), (known.PG, "network."), (known.MY, "network.")):
        public = (server, f"{P}{network}publicNetworkAccess", "Enabled")
        yield [public]
        for rules in (WIDE, AZURE, EVERYONE):
            yield [(f"{server}/firewallRules", "", rules)]
            yield [(f"{server}/firewallRules", "", rules), public]


def _root(where: str) -> str:
    """The resource in its group that an address is of or below."""
    return "/".join(where.split("/")[:9])
