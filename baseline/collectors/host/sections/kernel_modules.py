"""Kernel modules: loaded, disabled, blacklisted."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_names import KERNEL_MODULES
from baseline.models.facts.host_system import KernelModule

NO_PROGRAMS = frozenset({"/bin/false", "/bin/true", "/usr/bin/false", "/usr/bin/true", "/sbin/nologin"})
"""What modprobe.d(5) files run instead of loading a module that is not wanted."""


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``kernel_modules``. A module that is built in counts as loaded."""
    answer = answers["kernel_modules"]
    notes = answer.notes("loaded")
    loaded = {_plain(name) for note in notes for name in note.split()}
    loaded |= {_plain(line.text) for line in answer.output("awk /lib/modules")}
    refused = answer.unreadable("/") or _unseen(answer)
    disabled: set[str] = set()
    blacklisted: set[str] = set()
    for setting in answer.settings():
        words = setting.text.split()
        if len(words) >= 2 and words[0] == "blacklist":
            blacklisted.add(_plain(words[1]))
        if len(words) >= 3 and words[0] == "install" and words[2] in NO_PROGRAMS:
            disabled.add(_plain(words[1]))
    unseen = None if notes else Unknown("/sys/module is not there, so loaded modules are not seen")
    modules = {
        name: KernelModule(
            loaded=unseen or name in loaded,
            disabled=refused or name in disabled,
            blacklisted=refused or name in blacklisted,
        )
        for name in KERNEL_MODULES
    }
    return Reading(HostFacts(kernel_modules=modules), {"kernel_modules": answer.source()})


def _unseen(answer: Answer) -> Unknown | None:
    told = answer.files_read() or answer.named("absent")
    return None if told else Unknown("it was not seen whether there is a modprobe.d")


def _plain(name: str) -> str:
    return name.replace("_", "-")


SECTION = ScriptSection(
    name="kernel_modules",
    artefact="modprobe.d",
    supplies=("kernel_modules",),
    parse=parse,
    arguments=tuple(name.replace("-", "_") for name in KERNEL_MODULES),
)
