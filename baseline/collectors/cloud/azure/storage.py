"""Storage accounts and key vaults."""

from datetime import datetime
from typing import Any

from baseline.collectors.cloud.azure.diagnostics import DIAGNOSTIC_SETTINGS, DIAGNOSTICS_PERMISSION, sent_categories
from baseline.collectors.cloud.azure.kinds import Detail, Fields, Kind, resources
from baseline.collectors.cloud.azure.row import Properties, Row
from baseline.models.facts.azure.storage import KeyVault, StorageAccount
from baseline.models.facts.fact import Fact, Unknown


def _storage_account(row: Row, now: datetime) -> Fields:
    ages = [row.age_days(f"properties.keyCreationTime.{key}", now) for key in ("key1", "key2")]
    unknown = next((age for age in ages if isinstance(age, Unknown)), None)
    return {
        "https_only": row.flag("properties.supportsHttpsTrafficOnly"),
        # "The default interpretation is TLS 1.0 for this property" (Microsoft.Storage, minimumTlsVersion).
        "minimum_tls": row.tls("properties.minimumTlsVersion", absent="1.0"),
        "anonymous_access": row.flag("properties.allowBlobPublicAccess"),
        # "The default value is null, which is equivalent to true" (Microsoft.Storage, allowSharedKeyAccess).
        "shared_keys": row.flag("properties.allowSharedKeyAccess", absent=True),
        "network": row.network("properties.publicNetworkAccess", "properties.networkAcls.defaultAction"),
        # "The default interpretation is false for new accounts" and true for older ones: unknown.
        "cross_tenant_replication": row.flag("properties.allowCrossTenantReplication"),
        "oldest_key_age_days": unknown or max(age for age in ages if isinstance(age, int)),
        "sftp": row.flag("properties.isSftpEnabled", absent=False),
        "holds_blobs": _holds_blobs(row),
    }


def _holds_blobs(row: Row) -> Fact[bool]:
    names = ("storage", "storagev2", "blobstorage", "blockblobstorage", "filestorage")
    kind = row.word("kind", {name: name for name in names})
    return kind if isinstance(kind, Unknown) else kind != "filestorage"


def _blob_service(service: Properties) -> Fields:
    return {
        "blob_soft_delete_days": _retention(service, "properties.deleteRetentionPolicy"),
        "container_soft_delete_days": _retention(service, "properties.containerDeleteRetentionPolicy"),
    }


def _retention(service: Properties, path: str) -> Fact[int | None]:
    """Days, None when it is off. An absent policy is one that was never set (Blob Service, *deleteRetentionPolicy*)."""
    enabled = service.flag(f"{path}.enabled", absent=False)
    if isinstance(enabled, Unknown):
        return enabled
    return service.number(f"{path}.days") if enabled else None


def _key_vault(row: Row, _now: datetime) -> Fields:
    return {
        "purge_protection": _purge_protection(row),
        "role_based": row.flag("properties.enableRbacAuthorization", absent=False),
        "network": row.network("properties.publicNetworkAccess", "properties.networkAcls.defaultAction"),
    }


def _purge_protection(row: Row) -> Fact[bool]:
    """It is left out until it is on, and "effective only if soft delete is also enabled", as it is when nothing is said
    (Microsoft.KeyVault, vaults: *enablePurgeProtection*, *enableSoftDelete*).
    """
    protected = row.flag("properties.enablePurgeProtection", absent=False)
    return row.flag("properties.enableSoftDelete", absent=True) if protected is True else protected


def _audit_events(settings: Properties) -> Fields:
    sent = sent_categories(settings, everything=("AuditEvent",), audit=("AuditEvent",))
    return {"access_logged": sent if isinstance(sent, Unknown) else "AuditEvent" in sent}


def _without_end(listed: Properties) -> Fact[list[str]]:
    """Names of what is enabled and has no end."""
    items = listed.items("value")
    if isinstance(items, Unknown):
        return items
    found: list[str] = []
    for item in items:
        enabled = item.flag("properties.attributes.enabled", absent=True)
        if isinstance(enabled, Unknown):
            return enabled
        if enabled and item.raw("properties.attributes.exp") is None:
            found.append(str(item.text("name", absent="?")))
    return sorted(found)


def _keys(listed: Properties) -> dict[str, Any]:
    return {"keys_without_end": _without_end(listed)}


def _secrets(listed: Properties) -> dict[str, Any]:
    return {"secrets_without_end": _without_end(listed)}


STORAGE_ACCOUNTS = resources("Microsoft.Storage/storageAccounts")
KEY_VAULTS = resources("Microsoft.KeyVault/vaults")

KINDS = (
    Kind(
        fact="storage_accounts",
        model=StorageAccount,
        source=STORAGE_ACCOUNTS,
        read=_storage_account,
        details=(
            Detail(
                ("blob_soft_delete_days", "container_soft_delete_days"),
                "/blobServices/default?api-version=2023-05-01",
                "Microsoft.Storage/storageAccounts/blobServices/read",
                _blob_service,
            ),
        ),
    ),
    Kind(
        fact="key_vaults",
        model=KeyVault,
        source=KEY_VAULTS,
        read=_key_vault,
        details=(
            Detail(("access_logged",), DIAGNOSTIC_SETTINGS, DIAGNOSTICS_PERMISSION, _audit_events, listed=True),
            Detail(
                ("keys_without_end",),
                "/keys?api-version=2023-07-01",
                "Microsoft.KeyVault/vaults/keys/read",
                _keys,
                listed=True,
            ),
            Detail(
                ("secrets_without_end",),
                "/secrets?api-version=2023-07-01",
                "Microsoft.KeyVault/vaults/secrets/read",
                _secrets,
                listed=True,
            ),
        ),
    ),
)
