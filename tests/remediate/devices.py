"""Simulated devices that take configuration lines, without a network between, and what the shipped checks say of them."""

import functools
import importlib.util
from collections.abc import Iterable

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.collectors.network.platforms import platform as platform_named
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.expression.engine import TARGET_FIELDS
from baseline.lab.devices import new_device, open_shell
from baseline.lab.moment import Login
from baseline.lab.spec import DeviceSpec
from baseline.models.result import Status
from baseline.models.target import Target
from baseline.remediate.execution import NETWORK
from baseline.remediate.lines import lines_to_send
from tests.platforms.hardened import OUTSIDE
from tests.platforms.verdicts import NOW, ORDER
from tests.shipped import shipped_checks_of

PLUGINS = NETWORK.parent / "collections/ansible_collections/baseline/network/plugins"
INVENTORY = {
    "administrators_group": "BEHEERDERS",
    "as_number": 65010,
    "log_collector_1": "10.0.0.31",
    "log_collector_2": "10.0.0.32",
    "management_access_list": "BEHEER",
    "management_interface": "Vlan99",
    "maximum_prefixes": 1000,
    "parking_vlan": 998,
}
"""What an inventory says of a target for which every line can be sent."""


def sections():
    """The part of the Ansible plugins that knows sections; it needs no Ansible."""
    spec = importlib.util.spec_from_file_location("sections", PLUGINS / "plugin_utils/sections.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def network_checks() -> tuple[CompiledCheck, ...]:
    """The shipped checks of network devices, read once."""
    return tuple(shipped_checks_of("network").values())


def checks_of(name: str) -> dict[str, CompiledCheck]:
    """Those that apply to a platform, by their name without its prefix."""
    return {
        one.check.id.removeprefix("network-"): one
        for one in network_checks()
        if not one.check.applies_to.platforms or name in one.check.applies_to.platforms
    }


class Typed:
    """A device whose configuration is typed at its prompt."""

    def __init__(self, platform: str, **spec: object) -> None:
        spec = {"name": "sw-1", "lines": 450, "platform": platform, "accepts_changes": True} | spec
        self.device = new_device(DeviceSpec(**spec), seed=1)
        self.target = Target(name="sw-1", kind="network", platform=platform, remediate=INVENTORY)
        self.platform, self.checks = platform_named(platform), checks_of(platform)
        self.judged_as = dict.fromkeys(TARGET_FIELDS) | {"groups": [], "platform": platform} | OUTSIDE

    def type(self, lines: Iterable[str]) -> None:
        """Type lines in configuration mode."""
        shell = open_shell(self.device, Login(0, "auditor", "127.0.0.1"), height=0, enable_password=None)
        for line in ("configure terminal", *lines, "end"):
            said = shell.receive(line.encode() + b"\r").decode()
            assert "%" not in said, said

    def outputs(self) -> dict[str, str]:
        """What it answers to every command that the collector asks."""
        shell = open_shell(self.device, Login(0, "auditor", "127.0.0.1"), height=0, enable_password=None)
        return {
            command.text: shell.run(command.text).decode().replace("\r\n", "\n") for command in self.platform.commands
        }

    def judged(self, name: str) -> tuple[Status, list[str]]:
        """The worst status of a check and the subjects that fail."""
        compiled = self.checks[name]
        facts = Judged(msgspec.to_builtins(self.platform.parse(self.outputs()).facts), self.judged_as, NOW)
        verdicts = judge(compiled, facts, dict(compiled.check.params))
        worst = next(status for status in ORDER if status in {each.status for each in verdicts})
        return worst, [each.subject for each in verdicts if each.status is Status.FAIL]

    def repair(self, name: str) -> list[str]:
        """Type what would be sent for a check, as the Ansible plugin types it; the lines that were missing."""
        check = self.checks[name].check
        wanted = "\n".join(lines_to_send(check, self.target, check.params, self.judged(name)[1]))
        missing = sections().missing(wanted, self.device.configuration)
        self.type(sections().typed(missing))
        return missing
