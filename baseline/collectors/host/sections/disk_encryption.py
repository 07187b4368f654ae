"""Encryption of local disks."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import DiskEncryption, EncryptedDevice


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``disk_encryption``."""
    answer = answers["disk_encryption"]
    root = next(iter(answer.notes("root")), "")
    devices = []
    for note in answer.notes("device"):
        name, _, uuid = note.partition(" ")
        devices.append(EncryptedDevice(name=name, type=uuid.split("-")[1] if uuid.count("-") else "other"))
    seen, *swaps = (next(iter(answer.notes("swap")), "") or "nothing").split()
    encryption = DiskEncryption(
        root_encrypted=_is_encrypted(answer, root) if root else Unknown("the root device is not known"),
        swap_encrypted=_swap(answer, swaps) if seen == "read" else Unknown("/proc/swaps could not be read"),
        devices=devices if root else Unknown("devices could not be read"),
    )
    return Reading(HostFacts(disk_encryption=encryption), {"disk_encryption": answer.source()})


def _swap(answer: Answer, devices: list[str]) -> Fact[bool]:
    states = [True if device.startswith("/dev/zram") else _is_encrypted(answer, device) for device in devices]
    if False in states:
        return False
    return next((state for state in states if isinstance(state, Unknown)), True)


def _is_encrypted(answer: Answer, device: str) -> Fact[bool]:
    """A device is encrypted when one of those it lies on is of type crypt (lsblk(8))."""
    if not device.startswith("/dev/"):
        return Unknown(f"{device} is no block device, so what it lies on is not known")
    if answer.missing("lsblk"):
        return Unknown("lsblk is not installed")
    part = next((part for part in answer.parts if part.kind == "command" and part.name.endswith(f" {device}")), None)
    rows = [line.text.split() for line in (part.lines if part else ())]
    if part is None or part.status != 0 or not rows:
        return Unknown(f"lsblk gave no answer about {device}")
    return any(row[-1] == "crypt" for row in rows if row)


SECTION = ScriptSection(name="disk_encryption", artefact="lsblk", supplies=("disk_encryption",), parse=parse)
