"""``show version`` and ``show inventory``."""

from functools import lru_cache
from textwrap import dedent

from baseline.lab.blueprint import Blueprint
from baseline.lab.moment import Moment, duration

_TRAINS = {"16.03": "Denali", "16.12": "Gibraltar", "17.03": "Amsterdam", "17.09": "Cupertino", "17.12": "Dublin"}


def show_version(blueprint: Blueprint, moment: Moment) -> str:
    """Software, time since the start, model, serial number and configuration register."""
    uptime = duration(moment.up_seconds + blueprint.random("uptime").randint(86_400, 40_000_000))
    before, after = _steady(blueprint)
    return before + _start(blueprint, uptime) + after


@lru_cache(maxsize=4096)
def _steady(blueprint: Blueprint) -> tuple[str, str]:
    """The parts that stay the same, made once: this is the command that everybody asks."""
    return _software(blueprint), _licence() + _chassis(blueprint)


def _software(blueprint: Blueprint) -> str:
    version = blueprint.posture.version
    short = ".".join(part.lstrip("0") or "0" for part in version.split("."))
    train = _TRAINS.get(version[:5], "Dublin")
    return dedent(f"""\
        Cisco IOS XE Software, Version {version}
        Cisco IOS Software [{train}], Catalyst L3 Switch Software (CAT9K_IOSXE), Version {short}, RELEASE SOFTWARE (fc3)
        Technical Support: http://www.cisco.com/techsupport
        Copyright (c) 1986-2024 by Cisco Systems, Inc.
        Compiled Tue 23-Jul-24 09:43 by mcpre

        ROM: IOS-XE ROMMON
        BOOTLDR: System Bootstrap, Version 17.12.1r, RELEASE SOFTWARE (P)

    """)


def _start(blueprint: Blueprint, uptime: str) -> str:
    return dedent(f"""\
        {blueprint.name} uptime is {uptime}
        Uptime for this control processor is {uptime}
        System returned to ROM by Reload Command
        System image file is "flash:packages.conf"
        Last reload reason: Reload Command

    """)


def _licence() -> str:
    return dedent("""\
        Technology Package License Information:

        ------------------------------------------------------------------------------
        Technology-package                                     Technology-package
        Current                        Type                       Next reboot
        ------------------------------------------------------------------------------
        network-advantage   \tSmart License                 \t network-advantage
        dna-advantage       \tSubscription Smart License    \t dna-advantage

    """)


def _chassis(blueprint: Blueprint) -> str:
    mac = blueprint.mac_address().replace(".", "")
    colons = ":".join(mac[index : index + 2] for index in range(0, 12, 2))
    ports = blueprint.port_count + 5
    return dedent(f"""\
        cisco {blueprint.model} (X86) processor with 1331521K/6147K bytes of memory.
        Processor board ID {blueprint.serial}
        2 Virtual Ethernet interfaces
        {blueprint.port_count + 1} Gigabit Ethernet interfaces
        4 Ten Gigabit Ethernet interfaces
        2048K bytes of non-volatile configuration memory.
        8388608K bytes of physical memory.
        11264000K bytes of Flash at flash:.

        Base Ethernet MAC Address          : {colons}
        Motherboard Revision Number        : A0
        Model Revision Number              : V01
        Model Number                       : {blueprint.model}
        System Serial Number               : {blueprint.serial}

        Switch Ports Model              SW Version        SW Image              Mode
        ------ ----- -----              ----------        ----------            ----
        *    1 {ports:<5} {blueprint.model:<18} {blueprint.posture.version:<17} CAT9K_IOSXE           INSTALL

        Configuration register is 0x102

    """)


def show_inventory(blueprint: Blueprint, _moment: Moment) -> str:
    """Chassis and power supply with their serial numbers."""
    supply = "LIT" + blueprint.serial[3:]
    return dedent(f"""\
        NAME: "Switch 1", DESCR: "{blueprint.model}"
        PID: {blueprint.model:<18}, VID: V01  , SN: {blueprint.serial}

        NAME: "Switch 1 - Power Supply A", DESCR: "Switch 1 - Power Supply A"
        PID: PWR-C1-715WAC     , VID: V02  , SN: {supply}


    """)
