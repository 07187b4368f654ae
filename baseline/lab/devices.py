"""Makes the devices of a lab, and the command lines on them."""

from baseline.lab.device import Device
from baseline.lab.moment import Login
from baseline.lab.recorded import RecordedDevice, stand_in
from baseline.lab.shell.console import Console
from baseline.lab.shell.recorded import RecordedShell
from baseline.lab.shell.shell import Shell
from baseline.lab.simulated import SimulatedDevice
from baseline.lab.spec import IOS, DeviceSpec

STRANGER = {"juniper_junos": "cisco_nxos", "paloalto_panos": "cisco_nxos"}
"""What stands where a device of a platform was expected, with the fault ``wrong_vendor``; elsewhere a Junos device.

Their prompts must not be alike, or the session would go on for a while."""


def new_device(spec: DeviceSpec, seed: int) -> SimulatedDevice:
    """The device of a specification.

    Raises:
        LabError: an unknown platform, defect or fault.
    """
    return Device(spec, seed) if spec.platform == IOS else RecordedDevice(spec)


def open_shell(device: SimulatedDevice, login: Login, *, height: int, enable_password: str | None) -> Console:
    """A session on the command line of a device, or of what stands in its place."""
    if "wrong_vendor" in device.faults:
        stranger = stand_in(device, STRANGER.get(device.spec.platform, "juniper_junos"))
        return RecordedShell(stranger, login, height=height, enable_password=enable_password)
    if isinstance(device, RecordedDevice):
        return RecordedShell(device, login, height=height, enable_password=enable_password)
    if not isinstance(device, Device):
        raise TypeError(f"there is no command line for a {type(device).__name__}")
    return Shell(device, login, height=height, enable_password=enable_password)
