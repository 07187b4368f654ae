"""What every OSCAL document holds: metadata, the tool that wrote it, and the targets."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from baseline.exporters.interface import Material
from baseline.exporters.oscal.words import identifier, markup, moment, own_property, word
from baseline.models.result import Result, Severity
from baseline.models.target import Target
from baseline.store.records import PopulationEntry

VERSIONS = ("1.2.1", "1.1.2")
"""The OSCAL releases that can be named; the first is the usual one."""


def metadata(material: Material, title: str, oscal_version: str) -> dict[str, Any]:
    """The head of a document; ``last-modified`` is when the results stood so."""
    return {
        "title": markup(title),
        "last-modified": moment(material.moment),
        "version": moment(material.moment),
        "oscal-version": oscal_version,
        "props": [own_property("tool-version", material.tool_version)],
    }


def scope(material: Material) -> tuple[object, ...]:
    """What tells this export from others: the run or moment, and the norm."""
    return (material.run or "", moment(material.moment), material.norm or "")


def tool(material: Material) -> dict[str, Any]:
    """This program as a component."""
    return {
        "uuid": tool_identifier(material),
        "type": "software",
        "title": "baseline",
        "description": "Reads settings of targets, read-only, and judges them with declarative checks.",
        "props": [{"name": "version", "value": word(material.tool_version)}],
        "status": {"state": "operational"},
    }


def tool_identifier(material: Material) -> str:
    """The UUID of this version of the program."""
    return _tool(material.tool_version)


@lru_cache(16)
def _tool(version: str) -> str:
    return identifier("component", "baseline", version)


def origins(material: Material) -> list[dict[str, Any]]:
    """That this program says so."""
    return [{"actors": [{"type": "tool", "actor-uuid": tool_identifier(material)}]}]


def assessment_assets(material: Material) -> dict[str, Any]:
    """The program, and the platform that it is."""
    component = tool(material)
    platform = {
        "uuid": identifier("platform", "baseline", material.tool_version),
        "title": "baseline",
        "uses-components": [{"component-uuid": component["uuid"]}],
    }
    return {"components": [component], "assessment-platforms": [platform]}


def inventory_items(material: Material, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """These targets, and all others of the run's population, in order."""
    population = {entry.target: entry for entry in material.population}
    for name in sorted({*names, *population}):
        yield _item(name, material.targets.get(name), population.get(name))


@lru_cache(4096)
def target_identifier(target: str) -> str:
    """The UUID of a target, by its name in the inventory."""
    return identifier("target", target)


def _item(name: str, target: Target | None, entry: PopulationEntry | None) -> dict[str, Any]:
    props = [{"name": "asset-id", "value": word(name)}]
    if target is not None:
        told = (("kind", target.kind), ("platform", target.platform), ("site", target.site), ("zone", target.zone))
        props += [own_property(key, value) for key, value in told if value]
    item: dict[str, Any] = {"uuid": target_identifier(name), "description": markup(name), "props": props}
    if entry is not None:
        props.append(own_property("outcome", entry.outcome))
        item |= {"remarks": markup(entry.reason)} if entry.reason else {}
    return item


def subject(result: Result) -> dict[str, Any]:
    """The target that a result is about, and the part of it."""
    props = [own_property("subject", result.subject)] if result.subject else []
    told: dict[str, Any] = {"subject-uuid": target_identifier(result.target), "type": "inventory-item"}
    return told | {"title": markup(result.target)} | ({"props": props} if props else {})


def severity_facet(severity: Severity) -> dict[str, str]:
    """The severity as a facet of a risk."""
    return {"name": "severity", "system": "urn:baseline:oscal", "value": str(severity)}
