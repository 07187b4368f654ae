"""Results as OSCAL observations: one each, with what was expected and seen, and where that stands."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from baseline.exporters.interface import Material
from baseline.exporters.oscal.document import origins, scope, subject
from baseline.exporters.oscal.words import identifier, markup, moment, named_by_digest, own_property, word
from baseline.models.result import Result, Status

METHOD = "TEST"
"""How a machine looks: it exercises the target to compare what it does with what is expected (NIST SP 800-53A)."""


def observation_identifier(material: Material, result: Result) -> str:
    """The UUID of one result in this export."""
    return identifier("observation", *scope(material), result.target, result.check, result.subject)


def observation(material: Material, result: Result) -> dict[str, Any]:
    """One result."""
    told = {
        "uuid": observation_identifier(material, result),
        "title": markup(material.title(result.check)),
        "description": markup(_description(result)),
        "props": list(_properties(result)),
        "methods": [METHOD],
        "types": ["finding" if result.status in (Status.FAIL, Status.WAIVED) else "control-objective"],
        "origins": origins(material),
        "subjects": [subject(result)],
        "collected": moment(result.measured_at),
    }
    evidence = list(_evidence(result))
    return told | {"relevant-evidence": evidence} if evidence else told


def resources(digests: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The artefacts that observations point at, named by their content. ``digests`` maps SHA-256 to a name."""
    for digest, name in sorted(digests.items()):
        yield {
            "uuid": resource_identifier(digest),
            "title": markup(name),
            "rlinks": [{"href": named_by_digest(digest), "hashes": [{"algorithm": "SHA-256", "value": digest}]}],
        }


@lru_cache(4096)
def resource_identifier(digest: str) -> str:
    """The UUID of an artefact."""
    return identifier("artefact", digest)


def _description(result: Result) -> str:
    observed = ", ".join(f"{path} = {_json(value)}" for path, value in sorted(result.observed.items()))
    seen = f"Observed: {observed}." if observed else "Nothing was observed."
    return " ".join(filter(None, (f"Expected: {result.expected}.", seen, result.reason)))


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode("utf-8", "replace")


def _properties(result: Result) -> Iterator[dict[str, str]]:
    yield own_property("check", result.check)
    yield own_property("status", result.status)
    yield own_property("severity", result.severity)
    if result.waiver:
        yield own_property("waiver", result.waiver)


def _evidence(result: Result) -> Iterator[dict[str, Any]]:
    lines = {source.artefact: source.lines for source in result.sources}
    for name, digest in sorted(result.artefacts.items()):
        numbers = ", ".join(map(str, lines.get(name, ())))
        told = f"{name}, line {numbers}" if numbers else name
        yield {"href": f"#{resource_identifier(digest)}", "description": markup(word(told))}
