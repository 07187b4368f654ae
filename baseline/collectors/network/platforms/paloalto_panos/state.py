"""What PAN-OS does now: ``show system info``, ``show ntp``, ``show high-availability all``, jobs and links.

Each reader returns values by field name, or None when the output is not of its command.
"""

import re
from typing import Any

from baseline.collectors.network.numbers import numbers_in

_UPTIME = re.compile(r"(?:(\d{1,5}) days?, )?(\d{1,2}):(\d{2}):(\d{2})")
_JOB = re.compile(
    r"^(?P<moment>\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}) .{0,120}?\b(?:Commit|CommitAll)\b.{0,60}?\bFIN +OK\b",
    re.MULTILINE,
)


def read_info(output: str) -> dict[str, Any] | None:
    """``device`` and ``software``: their fields."""
    told = dict(re.findall(r"^([a-z][a-z0-9-]{1,40}): ?(\S[^\n]{0,120}?)[ \t\r]*$", output, re.MULTILINE))
    if "sw-version" not in told or "model" not in told:
        return None
    device = {"model": told["model"]}
    device |= {name: told[name] for name in ("serial", "hostname") if told.get(name, "unknown") != "unknown"}
    software: dict[str, Any] = {
        "name": "PAN-OS",
        "version": told["sw-version"],
        "version_numbers": numbers_in(told["sw-version"]),
        "boot_image": None,
    }
    if found := _UPTIME.search(told.get("uptime", "")):
        software["uptime_days"] = int(found[1] or 0)
    return {"device": device, "software": software}


def read_ntp(output: str) -> dict[str, Any] | None:
    """``synchronised``, ``reference``, and ``reachable`` by server."""
    if "NTP state:" not in output:
        return None
    synched = re.search(r"^\s*NTP synched to (?:server: )?(\S{1,64})", output, re.MULTILINE)
    values: dict[str, Any] = {
        "synchronised": synched is not None and synched[1].lower() != "local",
        "reference": synched[1] if synched else None,
        "reachable": {},
    }
    for part in re.split(r"^\s*NTP server: ", output, flags=re.MULTILINE)[1:]:
        name = part.split(None, 1)[0] if part.strip() else ""
        state = re.search(r"\breachable: (yes|no)\b", part, re.IGNORECASE)
        if state:
            values["reachable"][name] = state[1].lower() == "yes"
    return values


def read_ha(output: str) -> dict[str, Any] | None:
    """Whether the other firewall can take over, and whether both hold the same configuration."""
    if re.search(r"^\s*HA not enabled", output, re.MULTILINE | re.IGNORECASE):
        return {"enabled": False, "peer_ready": False, "synchronised": False}
    _, found, peer = output.partition("Peer Information:")
    if not found:
        return None
    state = re.search(r"^\s*State: ([a-z-]{3,30})", peer, re.MULTILINE)
    connected = re.search(r"^\s*Connection status: (\w{2,12})", peer, re.MULTILINE)
    values: dict[str, Any] = {"enabled": True}
    if state:
        ready = state[1] in {"passive", "active", "active-secondary", "active-primary"}
        values["peer_ready"] = ready and (connected is None or connected[1] == "up")
    if running := re.search(r"^\s*Running Configuration: ([\w -]{2,30})", output, re.MULTILINE):
        values["synchronised"] = running[1].strip() == "synchronized"
    return values


def read_commit(output: str) -> str | None:
    """When the last commit that succeeded began, of those that the firewall still remembers."""
    if not re.search(r"^Enqueued +Dequeued", output, re.MULTILINE):
        return None
    found = _JOB.search(output)
    return found["moment"] if found else None


def read_links(output: str) -> dict[str, bool] | None:
    """Interface -> whether there is a link."""
    if "total configured hardware interfaces" not in output:
        return None
    found = re.findall(r"^(\S{2,40}) +\d+ +[^\s/]{1,20}/[^\s/]{1,20}/(up|down)\b", output, re.MULTILINE)
    return {name: state == "up" for name, state in found}
