"""Virtual machines, their disks and back-ups."""

from datetime import datetime

from baseline.collectors.cloud.azure.kinds import Beside, Fields, Join, Kind, Source, resources
from baseline.collectors.cloud.azure.network import NETWORK_INTERFACES
from baseline.collectors.cloud.azure.row import Row
from baseline.models.facts.azure.compute import (
    BackupItem,
    Disk,
    RecoveryVault,
    VirtualMachine,
)
from baseline.models.facts.fact import Fact, Unknown


def _virtual_machine(row: Row, _now: datetime) -> Fields:
    return {
        "managed_disks": _managed_disks(row),
        "encryption_at_host": row.flag("properties.securityProfile.encryptionAtHost", absent=False),
        "trusted_launch": _trusted_launch(row),
        "password_login": _password_login(row),
        "automatic_patching": _automatic_patching(row),
    }


def _managed_disks(row: Row) -> Fact[bool]:
    if not isinstance(row.raw("properties.storageProfile.osDisk"), dict):
        return Unknown(f"Azure does not say the disks of {row.name}")
    data = row.items("properties.storageProfile.dataDisks", absent=[])
    if isinstance(data, Unknown):
        return data
    system = row.raw("properties.storageProfile.osDisk.managedDisk")
    return bool(system) and all(disk.raw("managedDisk") for disk in data)


def _trusted_launch(row: Row) -> Fact[bool]:
    """Secure boot and a virtual TPM; a confidential machine has both, and more."""
    types = {"trustedlaunch": "trusted", "confidentialvm": "trusted", "standard": "standard"}
    kind = row.word("properties.securityProfile.securityType", types, absent="standard")
    if kind != "trusted":
        return kind if isinstance(kind, Unknown) else False
    flags = [
        row.flag(f"properties.securityProfile.uefiSettings.{name}") for name in ("secureBootEnabled", "vTpmEnabled")
    ]
    return False if False in flags else next((flag for flag in flags if isinstance(flag, Unknown)), True)


def _password_login(row: Row) -> Fact[bool | None]:
    system = row.word("properties.storageProfile.osDisk.osType", {"linux": "linux", "windows": "windows"})
    if system != "linux":
        return system if isinstance(system, Unknown) else None
    disabled = row.flag("properties.osProfile.linuxConfiguration.disablePasswordAuthentication")
    return disabled if isinstance(disabled, Unknown) else not disabled


def _automatic_patching(row: Row) -> Fact[bool]:
    """Patch modes of both systems (Microsoft.Compute, *patchSettings*); Linux leaves it to its image by default."""
    modes = {"automaticbyplatform": "yes", "automaticbyos": "yes", "imagedefault": "no", "manual": "no"}
    settings = "properties.osProfile.{}Configuration.patchSettings.patchMode"
    system = row.word("properties.storageProfile.osDisk.osType", {"linux": "linux", "windows": "windows"})
    if isinstance(system, Unknown):
        return system
    # Without a mode Windows follows enableAutomaticUpdates, which is on unless it is said otherwise.
    automatic = row.flag("properties.osProfile.windowsConfiguration.enableAutomaticUpdates", absent=True)
    if isinstance(automatic, Unknown):
        return automatic
    unsaid = "yes" if system == "windows" and automatic and row.raw("properties.osProfile") else "no"
    mode = row.word(settings.format(system), modes, absent=unsaid)
    return mode if isinstance(mode, Unknown) else mode == "yes"


def _public_address(row: Row, beside: Beside) -> Fields:
    interfaces = beside.by("id", NETWORK_INTERFACES, row.subscription)
    own = row.items("properties.networkProfile.networkInterfaces")
    if isinstance(interfaces, Unknown) or isinstance(own, Unknown):
        return {"public_address": interfaces if isinstance(interfaces, Unknown) else own}
    for item in own:
        known = interfaces.get(str(item.raw("id")).lower())
        if known is None:
            return {"public_address": Unknown(f"a network interface of {row.name} is not among those that can be seen")}
        addresses = known[0].items("properties.ipConfigurations")
        if isinstance(addresses, Unknown):
            return {"public_address": addresses}
        if any(address.raw("properties.publicIPAddress") for address in addresses):
            return {"public_address": True}
    return {"public_address": False}


def _backed_up(row: Row, beside: Beside) -> Fields:
    protected = beside.by("properties.sourceResourceId", BACKUP_ITEMS, row.subscription)
    if isinstance(protected, Unknown):
        return {"backed_up": protected}
    own = protected.get(row.id.lower(), ())
    states = [item.word("properties.protectionState", _PROTECTION_STATES) for item in own]
    unknown = next((state for state in states if isinstance(state, Unknown)), None)
    return {"backed_up": "stopped" not in states and "running" in states if unknown is None else unknown}


_PROTECTION_STATES = {
    "protected": "running",
    "irpending": "running",
    "protectionerror": "running",
    "protectionpaused": "stopped",
    "protectionstopped": "stopped",
    "backupssuspended": "stopped",
    "invalid": "stopped",
}
"""Azure Backup, ``ProtectionState``."""


def _disk(row: Row, _now: datetime) -> Fields:
    """``networkAccessPolicy`` DenyAll or AllowPrivate ends links over the Internet, and so does publicNetworkAccess."""
    policy = row.word(
        "properties.networkAccessPolicy", {"allowall": "all", "allowprivate": "not", "denyall": "not"}, absent="all"
    )
    public = row.flag("properties.publicNetworkAccess", absent=True)
    unknown = next((part for part in (policy, public) if isinstance(part, Unknown)), None)
    closed = policy == "not" or public is False
    return {
        "kind": "snapshot" if row.type.endswith("/snapshots") else "disk",
        "public_export": False if closed else unknown or True,
    }


def _recovery_vault(row: Row, _now: datetime) -> Fields:
    soft = {"enabled": "yes", "alwayson": "yes", "disabled": "no"}
    delete = row.word("properties.securitySettings.softDeleteSettings.softDeleteState", soft)
    states = {"locked": "yes", "unlocked": "yes", "disabled": "no"}
    immutable = row.word("properties.securitySettings.immutabilitySettings.state", states, absent="no")
    return {
        "soft_delete": delete if isinstance(delete, Unknown) else delete == "yes",
        "immutable": immutable if isinstance(immutable, Unknown) else immutable == "yes",
        "redundancy": row.word(
            "properties.redundancySettings.standardTierStorageRedundancy",
            {"locallyredundant": "local", "zoneredundant": "zone", "georedundant": "geo"},
        ),
    }


def _backup_item(row: Row, now: datetime) -> Fields:
    state = row.word("properties.protectionState", _PROTECTION_STATES)
    last = row.raw("properties.lastBackupTime")
    return {
        "protected": state if isinstance(state, Unknown) else state == "running",
        "last_backup_age_days": row.age_days("properties.lastBackupTime", now) if last else None,
    }


_PROTECTED = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems"


BACKUP_ITEMS = Source("recoveryservicesresources", (_PROTECTED.lower(),), (f"{_PROTECTED}/read",))

KINDS = (
    Kind(
        fact="virtual_machines",
        model=VirtualMachine,
        source=resources("Microsoft.Compute/virtualMachines"),
        read=_virtual_machine,
        joins=(
            Join(("public_address",), (NETWORK_INTERFACES,), _public_address),
            Join(("backed_up",), (BACKUP_ITEMS,), _backed_up),
        ),
    ),
    Kind(
        fact="disks",
        model=Disk,
        source=resources("Microsoft.Compute/disks", "Microsoft.Compute/snapshots"),
        read=_disk,
    ),
    Kind(
        fact="recovery_vaults",
        model=RecoveryVault,
        source=resources("Microsoft.RecoveryServices/vaults"),
        read=_recovery_vault,
    ),
    Kind(
        fact="backup_items",
        model=BackupItem,
        source=BACKUP_ITEMS,
        read=_backup_item,
        called=lambda row: f"{row.id.split('/')[8]}/{row.text('properties.friendlyName', absent=row.name)}",
    ),
)
