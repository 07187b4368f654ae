"""The facts of one simulated switch with 48 ports for users, read from its outputs as from a real one."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

from baseline.assess.plan import TargetPlan, make_plan
from baseline.collectors.network.platforms import platform
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.checks.folder import load_checks
from baseline.content.expression.engine import TARGET_FIELDS
from baseline.lab.device import Device
from baseline.lab.spec import DeviceSpec
from baseline.models.artefact import Artefact
from baseline.models.collection import Collection
from baseline.models.target import Target

NOW = 1_767_225_600
TARGET: dict[str, Any] = {**dict.fromkeys(TARGET_FIELDS), "name": "zwolle-sw-01", "groups": [], "tags": []}


def collected() -> Collection:
    """What a collector brings back from it."""
    switch = Device(DeviceSpec(name=TARGET["name"], lines=1100), seed=1)
    moment = switch.moment(own_line=1, privilege=15)
    ios = platform("cisco_ios")
    outputs = {}
    for command in ios.commands:
        with suppress(KeyError):  # the switch does not know this one
            outputs[command.text] = switch.answer(command.text, (), moment).text
    parsed = ios.parse(outputs)
    artefacts = tuple(Artefact(name=name, content=ios.redact(name, text).encode()) for name, text in outputs.items())
    at = datetime.fromtimestamp(NOW, UTC)
    return Collection(facts=parsed.facts, artefacts=artefacts, sources=parsed.sources, collected_at=at)


def facts() -> dict[str, Any]:
    """The facts document."""
    document: dict[str, Any] = msgspec.to_builtins(collected().facts)
    return document


def planned() -> TargetPlan:
    """The switch with every shipped network check."""
    target = Target(name=TARGET["name"], kind="network", platform="cisco_ios")
    return make_plan([target], {check.check.id: check for check in network_checks()}).targets[0]


def network_checks() -> list[CompiledCheck]:
    """Every shipped check for network devices."""
    return [check for check in load_checks().values() if check.check.applies_to.kind == "network"]
