"""Facts of virtual machines, disks, web apps and containers."""

from typing import Annotated, Literal

from baseline.models.facts.azure.resource import AzureResource, Tls
from baseline.models.facts.fact import NOT_COLLECTED, About, Fact


class VirtualMachine(AzureResource, frozen=True, kw_only=True):
    """One virtual machine."""

    managed_disks: Annotated[Fact[bool], About("every disk is a managed disk")] = NOT_COLLECTED
    encryption_at_host: Annotated[Fact[bool], About("caches and temporary disks are encrypted too")] = NOT_COLLECTED
    trusted_launch: Annotated[Fact[bool], About("secure boot and a virtual TPM are on")] = NOT_COLLECTED
    password_login: Annotated[Fact[bool | None], About("SSH accepts passwords; None where it does not run Linux")] = (
        NOT_COLLECTED
    )
    automatic_patching: Annotated[Fact[bool], About("Azure or the system itself installs updates")] = NOT_COLLECTED
    public_address: Annotated[Fact[bool], About("a network interface has a public IP address")] = NOT_COLLECTED
    backed_up: Annotated[Fact[bool], About("a recovery services vault protects it")] = NOT_COLLECTED
    computer_name: Annotated[Fact[str | None], About("what it calls itself; None where Azure does not know")] = (
        NOT_COLLECTED
    )
    unique_id: Annotated[Fact[str | None], About("the id that stays with it (vmId); None where Azure tells none")] = (
        NOT_COLLECTED
    )
    scale_set: Annotated[Fact[str | None], About("id of the scale set that made it; None: none did")] = NOT_COLLECTED
    system: Annotated[Fact[Literal["linux", "windows"]], About("what it runs")] = NOT_COLLECTED
    private_addresses: Annotated[Fact[list[str]], About("private addresses of its interfaces")] = NOT_COLLECTED
    public_addresses: Annotated[Fact[list[str]], About("public addresses of its interfaces")] = NOT_COLLECTED
    public_names: Annotated[Fact[list[str]], About("names of those in DNS, as Azure gives them")] = NOT_COLLECTED
    owner: Annotated[Fact[str | None], About("value of its own tag that names the owner")] = NOT_COLLECTED
    classification: Annotated[Fact[str | None], About("value of its own tag that classifies it")] = NOT_COLLECTED
    registered_as: Annotated[
        Fact[str | None], About("target of the inventory that stands for it; None without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED


class ScaleSetMachine(AzureResource, frozen=True, kw_only=True):
    """One machine of a virtual machine scale set in uniform orchestration; of the flexible one they are virtual machines."""

    computer_name: Annotated[Fact[str | None], About("what it calls itself; None where Azure does not know")] = (
        NOT_COLLECTED
    )
    scale_set: Annotated[Fact[str | None], About("id of its scale set")] = NOT_COLLECTED
    registered_as: Annotated[
        Fact[str | None], About("target of the inventory that stands for it; None without one")
    ] = NOT_COLLECTED
    registration: Annotated[Fact[str], About("how that target is known, or why none is")] = NOT_COLLECTED


class Disk(AzureResource, frozen=True, kw_only=True):
    """One managed disk or snapshot."""

    kind: Annotated[Fact[Literal["disk", "snapshot"]], About("which of both")] = NOT_COLLECTED
    public_export: Annotated[Fact[bool], About("its content can be fetched over the Internet with a link")] = (
        NOT_COLLECTED
    )


class WebApp(AzureResource, frozen=True, kw_only=True):
    """One app or function app of App Service."""

    https_only: Annotated[Fact[bool], About("plain HTTP is redirected")] = NOT_COLLECTED
    managed_identity: Annotated[Fact[bool], About("it signs in elsewhere without a stored secret")] = NOT_COLLECTED
    minimum_tls: Annotated[Fact[Tls], About("oldest TLS that is accepted")] = NOT_COLLECTED
    ftp: Annotated[Fact[Literal["all", "ftps_only", "disabled"]], About("how files may be put")] = NOT_COLLECTED
    remote_debugging: Annotated[Fact[bool], About("a debugger can attach")] = NOT_COLLECTED
    http2: Annotated[Fact[bool], About("HTTP/2 is on")] = NOT_COLLECTED


class KubernetesCluster(AzureResource, frozen=True, kw_only=True):
    """One cluster of Azure Kubernetes Service."""

    role_based: Annotated[Fact[bool], About("Kubernetes RBAC is on")] = NOT_COLLECTED
    local_accounts: Annotated[Fact[bool], About("certificates of local accounts are accepted")] = NOT_COLLECTED
    api_limited: Annotated[Fact[bool], About("the API server is private, or takes chosen addresses only")] = (
        NOT_COLLECTED
    )
    network_policy: Annotated[Fact[str | None], About("azure, calico or cilium; None without")] = NOT_COLLECTED
    policy_enforced: Annotated[Fact[bool], About("the Azure Policy add-on is on")] = NOT_COLLECTED
    automatic_upgrade: Annotated[Fact[bool], About("a channel upgrades Kubernetes by itself")] = NOT_COLLECTED


class ContainerRegistry(AzureResource, frozen=True, kw_only=True):
    """One Azure Container Registry."""

    administrator: Annotated[Fact[bool], About("the shared administrator account is on")] = NOT_COLLECTED
    anonymous_pull: Annotated[Fact[bool], About("anybody may fetch images")] = NOT_COLLECTED
    public_network: Annotated[Fact[bool], About("it can be reached from the whole Internet")] = NOT_COLLECTED


class RecoveryVault(AzureResource, frozen=True, kw_only=True):
    """One recovery services vault, which holds back-ups."""

    soft_delete: Annotated[Fact[bool], About("deleted back-ups can be restored for a while")] = NOT_COLLECTED
    immutable: Annotated[Fact[bool], About("back-ups cannot be deleted before their time")] = NOT_COLLECTED
    redundancy: Annotated[Fact[Literal["local", "zone", "geo"]], About("where copies are kept")] = NOT_COLLECTED


class BackupItem(AzureResource, frozen=True, kw_only=True):
    """One thing that a recovery services vault protects."""

    protected: Annotated[Fact[bool], About("the protection runs, rather than having been stopped")] = NOT_COLLECTED
    last_backup_age_days: Annotated[
        Fact[int | None], About("days since the last back-up; None when there was none", unit="days")
    ] = NOT_COLLECTED
