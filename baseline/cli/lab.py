"""``baseline lab``: simulated network devices on loopback."""

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baseline.cli.options import json_option
from baseline.cli.table import write_table

if TYPE_CHECKING:
    from baseline.lab.folder import LabFolder
    from baseline.lab.status import LabStatus

folder_option = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".baseline/lab"),
    show_default=True,
    help="Folder of the lab: inventory, key, counts.",
)


@click.group()
def lab() -> None:
    """Simulated network devices on this machine, to try things on. They listen on loopback only."""


@lab.command()
@folder_option
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    default=("cisco_ios",),
    show_default=True,
    metavar="NAME",
    help="What devices; may be given more than once. `all`: of every platform.",
)
@click.option("--devices", type=click.IntRange(1, 5000), default=24, show_default=True, help="How many, in all.")
@click.option(
    "--lines", type=click.IntRange(400, 5000), default=1200, show_default=True, help="Lines per IOS configuration."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Which fleet; the same seed gives the same fleet.")
@click.option("--latency-ms", type=click.FloatRange(0, 10_000), default=20.0, show_default=True, help="Per round trip.")
@click.option(
    "--first-port", type=click.IntRange(0, 65_535), default=42_001, show_default=True, help="0: any free ports."
)
@click.option("--own-addresses", is_flag=True, help="Give each device its own 127.1.x.y, all on the first port.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that share the work."
)
@click.option("--include-localhost/--no-include-localhost", default=True, help="Put this machine in the inventory too.")
@click.option("--detach/--foreground", default=True, help="Return when the lab runs, or stay until Ctrl-C.")
def up(
    folder: Path,
    platforms: tuple[str, ...],
    devices: int,
    lines: int,
    seed: int,
    latency_ms: float,
    first_port: int,
    workers: int,
    *,
    own_addresses: bool,
    include_localhost: bool,
    detach: bool,
) -> None:
    """Start the lab and write its Ansible inventory.

    Devices know the client by the key in the folder. Passwords are accepted when BASELINE_LAB_PASSWORD and
    BASELINE_LAB_ENABLE are set.
    """
    from baseline.lab import background  # noqa: PLC0415 - asyncssh is heavy
    from baseline.lab.demo import mixed_fleet  # noqa: PLC0415
    from baseline.lab.folder import LabFolder  # noqa: PLC0415
    from baseline.lab.platforms import LAB_PLATFORMS  # noqa: PLC0415
    from baseline.lab.spec import LabSpec  # noqa: PLC0415

    chosen = LAB_PLATFORMS if "all" in platforms else tuple(dict.fromkeys(platforms))

    spec = LabSpec(
        devices=mixed_fleet(chosen, devices, seed=seed, lines=lines),
        seed=seed,
        addressing="address" if own_addresses else "port",
        first_port=first_port,
        latency_ms=latency_ms,
    )
    place = LabFolder(folder)
    status = background.up(place, spec, workers=workers, include_localhost=include_localhost)
    _announce(place, status)
    if not detach:
        _stay(place)


def _announce(place: "LabFolder", status: "LabStatus") -> None:
    faulty = sum(bool(device.defects) for device in status.devices)
    click.echo(f"{len(status.devices)} devices answer, {faulty} of them with mistakes to find.")
    click.echo(f"Inventory: {place.inventory}")


def _stay(place: "LabFolder") -> None:
    from baseline.lab import background  # noqa: PLC0415 - asyncssh is heavy

    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        click.echo("Running until Ctrl-C.")
        background.wait(place)
    finally:
        background.down(place)


@lab.command()
@folder_option
def down(folder: Path) -> None:
    """Stop the lab. Its folder stays."""
    from baseline.lab import background  # noqa: PLC0415 - asyncssh is heavy
    from baseline.lab.folder import LabFolder  # noqa: PLC0415

    stopped = background.down(LabFolder(folder))
    click.echo("Stopped." if stopped else "No lab was running.")


@lab.command()
@folder_option
@json_option
def status(folder: Path, *, as_json: bool) -> None:
    """Show every device: where it listens, its mistakes, and what clients sent it."""
    from baseline.lab import background  # noqa: PLC0415 - asyncssh is heavy
    from baseline.lab.folder import LabFolder  # noqa: PLC0415

    found = background.status(LabFolder(folder))
    if as_json:
        import msgspec  # noqa: PLC0415

        click.echo(msgspec.json.format(msgspec.json.encode(found)))
        return
    write_table(
        ("Device", "Platform", "Address", "Mistakes", "Connections", "Commands", "Changes tried"),
        (
            (
                device.name,
                device.platform,
                f"{device.address}:{device.port}",
                ", ".join((*device.defects, *device.faults)) or "-",
                str(device.connections),
                str(device.commands),
                str(device.violations),
            )
            for device in found.devices
        ),
        narrow=("Device", "Platform", "Address"),
    )
    click.echo(f"The lab is {found.state}; clients tried {found.violations} changes.", err=True)


@lab.command(name="break")
@click.argument("device")
@click.argument("defect")
@folder_option
def break_(device: str, defect: str, folder: Path) -> None:
    """Give DEVICE a DEFECT in its configuration, or a fault in its behaviour. See `baseline lab defects`."""
    _change("break", device, defect, folder)
    click.echo(f"{device} now has {defect}.")


@lab.command()
@click.argument("device")
@folder_option
def repair(device: str, folder: Path) -> None:
    """Make DEVICE good again."""
    _change("repair", device, "", folder)
    click.echo(f"{device} is good again.")


def _change(operation: str, device: str, argument: str, folder: Path) -> None:
    from baseline.lab import background  # noqa: PLC0415 - asyncssh is heavy
    from baseline.lab.control import Request  # noqa: PLC0415
    from baseline.lab.folder import LabFolder  # noqa: PLC0415

    background.change(LabFolder(folder), Request("break" if operation == "break" else "repair", device, argument))


@lab.command()
@click.option("--platform", default="cisco_ios", show_default=True, metavar="NAME", help="Of which devices.")
def defects(platform: str) -> None:
    """List the defects and faults that a device can have."""
    from baseline.lab.faults import FAULTS  # noqa: PLC0415 - only needed here
    from baseline.lab.mistakes import defect_titles  # noqa: PLC0415

    rows = [(name, "configuration", title) for name, title in defect_titles(platform).items()]
    rows += [(name, "behaviour", "The device " + text) for name, text in FAULTS.items()]
    write_table(("Name", "Kind", "What it is"), rows, narrow=("Name", "Kind"))
