"""Distribution, kernel, virtualisation."""

import shlex
from collections.abc import Mapping
from datetime import UTC, date, datetime

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.support import end_of_support
from baseline.collectors.host.values import integer, unreadable
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import System

CONTAINERS = frozenset(
    {
        "docker",
        "podman",
        "lxc",
        "lxc-libvirt",
        "systemd-nspawn",
        "openvz",
        "rkt",
        "wsl",
        "proot",
        "pouch",
        "container-other",
    }
)
"""What systemd-detect-virt(1) calls a container."""

SECONDS_A_DAY = 86_400


def parse(answers: Mapping[str, Answer]) -> Reading:
    """Facts of ``system``, ``privileged`` excepted."""
    answer = answers["system"]
    release = _os_release(answer)
    hostname, kernel, architecture = _uname(answer)
    booted = integer(next((line.text for line in answer.output("awk btime")), None), "a start time")
    virtualisation = _virtualisation(answer)
    now = datetime.now(UTC)
    ends = _end_of_support(release)
    init = answer.file("/proc/1/comm")
    system = System(
        hostname=hostname,
        distribution=_field(release, "ID"),
        distribution_version=release if isinstance(release, Unknown) else release.get("VERSION_ID"),
        distribution_like=release if isinstance(release, Unknown) else release.get("ID_LIKE", "").split(),
        distribution_title=_field(release, "PRETTY_NAME"),
        end_of_support=ends if isinstance(ends, Unknown) else ends.isoformat(),
        support_days_left=ends if isinstance(ends, Unknown) else (ends - now.date()).days,
        kernel=kernel,
        architecture=architecture,
        virtualisation=virtualisation,
        container=virtualisation if isinstance(virtualisation, Unknown) else virtualisation in CONTAINERS,
        init=init or unreadable(None, "name of process 1"),
        booted_epoch_seconds=booted,
        uptime_days=booted if isinstance(booted, Unknown) else max(int(now.timestamp()) - booted, 0) // SECONDS_A_DAY,
    )
    return Reading(HostFacts(system=system), {"system": answer.source()})


def _os_release(answer: Answer) -> Fact[dict[str, str]]:
    text = answer.file("/etc/os-release") or answer.file("/usr/lib/os-release")
    if not text:
        return Unknown("there is no os-release file, or it may not be read")
    pairs = (line.partition("=") for line in text.split("\n") if "=" in line and not line.startswith("#"))
    return {key.strip(): _unquoted(value) for key, _, value in pairs}


def _unquoted(value: str) -> str:
    try:
        return " ".join(shlex.split(value))
    except ValueError:
        return value.strip()


def _field(release: Fact[dict[str, str]], key: str) -> Fact[str]:
    if isinstance(release, Unknown):
        return release
    return release.get(key) or Unknown(f"os-release holds no {key}")


def _uname(answer: Answer) -> tuple[Fact[str], Fact[str], Fact[str]]:
    words = next((line.text.split() for line in answer.output("uname")), [])
    if len(words) != 4:
        unknown = unreadable(None, "line of uname -srmn")
        return unknown, unknown, unknown
    return words[1], words[2], words[3]


def _virtualisation(answer: Answer) -> Fact[str | None]:
    if answer.missing("systemd-detect-virt"):
        return Unknown("systemd-detect-virt is not installed")
    word = next((line.text.strip() for line in answer.printed("systemd-detect-virt")), "")
    if not word or " " in word:
        return unreadable(word or None, "kind of virtualisation")
    return None if word == "none" else word


def _end_of_support(release: Fact[dict[str, str]]) -> Fact[date]:
    """The vendor's own SUPPORT_END where there is one (os-release(5)), else what is known of the release."""
    if isinstance(release, Unknown):
        return release
    name, version = release.get("ID", ""), release.get("VERSION_ID", "")
    return (
        _date(release.get("SUPPORT_END", ""))
        or end_of_support(name, version)
        or Unknown(f"no end of support is known for {name or 'this distribution'} {version}".rstrip())
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


SECTION = ScriptSection(
    name="system",
    artefact="system",
    supplies=tuple(f"system.{name}" for name in System.__struct_fields__ if name != "privileged"),
    parse=parse,
)
