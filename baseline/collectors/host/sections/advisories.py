"""Security advisories of RPM sources, held against what is installed."""

from collections.abc import Iterable

from baseline.collectors.host.answer import Line
from baseline.collectors.host.sections.rpm_version import rpm_version_order
from baseline.models.facts.fact import Fact, Unknown


def outdated(lines: Iterable[Line]) -> Fact[int]:
    """How many installed packages an advisory offers a newer version of.

    Of a package that is installed in several versions (a kernel) the newest counts. A package of a module counts only
    for advisories of its own stream, which its first number tells.
    """
    installed: dict[str, list[str]] = {}
    offered: dict[str, set[str]] = {}
    compared = False
    for line in lines:
        words = line.text.split()
        if len(words) == 3 and words[0] == "installed":
            installed.setdefault(words[1], []).append(words[2])
        elif len(words) == 3 and words[0] == "security":
            offered.setdefault(words[1], set()).add(words[2])
        elif len(words) == 4 and words[0] == "compared":
            compared = words[1] != "0" and words[3] == "0"
    if not compared:
        return Unknown("the advisories on the host could not be compared: none, or packed in a way it cannot unpack")
    return sum(_is_outdated(installed.get(name, []), versions) for name, versions in offered.items())


def _is_outdated(installed: list[str], offered: set[str]) -> bool:
    if not installed:
        return False
    newest = max(installed, key=rpm_version_order)
    return any(
        rpm_version_order(version) > rpm_version_order(newest) for version in offered if _same_stream(newest, version)
    )


def _same_stream(installed: str, offered: str) -> bool:
    if ".module" not in installed and ".module" not in offered:
        return True
    return (".module" in installed) == (".module" in offered) and _stream(installed) == _stream(offered)


def _stream(version: str) -> str:
    return version.partition(":")[2].partition(".")[0]
