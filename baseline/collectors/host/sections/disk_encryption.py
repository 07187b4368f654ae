"""Encryption of local disks."""

import re
from collections.abc import Iterator, Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import DiskEncryption, EncryptedDevice

BRANCH = re.compile(r"^([ |`-]*)[^ |`-]\S*\s+(\S+)\s*$")
"""A line of the tree that lsblk draws, two characters a step down."""


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
    """A device is encrypted when there is one of type crypt between it and every disk that it lies on (lsblk(8))."""
    if not device.startswith("/dev/"):
        return Unknown(f"{device} is no block device, so what it lies on is not known")
    if answer.missing("lsblk"):
        return Unknown("lsblk is not installed")
    part = next((part for part in answer.parts if part.kind == "command" and part.name.endswith(f" {device}")), None)
    rows = [match for line in (part.lines if part else ()) if (match := BRANCH.match(line.text))]
    if part is None or part.status != 0 or not rows:
        return Unknown(f"lsblk gave no answer about {device}")
    return all(_leaves([(len(row[1]) // 2, row[2]) for row in rows]))


def _leaves(rows: list[tuple[int, str]]) -> Iterator[bool]:
    """Of every end of a tree, given as depths and types, whether it lies below a device of type crypt."""
    above: list[bool] = []
    for number, (depth, kind) in enumerate(rows):
        del above[depth:]
        above.append(kind == "crypt" or (bool(above) and above[-1]))
        if number + 1 == len(rows) or rows[number + 1][0] <= depth:
            yield above[-1]


SECTION = ScriptSection(name="disk_encryption", artefact="lsblk", supplies=("disk_encryption",), parse=parse)
