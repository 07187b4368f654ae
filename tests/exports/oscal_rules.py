"""What OSCAL demands and NIST's JSON schemas do not check: tokens, and references that lead somewhere."""

from collections.abc import Iterator
from typing import Any

METHODS = {"EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"}
OBSERVATION_TYPES = {"ssp-statement-issue", "control-objective", "mitigation", "finding", "discovery", "historic"}
RISK_STATES = {
    "open",
    "investigating",
    "remediating",
    "deviation-requested",
    "deviation-approved",
    "closed",
}
RELATIONSHIPS = {"equivalent-to", "equal-to", "subset-of", "superset-of", "intersects-with"}
LIFECYCLES = {"recommendation", "planned", "completed"}
OWN = "urn:baseline:oscal"
PROPERTY_NAMES = {"asset-id", "version", "label", "status", "method"}
"""OSCAL's own names of properties that we use; any other must be in our namespace."""


def walk(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every key with its value, at any depth; items of a list have the list's key."""
    yield key, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, key)


def problems(document: dict[str, Any], controls: set[str], objectives: set[str]) -> list[str]:
    """Everything that is wrong; ``controls`` and ``objectives`` are the ids that the catalogues hold."""
    pairs = list(walk(document))
    defined = [value["uuid"] for _, value in pairs if isinstance(value, dict) and "uuid" in value]
    found = [f"uuid {each} is given twice" for each in {each for each in defined if defined.count(each) > 1}]
    known = set(defined) | controls
    for key, value in pairs:
        if isinstance(value, str):
            found += _of_text(key, value, known, controls, objectives)
        elif isinstance(value, dict):
            found += _of_object(key, value)
        elif value in ({}, [], None):
            found.append(f"{key} is empty")
    return found


def _of_text(key: str, value: str, known: set[str], controls: set[str], objectives: set[str]) -> Iterator[str]:
    if key.endswith("-uuid") and value not in known:
        yield f"{key} {value} leads nowhere"
    if key == "href" and value.startswith("#") and value[1:] not in known:
        yield f"href {value} leads nowhere"
    if key in ("control-id", "id-ref", "with-ids") and value not in controls:
        yield f"{key} {value} is in no catalogue"
    if key in ("objective-id", "target-id") and value not in objectives:
        yield f"{key} {value} is in no catalogue"
    words = {"methods": METHODS, "types": OBSERVATION_TYPES, "relationship": RELATIONSHIPS, "lifecycle": LIFECYCLES}
    if key in words and value not in words[key]:
        yield f"{key} may not be {value}"


def _of_object(key: str, value: dict[str, Any]) -> Iterator[str]:
    if key == "risks" and value["status"] not in RISK_STATES:
        yield f"a risk may not be {value['status']}"
    if key == "props" and value.get("ns") != OWN and value["name"] not in PROPERTY_NAMES:
        yield f"property {value['name']} is not OSCAL's"
