"""Targets whose facts come from saved files instead of from the devices."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from baseline.collectors.files.folder import OUTPUT_SUFFIX, SavedDevice, SavedFolder, file_key
from baseline.collectors.files.reading import read_saved
from baseline.collectors.files.recognition import named_platform, recognised
from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.target import Connection, Target

NOT_NETWORK = "saved files hold network devices only; ask this target itself"


def uncertain(name: str) -> str:
    """Why a device is left out whose platform nobody told."""
    return (
        f"which platform {name} has is not certain from its saved files; "
        "add --platform NAME, a folder of that name around it, or -i with an inventory that tells it"
    )


def targets_in(saved: SavedFolder, root: Path, platform: str | None) -> list[Target]:
    """A target for each device in a folder. One whose platform is not certain is excluded, with what to add.

    ``platform`` holds for all of them; without it the name of the folder around a device counts, else its content.
    """
    return [_target(device, root, platform) for device in saved.devices]


def _target(device: SavedDevice, root: Path, platform: str | None) -> Target:
    try:
        found, reason = platform or named_platform(device.group) or _recognised(device, root), uncertain(device.name)
    except CollectError as error:
        found, reason = None, str(error)
    return Target(
        name=device.name,
        kind="network",
        platform=found or "unknown",
        connection=_connection(device, root),
        groups=(device.group,) if device.group else (),
        excluded=None if found else reason,
    )


def _connection(device: SavedDevice, root: Path) -> Connection:
    return Connection(transport="files", address=device.name, folder=str(root.absolute()), files=device.files)


def _recognised(device: SavedDevice, root: Path) -> str | None:
    configuration: str | None = None
    outputs: dict[str, str] = {}
    for path in device.files:
        text = read_saved(root, path, CollectSettings().maximum_output_bytes).text
        if path.lower().endswith(OUTPUT_SUFFIX):
            outputs[file_key(Path(path).name[: -len(OUTPUT_SUFFIX)])] = text
        else:
            configuration = text
    return recognised(configuration, outputs)


def with_saved_files(targets: Iterable[Target], saved: SavedFolder, root: Path) -> tuple[list[Target], tuple[str, ...]]:
    """Targets of an inventory with the files that are kept of them, and the devices that no target is matched with.

    A device matches by name, then by address, then by the part before the first dot; capitals do not matter. A target
    of which nothing is saved has no files, which collecting then says.
    """
    wanted = list(targets)
    matches = _matches([target for target in wanted if target.kind == "network"], saved.devices)
    placed = [_placed(target, matches.get(target.name), root) for target in wanted]
    used = {device.name for device in matches.values()}
    return placed, tuple(device.name for device in saved.devices if device.name not in used)


def _placed(target: Target, device: SavedDevice | None, root: Path) -> Target:
    if target.excluded is not None:
        return target
    if target.kind != "network":
        return msgspec.structs.replace(target, excluded=NOT_NETWORK)
    files = device.files if device else ()
    connection = Connection(
        transport="files", address=target.connection.address, folder=str(root.absolute()), files=files
    )
    return msgspec.structs.replace(target, connection=connection)


def _matches(targets: list[Target], devices: Iterable[SavedDevice]) -> Mapping[str, SavedDevice]:
    """Target name -> its device. Each device belongs to one target at most; what two could claim belongs to neither."""
    left = {device.name: device for device in devices}
    found: dict[str, SavedDevice] = {}
    for key_of_target, key_of_device in (
        (lambda target: target.name, lambda name: name),
        (lambda target: target.name.lower(), str.lower),
        (lambda target: target.connection.address.lower(), str.lower),
        (lambda target: _short(target.name), _short),
    ):
        claims: dict[str, list[str]] = {}
        for target in targets:
            if target.name not in found:
                claims.setdefault(key_of_target(target), []).append(target.name)
        offers: dict[str, list[str]] = {}
        for name in left:
            offers.setdefault(key_of_device(name), []).append(name)
        for key, names in claims.items():
            if len(names) == len(offers.get(key, ())) == 1:
                found[names[0]] = left.pop(offers[key][0])
    return found


def _short(name: str) -> str:
    """The name before the first dot; an IP address stays whole."""
    first = name.lower().partition(".")[0]
    return name.lower() if first.isdigit() or ":" in name else first
