"""Facts of storage accounts and key vaults."""

from typing import Annotated

from baseline.models.facts.azure.resource import AzureResource, Network, Tls
from baseline.models.facts.fact import NOT_COLLECTED, About, Fact


class StorageAccount(AzureResource, frozen=True, kw_only=True):
    """One storage account."""

    https_only: Annotated[Fact[bool], About("plain HTTP is refused")] = NOT_COLLECTED
    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED
    anonymous_access: Annotated[Fact[bool], About("containers may be made public")] = NOT_COLLECTED
    shared_keys: Annotated[Fact[bool], About("requests signed with an account key are accepted")] = NOT_COLLECTED
    network: Annotated[Fact[Network], About("who can connect")] = NOT_COLLECTED
    cross_tenant_replication: Annotated[Fact[bool], About("data may be replicated to another tenant")] = NOT_COLLECTED
    oldest_key_age_days: Annotated[Fact[int], About("age of the older of both keys", unit="days")] = NOT_COLLECTED
    sftp: Annotated[Fact[bool], About("SFTP is on, which signs in with local accounts")] = NOT_COLLECTED
    holds_blobs: Annotated[Fact[bool], About("it can hold blobs, which an account for files alone cannot")] = (
        NOT_COLLECTED
    )
    blob_soft_delete_days: Annotated[
        Fact[int | None], About("days that a deleted blob can be restored; None when it cannot", unit="days")
    ] = NOT_COLLECTED
    container_soft_delete_days: Annotated[
        Fact[int | None], About("days that a deleted container can be restored; None when it cannot", unit="days")
    ] = NOT_COLLECTED


class KeyVault(AzureResource, frozen=True, kw_only=True):
    """One key vault. What it holds is never read, only when it ends."""

    purge_protection: Annotated[Fact[bool], About("what is deleted cannot be purged before its time")] = NOT_COLLECTED
    role_based: Annotated[Fact[bool], About("roles decide, not access policies of the vault")] = NOT_COLLECTED
    network: Annotated[Fact[Network], About("who can connect")] = NOT_COLLECTED
    access_logged: Annotated[Fact[bool], About("a diagnostic setting sends audit events somewhere")] = NOT_COLLECTED
    keys_without_end: Annotated[Fact[list[str]], About("names of enabled keys that never expire")] = NOT_COLLECTED
    secrets_without_end: Annotated[Fact[list[str]], About("names of enabled secrets that never expire")] = NOT_COLLECTED
