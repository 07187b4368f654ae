"""Web apps, clusters and registries of containers."""

from datetime import datetime

from baseline.collectors.cloud.azure.firewall_rules import is_internet
from baseline.collectors.cloud.azure.kinds import Detail, Fields, Kind, resources
from baseline.collectors.cloud.azure.row import Properties, Row
from baseline.models.facts.azure.compute import (
    ContainerRegistry,
    KubernetesCluster,
    WebApp,
)
from baseline.models.facts.fact import Unknown


def _web_app(row: Row, _now: datetime) -> Fields:
    own = ("systemassigned", "userassigned", "systemassigned, userassigned", "systemassigned,userassigned")
    identity = row.word("identity.type", dict.fromkeys(own, "yes") | {"none": "no"}, absent="no")
    return {
        "https_only": row.flag("properties.httpsOnly"),
        "managed_identity": identity if isinstance(identity, Unknown) else identity == "yes",
    }


def _web_configuration(settings: Properties) -> Fields:
    return {
        "minimum_tls": settings.tls("properties.minTlsVersion"),
        "ftp": settings.word(
            "properties.ftpsState", {"allallowed": "all", "ftpsonly": "ftps_only", "disabled": "disabled"}
        ),
        "remote_debugging": settings.flag("properties.remoteDebuggingEnabled"),
        "http2": settings.flag("properties.http20Enabled"),
    }


def _kubernetes(row: Row, _now: datetime) -> Fields:
    local = row.flag("properties.disableLocalAccounts", absent=False)
    channels = dict.fromkeys(("rapid", "stable", "patch", "node-image"), "yes") | {"none": "no"}
    channel = row.word("properties.autoUpgradeProfile.upgradeChannel", channels, absent="no")
    policies = {name: name for name in ("azure", "calico", "cilium")} | {"none": ""}
    policy = row.word("properties.networkProfile.networkPolicy", policies, absent="")
    private = row.flag("properties.apiServerAccessProfile.enablePrivateCluster", absent=False)
    ranges = row.raw("properties.apiServerAccessProfile.authorizedIPRanges") or []
    limited = bool(ranges) and not any(is_internet(str(network)) for network in ranges)
    return {
        "role_based": row.flag("properties.enableRBAC"),
        "local_accounts": local if isinstance(local, Unknown) else not local,
        "api_limited": True if limited else private,
        "network_policy": policy if isinstance(policy, Unknown) else policy or None,
        "policy_enforced": row.flag("properties.addonProfiles.azurepolicy.enabled", absent=False),
        "automatic_upgrade": channel if isinstance(channel, Unknown) else channel == "yes",
    }


def _registry(row: Row, _now: datetime) -> Fields:
    network = row.network("properties.publicNetworkAccess", "properties.networkRuleSet.defaultAction")
    return {
        "administrator": row.flag("properties.adminUserEnabled"),
        "anonymous_pull": row.flag("properties.anonymousPullEnabled"),
        "public_network": network if isinstance(network, Unknown) else network == "public",
    }


WEB_APPS = resources("Microsoft.Web/sites")


KUBERNETES_CLUSTERS = resources("Microsoft.ContainerService/managedClusters")


CONTAINER_REGISTRIES = resources("Microsoft.ContainerRegistry/registries")

KINDS = (
    Kind(
        fact="web_apps",
        model=WebApp,
        source=WEB_APPS,
        read=_web_app,
        details=(
            Detail(
                ("minimum_tls", "ftp", "remote_debugging", "http2"),
                "/config/web?api-version=2023-12-01",
                "Microsoft.Web/sites/config/read",
                _web_configuration,
            ),
        ),
    ),
    Kind(
        fact="kubernetes_clusters",
        model=KubernetesCluster,
        source=KUBERNETES_CLUSTERS,
        read=_kubernetes,
    ),
    Kind(
        fact="container_registries",
        model=ContainerRegistry,
        source=CONTAINER_REGISTRIES,
        read=_registry,
    ),
)
