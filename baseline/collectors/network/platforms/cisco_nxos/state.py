"""What Cisco NX-OS does now: version, features, SSH, NX-API, time, logging, control plane, interfaces.

Each reader returns values by field name, or None when the output is not of its command.
"""

import re
from typing import Any

from baseline.collectors.network.platforms.indented.words import SEVERITIES
from baseline.collectors.network.public_keys import read_public_keys
from baseline.models.facts.fact import Unknown

_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


def read_software(output: str) -> dict[str, Any] | None:
    """Fields of ``Software`` from ``show version``."""
    if "Nexus Operating System" not in output and "NX-OS" not in output:
        return None
    version = re.search(r"^\s+(?:NXOS|system):\s+version\s+(\S{1,60})", output, re.MULTILINE)
    if version is None:
        return None
    values: dict[str, Any] = {
        "name": "Cisco NX-OS",
        "version": version[1],
        "version_numbers": [int(part) for part in re.findall(r"\d{1,9}", version[1])],
    }
    if image := re.search(r"^\s+(?:NXOS|system) image file is:\s+(\S{1,200})", output, re.MULTILINE):
        values["boot_image"] = image[1]
    if uptime := re.search(r"^Kernel uptime is (.{1,100})", output, re.MULTILINE):
        parts = re.findall(r"(\d{1,6}) (day|hour|minute|second)", uptime[1])
        values["uptime_days"] = sum(int(count) * _SECONDS[unit] for count, unit in parts) // 86_400
    return values


def read_hardware(output: str) -> dict[str, Any] | None:
    """Model and serial number from ``show version``. A modular switch names the serial number of its supervisor."""
    if read_software(output) is None:
        return None
    values: dict[str, Any] = {}
    if model := re.search(r"^\s+cisco (\S.{0,60}?) +(?:\([^)\n]{1,40}\) +)?[Cc]hassis", output, re.MULTILINE):
        values["model"] = model[1]
    if serial := re.search(r"^\s+Processor Board ID +(\S{1,40})", output, re.MULTILINE | re.IGNORECASE):
        values["serial"] = serial[1]
    return values


def read_features(output: str) -> dict[str, bool] | None:
    """Feature, lower case -> whether an instance of it is on, from ``show feature``."""
    if "Feature Name" not in output:
        return None
    features: dict[str, bool] = {}
    for name, state in re.findall(r"^ *(\S{1,40}) +\d{1,4} +(enabled|disabled)", output, re.MULTILINE):
        features[name.lower()] = features.get(name.lower(), False) or state == "enabled"
    return features


def read_ssh_server(output: str) -> dict[str, Any] | None:
    """Fields of ``Ssh`` from ``show ssh server``."""
    state = re.search(r"^ssh(?: version \d)? is (enabled|disabled|not enabled)", output, re.MULTILINE | re.IGNORECASE)
    if state is None:
        return None
    values: dict[str, Any] = {"enabled": state[1].lower() == "enabled"}
    if version := re.search(r"version (\d) (?:is )?enabled", output):
        values["version"] = int(version[1])
    return values


def read_ssh_keys(output: str) -> dict[str, Any] | None:
    """``host_keys`` from ``show ssh key``."""
    if "bitcount" not in output and "could not retrieve" not in output:
        return None
    return {"host_keys": read_public_keys(output, {})}


def read_nxapi(output: str) -> dict[str, Any] | None:
    """Fields of ``Http`` from ``show nxapi``."""
    state = re.search(r"^nxapi (enabled|disabled)", output, re.MULTILINE)
    if state is None:
        return None
    servers = set(re.findall(r"^(HTTPS?) +Listen on port", output, re.MULTILINE))
    if state[1] == "enabled" and not servers:
        return None
    on = state[1] == "enabled"
    return {"enabled": on and "HTTP" in servers, "https_enabled": on and "HTTPS" in servers}


_PEER = re.compile(
    r"^(?P<flag>[*+=-])(?P<address>[0-9A-Za-z][\w.:-]{0,62}) +\S+ +(?P<stratum>\d{1,2}) +\d{1,6} +(?P<reach>\d{1,3}) ",
    re.MULTILINE,
)
NO_STRATUM = 16
"""Stratum of a clock that follows none (RFC 5905, figure 11)."""


def read_time_peers(output: str) -> dict[str, Any] | None:
    """Fields of ``Clock`` from ``show ntp peer-status``, and ``reachable``: server -> whether it answered lately.

    The own stratum is one more than that of the server that is followed (RFC 5905, section 3).
    """
    if "Total peers" not in output:
        return None
    values: dict[str, Any] = {"synchronised": False, "stratum": NO_STRATUM, "reference": None, "reachable": {}}
    for found in _PEER.finditer(output):
        values["reachable"][found["address"]] = found["reach"].strip("0") != ""
        if found["flag"] == "*":
            stratum = min(int(found["stratum"]) + 1, NO_STRATUM)
            values |= {"synchronised": True, "stratum": stratum, "reference": found["address"]}
    return values


def read_log_state(output: str) -> dict[str, Any] | None:
    """Fields of ``Logging`` from ``show logging info``; ``unreachable``: servers that the device cannot reach now."""
    if not re.search(r"^Logging (?:console|server):", output, re.MULTILINE):
        return None
    values: dict[str, Any] = {}
    if console := _destination(output, "console"):
        values["console_level"] = None if console[1] == "disabled" else SEVERITIES.get(console[2] or "")
    if logfile := re.search(
        r"^Logging logfile:\s+(enabled|disabled)(?:\s+Name - \S{1,64}: Severity - (\w{1,16}) Size - (\d{1,10}))?",
        output,
        re.MULTILINE,
    ):
        values["buffer_level"] = SEVERITIES.get(logfile[2] or "")
        values["buffer_bytes"] = int(logfile[3]) if logfile[3] else None
    blocks = re.findall(r"^\{(\S{1,255}?)\}([^{]{0,600})", output, re.MULTILINE)
    values["unreachable"] = {name for name, block in blocks if "temporarily unreachable" in block}
    return values


def _destination(output: str, name: str) -> re.Match[str] | None:
    return re.search(rf"^Logging {name}:\s+(enabled|disabled)(?: \(Severity: (\w{{1,16}})\))?", output, re.MULTILINE)


def read_control_plane(output: str) -> dict[str, Any] | None:
    """``policy`` from ``show copp status``."""
    found = re.search(r"^Policy-map attached to the control-plane:[ \t]*(\S{0,64})", output, re.MULTILINE)
    if found is None:
        return None
    return {"policy": None if found[1].lower() in {"", "none"} else found[1]}


SHORT = {"Eth": "Ethernet", "Po": "port-channel", "Lo": "loopback", "Tun": "Tunnel"}
"""Name in ``show interface status`` -> name in the configuration, without the number."""


def read_interface_state(output: str) -> dict[str, dict[str, bool]] | None:
    """Interface -> ``link_up``, and ``enabled`` where the status tells, from ``show interface status``."""
    header = re.search(r"^Port +Name +Status +", output, re.MULTILINE)
    if header is None:
        return None
    start = header[0].index("Status")
    states = {}
    for line in output[header.end() :].split("\n")[1:]:
        name, status = line.split(" ", 1)[0], line[start : start + 16].split(" ")[0]
        if found := re.fullmatch(r"([A-Za-z]{2,12})([\d/.]{0,20})", name):
            states[SHORT.get(found[1], found[1]) + found[2]] = _interface_state(status)
    return states


def _interface_state(status: str) -> dict[str, bool]:
    """``disabled`` is shut down; what waits for a link is not; other states, such as errors, do not tell."""
    state = {"link_up": status == "connected"}
    if status in {"connected", "notconnec", "notconnect", "disabled"}:
        state["enabled"] = status != "disabled"
    return state


NOT_TOLD = Unknown("the device only tells of a server that it cannot reach")
