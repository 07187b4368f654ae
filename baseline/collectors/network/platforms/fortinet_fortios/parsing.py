"""Outputs of FortiOS commands as facts: each command fills its part, and what is missing says why."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.numbers import numbers_in
from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.fortinet_fortios import commands, running, state
from baseline.collectors.network.platforms.fortinet_fortios.context import COMMAND
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.unknowns import explain, unknown_section
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import (
    Clock,
    Configuration,
    Device,
    HighAvailability,
    Management,
    NetworkFacts,
    Software,
)

PARTLY_CONFIGURED: dict[str, Any] = {
    "device": Device,
    "configuration": Configuration,
    "management": Management,
    "clock": Clock,
    "high_availability": HighAvailability,
}
CERTIFICATES = "certificates stand in the configuration as they are; what they say is not read here"
SILENT = f"`{commands.STATUS}` does not tell it"

Sections = dict[str, Any]
Sources = dict[str, SourceLines]


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, commands.REFUSALS)
    sections, sources, version = _configured(answers)
    _status(answers, sections, sources, version)
    _uptime(answers, sections, sources)
    _pair(answers, sections, sources)
    _links(answers, sections, sources)
    known = isinstance(answers.usable(COMMAND), str)
    sections["certificates"] = Unknown(CERTIFICATES) if known else answers.usable(COMMAND)
    return Parsed(facts=NetworkFacts(**sections), sources=sources)


def _configured(answers: Outputs) -> tuple[Sections, Sources, str | None]:
    output = answers.usable(COMMAND)
    read = running.read_running(output) if isinstance(output, str) else output.reason
    if not isinstance(read, str):
        return read[0], read[1].sources, read[2]
    sections: Sections = {name: Unknown(read) for name in running.SECTIONS}
    for name, kind in PARTLY_CONFIGURED.items():
        sections[name] = unknown_section(kind, read)
    return sections, {}, None


def _cite(sources: Sources, command: str, *paths: str) -> None:
    for path in paths:
        sources[path] = SourceLines(artefact=command)


def _status(answers: Outputs, sections: Sections, sources: Sources, version: str | None) -> None:
    """The version stands above the configuration too."""
    read = answers.read(commands.STATUS, state.read_status)
    device = sections["device"]
    if isinstance(read, Unknown):
        sections["device"] = replace(device, model=read, serial=read)
        sections["software"] = unknown_section(Software, read.reason)
        if version is not None:
            sections["software"] = replace(
                sections["software"], name="FortiOS", version=version, version_numbers=numbers_in(version)
            )
            sources["software"] = SourceLines(artefact=COMMAND, lines=(1,))
        return
    if isinstance(device.hostname, str):
        read["device"].pop("hostname", None)
    sections["device"] = explain(
        replace(device, **({"model": Unknown(SILENT), "serial": Unknown(SILENT)} | read["device"])), SILENT
    )
    sections["software"] = Software(**read["software"])
    _cite(sources, commands.STATUS, "software", *(f"device.{name}" for name in read["device"]))


def _uptime(answers: Outputs, sections: Sections, sources: Sources) -> None:
    days = answers.read(commands.PERFORMANCE, state.read_uptime)
    sections["software"] = replace(sections["software"], uptime_days=days)
    _cite(sources, commands.PERFORMANCE, "software.uptime_days")


def _pair(answers: Outputs, sections: Sections, sources: Sources) -> None:
    pair = sections["high_availability"]
    if pair.enabled is False:
        sections["high_availability"] = explain(pair, "the device stands alone")
        return
    read = answers.read(commands.HA, state.read_ha)
    if isinstance(read, Unknown):
        sections["high_availability"] = explain(pair, read.reason)
        return
    sections["high_availability"] = explain(replace(pair, **read), f"`{commands.HA}` does not tell it")
    _cite(sources, commands.HA, "high_availability")


def _links(answers: Outputs, sections: Sections, sources: Sources) -> None:
    interfaces = sections["interfaces"]
    if isinstance(interfaces, Unknown):
        return
    read = answers.read(commands.LINKS, state.read_links)
    states = {} if isinstance(read, Unknown) else read
    silent = read if isinstance(read, Unknown) else Unknown(f"`{commands.LINKS}` does not list it")
    for position, interface in enumerate(interfaces):
        link = states.get(interface.name, silent)
        interfaces[position] = replace(interface, link_up=link)
        if isinstance(link, bool):
            _cite(sources, commands.LINKS, f"interfaces.{interface.name}.link_up")
