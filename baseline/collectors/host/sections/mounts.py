"""Mounted file systems and /etc/fstab."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer, Setting
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import Mount

PASSING = (
    "/proc/",
    "/sys/fs/cgroup",
    "/run/user/",
    "/run/docker/",
    "/run/containerd/",
    "/run/netns",
    "/run/credentials",
    "/var/lib/docker/",
    "/var/lib/containers/",
    "/var/lib/containerd/",
    "/var/lib/kubelet/",
    "/snap/",
)
"""Mounts of containers, sessions and packages, which come and go by themselves."""

ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": " ", "\\134": "\\", "\\043": "#"}
MOST_MOUNTS = 500


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``mounts``, in the order of the kernel, with what /etc/fstab says of each."""
    answer = answers["mounts"]
    mounted = _rows(answer, "/proc/self/mounts")
    if not mounted:
        return Reading(HostFacts(mounts=Unknown("/proc/self/mounts could not be read")))
    if len(mounted) > MOST_MOUNTS:
        return Reading(HostFacts(mounts=Unknown(f"there are {len(mounted)} mounts, more than {MOST_MOUNTS}")))
    configured = _rows(answer, "/etc/fstab")
    unreadable = answer.unreadable("/etc/fstab")
    mounts = [
        Mount(
            name=name,
            source=fields[0],
            type=fields[2],
            options=fields[3].split(","),
            configured=unreadable or name in configured,
            configured_options=unreadable or _configured(configured, name),
        )
        for name, (_, fields) in mounted.items()
    ]
    sources = {f"mounts.{name}": answer.source(row.number) for name, (row, _) in mounted.items()}
    return Reading(HostFacts(mounts=mounts), {"mounts": answer.source(), **sources})


def _configured(rows: dict[str, tuple[Setting, list[str]]], name: str) -> Fact[list[str]]:
    return rows[name][1][3].split(",") if name in rows else []


def _rows(answer: Answer, path: str) -> dict[str, tuple[Setting, list[str]]]:
    """Mount point to the fields of fstab(5); of mounts over each other the last counts."""
    rows: dict[str, tuple[Setting, list[str]]] = {}
    for setting in answer.settings(path):
        fields = [_plain(field) for field in setting.text.split()]
        if len(fields) >= 4 and fields[1].startswith("/") and not fields[1].startswith(PASSING):
            rows[fields[1]] = (setting, fields)
    return rows


def _plain(field: str) -> str:
    if "\\" in field:
        for escape, character in ESCAPES.items():
            field = field.replace(escape, character)
    return field


SECTION = ScriptSection(name="mounts", artefact="mounts", supplies=("mounts",), parse=parse)
