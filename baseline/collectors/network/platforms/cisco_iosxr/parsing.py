"""Outputs of IOS XR commands as facts: each command fills its part, and what is missing says why."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.draft import Draft, unknown_sections
from baseline.collectors.network.outputs import Outputs
from baseline.collectors.network.platforms.cisco_iosxr import commands, running
from baseline.collectors.network.platforms.cisco_iosxr.certificates import read_certificates
from baseline.collectors.network.platforms.cisco_iosxr.rights import hidden
from baseline.collectors.network.platforms.cisco_iosxr.ssh_state import read_keys, read_ssh_server
from baseline.collectors.network.platforms.cisco_iosxr.state import (
    CUT_USER,
    read_commits,
    read_interface_state,
    read_log_state,
    read_model,
    read_serial,
    read_software,
    read_time_peers,
    read_time_status,
)
from baseline.collectors.network.platforms.interface import Parsed
from baseline.collectors.network.unknowns import explain, unknown_section
from baseline.models.facts.fact import Section, Unknown
from baseline.models.facts.network import HostKey, Software, TimeServer

_TIME = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2}\.\d{1,6} \S{1,10}\s*$")
_NO_KEY = re.compile(r"no (?:public |such )?keys?\b|key.{0,40}not found", re.IGNORECASE)
TIME_STATE = ("synchronised", "stratum", "offset_milliseconds")


def parse(outputs: Mapping[str, str]) -> Parsed:
    """Facts from outputs by command text. Never raises; see ``Platform.parse``."""
    answers = Outputs(
        {name: text if name == commands.RUNNING else _untimed(text) for name, text in outputs.items()},
        commands.REFUSALS,
    )
    output = answers.usable(commands.RUNNING)
    server = answers.read(commands.SSH_SERVER, read_ssh_server)
    listening = server.pop("listens") if isinstance(server, dict) else {}
    read = running.read_running(output, listening) if isinstance(output, str) else output.reason
    draft = Draft(unknown_sections(read)) if isinstance(read, str) else Draft(read.sections, read.provenance)
    draft.read(answers, commands.VERSION, "device", read_model, ("model",))
    draft.read(answers, commands.INVENTORY, "device", read_serial, ("serial",))
    draft.read(answers, commands.VERSION, "software", read_software, Software.__struct_fields__)
    draft.read(answers, commands.LOGGING, "logging", read_log_state)
    if isinstance(server, dict):
        draft.fill("management.ssh", commands.SSH_SERVER, server)
    for step in (_commits, _keys, _clock, _interfaces, _certificates, _rights):
        step(answers, draft)
    draft.explain("management.ssh", "neither the configuration nor `show ssh server` tells it in this release")
    draft.explain("logging", f"`{commands.LOGGING}` does not tell it")
    return draft.parsed()


def _untimed(text: str) -> str:
    """An answer without the time that stands above it."""
    first, _, rest = text.lstrip().partition("\n")
    return rest if _TIME.match(first) else text


def _commits(answers: Outputs, draft: Draft) -> None:
    """The last commit: when, and by whom. The comment above the configuration names a longer user in full."""
    path = "configuration"
    last = answers.read(commands.COMMITS, read_commits)
    if isinstance(last, dict) and last:
        draft.fill(path, commands.COMMITS, {"saved_at": last["moment"]})
        if isinstance(draft.get(f"{path}.last_changed_at"), Unknown):
            user = (
                last["user"]
                if len(last["user"]) < CUT_USER
                else Unknown(f"`{commands.COMMITS}` has room for the start of a name only: {last['user']}")
            )
            draft.fill(path, commands.COMMITS, {"last_changed_at": last["moment"], "last_changed_by": user})
        return
    reason = last.reason if isinstance(last, Unknown) else f"`{commands.COMMITS}` lists no commit"
    draft.explain(path, reason)


def _keys(answers: Outputs, draft: Draft) -> None:
    """Key pairs of every kind. A kind that the release does not know gives none; any other silence leaves it open."""
    found: list[HostKey] = []
    missing: Unknown | None = None
    refusals = [answers.refusal(command) for command in commands.KEYS]
    if all(refusals):
        missing = Unknown(f"the device refused `{commands.KEYS[0]}` and its like")
    for command in commands.KEYS:
        read = _keys_of_kind(answers, command)
        if isinstance(read, Unknown):
            missing = read
        else:
            found += read
    if missing is None:
        draft.fill("management.ssh", commands.KEYS[0], {"host_keys": found})
    else:
        draft.put("management.ssh", replace(draft.get("management.ssh"), host_keys=missing))


def _keys_of_kind(answers: Outputs, command: str) -> list[HostKey] | Unknown:
    output = answers.usable(command, may_be_empty=True)
    if isinstance(output, Unknown):
        refusal = answers.refusal(command)
        return [] if refusal and refusal.code == "unsupported" else output
    keys = read_keys(output)
    if keys or not output.strip() or _NO_KEY.search(output):
        return keys
    return Unknown(f"the answer to `{command}` is not one that this release of baseline can read")


def _clock(answers: Outputs, draft: Draft) -> None:
    status = answers.read(commands.TIME_STATUS, read_time_status)
    if isinstance(status, Unknown):
        draft.fill("clock", commands.TIME_STATUS, dict.fromkeys(TIME_STATE, status))
    else:
        silent = Unknown(f"`{commands.TIME_STATUS}` does not tell it")
        draft.fill("clock", commands.TIME_STATUS, dict.fromkeys(TIME_STATE, silent) | status)
    command = commands.TIME_PEERS
    peers = answers.read(command, read_time_peers)
    if isinstance(peers, Unknown):
        draft.put("clock", explain(draft.get("clock"), peers.reason, "reference"))
        draft.each("clock.servers", lambda _server: {"reachable": peers})
        return
    reachable = peers["reachable"]
    draft.fill("clock", command, {"reference": peers["reference"]})
    unlisted = Unknown(f"`{command}` does not list it by this name")
    draft.each(
        "clock.servers",
        lambda server: {
            "reachable": reachable.get(
                f"{_address(server)} vrf {server.vrf}" if server.vrf else _address(server), unlisted
            )
        },
    )


def _address(server: TimeServer) -> str:
    """The address of a server, whose name may have a number behind it."""
    return str(server.name).split(" ")[0]


def _interfaces(answers: Outputs, draft: Draft) -> None:
    command = commands.INTERFACES
    states = answers.read(command, read_interface_state)
    if isinstance(states, Unknown):
        draft.each("interfaces", lambda _port: {"link_up": states})
        return
    silent = Unknown(f"`{command}` does not list it")
    draft.each("interfaces", lambda port: {"link_up": states.get(port.name, silent)})


def _certificates(answers: Outputs, draft: Draft) -> None:
    command = commands.CERTIFICATES
    output = answers.usable(command, may_be_empty=True)
    certificates: Any = output
    if isinstance(output, str):
        certificates = [explain(one, f"`{command}` does not tell it") for one in read_certificates(output)]
        draft.cite("certificates", command)
        if not certificates and output.strip():
            certificates = Unknown(f"the answer to `{command}` is not one that this release of baseline can read")
    draft.put("certificates", certificates)


def _rights(answers: Outputs, draft: Draft) -> None:
    """What the account may not read is missing from the configuration, so that nothing can be said of it."""
    missing = answers.read(commands.TASKS, hidden)
    if isinstance(missing, Unknown):
        return
    for path, task in missing.items():
        reason = f"the account has no right to read {task!r}: IOS XR leaves that out of the configuration"
        value = draft.get(path)
        draft.put(path, unknown_section(type(value), reason) if isinstance(value, Section) else Unknown(reason))
