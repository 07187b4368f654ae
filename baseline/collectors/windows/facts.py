"""Puts the facts of a Windows that runs together."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.windows.firewall_rules import read_firewall_rules
from baseline.collectors.image.windows.reading import Evidence, unknown
from baseline.collectors.image.windows.services import read_services
from baseline.collectors.image.windows.settings import Found, all_settings, read_setting
from baseline.collectors.image.windows.software import read_software
from baseline.collectors.image.windows.system import read_system
from baseline.collectors.windows.accounts import read_accounts, read_policy
from baseline.collectors.windows.answer import Answer
from baseline.collectors.windows.effective import (
    Values,
    antimalware,
    effective_defender,
    effective_firewall,
    effective_smb,
)
from baseline.collectors.windows.registry import LiveRegistry
from baseline.collectors.windows.running import (
    read_drives,
    read_hotfixes,
    read_leftovers,
    read_listeners,
    read_running,
    read_tasks,
)
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace import WorkplaceFacts
from baseline.models.facts.workplace_running import WorkplaceRunning
from baseline.models.facts.workplace_system import WorkplaceImage, WorkplaceService

WORKSTATIONS_ONLY = (
    "updates.automatic",
    "network.remote_calls_need_login",
    "installation.store_consumer_apps",
)
"""Settings that a server treats otherwise than Windows 10 and 11 where they are set nowhere."""
NO_IMAGE = Unknown("a machine that runs was asked, not an image")

Read = TypeVar("Read")


def read_facts(answer: Answer, now: datetime) -> tuple[WorkplaceFacts, Evidence]:
    """Facts of a Windows that answered at ``now``, and the lines they stand on. Never raises on any answer."""
    registry, evidence = LiveRegistry(answer), Evidence(lines={}, sources={})
    running = read_running(answer, now)
    sections = {
        "system": read_system(registry),
        "running": running,
        "antimalware": antimalware(answer),
        "password_policy": read_policy(answer),
    }
    for path, section in sections.items():
        for name, value in msgspec.to_builtins(section).items():
            evidence.add(path.replace("_", " "), f"{name} = {_shown(value)}", f"{path}.{name}")
    lists = {**_lists(answer, registry), **read_accounts(answer)}
    for path, value in lists.items():
        _write(evidence, path, value)
    document = {**_settings(answer, registry, evidence, running), **sections}
    image = WorkplaceImage(**dict.fromkeys(WorkplaceImage.__struct_fields__, NO_IMAGE))
    facts = msgspec.convert(msgspec.to_builtins(document), WorkplaceFacts)
    return msgspec.structs.replace(facts, image=image, **lists), evidence


def _lists(answer: Answer, registry: LiveRegistry) -> dict[str, Any]:
    return {
        "services": _or_unknown(lambda: _services(registry)),
        "software": _or_unknown(lambda: read_software(registry)),
        "firewall_rules": _or_unknown(lambda: read_firewall_rules(registry)),
        "scheduled_tasks": read_tasks(answer),
        "leftovers": read_leftovers(answer),
        "drives": read_drives(answer),
        "listeners": read_listeners(answer),
        "hotfixes": read_hotfixes(answer),
    }


def _services(registry: LiveRegistry) -> list[WorkplaceService]:
    found = read_services(registry)
    if not found:
        raise ImageError("Windows named no service: that cannot be")
    closed = [_closed_service(name, why) for name, why in registry.closed_services().items()]
    return sorted([*found, *closed], key=lambda service: str(service.name))


def _closed_service(name: str, why: str) -> WorkplaceService:
    fields = [field for field in WorkplaceService.__struct_fields__ if field != "name"]
    return WorkplaceService(name=name, **dict.fromkeys(fields, Unknown(f"its key cannot be read: {why[:80]}")))


def _settings(
    answer: Answer, registry: LiveRegistry, evidence: Evidence, running: WorkplaceRunning
) -> dict[str, dict[str, Any]]:
    """The settings by section, each on a line of the artefact ``settings``."""
    known = all_settings()
    in_force: Values = {
        **effective_firewall(answer),
        **effective_defender(answer, known),
        **effective_smb(answer),
    }
    document: dict[str, Any] = {}
    for path, setting in known.items():
        found = read_setting(registry, setting)
        if path in in_force:
            found = Found(in_force[path], "as Windows tells it")
        elif path in WORKSTATIONS_ONLY and found.origin == "set nowhere" and running.role != "workstation":
            found = Found(Unknown("it is set nowhere, and what a server then does is not known"), found.origin)
        evidence.add("settings", f"{path} = {_shown(found.value)}  ({found.origin})", path)
        _put(document, path.split("."), found.value)
    return document


def _put(document: dict[str, Any], parts: list[str], value: Any) -> None:
    for part in parts[:-1]:
        document = document.setdefault(part, {})
    document[parts[-1]] = value


def _write(evidence: Evidence, path: str, value: Any) -> None:
    artefact = path.replace("_", " ")
    if isinstance(value, Unknown):
        evidence.add(artefact, f"unknown: {value.reason}", path)
    elif path == "foreign_administrators":
        evidence.lines.setdefault(artefact, [])
        for sid in value:
            evidence.add(artefact, sid, f"{path}.{sid}")
    else:
        evidence.add_items(path, value)


def _or_unknown(read: Callable[[], Read]) -> Read | Unknown:
    try:
        return read()
    except ImageError as error:
        return unknown(error)


def _shown(value: object) -> str:
    if isinstance(value, Unknown):
        return f"unknown: {value.reason}"
    if isinstance(value, dict):
        return f"unknown: {value.get('$unknown')}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not certain" if value is None else str(value)
