"""Outputs of EOS commands as facts: each command fills its part, and what is missing says why."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.draft import Draft, unknown_sections
from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.arista_eos import commands, running
from baseline.collectors.network.platforms.arista_eos.access import offered_keys
from baseline.collectors.network.platforms.arista_eos.certificates import read_certificates
from baseline.collectors.network.platforms.arista_eos.device import read_saved_at
from baseline.collectors.network.platforms.arista_eos.state import (
    read_hardware,
    read_http,
    read_interface_state,
    read_last_change,
    read_log_state,
    read_pair,
    read_software,
    read_ssh,
    read_ssh_key,
    read_telnet,
    read_time_associations,
    read_time_status,
)
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.unknowns import explain
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import HostKey, Software

UDP = Unknown("EOS does not tell whether a server can be reached")


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, commands.REFUSALS)
    output = answers.usable(commands.RUNNING)
    read = running.read_running(output) if isinstance(output, str) else output.reason
    draft = Draft(unknown_sections(read)) if isinstance(read, str) else Draft(read.sections, read.provenance)
    _version(answers, draft)
    draft.read(answers, commands.SSH, "management.ssh", read_ssh)
    _host_keys(answers, read, draft)
    draft.read(answers, commands.TELNET, "management.telnet", read_telnet)
    draft.read(answers, commands.HTTP, "management.http", read_http)
    draft.read(answers, commands.TIME_STATUS, "clock", read_time_status, ("synchronised", "stratum", "reference"))
    _associations(answers, draft)
    draft.read(answers, commands.LOGGING, "logging", read_log_state)
    _last_change(answers, draft)
    draft.each("logging.servers", lambda _server: {"reachable": UDP})
    _interfaces(answers, draft)
    _certificates(answers, draft)
    draft.read(answers, commands.PAIR, "high_availability", read_pair, ("peer_ready", "synchronised"))
    _saved(answers, read, draft)
    draft.explain("management.ssh", "the configuration does not tell it in this release")
    return draft.parsed()


def _version(answers: Outputs, draft: Draft) -> None:
    """The comments above the configuration tell some of it, when ``show version`` does not."""
    command = commands.VERSION
    hardware, software = answers.read(command, read_hardware), answers.read(command, read_software)
    if isinstance(hardware, dict) and isinstance(software, dict):
        draft.fill("device", command, hardware)
        draft.fill("software", command, software)
        draft.explain("software", f"neither `{command}` nor the comments above the configuration tell it")
        draft.explain("device", f"`{command}` does not tell it")
        return
    reason = software if isinstance(software, Unknown) else Unknown(f"`{command}` does not tell it")
    for path, names in (("device", ("model", "serial")), ("software", Software.__struct_fields__)):
        section = draft.get(path)
        missing = [name for name in names if isinstance(getattr(section, name), Unknown)]
        draft.put(path, replace(section, **dict.fromkeys(missing, reason)))


def _host_keys(answers: Outputs, current: running.Running | str, draft: Draft) -> None:
    """The keys that the server offers. Only an RSA key has a size that differs, so that one must be known."""
    offered = offered_keys(current.tree) if isinstance(current, running.Running) else None
    keys: list[HostKey] = []
    for kind, command in commands.SSH_KEYS.items():
        if offered is not None and kind not in offered:
            continue
        found = answers.read(command, read_ssh_key)
        if isinstance(found, list):
            keys += found
            draft.cite("management.ssh.host_keys", command)
        elif kind == "rsa":
            draft.put("management.ssh", replace(draft.get("management.ssh"), host_keys=found))
            return
    none = Unknown("the device showed none of the keys that `hostkey server` names")
    draft.put("management.ssh", replace(draft.get("management.ssh"), host_keys=keys or none))


def _last_change(answers: Outputs, draft: Draft) -> None:
    """Messages of a change stand in the log until newer messages push them out."""
    names = ("last_changed_at", "last_changed_by")
    change = answers.read(commands.LOGGING, read_last_change)
    if isinstance(change, Unknown):
        draft.put("configuration", replace(draft.get("configuration"), **dict.fromkeys(names, change)))
        return
    line = change.pop("line", None)
    silent = Unknown("the log in memory holds no message of a change any more")
    draft.fill("configuration", commands.LOGGING, dict.fromkeys(names, silent) | change)
    if line is not None:
        source = SourceLines(artefact=commands.LOGGING, lines=(line,))
        draft.sources |= {f"configuration.{name}": source for name in names}


def _associations(answers: Outputs, draft: Draft) -> None:
    command = commands.TIME_ASSOCIATIONS
    peers = answers.read(command, read_time_associations)
    if isinstance(peers, Unknown):
        draft.fill("clock", command, {"offset_milliseconds": peers})
        draft.each("clock.servers", lambda _server: {"reachable": peers})
        return
    reachable = peers.pop("reachable")
    draft.fill("clock", command, {"offset_milliseconds": Unknown("the clock follows no server")} | peers)
    silent = Unknown(f"`{command}` does not list it by this name")
    draft.each("clock.servers", lambda server: {"reachable": reachable.get(server.name, silent)})


def _interfaces(answers: Outputs, draft: Draft) -> None:
    command = commands.INTERFACES
    states = answers.read(command, read_interface_state)
    if isinstance(states, Unknown):
        draft.each("interfaces", lambda _port: {"link_up": states})
        return
    silent = {"link_up": Unknown(f"`{command}` does not list it")}
    draft.each("interfaces", lambda port: states.get(port.name, silent))


def _certificates(answers: Outputs, draft: Draft) -> None:
    command = commands.CERTIFICATES
    output = answers.usable(command, may_be_empty=True)
    if isinstance(output, Unknown):
        draft.put("certificates", output)
    elif output.strip() and "Certificate " not in output:
        draft.put(
            "certificates", Unknown(f"the answer to `{command}` is not one that this release of baseline can read")
        )
    else:
        silent = f"`{command}` does not tell it"
        draft.put("certificates", [explain(certificate, silent) for certificate in read_certificates(output)])
        draft.cite("certificates", command)


def _saved(answers: Outputs, current: running.Running | str, draft: Draft) -> None:
    command = commands.SAVED
    saved = answers.usable(command)
    values: dict[str, Any]
    if isinstance(saved, Unknown):
        values = {"saved_matches_running": saved, "saved_at": saved}
    else:
        same = running.is_saved(current.tree, saved) if isinstance(current, running.Running) else Unknown(current)
        values = {
            "saved_matches_running": Unknown(f"`{command}`: {same}") if isinstance(same, str) else same,
            "saved_at": read_saved_at(saved) or Unknown("the comments above the saved configuration do not tell it"),
        }
    draft.fill("configuration", command, values)
