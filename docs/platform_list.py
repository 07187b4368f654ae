"""Writes the list at the end of platforms.md from the program: ``python docs/platform_list.py``."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from baseline.collectors.network.platforms import PLATFORM_NAMES, Platform, platform
from baseline.lab.device import Device
from baseline.lab.platforms import RECORDED_PLATFORMS
from baseline.lab.recorded import RecordedDevice
from baseline.lab.spec import DeviceSpec
from baseline.models.facts.fact import NOT_COLLECTED

DOCUMENT = Path(__file__).with_name("platforms.md")
FRR = Path(__file__).resolve().parents[1] / "tests" / "network_facts" / "recordings" / "frr"
MARK = "<!-- made by docs/platform_list.py -->\n"


def listing() -> str:
    """A part for each platform: its commands, and what it does not tell."""
    return "".join(_part(platform(name)) for name in PLATFORM_NAMES)


def _part(described: Platform) -> str:
    commands = ", ".join(f"`{command.text}`" for command in described.commands)
    head = f"\n### {described.title} (`{described.name}`)\nAsked: {commands}.\n"
    outputs = _answers(described)
    reasons: dict[str, list[str]] = {}
    for path, reason in _unknown(msgspec.to_builtins(described.parse(outputs).facts)):
        paths = reasons.setdefault(reason, [])
        if path not in paths:
            paths.append(path)
    return head + "\nNot told:\n\n" + "".join(_line(reason, paths) for reason, paths in sorted(reasons.items()))


def _line(reason: str, paths: list[str]) -> str:
    shown = "no command that is asked supplies it" if reason == NOT_COLLECTED.reason else reason
    return f"- {', '.join(f'`{path}`' for path in paths)}: {shown}\n"


def _answers(described: Platform) -> dict[str, str]:
    if described.name in RECORDED_PLATFORMS:
        device = RecordedDevice(DeviceSpec(name="x", platform=described.name))
        return {command: device.answer(command).text for command in device.description.answers}
    if described.name == "frr":
        return {
            "show running-config": (FRR / "running.txt").read_text("utf-8"),
            "show version": (FRR / "version.txt").read_text("utf-8"),
        }
    switch = Device(DeviceSpec(name="x"), seed=1)
    outputs: dict[str, str] = {}
    for command in described.commands:
        with suppress(KeyError):  # the switch refuses this one
            outputs[command.text] = switch.answer(command.text, (), switch.moment(1, 15)).text
    return outputs


def _unknown(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if "$unknown" in value:
            yield path, value["$unknown"]
            return
        for name, inner in value.items():
            yield from _unknown(inner, f"{path}.{name}".strip("."))
    elif isinstance(value, list):
        for item in value:
            yield from _unknown(item, f"{path}[]")


def renewed(document: str) -> str:
    """The document with the list of today."""
    return document.partition(MARK)[0] + MARK + listing()


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text("utf-8")), "utf-8")
