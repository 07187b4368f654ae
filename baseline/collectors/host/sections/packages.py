"""Installed packages of note, and how the host keeps itself up to date."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.repositories import unsigned_repositories
from baseline.collectors.host.sections.units import Units, read_units
from baseline.collectors.host.values import integer, version_order
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_names import PACKAGES
from baseline.models.facts.host_protection import Package, Packages

MANAGERS = {"apt-get": "apt", "dnf": "dnf", "yum": "yum", "zypper": "zypper", "apk": "apk", "pacman": "pacman"}
LISTS = ("/var/lib/apt/", "/var/cache/dnf/", "/var/cache/libdnf5/", "/var/cache/yum/", "/var/cache/zypp/")
DATABASES = ("/var/lib/dpkg/status", "/var/lib/rpm/", "/usr/lib/sysimage/rpm/")
TIMERS = {
    "dnf": ("dnf-automatic.timer", "dnf-automatic-install.timer", "dnf5-automatic.timer"),
    "zypper": ("transactional-update.timer", "os-update.timer"),
}
SECONDS_A_DAY = 86_400
INSTALLS_ITSELF = frozenset({"dnf-automatic-install.timer"})

Facts = dict[str, Any]


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``packages`` without counts of pending updates."""
    answer = answers["packages"]
    manager = next((MANAGERS[note] for note in answer.notes("manager") if note in MANAGERS), None)
    facts: Facts = {
        "manager": manager,
        "known": _known(answer),
        "automatic_updates": _automatic(answer, manager, read_units(answers)),
        "reboot_required": _reboot_required(answer),
        "unsigned_repositories": unsigned_repositories(answer, manager),
    }
    facts |= _ages(answer)
    packages = Packages(**facts)
    return Reading(HostFacts(packages=packages), {"packages": answer.source()})


def _known(answer: Answer) -> Fact[dict[str, Package]]:
    versions = dict(_versions(answer))
    if not versions:
        return Unknown("neither dpkg-query nor rpm gave an answer")
    found: dict[str, Package] = {}
    for name, candidates in PACKAGES.items():
        version = next((versions[candidate] for candidate in candidates if candidate in versions), None)
        found[name] = Package(installed=version is not None, version=version)
    return found


def _versions(answer: Answer) -> Iterator[tuple[str, str]]:
    """Name and version a line. dpkg ends with a count; rpm is asked for itself too, so that silence is no answer."""
    part = answer.command("dpkg-query -W") or answer.command("rpm -q")
    words = [line.text.split() for line in (part.lines if part else ())]
    ended = any(pair[0] in {"installed", "rpm"} and pair[1] != "0" for pair in words if len(pair) == 2)
    return ((pair[0], pair[1]) for pair in words if ended and len(pair) == 2)


def _ages(answer: Answer) -> Facts:
    times = [(words[0], words[1]) for line in answer.output("stat") if len(words := line.text.split(" ", 1)) == 2]
    refreshed = _newest(times, LISTS)
    age = max(int(datetime.now(UTC).timestamp()) - refreshed, 0) // SECONDS_A_DAY if refreshed is not None else None
    hidden = answer.unreadable("/var/") or Unknown("no package database was found")
    return {
        "lists_refreshed_epoch_seconds": refreshed if times else hidden,
        "lists_age_days": age if times else hidden,
        "last_change_epoch_seconds": _newest(times, DATABASES) if times else hidden,
    }


def _newest(times: list[tuple[str, str]], starts: tuple[str, ...]) -> int | None:
    seconds = (integer(time) for time, path in times if path.startswith(starts))
    return max((second for second in seconds if not isinstance(second, Unknown)), default=None)


def _reboot_required(answer: Answer) -> Fact[bool]:
    """A flag of the package manager, or a kernel in /boot that is newer than the one that runs."""
    if answer.notes("reboot"):
        return True
    running = next(iter(answer.notes("kernel")), "")
    installed = [line.text for line in answer.output("ls /boot") if line.text and "*" not in line.text]
    flavour = running.rpartition("-")[2]
    same = [kernel for kernel in installed if kernel.rpartition("-")[2] == flavour or not flavour.isalpha()]
    if not running or not same:
        return Unknown("no flag asks for a reboot, and installed kernels are not seen in /boot")
    return max(version_order(kernel) for kernel in same) > version_order(running)


def _automatic(answer: Answer, manager: str | None, units: Fact[Units]) -> Fact[bool]:
    if manager == "apt":
        return _apt_automatic(answer, units)
    if isinstance(units, Unknown):
        return units
    if manager in {"dnf", "yum"}:
        enabled = [name for name in TIMERS["dnf"] if units.is_enabled([name])]
        applies = _setting(answer, "/etc/dnf/automatic.conf", "apply_updates") in {"yes", "true", "1"}
        return any(name in INSTALLS_ITSELF or applies for name in enabled)
    if manager == "zypper":
        return units.is_enabled(TIMERS["zypper"]) or bool(answer.notes("job"))
    return Unknown(f"automatic updates are not known of {manager or 'a host without package manager'}")


def _apt_automatic(answer: Answer, units: Fact[Units]) -> Fact[bool]:
    """unattended-upgrades is installed, switched on, and the timer that starts it is enabled."""
    part = answer.command("apt-config")
    if part is None or not part.lines:
        return Unknown("apt-config gave no answer")
    known = _known(answer)
    if isinstance(known, Unknown):
        return known
    if not known["unattended-upgrades"].installed:
        return False
    lines = [line.text.partition(" ") for line in part.lines]
    options = {name: value.strip('";') for name, _, value in lines}
    switched = options.get("APT::Periodic::Unattended-Upgrade", "0") not in {"", "0"}
    if not switched or options.get("APT::Periodic::Enable", "1") == "0":
        return False
    return units if isinstance(units, Unknown) else units.is_enabled(["apt-daily-upgrade.timer"])


def _setting(answer: Answer, path: str, key: str) -> str:
    pairs = (setting.text.partition("=") for setting in answer.settings(path))
    return next((value.strip().lower() for name, _, value in pairs if name.strip() == key), "")


SECTION = ScriptSection(
    name="packages",
    artefact="packages",
    supplies=(
        "packages.manager",
        "packages.known",
        "packages.automatic_updates",
        "packages.reboot_required",
        "packages.unsigned_repositories",
        "packages.lists_refreshed_epoch_seconds",
        "packages.lists_age_days",
        "packages.last_change_epoch_seconds",
    ),
    parse=parse,
    reads=("services",),
    arguments=("rpm", *dict.fromkeys(name for names in PACKAGES.values() for name in names)),
)
