"""Outputs of AOS-CX commands as facts: each command fills its part, and what is missing says why."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.draft import Draft, unknown_sections
from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.aruba_aoscx import commands, running
from baseline.collectors.network.platforms.aruba_aoscx.state import (
    read_checkpoints,
    read_interface_state,
    read_software,
    read_ssh_keys,
    read_ssh_server,
    read_system,
    read_time_peers,
    read_time_status,
)
from baseline.collectors.network.platforms.interface import Parsed
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Ssh

SOFTWARE = ("name", "version", "version_numbers", "boot_image")
TIME_STATE = ("synchronised", "stratum", "reference", "offset_milliseconds")
ALGORITHMS = ("ciphers", "macs", "key_exchanges", "host_key_algorithms")
CHANGES = ("last_changed_at", "last_changed_by", "saved_at")


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, commands.REFUSALS)
    output = answers.usable(commands.RUNNING)
    read = running.read_running(output) if isinstance(output, str) else output.reason
    draft = Draft(unknown_sections(read)) if isinstance(read, str) else Draft(read.sections, read.provenance)
    draft.read(answers, commands.SSH_KEYS, "management.ssh", read_ssh_keys, ("host_keys",))
    draft.read(answers, commands.TIME_STATUS, "clock", read_time_status, TIME_STATE)
    draft.read(answers, commands.CHECKPOINTS, "configuration", read_checkpoints, CHANGES)
    for step in (_software, _system, _ssh, _time_peers, _interfaces):
        step(answers, draft)
    _leave_out_keys(draft)
    _saved(answers, read, draft)
    draft.explain("management.ssh", "the configuration does not tell it in this release")
    return draft.parsed()


def _software(answers: Outputs, draft: Draft) -> None:
    """The answer; without it, the comment above the configuration still names the release."""
    values = answers.read(commands.VERSION, read_software)
    if isinstance(values, Unknown):
        told = draft.get("software")
        unknown = {name: values for name in SOFTWARE if isinstance(getattr(told, name), Unknown)}
        draft.put("software", replace(told, **unknown))
    else:
        silent = Unknown(f"`{commands.VERSION}` does not tell it")
        draft.fill("software", commands.VERSION, dict.fromkeys(SOFTWARE, silent) | values)


def _system(answers: Outputs, draft: Draft) -> None:
    """One answer, two sections."""
    command = commands.SYSTEM
    values = answers.read(command, read_system)
    for path, names in (("device", ("model", "serial")), ("software", ("uptime_days",))):
        if isinstance(values, Unknown):
            draft.fill(path, command, dict.fromkeys(names, values))
        else:
            silent = Unknown(f"`{command}` does not tell it")
            draft.fill(path, command, {name: values.get(name, silent) for name in names})


def _ssh(answers: Outputs, draft: Draft) -> None:
    """What the server offers. A configuration that names algorithms itself is believed."""
    command = commands.SSH_SERVER
    values = answers.read(command, read_ssh_server)
    told = draft.get("management.ssh")
    names = [name for name in (*ALGORITHMS, "timeout_seconds") if isinstance(getattr(told, name), Unknown)]
    if isinstance(values, Unknown):
        draft.fill("management.ssh", command, dict.fromkeys(names, values))
        return
    silent = Unknown(f"`{command}` does not tell it")
    shown = {name: values[name] for name in ("version", "authentication_retries") if name in values}
    draft.fill("management.ssh", command, shown | {name: values.get(name, silent) for name in names})


def _leave_out_keys(draft: Draft) -> None:
    """Keys of a kind that the server does not offer stay on the switch, and nobody gets to see them."""
    ssh = draft.get("management.ssh")
    if not isinstance(ssh, Ssh) or isinstance(ssh.host_keys, Unknown) or isinstance(ssh.host_key_algorithms, Unknown):
        return
    offered = " ".join(ssh.host_key_algorithms)
    draft.put("management.ssh", replace(ssh, host_keys=[key for key in ssh.host_keys if str(key.type) in offered]))


def _time_peers(answers: Outputs, draft: Draft) -> None:
    command = commands.TIME_PEERS
    states = answers.read(command, read_time_peers)
    if isinstance(states, Unknown):
        draft.each("clock.servers", lambda _server: {"reachable": states})
        return
    missing = Unknown(f"`{command}` does not list it by this name")
    draft.each("clock.servers", lambda server: {"reachable": states.get(server.name, missing)})


def _interfaces(answers: Outputs, draft: Draft) -> None:
    """The link, and whether a port is shut down where the configuration leaves that to a default."""
    command = commands.INTERFACES
    states = answers.read(command, read_interface_state)
    if isinstance(states, Unknown):
        draft.each("interfaces", lambda _port: {"link_up": states})
        return
    silent: Mapping[str, Any] = {"link_up": Unknown(f"`{command}` does not list it")}

    def told(name: str, enabled: object) -> Mapping[str, Any]:
        state = states.get(name, silent)
        return state if isinstance(enabled, Unknown) else {"link_up": state["link_up"]}

    draft.each("interfaces", lambda port: told(port.name, port.enabled))


def _saved(answers: Outputs, current: running.Running | str, draft: Draft) -> None:
    command = commands.SAVED
    saved = answers.usable(command)
    if isinstance(saved, Unknown):
        value: Any = saved
    else:
        same = running.is_saved(current, saved) if isinstance(current, running.Running) else current
        value = Unknown(f"`{command}`: {same}") if isinstance(same, str) else same
    draft.fill("configuration", command, {"saved_matches_running": value})
