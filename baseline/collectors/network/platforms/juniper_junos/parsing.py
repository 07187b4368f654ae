"""Outputs of Junos commands as facts: each command fills its part, and what is missing says why."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.platforms.juniper_junos import commands, running, state
from baseline.collectors.network.platforms.juniper_junos.context import COMMAND
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
"""Sections that a configuration and a show command fill together."""

CERTIFICATES = "certificates stand in files of their own, which no command that is asked shows"

Sections = dict[str, Any]
Sources = dict[str, SourceLines]


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, commands.REFUSALS)
    sections, sources = _configured(answers)
    for read in (_version, _uptime, _hardware, _clock, _cluster, _links):
        read(answers, sections, sources)
    sections["certificates"] = Unknown(CERTIFICATES)
    return Parsed(facts=NetworkFacts(**sections), sources=sources)


def _configured(answers: Outputs) -> tuple[Sections, Sources]:
    output = answers.usable(COMMAND)
    read = running.read_running(output) if isinstance(output, str) else output.reason
    if not isinstance(read, str):
        return read[0], read[1].sources
    sections: Sections = {name: Unknown(read) for name in running.SECTIONS}
    for name, kind in PARTLY_CONFIGURED.items():
        sections[name] = unknown_section(kind, read)
    return sections, {}


def _cite(sources: Sources, command: str, *paths: str) -> None:
    """Name a whole output as the source of facts."""
    for path in paths:
        sources[path] = SourceLines(artefact=command)


def _version(answers: Outputs, sections: Sections, sources: Sources) -> None:
    read = answers.read(commands.VERSION, state.read_version)
    device = sections["device"]
    if isinstance(read, Unknown):
        sections["device"] = explain(replace(device, model=read), read.reason, "hostname")
        sections["software"] = unknown_section(Software, read.reason)
        return
    if isinstance(device.hostname, str):
        read["device"].pop("hostname", None)
    silent = f"`{commands.VERSION}` does not tell it"
    sections["device"] = explain(replace(device, **read["device"]), silent, "hostname")
    sections["software"] = Software(**read["software"])
    _cite(sources, commands.VERSION, "software", *(f"device.{name}" for name in read["device"]))


def _uptime(answers: Outputs, sections: Sections, sources: Sources) -> None:
    read = answers.read(commands.UPTIME, state.read_uptime)
    changes, path = sections["configuration"], "configuration.last_changed_at"
    if isinstance(read, Unknown):
        silent = f"the configuration does not begin with the time of its last commit; {read.reason}"
        sections["configuration"] = explain(changes, silent)
        sections["software"] = replace(sections["software"], uptime_days=read)
        return
    sections["software"] = replace(sections["software"], uptime_days=read.pop("uptime_days"))
    _cite(sources, commands.UPTIME, "software.uptime_days")
    if not isinstance(changes.last_changed_at, str):
        changes = replace(changes, **read)
        _cite(sources, commands.UPTIME, path, "configuration.last_changed_by")
    sections["configuration"] = explain(changes, "neither the configuration nor the device tells it")


def _hardware(answers: Outputs, sections: Sections, sources: Sources) -> None:
    sections["device"] = replace(sections["device"], serial=answers.read(commands.HARDWARE, state.read_hardware))
    _cite(sources, commands.HARDWARE, "device.serial")


def _clock(answers: Outputs, sections: Sections, sources: Sources) -> None:
    status = answers.read(commands.NTP_STATUS, state.read_ntp_status)
    peers = answers.read(commands.ASSOCIATIONS, state.read_ntp_associations)
    clock = sections["clock"]
    if isinstance(peers, Unknown):
        clock = replace(clock, servers=_reached(clock.servers, {}, peers))
        clock = explain(clock, peers.reason, "offset_milliseconds", "reference")
    else:
        silent = Unknown(f"`{commands.ASSOCIATIONS}` does not list it by this name")
        clock = replace(clock, servers=_reached(clock.servers, peers.pop("reachable"), silent))
        clock = replace(clock, **({"reference": None} | peers))
        clock = explain(clock, "the clock follows no server", "offset_milliseconds")
        _cite(sources, commands.ASSOCIATIONS, "clock.reference", "clock.offset_milliseconds")
    values = {"synchronised": status, "stratum": status} if isinstance(status, Unknown) else status
    sections["clock"] = replace(clock, **values)
    _cite(sources, commands.NTP_STATUS, "clock.synchronised", "clock.stratum")


def _reached(servers: Any, reachable: dict[str, bool], silent: Unknown) -> Any:
    if isinstance(servers, Unknown):
        return servers
    return [replace(server, reachable=reachable.get(server.name, silent)) for server in servers]


def _cluster(answers: Outputs, sections: Sections, sources: Sources) -> None:
    pair = sections["high_availability"]
    if pair.enabled is False:
        sections["high_availability"] = explain(pair, "no chassis cluster is configured")
        return
    read = answers.read(commands.CLUSTER, state.read_cluster)
    if isinstance(read, Unknown):
        sections["high_availability"] = explain(pair, read.reason)
        return
    sections["high_availability"] = explain(replace(pair, **read), f"`{commands.CLUSTER}` does not tell it")
    _cite(sources, commands.CLUSTER, "high_availability")


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
