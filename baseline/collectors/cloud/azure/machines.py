"""Virtual machines, their disks and back-ups."""

from datetime import datetime

from baseline.collectors.cloud.azure.kinds import Beside, Fields, Join, Kind, Source, resources
from baseline.collectors.cloud.azure.network import NETWORK_INTERFACES, PUBLIC_ADDRESSES
from baseline.collectors.cloud.azure.row import CLASSIFICATION_TAGS, OWNER_TAGS, Properties, Row, tag_of
from baseline.collectors.cloud.registered import FIELDS
from baseline.collectors.interface import wanted
from baseline.models.facts.azure.compute import (
    BackupItem,
    Disk,
    RecoveryVault,
    ScaleSetMachine,
    VirtualMachine,
)
from baseline.models.facts.fact import Fact, Unknown

MACHINES = ("virtual_machines", "scale_set_machines")
"""Facts of which the items are held against the inventory."""


def with_machines(needs: frozenset[str]) -> frozenset[str]:
    """The needs, with the machines among which what the inventory expects is looked for."""
    if not needs or not wanted(["inventory_machines"], needs):
        return needs
    return needs | {f"{fact}.*.registered_as" for fact in MACHINES}


def _virtual_machine(row: Row, _now: datetime) -> Fields:
    return {
        "managed_disks": _managed_disks(row),
        "encryption_at_host": row.flag("properties.securityProfile.encryptionAtHost", absent=False),
        "trusted_launch": _trusted_launch(row),
        "password_login": _password_login(row),
        "automatic_patching": _automatic_patching(row),
        "computer_name": _computer_name(row),
        "unique_id": row.text("properties.vmId") if row.raw("properties.vmId") else None,
        "scale_set": row.raw("properties.virtualMachineScaleSet.id") or None,
        "system": row.word("properties.storageProfile.osDisk.osType", {"linux": "linux", "windows": "windows"}),
        "owner": tag_of(row, OWNER_TAGS),
        "classification": tag_of(row, CLASSIFICATION_TAGS),
    }


def _computer_name(row: Row) -> Fact[str | None]:
    """A machine from a disk that was somewhere else has no profile; then its agent may know."""
    paths = ("properties.osProfile.computerName", "properties.extended.instanceView.computerName")
    return next((row.text(path) for path in paths if row.raw(path)), None)


def _scale_set_machine(row: Row, _now: datetime) -> Fields:
    scale_set, found, _ = row.id.lower().partition("/virtualmachines/")
    return {"computer_name": _computer_name(row), "scale_set": scale_set if found else None}


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
    parts = _configurations(row, beside)
    if isinstance(parts, Unknown):
        return {"public_address": parts}
    return {"public_address": any(part.raw("properties.publicIPAddress") for part in parts)}


def _configurations(row: Row, beside: Beside) -> list[Properties] | Unknown:
    """The addresses of every interface."""
    interfaces = beside.by("id", NETWORK_INTERFACES, row.subscription)
    own = row.items("properties.networkProfile.networkInterfaces")
    if isinstance(interfaces, Unknown) or isinstance(own, Unknown):
        return interfaces if isinstance(interfaces, Unknown) else own
    found: list[Properties] = []
    for item in own:
        known = interfaces.get(str(item.raw("id")).lower())
        if known is None:
            return Unknown(f"a network interface of {row.name} is not among those that can be seen")
        parts = known[0].items("properties.ipConfigurations")
        if isinstance(parts, Unknown):
            return parts
        found += parts
    return found


def _addresses(row: Row, beside: Beside) -> Fields:
    parts = _configurations(row, beside)
    if isinstance(parts, Unknown):
        return dict.fromkeys(ADDRESSES, parts)
    private = {part.text("properties.privateIPAddress") for part in parts if part.raw("properties.privateIPAddress")}
    public = _public(parts, row, beside)
    if isinstance(public, Unknown):
        return dict.fromkeys(ADDRESSES, public) | {"private_addresses": sorted(map(str, private))}
    addresses = {str(one.raw("properties.ipAddress")) for one in public if one.raw("properties.ipAddress")}
    names = {str(one.raw("properties.dnsSettings.fqdn")) for one in public if one.raw("properties.dnsSettings.fqdn")}
    values = (sorted(map(str, private)), sorted(addresses), sorted(names))
    return dict(zip(ADDRESSES, values, strict=True))


def _public(parts: list[Properties], row: Row, beside: Beside) -> list[Row] | Unknown:
    """The public addresses that these lead to. One of another subscription cannot be found here."""
    wanted = [str(identity).lower() for part in parts if (identity := part.raw("properties.publicIPAddress.id"))]
    known = beside.by("id", PUBLIC_ADDRESSES, row.subscription) if wanted else {}
    if isinstance(known, Unknown):
        return known
    missing = [identity for identity in wanted if identity not in known]
    if missing:
        return Unknown(f"a public address of {row.name} is not among those that can be seen")
    return [known[identity][0] for identity in wanted]


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

ADDRESSES = ("private_addresses", "public_addresses", "public_names")
_SCALE_SETS = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines"
SCALE_SET_MACHINES = Source("computeresources", (_SCALE_SETS.lower(),), (f"{_SCALE_SETS}/read",))

KINDS = (
    Kind(
        fact="virtual_machines",
        model=VirtualMachine,
        source=resources("Microsoft.Compute/virtualMachines"),
        read=_virtual_machine,
        joins=(
            Join(("public_address",), (NETWORK_INTERFACES,), _public_address),
            Join(("backed_up",), (BACKUP_ITEMS,), _backed_up),
            Join((*ADDRESSES, *FIELDS), (NETWORK_INTERFACES, PUBLIC_ADDRESSES), _addresses),
        ),
    ),
    Kind(
        fact="scale_set_machines",
        model=ScaleSetMachine,
        source=SCALE_SET_MACHINES,
        read=_scale_set_machine,
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
