"""Tells packages and units of systemd."""

import re
from collections.abc import Iterator

from baseline.collectors.image.linux.telling import Telling
from baseline.models.facts.host_names import PACKAGES

STATUS = "/var/lib/dpkg/status"
MAXIMUM_STATUS_BYTES = 64 * 1024**2
MANAGERS = ("apt-get", "dnf", "yum", "zypper", "apk", "pacman")
UNIT_FOLDERS = ("/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system")
MAXIMUM_UNITS = 5_000
_UNIT = re.compile(r"[^/]+\.(?:service|socket|timer)")
_INSTALL = re.compile(r"(?m)^\[Install\]\s*$")
_SOURCES = (
    "/etc/apt/sources.list",
    "/etc/apt/sources.list.d/*.list",
    "/etc/apt/sources.list.d/*.sources",
    "/etc/dnf/dnf.conf",
    "/etc/dnf/automatic.conf",
    "/etc/yum.conf",
    "/etc/yum.repos.d/*.repo",
    "/etc/zypp/zypp.conf",
    "/etc/zypp/repos.d/*.repo",
)


def tell_packages(telling: Telling) -> None:
    """The section ``packages``."""
    manager = next((name for name in MANAGERS if telling.have(name)), None)
    if manager:
        telling.say("note manager", manager)
    installed = dict(_installed(telling))
    if installed:
        wanted = {candidate for candidates in PACKAGES.values() for candidate in candidates}
        lines = [f"{name} {version}" for name, version in installed.items() if name in wanted]
        telling.answer("dpkg-query -W", [*lines, f"installed {len(installed)}"])
    options = list(_apt_options(telling)) if manager == "apt-get" else []
    if options:
        telling.answer("apt-config dump", options)
    telling.lines(*_SOURCES)


def tell_package_count(telling: Telling) -> None:
    """The section ``package_count``."""
    installed = dict(_installed(telling))
    if installed:
        telling.answer("dpkg-query -W count", [str(len(installed))])


def _installed(telling: Telling) -> Iterator[tuple[str, str]]:
    """Name and version of every installed package (dpkg-query(1), the file status)."""
    entry = telling.find(STATUS)
    if entry is None or entry.size > MAXIMUM_STATUS_BYTES:
        return
    for paragraph in (
        telling.tree.read(STATUS.lstrip("/"), MAXIMUM_STATUS_BYTES).decode("utf-8", "replace").split("\n\n")
    ):
        fields = dict(
            line.split(": ", 1) for line in paragraph.split("\n") if ": " in line and not line.startswith(" ")
        )
        if fields.get("Status", "").endswith(" installed"):
            yield fields.get("Package", "?"), fields.get("Version", "?")


def _apt_options(telling: Telling) -> Iterator[str]:
    """Options of apt.conf.d on lines of their own; those in blocks are left out, and then not known."""
    found: dict[str, str] = {}
    for path in telling.expanded("/etc/apt/apt.conf.d/*", "/etc/apt/apt.conf"):
        content = telling.content(path) if telling.find(path) else None
        found |= dict(re.findall(r'(?m)^\s*([\w:-]+)\s+"([^"]*)";', content or ""))
    for name, value in found.items():
        yield f'{name} "{value}";'


def tell_services(telling: Telling) -> None:
    """The section ``services``: which units there are, and which of them start at boot. None is known to run."""
    if not any(telling.find(folder) for folder in UNIT_FOLDERS[1:]):
        telling.say("missing systemd")
        return
    states = dict(_states(telling))
    telling.answer("systemctl list-unit-files", (f"{name} {state}" for name, state in sorted(states.items())))
    telling.answer("systemctl list-units", ["-.mount loaded active mounted"])


def _states(telling: Telling) -> Iterator[tuple[str, str]]:
    started = {name for folder in _started_folders(telling) for name in telling.names(folder)}
    own = set(telling.names(UNIT_FOLDERS[0]))
    seen: set[str] = set()
    for folder in UNIT_FOLDERS:
        for name in telling.names(folder):
            if name in seen or not _UNIT.fullmatch(name) or len(seen) > MAXIMUM_UNITS:
                continue
            seen.add(name)
            yield name, _state(telling, folder, name, started=name in started, own=name in own)
    for name in started - seen:
        if _UNIT.fullmatch(name):
            yield name, "enabled"


def _started_folders(telling: Telling) -> list[str]:
    top = UNIT_FOLDERS[0]
    return [f"{top}/{name}" for name in telling.names(top) if name.endswith((".wants", ".requires"))]


def _state(telling: Telling, folder: str, name: str, *, started: bool, own: bool) -> str:
    path = f"{folder}/{name}"
    entry = telling.tree.entry(path.lstrip("/"))
    if own and entry is not None and entry.kind == "link" and entry.target == "/dev/null":
        return "masked"
    if started:
        return "enabled"
    found = telling.find(path)
    content = telling.content(path) if found and found.kind == "file" else ""
    return "disabled" if content and _INSTALL.search(content) else "static"
