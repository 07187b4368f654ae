"""Outputs of NX-OS commands as facts: each command fills its part, and what is missing says why."""

from collections.abc import Mapping
from typing import Any

from baseline.collectors.network.draft import Draft, unknown_sections
from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.cisco_nxos import commands, running
from baseline.collectors.network.platforms.cisco_nxos.certificates import read_certificates
from baseline.collectors.network.platforms.cisco_nxos.device import read_saved_at
from baseline.collectors.network.platforms.cisco_nxos.state import (
    NOT_TOLD,
    read_control_plane,
    read_features,
    read_hardware,
    read_interface_state,
    read_log_state,
    read_nxapi,
    read_software,
    read_ssh_keys,
    read_ssh_server,
    read_time_peers,
)
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Service, Software

SSH_SERVER = ("sshserver", "ssh")
TELNET_SERVER = ("telnetserver", "telnet")
"""What ``show feature`` calls the servers, in old and in new releases."""

TIME_STATE = ("synchronised", "stratum", "reference", "offset_milliseconds")


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(outputs, commands.REFUSALS)
    output = answers.usable(commands.RUNNING)
    read = running.read_running(output) if isinstance(output, str) else output.reason
    draft = Draft(unknown_sections(read)) if isinstance(read, str) else Draft(read.sections, read.provenance)
    draft.read(answers, commands.VERSION, "device", read_hardware, ("model", "serial"))
    draft.read(answers, commands.VERSION, "software", read_software, Software.__struct_fields__)
    draft.read(answers, commands.SSH_SERVER, "management.ssh", read_ssh_server)
    draft.read(answers, commands.SSH_KEYS, "management.ssh", read_ssh_keys, ("host_keys",))
    draft.read(answers, commands.NXAPI, "management.http", read_nxapi)
    draft.read(answers, commands.CONTROL_PLANE, "control_plane", read_control_plane)
    for step in (_features, _clock, _logging, _interfaces, _certificates):
        step(answers, draft)
    _saved(answers, read, draft)
    draft.explain("management.ssh", "the configuration does not tell it in this release")
    return draft.parsed()


def _features(answers: Outputs, draft: Draft) -> None:
    """Whether a feature is on, as the device itself sees it."""
    command = commands.FEATURES
    features = answers.read(command, read_features)
    if isinstance(features, Unknown):
        return
    for path, fact, names in (
        ("management.ssh", "enabled", SSH_SERVER),
        ("management.telnet", "enabled", TELNET_SERVER),
        ("management", "netconf_enabled", ("netconf",)),
        ("management", "restconf_enabled", ("restconf",)),
    ):
        for name in names:
            if name in features:
                draft.fill(path, command, {fact: features[name]})
    if "lldp" in features:
        draft.put("services.lldp", Service(enabled=features["lldp"]))
        draft.cite("services.lldp", command)
    if features.get("nxapi") is False:
        draft.fill("management.http", command, {"enabled": False, "https_enabled": False})


def _clock(answers: Outputs, draft: Draft) -> None:
    command = commands.TIME_PEERS
    peers = answers.read(command, read_time_peers)
    if isinstance(peers, Unknown):
        draft.fill("clock", command, dict.fromkeys(TIME_STATE, peers))
        draft.each("clock.servers", lambda _server: {"reachable": peers})
        return
    reachable = peers.pop("reachable")
    silent = Unknown(f"`{command}` does not tell it")
    draft.fill("clock", command, peers | {"offset_milliseconds": silent})
    draft.each(
        "clock.servers",
        lambda server: {"reachable": reachable.get(server.name, Unknown(f"`{command}` does not list it by this name"))},
    )


def _logging(answers: Outputs, draft: Draft) -> None:
    command = commands.LOGGING
    state = answers.read(command, read_log_state)
    if isinstance(state, Unknown):
        draft.each("logging.servers", lambda _server: {"reachable": state})
        return
    unreachable = state.pop("unreachable")
    draft.fill("logging", command, state)
    draft.each("logging.servers", lambda server: {"reachable": False if server.name in unreachable else NOT_TOLD})


def _interfaces(answers: Outputs, draft: Draft) -> None:
    """The link, and whether a port is shut down where the configuration leaves that to a default."""
    command = commands.INTERFACES
    states = answers.read(command, read_interface_state)
    if isinstance(states, Unknown):
        draft.each("interfaces", lambda _port: {"link_up": states})
        return
    silent = {"link_up": Unknown(f"`{command}` does not list it")}

    def told(name: str, enabled: object) -> Mapping[str, object]:
        state = states.get(name, silent)
        return state if isinstance(enabled, Unknown) else {"link_up": state["link_up"]}

    draft.each("interfaces", lambda port: told(port.name, port.enabled))


def _certificates(answers: Outputs, draft: Draft) -> None:
    command = commands.CERTIFICATES
    output = answers.usable(command, may_be_empty=True)
    if isinstance(output, str) and output.strip() and "Trustpoint" not in output:
        output = Unknown(f"the answer to `{command}` is not one that this release of baseline can read")
    silent = f"`{command}` does not tell it"
    certificates = read_certificates(output) if isinstance(output, str) else output
    if isinstance(certificates, list):
        certificates = [explain(certificate, silent) for certificate in certificates]
        draft.cite("certificates", command)
    draft.put("certificates", certificates)


def _saved(answers: Outputs, current: running.Running | str, draft: Draft) -> None:
    command = commands.SAVED
    saved = answers.usable(command)
    if isinstance(saved, Unknown):
        values: dict[str, Any] = {"saved_matches_running": saved, "saved_at": saved}
    else:
        same = running.is_saved(current.tree, saved) if isinstance(current, running.Running) else Unknown(current)
        values = {
            "saved_matches_running": Unknown(f"`{command}`: {same}") if isinstance(same, str) else same,
            "saved_at": read_saved_at(saved) or Unknown("the comments above the saved configuration do not tell it"),
        }
    draft.fill("configuration", command, values)
    draft.explain("configuration", "the comments above the configuration do not tell it")
