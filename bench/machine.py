"""Where and with what was measured."""

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("asyncssh", "netmiko", "paramiko", "nornir", "nornir-netmiko", "pytest-testinfra", "cel-expr-python")


def machine_line() -> str:
    """Processor, usable cores, load, Python and versions of what takes part, on one line."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return f"{_processor()}, {cores} cores, load {load:.1f}; Python {platform.python_version()}; {_versions()}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", described.read_text(), re.MULTILINE) if described.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


def _versions() -> str:
    return ", ".join(f"{package} {_version(package)}" for package in PACKAGES)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
