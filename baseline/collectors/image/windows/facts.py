"""Puts the facts of a Windows image together."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from baseline.collectors.image.reader.file_tree import FileTree, ImageError, Wanted
from baseline.collectors.image.windows.accounts import read_accounts
from baseline.collectors.image.windows.audit_policy import read_audit_policy
from baseline.collectors.image.windows.firewall_rules import read_firewall_rules
from baseline.collectors.image.windows.leftovers import (
    ANSWER_FILES,
    DEPLOYMENT_FILES,
    KEY_FOLDERS,
    KEY_SUFFIXES,
    read_leftovers,
)
from baseline.collectors.image.windows.leftovers import FOLDERS as LEFTOVER_FOLDERS
from baseline.collectors.image.windows.reading import Evidence, unknown
from baseline.collectors.image.windows.registry import CONFIGURATION, HIVES, POLICY_FILE, Registry
from baseline.collectors.image.windows.services import read_services
from baseline.collectors.image.windows.settings import Found, all_settings, read_setting
from baseline.collectors.image.windows.software import read_software
from baseline.collectors.image.windows.system import read_system
from baseline.collectors.image.windows.tasks import TASKS, read_tasks
from baseline.models.facts.fact import NOT_COLLECTED, Section, Unknown
from baseline.models.facts.workplace import WorkplaceFacts
from baseline.models.facts.workplace_system import WorkplacePasswordPolicy

SETTINGS = "settings"
NOT_SHOWN = Unknown("an image does not show it: check a machine that was made from it")

Answer = TypeVar("Answer")
Model = TypeVar("Model", bound=Section)

WANTED = Wanted(
    (
        *(f"{CONFIGURATION}/{hive}" for hive in HIVES),
        POLICY_FILE,
        f"{TASKS}/*",
        *ANSWER_FILES,
        *DEPLOYMENT_FILES,
        *(f"{folder}/*" for folder, _, _ in LEFTOVER_FOLDERS),
        *(f"{folder}/*{suffix}".lstrip("/") for folder in KEY_FOLDERS for suffix in KEY_SUFFIXES),
    )
)
"""The files that facts are read from: what has to be taken out of an archive."""


def read_windows(tree: FileTree) -> tuple[WorkplaceFacts, Evidence]:
    """Facts of the Windows in a tree of files, and what they stand on."""
    registry, evidence = Registry(tree), Evidence(lines={}, sources={})
    system = read_system(registry)
    for name, value in msgspec.to_builtins(system).items():
        evidence.add("system", f"{name} = {_shown(value)}", f"system.{name}")
    settings = _read_settings(registry, evidence)
    lists = {
        "audit_policy": _or_unknown(lambda: read_audit_policy(registry)),
        "services": _or_unknown(lambda: read_services(registry)),
        "software": _or_unknown(lambda: read_software(registry)),
        "scheduled_tasks": _or_unknown(lambda: read_tasks(tree)),
        "firewall_rules": _or_unknown(lambda: read_firewall_rules(registry)),
        "leftovers": _or_unknown(lambda: read_leftovers(tree, registry)),
    }
    given: dict[str, Any] = {**settings, **lists, **_accounts(registry, evidence), "system": system}
    for path, value in given.items():
        if isinstance(value, list) and path != "foreign_administrators":
            evidence.add_items(path, value)
    return _completed(WorkplaceFacts(**given)), evidence


def _completed(section: Model) -> Model:
    """The same, with the reason for every fact that no file of an image shows."""
    values = {name: getattr(section, name) for name in section.__struct_fields__ if name != "image"}
    changed = {
        name: _completed(value) if isinstance(value, Section) else NOT_SHOWN
        for name, value in values.items()
        if value is NOT_COLLECTED or isinstance(value, Section)
    }
    return msgspec.structs.replace(section, **changed)


def _accounts(registry: Registry, evidence: Evidence) -> dict[str, Any]:
    read = _or_unknown(lambda: read_accounts(registry))
    if isinstance(read, Unknown):
        policy = WorkplacePasswordPolicy(**dict.fromkeys(WorkplacePasswordPolicy.__struct_fields__, read))
        return {"accounts": read, "foreign_administrators": read, "password_policy": policy}
    for name, value in msgspec.to_builtins(read.policy).items():
        evidence.add("password policy", f"{name} = {_shown(value)}", f"password_policy.{name}")
    for sid in read.foreign_administrators:
        evidence.add("foreign administrators", sid, f"foreign_administrators.{sid}")
    return {
        "accounts": read.accounts,
        "foreign_administrators": read.foreign_administrators,
        "password_policy": read.policy,
    }


def _or_unknown(read: Callable[[], Answer]) -> Answer | Unknown:
    try:
        return read()
    except ImageError as error:
        return unknown(error)


def _read_settings(registry: Registry, evidence: Evidence) -> dict[str, Section]:
    """The sections of settings by name."""
    values: dict[str, Any] = {}
    for path, setting in all_settings().items():
        found = read_setting(registry, setting)
        evidence.add(SETTINGS, _line(path, found), path)
        _put(values, path.split("."), found.value)
    models = {name: WorkplaceFacts.__struct_fields__.index(name) for name in values}
    return {
        name: _filled(type(WorkplaceFacts.__struct_defaults__[index]), values[name]) for name, index in models.items()
    }


def _put(values: dict[str, Any], parts: list[str], value: Any) -> None:
    for part in parts[:-1]:
        values = values.setdefault(part, {})
    values[parts[-1]] = value


def _filled(model: type[Model], values: dict[str, Any]) -> Model:
    """A section with these values; sections within it are filled too."""
    defaults = dict(zip(model.__struct_fields__, model.__struct_defaults__, strict=True))
    given = {
        name: _filled(type(defaults[name]), value) if isinstance(value, dict) else value
        for name, value in values.items()
    }
    return model(**given)


def _line(path: str, found: Found) -> str:
    value = found.value
    return f"{path} = {'unknown: ' + value.reason if isinstance(value, Unknown) else _shown(value)}  ({found.origin})"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return f"unknown: {value.get('$unknown')}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not certain" if value is None else str(value)
