"""AppArmor or SELinux."""

from collections.abc import Mapping
from typing import Literal

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.values import integer, one_of
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_protection import MandatoryAccessControl

System = Literal["apparmor", "selinux"]
Mode = Literal["enforcing", "permissive", "disabled"]

LSM = "/sys/kernel/security/lsm"
ENFORCE = "/sys/fs/selinux/enforce"
APPARMOR = "/sys/module/apparmor/parameters/enabled"
PROFILES = "/sys/kernel/security/apparmor/profiles"


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``mandatory_access_control``."""
    answer = answers["mandatory_access_control"]
    system = _system(answer)
    enforced, complaining = _profiles(answer, system, "(enforce)"), _profiles(answer, system, "(complain)")
    control = MandatoryAccessControl(
        system=system,
        enforcing=_enforcing(answer, system, enforced),
        configured_mode=_configured(answer),
        profiles_enforcing=enforced,
        profiles_complaining=complaining,
    )
    return Reading(HostFacts(mandatory_access_control=control), {"mandatory_access_control": answer.source()})


def _system(answer: Answer) -> Fact[System | None]:
    if (answer.file(ENFORCE) or "").strip() in {"0", "1"}:
        return "selinux"
    if (answer.file(APPARMOR) or "").strip() == "Y":
        return "apparmor"
    modules = answer.file(LSM)
    if modules:
        return "selinux" if "selinux" in modules else "apparmor" if "apparmor" in modules else None
    seen = answer.named("absent", ENFORCE) and (answer.named("absent", APPARMOR) or answer.file(APPARMOR))
    return None if seen else Unknown("the security modules of the kernel are not to be seen in /sys")


def _enforcing(answer: Answer, system: Fact[System | None], enforced: Fact[int]) -> Fact[bool]:
    if isinstance(system, Unknown):
        return system
    if system is None:
        return False
    if system == "apparmor":
        return enforced if isinstance(enforced, Unknown) else enforced > 0
    number = integer(answer.file(ENFORCE), "state of SELinux")
    return number if isinstance(number, Unknown) else number == 1


def _configured(answer: Answer) -> Fact[Mode | None]:
    if refused := answer.unreadable("/etc/selinux/config"):
        return refused
    for setting in answer.settings("/etc/selinux/config"):
        key, _, value = setting.text.partition("=")
        if key.strip() == "SELINUX":
            return one_of(value.strip().lower(), Mode)
    return None if answer.named("absent", "/etc/selinux/config") else Unknown("/etc/selinux/config sets no SELINUX")


def _profiles(answer: Answer, system: Fact[System | None], mode: str) -> Fact[int]:
    if isinstance(system, Unknown):
        return system
    if system != "apparmor":
        return 0
    part = answer.command(f"count {PROFILES}")
    if part is None or part.status != 0:
        return answer.unreadable(PROFILES) or answer.needs_root("profiles of AppArmor")
    counts = {name: number for line in part.lines for name, _, number in [line.text.partition(" ")]}
    return integer(counts.get(mode, "0"))


SECTION = ScriptSection(
    name="mandatory_access_control",
    artefact="security modules",
    supplies=("mandatory_access_control",),
    parse=parse,
)
