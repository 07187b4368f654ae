"""Outputs of Cisco IOS commands as facts: each command fills its part, and what is missing says why."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.cisco_ios import running
from baseline.collectors.network.platforms.cisco_ios.commands import REFUSALS
from baseline.collectors.network.platforms.cisco_ios.device import read_certificates, read_version
from baseline.collectors.network.platforms.cisco_ios.state import (
    read_log_state,
    read_ntp_associations,
    read_ntp_status,
    read_smart_install,
    read_snmp_users,
    read_ssh,
)
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.unknowns import explain, unknown_section
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import (
    Clock,
    Configuration,
    Device,
    Logging,
    Management,
    NetworkFacts,
    Service,
    Snmp,
    Software,
)

PARTLY_CONFIGURED: dict[str, Any] = {
    "device": Device,
    "configuration": Configuration,
    "management": Management,
    "snmp": Snmp,
    "clock": Clock,
    "logging": Logging,
}
"""Sections that a configuration and a show command fill together."""

NOT_SSH = "`show ip ssh` does not tell it in this release"


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, REFUSALS)
    current = _running(answers)
    sections, sources = _configured(current)
    for read in (_version, _ssh, _clock, _logging, _snmp_users, _smart_install):
        read(answers, sections, sources)
    _saved(answers, current, sections, sources)
    _certificates(answers, current, sections, sources)
    return Parsed(facts=NetworkFacts(**sections), sources=sources)


Sections = dict[str, Any]
Sources = dict[str, SourceLines]


def _running(answers: Outputs) -> running.Running | str:
    """The running configuration, or why there is none."""
    output = answers.usable(running.COMMAND)
    return running.read_running(output) if isinstance(output, str) else output.reason


def _configured(read: running.Running | str) -> tuple[Sections, Sources]:
    if isinstance(read, running.Running):
        return read.sections, read.provenance.sources
    sections: Sections = {name: Unknown(read) for name in running.SECTIONS}
    for name, kind in PARTLY_CONFIGURED.items():
        sections[name] = unknown_section(kind, read)
    return sections, {}


def _cite(sources: Sources, command: str, *paths: str) -> None:
    """Name a whole output as the source of facts; lines of show commands are few enough to find."""
    for path in paths:
        sources[path] = SourceLines(artefact=command)


def _version(answers: Outputs, sections: Sections, sources: Sources) -> None:
    command = "show version"
    read = answers.read(command, read_version)
    if isinstance(read, Unknown):
        sections["device"] = replace(sections["device"], model=read, serial=read)
        sections["software"] = unknown_section(Software, read.reason)
        return
    device, software = read
    silent = f"`{command}` does not tell it"
    sections["device"] = explain(replace(sections["device"], **device), silent, "model", "serial")
    sections["software"] = explain(Software(**software), silent)
    _cite(sources, command, "device.model", "device.serial", "software")


def _ssh(answers: Outputs, sections: Sections, sources: Sources) -> None:
    command = "show ip ssh"
    read = answers.read(command, read_ssh)
    management = sections["management"]
    if isinstance(read, Unknown):
        ssh = explain(management.ssh, read.reason, "enabled", "host_keys", "minimum_dh_bits", *_algorithms())
    else:
        ssh = explain(replace(management.ssh, **read), NOT_SSH, "minimum_dh_bits", *_algorithms())
        _cite(sources, command, *(f"management.ssh.{name}" for name in read))
    sections["management"] = replace(management, ssh=ssh)


def _algorithms() -> tuple[str, ...]:
    return ("ciphers", "macs", "key_exchanges", "host_key_algorithms", "authentication_methods")


def _clock(answers: Outputs, sections: Sections, sources: Sources) -> None:
    status = answers.read("show ntp status", read_ntp_status)
    peers = answers.read("show ntp associations", read_ntp_associations)
    clock = sections["clock"]
    if isinstance(peers, dict):
        reachable = peers.pop("reachable")
        clock = replace(clock, **peers, servers=_reached(clock.servers, reachable))
        _cite(sources, "show ntp associations", *(f"clock.{name}" for name in peers))
    else:
        clock = replace(clock, servers=_unreached(clock.servers, peers))
    if isinstance(status, dict):
        clock = replace(clock, **status)
        _cite(sources, "show ntp status", *(f"clock.{name}" for name in status))
        clock = explain(clock, "the clock follows no server", "offset_milliseconds")
    else:
        clock = explain(clock, status.reason, "synchronised", "stratum", "offset_milliseconds", "reference")
    sections["clock"] = clock


def _reached(servers: Any, reachable: dict[str, bool]) -> Any:
    if isinstance(servers, Unknown):
        return servers
    silent = Unknown("`show ntp associations` does not list it by this name")
    return [replace(server, reachable=reachable.get(server.name, silent)) for server in servers]


def _unreached(servers: Any, reason: Unknown) -> Any:
    if isinstance(servers, Unknown):
        return servers
    return [replace(server, reachable=reason) for server in servers]


def _logging(answers: Outputs, sections: Sections, sources: Sources) -> None:
    command = "show logging"
    read = answers.read(command, read_log_state)
    logging = sections["logging"]
    if isinstance(read, Unknown):
        logging = replace(logging, servers=_hosts(logging.servers, {}, read), dropped_messages=read)
    else:
        servers = _hosts(logging.servers, read.pop("hosts"), Unknown(f"`{command}` does not tell it"))
        logging = explain(
            replace(logging, **read, servers=servers), f"`{command}` does not tell it", "dropped_messages"
        )
        _cite(sources, command, *(f"logging.{name}" for name in read))
    sections["logging"] = logging


def _hosts(servers: Any, states: dict[str, dict[str, Any]], silent: Unknown) -> Any:
    if isinstance(servers, Unknown):
        return servers
    blank = {"reachable": silent, "dropped_messages": silent}
    return [replace(server, **(blank | states.get(server.name, {}))) for server in servers]


def _snmp_users(answers: Outputs, sections: Sections, sources: Sources) -> None:
    command = "show snmp user"
    output = answers.usable(command, may_be_empty=True)
    if isinstance(output, str):
        _cite(sources, command, "snmp.users")
        users = read_snmp_users(output)
        nobody = not output.strip() or "SNMP agent not enabled" in output
        found = users if users or nobody else Unknown(f"`{command}`: the output was not recognised")
        sections["snmp"] = replace(sections["snmp"], users=found)
    else:
        sections["snmp"] = replace(sections["snmp"], users=output)


def _saved(answers: Outputs, current: running.Running | str, sections: Sections, sources: Sources) -> None:
    command = "show startup-config"
    sections["configuration"] = explain(
        replace(
            sections["configuration"], saved_matches_running=_saved_matches(answers, answers.usable(command), current)
        ),
        "the comments above the configuration do not tell it",
        "last_changed_at",
        "last_changed_by",
        "saved_at",
    )
    _cite(sources, command, "configuration.saved_matches_running")


def _saved_matches(answers: Outputs, saved: str | Unknown, current: running.Running | str) -> bool | Unknown:
    if isinstance(saved, Unknown):
        return saved
    if "startup-config is not present" in saved or "configuration memory invalid or not present" in saved:
        return False
    if isinstance(current, str):
        return Unknown(current)
    matches = running.is_saved(current.tree, answers.outputs[running.COMMAND], saved)
    return matches if isinstance(matches, bool) else Unknown(f"`show startup-config`: {matches}")


def _certificates(answers: Outputs, current: running.Running | str, sections: Sections, sources: Sources) -> None:
    """Dates are printed in the device's own time zone, which only the configuration explains."""
    command = "show crypto pki certificates"
    output = answers.usable(command, may_be_empty=True)
    if isinstance(output, Unknown):
        sections["certificates"] = output
        return
    if output.strip() and not re.search(r"^(?:CA |Router Self-Signed )?Certificate", output, re.MULTILINE):
        sections["certificates"] = Unknown(f"`{command}`: the output was not recognised")
        return
    certificates = read_certificates(output, current.zones if isinstance(current, running.Running) else {})
    silent = f"`{command}` does not tell it"
    sections["certificates"] = [explain(certificate, silent) for certificate in certificates]
    _cite(sources, command, "certificates")


def _smart_install(answers: Outputs, sections: Sections, sources: Sources) -> None:
    """A device that does not know the command has no Smart Install, unless its configuration says that it has."""
    command = "show vstack config"
    services = sections["services"]
    if isinstance(services, Unknown) or command not in answers.outputs:
        return
    refusal = answers.refusal(command)
    if refusal and refusal.code == "unsupported":
        configured = services["smart-install"].enabled
        state = False if isinstance(configured, Unknown) else None
    else:
        state = read_smart_install(answers.outputs[command])
    if state is not None:
        services["smart-install"] = Service(enabled=state)
        _cite(sources, command, "services.smart-install")
