"""The platforms whose configuration is indented as Cisco's is, with what a small configuration of each looks like."""

from baseline.collectors.network.platforms import PLATFORM_NAMES
from tests.platforms.vendors import FOLDER, FOLDERS

HEADS = {
    "cisco_nxos": ("version 9.3(10) Bios:version 05.45\nline vty\n", ""),
    "cisco_iosxr": ("!! IOS XR Configuration 7.5.2\nhostname a\n", "end\n"),
    "arista_eos": ("! device: a (DCS-7050TX-64, EOS-4.28.3M)\nhostname a\n", "end\n"),
}
"""Platform -> what stands above and below the lines of a configuration."""

PLATFORMS = tuple(name for name in HEADS if name in PLATFORM_NAMES and (FOLDER / FOLDERS[name] / "recordings").is_dir())
