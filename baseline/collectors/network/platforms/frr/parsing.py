"""Outputs of FRRouting commands as facts."""

import re
from collections.abc import Mapping
from typing import Any

from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.frr.commands import REFUSALS, RUNNING, SECTIONS
from baseline.collectors.network.platforms.frr.running import HOST, read_running
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.unknowns import unknown_section
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import NetworkFacts, Software

_VERSION = re.compile(r"^FRRouting (\S{1,40}) \(", re.MULTILINE)


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, REFUSALS)
    output = answers.usable(RUNNING)
    read = read_running(output) if isinstance(output, str) else output.reason
    sections: dict[str, Any]
    sources: dict[str, SourceLines] = {}
    if isinstance(read, str):
        sections = dict.fromkeys(SECTIONS, Unknown(read))
    else:
        sections, provenance = read
        sources = provenance.sources
    sections["software"] = _software(answers)
    sources["software"] = SourceLines(artefact="show version")
    return Parsed(facts=NetworkFacts(**sections), sources=sources)


def _software(answers: Outputs) -> Software:
    version = answers.read("show version", _read_version)
    if isinstance(version, Unknown):
        return unknown_section(Software, version.reason)
    return Software(
        name="FRRouting",
        version=version,
        version_numbers=[int(part) for part in re.findall(r"\d{1,9}", version)],
        boot_image=None,
        uptime_days=Unknown(HOST),
    )


def _read_version(output: str) -> str | None:
    found = _VERSION.search(output)
    return found[1] if found else None
