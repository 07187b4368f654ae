"""Boot loader and firmware."""

from collections.abc import Mapping

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.values import unreadable
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_system import Boot


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``boot``."""
    answer = answers["boot"]
    arguments = next((setting.text.split() for setting in answer.settings("/proc/cmdline")), None)
    firmware = next(iter(answer.notes("firmware")), None)
    uefi: Fact[bool] = firmware == "uefi" if firmware else unreadable(None, "kind of firmware")
    boot = Boot(
        loader=_loader(answer),
        password=_password(answer),
        uefi=uefi,
        secure_boot=_secure_boot(answer, uefi),
        kernel_arguments=arguments if arguments is not None else Unknown("/proc/cmdline could not be read"),
    )
    return Reading(HostFacts(boot=boot), {"boot": answer.source()})


def _loader(answer: Answer) -> Fact[str | None]:
    paths = answer.notes("loader") + answer.notes("password") + answer.named("denied", "/boot/")
    if any("grub" in path or "GRUB" in path for path in paths):
        return "grub2"
    if any("loader.conf" in path for path in paths):
        return "systemd-boot"
    if refused := answer.unreadable("/boot"):
        return refused
    return None if answer.notes("firmware") else unreadable(None, "boot loader")


def _password(answer: Answer) -> Fact[bool]:
    """GRUB asks one when its configuration names superusers and holds the hash of a password (GRUB manual, security).

    Red Hat's grub.cfg reads the hash from user.cfg, and holds ``password_pbkdf2`` for it whether that file is there or not.
    """
    if answer.notes("password"):
        return True
    if refused := answer.unreadable("/boot"):
        return refused
    return False if answer.notes("loader") else Unknown("no boot loader was found")


def _secure_boot(answer: Answer, uefi: Fact[bool]) -> Fact[bool]:
    """The variable holds four bytes of attributes, then 1 or 0 (UEFI specification, global variables)."""
    if uefi is not True:
        return uefi
    numbers = next((line.text.split() for line in answer.output("od SecureBoot") if line.text.strip()), [])
    if len(numbers) == 5 and numbers[4] in {"0", "1"}:
        return numbers[4] == "1"
    return Unknown("the UEFI variable SecureBoot could not be read")


SECTION = ScriptSection(name="boot", artefact="boot", supplies=("boot",), parse=parse)
