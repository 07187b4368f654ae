"""Outputs of PAN-OS commands as facts: each command fills its part, and what is missing says why."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.platforms.paloalto_panos import commands, running, state
from baseline.collectors.network.platforms.paloalto_panos.context import COMMAND
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
NO_QUALITY = "`show ntp` does not tell it"
NO_NAME = "no command that is asked names who committed; the configuration log does"

Sections = dict[str, Any]
Sources = dict[str, SourceLines]


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, commands.REFUSALS)
    sections, sources = _configured(answers)
    for read in (_info, _clock, _pair, _commit, _links):
        read(answers, sections, sources)
    return Parsed(facts=NetworkFacts(**sections), sources=sources)


def _configured(answers: Outputs) -> tuple[Sections, Sources]:
    output = answers.usable(COMMAND)
    pushed = running.Pushed(_optional(answers, commands.TEMPLATE), _optional(answers, commands.POLICY))
    read = running.read_running(output, pushed) if isinstance(output, str) else output.reason
    if not isinstance(read, str):
        return read[0], read[1].sources
    sections: Sections = {name: Unknown(read) for name in running.SECTIONS}
    for name, kind in PARTLY_CONFIGURED.items():
        sections[name] = unknown_section(kind, read)
    return sections, {}


def _optional(answers: Outputs, command: str) -> str | None:
    """An answer that may be empty; None when it was refused or not asked."""
    output = answers.usable(command, may_be_empty=True)
    return output if isinstance(output, str) else None


def _cite(sources: Sources, command: str, *paths: str) -> None:
    for path in paths:
        sources[path] = SourceLines(artefact=command)


def _info(answers: Outputs, sections: Sections, sources: Sources) -> None:
    read = answers.read(commands.INFO, state.read_info)
    device = sections["device"]
    if isinstance(read, Unknown):
        sections["device"] = explain(replace(device, model=read, serial=read), read.reason, "hostname")
        sections["software"] = unknown_section(Software, read.reason)
        return
    if isinstance(device.hostname, str):
        read["device"].pop("hostname", None)
    silent = f"`{commands.INFO}` does not tell it"
    values = {"model": Unknown(silent), "serial": Unknown(silent)} | read["device"]
    sections["device"] = explain(replace(device, **values), silent)
    sections["software"] = explain(Software(**read["software"]), silent)
    _cite(sources, commands.INFO, "software", *(f"device.{name}" for name in read["device"]))


def _clock(answers: Outputs, sections: Sections, sources: Sources) -> None:
    read = answers.read(commands.NTP, state.read_ntp)
    clock = sections["clock"]
    if isinstance(read, Unknown):
        silent, reachable = read, {}
        clock = replace(clock, synchronised=read, reference=read)
    else:
        silent, reachable = Unknown("`show ntp` does not list it by this name"), read.pop("reachable")
        clock = replace(clock, **read)
        _cite(sources, commands.NTP, "clock.synchronised", "clock.reference")
    if not isinstance(clock.servers, Unknown):
        servers = [replace(server, reachable=reachable.get(server.name, silent)) for server in clock.servers]
        clock = replace(clock, servers=servers)
    reason = read.reason if isinstance(read, Unknown) else NO_QUALITY
    sections["clock"] = explain(clock, reason, "stratum", "offset_milliseconds")


def _pair(answers: Outputs, sections: Sections, sources: Sources) -> None:
    pair = sections["high_availability"]
    if pair.enabled is False:
        sections["high_availability"] = explain(pair, "high availability is not configured")
        return
    read = answers.read(commands.HA, state.read_ha)
    if isinstance(read, Unknown):
        sections["high_availability"] = explain(pair, read.reason)
        return
    sections["high_availability"] = explain(replace(pair, **read), f"`{commands.HA}` does not tell it")
    _cite(sources, commands.HA, "high_availability")


def _commit(answers: Outputs, sections: Sections, sources: Sources) -> None:
    """A firewall remembers its jobs since it started, so there may be no commit among them."""
    changes = sections["configuration"]
    moment = answers.read(commands.JOBS, state.read_commit)
    if isinstance(moment, str):
        _cite(sources, commands.JOBS, "configuration.last_changed_at", "configuration.saved_at")
        changes = replace(changes, last_changed_at=moment, saved_at=moment)
    else:
        changes = replace(changes, last_changed_at=moment, saved_at=moment)
    sections["configuration"] = replace(changes, last_changed_by=Unknown(NO_NAME))


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
